"""Dates and periods inside a typed query: `sinds maart 2024`, `tussen 2023 en 2025`, `afgelopen drie maanden`.

A filter that was not meant hides articles, which is worse than a date that is not read. So what is not surely a
limit on the date of articles is `certain=False`, or is left as words: a bare year or a feast may be the subject,
voor may mean for, and what lies in the future or before articles were put online cannot be their date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from search.characters import normalise
from search.dutch import calendar
from search.dutch.date_expressions import Expression, Relation, can_be_of_articles, expression
from search.dutch.date_names import Kind
from search.dutch.normalise import fold

MAX_PERIODS = 4

_MAX_BLANKS = 2
"""Blanks between two words of one expression; a quoted part leaves three or more."""


@dataclass(frozen=True, slots=True)
class SpokenPeriod:
    """A period in words: where it stands, in code points `[start, end)`, and its days.

    `low` and `high` are the first and last day, included, or None when that side is open. `certain` tells whether
    the words can only limit the date of articles; otherwise they may as well be words of a title.
    """

    start: int
    end: int
    low: date | None
    high: date | None
    certain: bool


_DATED_THINGS = frozenset(
    """
    artikel artikelen bericht berichten stuk stukken nieuws nieuwsberichten blog blogs blogposts post posts column
    columns publicatie publicaties verhalen interviews krant alles geschreven gepubliceerd verschenen geplaatst
    gedateerd
    """.split()
)
"""Words after which van and voor a date are its limit: nieuws van gisteren, gepubliceerd voor 2024."""

_OTHERWISE = frozenset(
    """
    niet geen behalve zonder exclusief uitgezonderd per rond omstreeks ongeveer circa ca bijna ruim dan zo'n meer
    minder na voor tot sinds sedert vanaf tussen
    """.split()
)
"""Words after which a date, read without them, is not this date, or is not exact."""

_NUMBERED = frozenset(
    "artikel art nen iso din en rfc top nummer nr no postbus kamer lokaal versie € $ £".split()
)
"""Words after which a number is no year."""

_END = re.compile(r"[.,;:!?]*(?:\s|$)")
_START = re.compile(r"(?<!\S)(?:\S*:|[^\s\w]*)(?=\w)")
_POSTCODE = re.compile(r"\s?[A-EGHJ-NPR-TV-XZ]{2}(?!\w)")
_BRACKET = re.compile(r"[()]")
_EXCLUDES = re.compile(r"(?<!\S)(?:NIET|NOT)(?=\s)")
_OPERATOR = re.compile(r"(?<!\S)(?:OF|OR|EN|AND)(?=\s)|\|")
_QUOTE = re.compile('["“”„‟«»＂]')
_EXCLUDED, _OPERATED, _BRACKETED = "^", "|", ")"

_TRIGGERS = frozenset(
    """
    deze dit vorig vorige verleden afgelopen voorbije komend komende volgend volgende laatste sinds sedert geleden
    jl jongstleden
    """.split()
).union(calendar.DAY_WORDS, calendar.MONTHS)
"""One of these, or a digit, is in every period that is read: most queries need no more than a look for them."""

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")


def read_periods(text: str, today: date) -> list[SpokenPeriod]:
    """Find the dates and periods that a query names in words or digits.

    Args:
        text: what was typed, with blanks in the place of quoted parts. Three blanks or more join nothing. What
            is in brackets, excluded, a tag, or the value of a field is not read, nor is what an operator (OF, EN,
            NIET) joins.
        today: the day in Amsterdam, from which relative periods are counted. A name without a year is its last
            occurrence that has begun.

    Returns:
        Four at most, in order and apart. None is certain when together they would leave no day at all.
    """
    if not _DIGIT.search(text) and _TRIGGERS.isdisjoint(_WORD.findall(text.lower())):
        return []
    folded, places = _folded(_masked(text))
    periods: list[SpokenPeriod] = []
    at = 0
    for begin in _START.finditer(folded):
        start = begin.end()
        if start < at:
            continue
        place = places[start]
        # An accent that was typed on voor; a letter and its accent may be two code points.
        clearly_before = not text[place : place + len("voor")].isascii()
        found = expression(folded, start, today, clearly_before=clearly_before)
        if found is None or not _END.match(folded, found.end):
            continue
        at = found.end
        certain = _in_context(folded, start, found, today)
        end = _end_as_typed(text, places[at - 1] + 1)
        postcode = found.kind is Kind.YEAR and _POSTCODE.match(text, end)
        if certain is not None and not begin.group() and not postcode:
            periods.append(SpokenPeriod(place, end, found.low, found.high, certain))
    return _agreeing(periods[:MAX_PERIODS])


def undone(text: str, period: SpokenPeriod) -> str:
    """Put a period in double quotes, so that it is read as words from then on.

    Args:
        text: what was typed, quoted parts and all. A quote without a partner, the last one as the parser has it,
            becomes a blank: it would pair with a new one.
        period: one that was read from this very text; read the new text again before undoing another.
    """
    quotes = [match.start() for match in _QUOTE.finditer(text)]
    if len(quotes) % 2:
        text = f"{text[: quotes[-1]]} {text[quotes[-1] + 1 :]}"
    return f'{text[: period.start]}"{text[period.start : period.end]}"{text[period.end :]}'


def _masked(text: str) -> str:
    """The text, as long as it was, with operators and what is in brackets as signs that no date holds."""
    letters = list(text)
    open_brackets: list[int] = []
    for bracket in _BRACKET.finditer(text):
        if bracket.group() == "(":
            open_brackets.append(bracket.start())
        elif open_brackets:
            start = open_brackets.pop()
            if not open_brackets:
                letters[start : bracket.end()] = _BRACKETED * (bracket.end() - start)
    text = _EXCLUDES.sub(lambda match: _EXCLUDED * len(match.group()), "".join(letters))
    return _OPERATOR.sub(lambda match: _OPERATED * len(match.group()), text)


def _folded(text: str) -> tuple[str, list[int] | range]:
    """The text in lower case without accents and invisible characters, and the place that each letter had."""
    if text.isascii() and text.isprintable():
        return text.lower(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, written in enumerate(text):
        for letter in fold(normalise(written)):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


def _end_as_typed(text: str, end: int) -> int:
    """The end of a word with the marks and invisible characters behind it."""
    while end < len(text) and not fold(normalise(text[end])):
        end += 1
    return end


def _in_context(text: str, at: int, found: Expression, today: date) -> bool | None:
    """What the words around make of a period: as it was, certain, or None when it is not one after all."""
    before = text[:at].rstrip()
    if before.endswith(_EXCLUDED) or text[found.end :].lstrip().startswith(_OPERATED):
        return None
    if found.certain is None or not before or at - len(before) > _MAX_BLANKS:
        return found.certain
    words = [word.strip(".,;!?") for word in before.split()[-2:]]
    previous = words[0] if words[-1] in ("en", "of") else words[-1]
    if before.endswith((":", _OPERATED)) or previous in _OTHERWISE:
        return None
    if found.kind is Kind.YEAR and found.relation is Relation.BARE:
        number = previous.isdigit() and len(previous) >= 3
        return None if number or previous in _NUMBERED else found.certain
    if previous in _DATED_THINGS and found.relation in (Relation.OF, Relation.BEFORE):
        return can_be_of_articles(found.low, found.high, today)
    return found.certain


def _agreeing(periods: list[SpokenPeriod]) -> list[SpokenPeriod]:
    """The periods, none of them certain when no day lies in all that were."""
    lows = [period.low for period in periods if period.certain and period.low]
    highs = [period.high for period in periods if period.certain and period.high]
    if lows and highs and max(lows) > min(highs):
        return [replace(period, certain=False) for period in periods]
    return periods
