"""A query said back in Dutch, so that a person sees how it was read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from whoosh import query

from search.characters import one_line
from search.query.syntax import FIRST_DAY, LAST_DAY, SpokenPeriodQuery, TagTerm
from search.query.words import asked_words

_FIELDS = {"title": "in de titel ", "summary": "in de samenvatting "}

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_YEAR, _MONTH, _DAY = "{year}", "{month} {year}", "{day} {month} {year}"
"""As much of a date as tells something."""


def read_aloud(
    tree: query.Query, content_only: bool = False, instead: Mapping[int, str] = MappingProxyType({})
) -> str:
    """Say a query tree: `taalmodellen en privacy, niet overheid, met tag ai`; empty when it asks nothing.

    Args:
        tree: as `query.parse` gives it.
        content_only: whether stop words are not asked for, as there are other words.
        instead: what to say for a node (by its identity) in place of its words: `aankondigen` for `kondigt`.
    """
    if id(tree) in instead:
        return instead[id(tree)]
    if isinstance(tree, query.And):
        parts = [(child, read_aloud(child, content_only, instead)) for child in tree.children()]
        words = [text for child, text in parts if text and not _is_condition(child)]
        conditions = [text for child, text in parts if text and _is_condition(child)]
        return ", ".join([*([" en ".join(words)] if words else []), *conditions])
    return _leaf(tree, content_only)


def _is_condition(tree: query.Query) -> bool:
    if isinstance(tree, SpokenPeriodQuery):
        return tree.certain
    return isinstance(tree, query.Not | query.NumericRange | TagTerm)


def _leaf(tree: query.Query, content_only: bool) -> str:
    match tree:
        case TagTerm():
            return f"met tag {one_line(tree.label)}"
        case query.Term():
            named = _FIELDS.get(tree.fieldname, "")
            words = " en ".join(word for word, _ in asked_words(tree.text, content_only and not named))
            return named + words if words else ""
        case query.Or():
            said = list(filter(None, (read_aloud(child, content_only) for child in tree.children())))
            return f"({' of '.join(said)})" if len(said) > 1 else "".join(said)
        case query.Not():
            text = read_aloud(tree.query)
            several = isinstance(tree.query, query.And) and len(tree.query) > 1
            return f"niet ({text})" if several and text else f"niet {text}" if text else ""
        case SpokenPeriodQuery():
            if not tree.certain:
                return _period_or_words(one_line(tree.label), tree.start, tree.end)
            return _period(tree.start, tree.end, _whole(tree.start, tree.end))
        case query.NumericRange():
            return _period(tree.start, tree.end, _DAY)
        case query.Phrase():
            text = one_line(" ".join(tree.words))
            return f"{_FIELDS.get(tree.fieldname, '')}‘{text}’" if asked_words(text, False) else ""
        case query.Prefix():
            return f"{_FIELDS.get(tree.fieldname, '')}woorden met {one_line(tree.text)}…"
    return ""


def _period(low: int, high: int, pattern: str) -> str:
    first, last = _day(low, pattern), _day(high, pattern)
    if low <= FIRST_DAY:
        return f"tot en met {last}"
    if high >= LAST_DAY:
        return f"vanaf {first}"
    if pattern == _DAY:
        return f"op {first}" if low == high else f"van {first} tot en met {last}"
    if first == last:
        return f"uit {first}"
    if pattern == _MONTH and _day(low, _YEAR) == _day(high, _YEAR):
        first = _day(low, "{month}")
    return f"uit de periode {first} tot en met {last}"


def _period_or_words(label: str, low: int, high: int) -> str:
    """A period in words of which it is not certain that it is one: `2024 (uit dat jaar of als woord)`."""
    whole = _whole(low, high)
    that = {_YEAR: "uit dat jaar", _MONTH: "uit die maand", _DAY: "van die dag"}[whole]
    is_one = _day(low, whole) == _day(high, whole)
    words = "woorden" if " " in label else "woord"
    return f"{label} ({that if is_one else 'uit die periode'} of als {words})"


def _whole(low: int, high: int) -> str:
    """The pattern that tells all of a period: of years or months when it consists of whole ones, else of days."""
    first = date.fromordinal(low)
    after = date.fromordinal(high + 1 if high < LAST_DAY else FIRST_DAY)
    if first.day == after.day == 1:
        return _YEAR if first.month == after.month == 1 else _MONTH
    return _DAY


def _day(ordinal: int, pattern: str) -> str:
    day = date.fromordinal(ordinal)
    return pattern.format(day=day.day, month=_MONTHS[day.month - 1], year=day.year)
