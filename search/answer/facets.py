"""What an answer can be narrowed by: tags under one label for all their spellings, years and months."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
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
    counts = dict(matches.tags)
    shown = [_tag_facet(key, count, key in request.tags, tags) for key, count in counts.items()]
    shown.sort(key=lambda tag: (-tag.count, tag.label.casefold(), tag.value))
    listed = shown[:MAX_TAGS] + [tag for tag in shown[MAX_TAGS:] if tag.selected]
    listed += [_tag_facet(key, 0, True, tags) for key in request.tags if key not in counts]
    return Facets(tuple(listed), _years(matches, request), matches.different_tags)


def _tag_facet(key: str, count: int, selected: bool, tags: Mapping[str, TagSummary]) -> TagFacet:
    tag = tags.get(key)
    return TagFacet(tag.value if tag else key, tag.label if tag else key, count, selected)


def _years(matches: Matches, request: SearchRequest) -> tuple[YearFacet, ...]:
    years = []
    for year, group in groupby(sorted(matches.months, reverse=True), key=lambda pair: pair[0] // 12):
        months = tuple(MonthFacet(f"{year:04d}-{month % 12 + 1:02d}", count) for month, count in group)
        chosen = (request.start, request.end) == _bounds(year)
        years.append(YearFacet(f"{year:04d}", sum(month.count for month in months), chosen, months))
    return tuple(years)


def _bounds(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
