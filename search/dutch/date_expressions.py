"""Periods as they are said with names: `sinds maart 2024`, `tussen 2023 en 2025`, `van 3 tot 10 mei`.

`sinds` and `vanaf` run from the first day, `na` from the day after the last; `voor` and `tot` end on the day
before the first, `tot en met` on the last; `tussen` and a dash hold both ends. `Tot eind` something is through it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from search.dutch.calendar import Period
from search.dutch.date_absolute import ABSOLUTE
from search.dutch.date_names import FIRST_WORDS, Kind, Named, any_of, pattern, spaced
from search.dutch.date_relative import RELATIVE

ONLINE = date(1995, 1, 1)
"""No article was put online before: an earlier period is a subject, not the date of an article."""

_ONE_DAY = timedelta(days=1)


class Relation(Enum):
    """How a period is limited by a name: by what stands before it."""

    BARE = ""
    IN = "in, uit, tijdens"
    OF = "van"
    ON = "op"
    SINCE = "sinds"
    FROM = "vanaf"
    AFTER = "na"
    BEFORE = "voor, which may be for"
    PRIOR = "vóór, ouder dan"
    UNTIL = "tot"
    THROUGH = "tot en met"
    BETWEEN = "tussen"


_RELATIONS = {
    "in": Relation.IN, "uit": Relation.IN, "tijdens": Relation.IN, "gedurende": Relation.IN,
    "in de loop van": Relation.IN, "in de periode": Relation.IN, "in de periode van": Relation.IN,
    "uit de periode": Relation.IN, "van": Relation.OF, "op": Relation.ON, "sinds": Relation.SINCE,
    "sedert": Relation.SINCE, "vanaf": Relation.FROM, "na": Relation.AFTER, "van na": Relation.AFTER,
    "later dan": Relation.AFTER, "nieuwer dan": Relation.AFTER, "recenter dan": Relation.AFTER,
    "voor": Relation.BEFORE, "van voor": Relation.PRIOR, "eerder dan": Relation.PRIOR,
    "ouder dan": Relation.PRIOR, "voorafgaand aan": Relation.PRIOR, "tot": Relation.UNTIL,
    "tot aan": Relation.UNTIL, "tot en met": Relation.THROUGH, "tot-en-met": Relation.THROUGH,
    "t/m": Relation.THROUGH, "tem": Relation.THROUGH, "t.e.m.": Relation.THROUGH, "tussen": Relation.BETWEEN,
    "van tussen": Relation.BETWEEN, "in de periode tussen": Relation.BETWEEN,
}  # fmt: skip

# Whether a period is meant: ! surely, ? perhaps, - it is left as words.
_DATED_KINDS = tuple(Kind[name] for name in "YEAR MONTH SEASON WEEK DAY FEAST RELATIVE DAY_WORD".split())
_DATED = {
    #                year month season week day feast relative day_word
    Relation.BARE:    "?   !     !      !    !   ?     !        !",
    Relation.IN:      "!   !     !      !    !   ?     !        ?",
    Relation.OF:      "?   !     !      !    ?   ?     !        ?",
    Relation.ON:      "?   ?     ?      ?    !   ?     ?        ?",
    Relation.SINCE:   "!   !     !      !    !   !     !        !",
    Relation.FROM:    "!   !     !      !    !   !     !        ?",
    Relation.AFTER:   "!   !     !      !    !   !     !        ?",
    Relation.BEFORE:  "?   ?     ?      ?    !   ?     -        -",
    Relation.PRIOR:   "!   !     !      !    !   !     !        !",
    Relation.UNTIL:   "!   !     !      !    !   !     !        !",
    Relation.THROUGH: "!   !     !      !    !   !     !        !",
}  # fmt: skip
_UNDATED_KINDS = tuple(Kind[name] for name in "MONTH SEASON WEEK DAY FEAST EVENT WEEKDAY".split())
_UNDATED = {
    #                month season week day feast event weekday
    Relation.BARE:    "-     -      ?    ?   -     -     -",
    Relation.IN:      "?     -      ?    ?   -     -     -",
    Relation.OF:      "-     -      ?    ?   -     -     -",
    Relation.ON:      "-     -      -    ?   -     -     -",
    Relation.SINCE:   "!     !      !    !   !     ?     !",
    Relation.FROM:    "?     -      ?    ?   -     -     -",
    Relation.AFTER:   "?     -      ?    ?   -     -     -",
    Relation.BEFORE:  "-     -      -    ?   -     -     -",
    Relation.PRIOR:   "?     -      ?    ?   -     -     -",
    Relation.UNTIL:   "?     -      ?    ?   -     -     -",
    Relation.THROUGH: "?     -      ?    ?   -     -     -",
}  # fmt: skip
_SURENESS = {"!": True, "?": False, "-": None}


def _table(
    rows: dict[Relation, str], dated: bool, kinds: tuple[Kind, ...]
) -> dict[tuple[Relation, bool, Kind], bool | None]:
    return {
        (relation, dated, kind): _SURENESS[sign]
        for relation, row in rows.items()
        for kind, sign in zip(kinds, row.split(), strict=True)
    }


_SURE = _table(_DATED, True, _DATED_KINDS) | _table(_UNDATED, False, _UNDATED_KINDS)

_NO_LIST = frozenset({Relation.SINCE, Relation.FROM})
_ONE_SIDED = frozenset({Relation.AFTER, Relation.BEFORE, Relation.PRIOR, Relation.UNTIL, Relation.THROUGH})

_JOINER = pattern(
    r" (?P<through>tot en met|tot-en-met|t/m|tem|t\.e\.m\.) | (?P<until>tot(?: aan)?) | (?P<also>en|of) "
    r"|(?P<dash> [-–—] |[-–—])"
)
_RELATION = pattern(rf"({any_of(_RELATIONS)}) ")
_ARTICLE = pattern(r"(?:de|het|'t) ")
_DAY_OF_NEXT = re.compile(r"(\d{1,2})(?=\s{1,2}(?:en|of|t)|\s{0,2}[-–—])")
_FIRST_WORD = re.compile(r"\d|q[1-4]|half|anderhalf|(?P<word>\w+)")
_RULES = tuple((pattern(source), build) for source, build in ABSOLUTE + RELATIVE)


@dataclass(frozen=True, slots=True)
class Expression:
    """A period in a folded text, up to code point `end`, and the kind of name that it ends with.

    `low` and `high` are its first and last day, None when that side is open. `certain` is None when it is to be
    left as words: nothing inside it is a period then either.
    """

    end: int
    low: date | None
    high: date | None
    certain: bool | None
    relation: Relation
    kind: Kind


def expression(text: str, at: int, today: date, *, clearly_before: bool) -> Expression | None:
    """The period that is said from a place on, as long as can be.

    Args:
        text: folded: lower case, no accents.
        at: the code point at which it begins.
        today: the day from which relative periods are counted.
        clearly_before: voor is written vóór, so that it cannot mean for.
    """
    before = _RELATION.match(text, at)
    relation = _RELATIONS[spaced(before.group(1))] if before else Relation.BARE
    if relation is Relation.BEFORE and clearly_before:
        relation = Relation.PRIOR
    place = before.end() if before else at
    first = _with_article(text, place, today)
    joined = _joined(text, place, first, relation, today)
    return joined if joined or first is None else _single(first, relation, today)


def named(text: str, at: int, today: date) -> Named | None:
    """The longest name that begins at a code point of a folded text; None when there is none."""
    first = _FIRST_WORD.match(text, at)
    if not first or (first.lastgroup == "word" and first["word"] not in FIRST_WORDS):
        return None
    longest: Named | None = None
    for rule, build in _RULES:
        match = rule.match(text, at)
        if match and (longest is None or match.end() > longest.end):
            # What is no year, or a day that no calendar has, is not a name.
            with suppress(ValueError, OverflowError):
                longest = build(match, today)
    return longest


def _with_article(text: str, at: int, today: date) -> Named | None:
    """A name, with de or het before it if need be."""
    article = _ARTICLE.match(text, at)
    name = named(text, article.end(), today) if article else None
    return name if name and name.kind is not Kind.YEAR else named(text, at, today)


def _single(name: Named, relation: Relation, today: date) -> Expression | None:
    """One name with what stands before it."""
    if relation is Relation.BETWEEN:
        return None
    dated = name.year is not None
    if name.kind is Kind.COMING:
        certain = None if relation is Relation.BEFORE else False
    else:
        certain = _SURE.get((relation, dated and name.kind is not Kind.WEEKDAY, name.kind))
    try:
        low, high = _limits(relation, name.period(today), name)
    except (ValueError, OverflowError):
        return Expression(name.end, None, None, None, relation, name.kind)
    if certain and not can_be_of_articles(low, high, today):
        certain = False
    return Expression(name.end, low, high, certain, relation, name.kind)


def _limits(relation: Relation, period: Period, name: Named) -> tuple[date | None, date | None]:
    low, high = period
    match relation:
        case Relation.SINCE | Relation.FROM:
            return low, None
        case Relation.AFTER:
            return high + _ONE_DAY, None
        case Relation.BEFORE | Relation.PRIOR | Relation.UNTIL:
            return None, high if name.ending else low - _ONE_DAY
        case Relation.THROUGH:
            return None, high
    return period


def _joined(text: str, at: int, first: Named | None, relation: Relation, today: date) -> Expression | None:
    """Two names as one period: tussen 2023 en 2025, 3 tot 10 mei, maart-mei 2024; or None."""
    day = _DAY_OF_NEXT.match(text, at) if first is None else None
    end = first.end if first else day.end() if day else at
    joiner = _JOINER.match(text, end)
    if not joiner or (joiner["also"] and relation in _NO_LIST) or relation in _ONE_SIDED:
        return None
    second = _with_article(text, joiner.end(), today)
    if second is None or (day and second.kind is not Kind.DAY):
        return None
    words = Expression(second.end, None, None, None, relation, second.kind)
    try:
        low, high = _both(first, int(day[1]) if day else 0, second, today)
    except (ValueError, OverflowError):
        return words
    if high[1] < low[0] and relation is Relation.BETWEEN:
        low, high = high, low
    last = high[1]
    if joiner["until"] and not second.ending and second.kind is not Kind.NOW:
        last = high[0] - _ONE_DAY
    apart = joiner["also"] and relation is not Relation.BETWEEN and high[0] != low[1] + _ONE_DAY
    if last < low[0] or apart:
        return words
    certain = _sure_of_both(first or second, second, relation, joiner)
    if certain and (not can_be_of_articles(low[0], last, today) or last.year > today.year):
        certain = False
    return Expression(second.end, low[0], last, certain, relation, second.kind)


def _both(first: Named | None, day: int, second: Named, today: date) -> tuple[Period, Period]:
    """The days of two names, where one may tell the year, or with `day` the month, for the other.

    Raises:
        ValueError, OverflowError: they are in no calendar, or do not belong together.
    """
    if first is None:
        high = second.period(today)
        low = high[0].replace(day=day)
        return (low, low), high
    if second.kind is Kind.YEAR and first.year is None:
        raise ValueError("a month up to a year")
    if first.year is None and second.year is not None:
        high = second.period(today)
        low_of_year = first.in_year(second.year)
        return (low_of_year if low_of_year[0] <= high[0] else first.in_year(second.year - 1)), high
    low_period = first.period(today)
    if second.year is not None:
        return low_period, second.period(today)
    high = second.in_year(low_period[0].year)
    return low_period, high if high[0] >= low_period[0] else second.in_year(low_period[0].year + 1)


def _sure_of_both(first: Named, second: Named, relation: Relation, joiner: re.Match[str]) -> bool | None:
    """Whether two joined names are surely a period."""
    kinds = {first.kind, second.kind}
    if first.year is None and second.year is None:
        return None if kinds & {Kind.FEAST, Kind.SEASON} else False
    if Kind.WEEKDAY in kinds or first.kind is Kind.NOW or Kind.COMING in kinds:
        return None
    if joiner["also"] and relation is not Relation.BETWEEN:
        return second.kind is not Kind.NOW and _SURE.get((relation, True, second.kind))
    return relation is not Relation.BARE or not joiner["dash"] or kinds != {Kind.YEAR}


def can_be_of_articles(low: date | None, high: date | None, today: date) -> bool:
    """Whether a period has days on which an article can have been put online, and sets a limit at all."""
    if low is not None and not ONLINE <= low <= today:
        return False
    return high is None or (high >= ONLINE and (low is not None or high.year <= today.year))
