"""What an answer can be narrowed by: tags under one label for all their spellings, years and months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from search.asking import MAX_TAGS
from search.engines.base import Matches
from search.model import Facets, MonthFacet, SearchRequest, TagFacet, TagSummary, YearFacet
from search.tags import tag_slug


def label_tags(spellings: Mapping[str, Mapping[str, int]]) -> dict[str, TagSummary]:
    """Tags by key, each under its most used spelling.

    Args:
        spellings: for each key, how many public documents write it in which way.
    """
    tags = {}
    for key, counts in spellings.items():
        variants = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        label = variants[0][0]
        tags[key] = TagSummary(tag_slug(label), label, sum(counts.values()), tuple(variants))
    return tags


@dataclass(frozen=True, slots=True)
class TagTable:
    """The tags of one state of the index, most used first, and by key."""

    state: str
    by_count: tuple[TagSummary, ...]
    by_key: dict[str, TagSummary]


def tag_table(state: str, spellings: Mapping[str, Mapping[str, int]]) -> TagTable:
    """All tags of a state of the index.

    Args:
        state: what tells it from others.
        spellings: for each key, how many public documents write it in which way.
    """
    by_key = label_tags(spellings)
    by_count = sorted(by_key.values(), key=lambda tag: (-tag.count, tag.label.casefold(), tag.value))
    return TagTable(state, tuple(by_count), by_key)


def tag_json(tag: TagSummary) -> dict[str, Any]:
    """One tag with its spellings."""
    variants = [{"label": label, "count": count} for label, count in tag.variants]
    return {"value": tag.value, "label": tag.label, "count": tag.count, "variants": variants}


def facets_of(matches: Matches, request: SearchRequest, tags: Mapping[str, TagSummary]) -> Facets:
    """The facets of an answer.

    Args:
        matches: counts per tag key and per month.
        request: what was chosen; `tags` in it are keys.
        tags: all tags by key.
    """
    chosen = request.tags
    shown = [_placed(*_named(key, tags), count, key in chosen) for key, count in matches.tags]
    shown.sort()
    listed = [tag for _, _, _, tag in shown[:MAX_TAGS]]
    listed += [tag for _, _, _, tag in shown[MAX_TAGS:] if tag.selected]
    if chosen:
        counted = dict(matches.tags)
        listed += [TagFacet(*_named(key, tags), 0, True) for key in chosen if key not in counted]
    return Facets(tuple(listed), _years(matches, request), matches.different_tags)


def _named(key: str, tags: Mapping[str, TagSummary]) -> tuple[str, str]:
    tag = tags.get(key)
    return (tag.value, tag.label) if tag else (key, key)


@lru_cache(maxsize=1 << 13)
def _placed(value: str, label: str, count: int, selected: bool) -> tuple[int, str, str, TagFacet]:
    """A tag with what it is sorted by. The same ones come back in answer after answer."""
    return -count, label.casefold(), value, TagFacet(value, label, count, selected)


def _years(matches: Matches, request: SearchRequest) -> tuple[YearFacet, ...]:
    years = []
    start, end = request.start, request.end
    for year, group in groupby(sorted(matches.months, reverse=True), key=_year):
        months = [_month(*pair) for pair in group]
        chosen = start is not None and (start, end) == (date(year, 1, 1), date(year, 12, 31))
        total = sum([month.count for month in months])
        years.append(YearFacet(f"{year:04d}", total, chosen, tuple(months)))
    return tuple(years)


def _year(pair: tuple[int, int]) -> int:
    return pair[0] // 12


@lru_cache(maxsize=1 << 14)
def _month(number: int, count: int) -> MonthFacet:
    """A month; with the small counts of most months the same one comes back time and again."""
    return MonthFacet(f"{number // 12:04d}-{number % 12 + 1:02d}", count)
