"""A search answer as a list page shows it: every link ready-made, so that the templates only write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from search.model import Answer, Facets, MonthFacet, SearchRequest
from search.query.request import MAX_WINDOW
from search.tags import tag_key
from web.formatting import dutch_days, dutch_period, month_name, whole_period
from web.urls import (
    SORTS,
    Choices,
    list_url,
    page_window,
    parts_url,
    sort_url,
    text_url,
    toggle_period_url,
    toggle_period_urls,
    toggle_tag_url,
    toggle_tag_urls,
)

FIRST_TAGS = 12
"""How many tags are shown before a reader asks for more."""


class Link(NamedTuple):
    """A link with its text, perhaps with a number of articles; `current` when it is the choice that holds now.

    A named tuple, as a page has up to two hundred and a frozen dataclass takes twice the time to make.
    """

    label: str
    url: str
    articles: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class YearLinks:
    """A year and, when the chosen period lies in it, its months."""

    year: Link
    months: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Paging:
    """The links between pages: `numbers` holds None for a gap; `pages` counts those that can be reached."""

    page: int
    pages: int
    numbers: tuple[Link | None, ...]
    previous: str
    following: str
    beyond: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything around the hits of a list page.

    `start` and `end` are days in ISO 8601 or empty; `own_period` when they are no year or month of a facet.
    `tags` are the most frequent, `more_tags` the others, `more_chosen` when one of those is chosen.
    `periods` are those in the query itself, each with the link that makes it words; `suggestion` is the address
    of the query that is suggested, or empty; `other_parts` that of the search with parts of words, or without.
    """

    answer: Answer
    start: str
    end: str
    own_period: bool
    chosen: tuple[Link, ...]
    tags: tuple[Link, ...]
    more_tags: tuple[Link, ...]
    more_chosen: bool
    years: tuple[YearLinks, ...]
    sorts: tuple[Link, ...]
    paging: Paging
    periods: tuple[Link, ...]
    suggestion: str
    other_parts: str


def build_listing(answer: Answer, request: SearchRequest, choices: Choices) -> Listing:
    """Give an answer its links.

    Args:
        answer: what the search gave.
        request: what was asked, its dates read.
        choices: what was asked, as written in the address.
    """
    tags = tag_links(answer.facets, choices)
    return Listing(
        answer=answer,
        start=request.start.isoformat() if request.start else "",
        end=request.end.isoformat() if request.end else "",
        own_period=bool(request.start or request.end) and not whole_period(request.start, request.end),
        chosen=chosen_links(answer.facets, request, choices),
        tags=tags[:FIRST_TAGS],
        more_tags=tags[FIRST_TAGS:],
        more_chosen=any(link.current for link in tags[FIRST_TAGS:]),
        years=year_links(answer.facets, request, choices),
        sorts=sort_links(choices),
        paging=paging_links(answer, choices),
        periods=tuple(
            Link(f"{period.text}: {dutch_days(period.low, period.high)}", text_url(choices, period.undo))
            for period in answer.query.periods
        ),
        suggestion=text_url(choices, answer.suggestion.query) if answer.suggestion else "",
        other_parts=parts_url(choices, included=not answer.parts.included),
    )


def shown_choices(answer: Answer, choices: Choices) -> Choices:
    """Give the choices that a list shows: a query that was applied in the place of the one typed is among them.

    Every link on the page then goes on from what is shown.
    """
    if answer.suggestion is not None and answer.suggestion.applied:
        return replace(choices, text=answer.suggestion.query)
    return choices


def chosen_links(facets: Facets, request: SearchRequest, choices: Choices) -> tuple[Link, ...]:
    """Give, for every chosen tag and the chosen period, the link that takes it away."""
    links = [
        Link(label, toggle_tag_url(choices, tag))
        for tag, label in zip(choices.tags, chosen_labels(facets, choices), strict=True)
    ]
    period = dutch_period(request.start, request.end)
    if period:
        links.append(Link(period, toggle_period_url(choices, "", selected=True)))
    return tuple(links)


def chosen_labels(facets: Facets, choices: Choices) -> list[str]:
    """Give for every chosen tag its label; as it was typed when no article has it."""
    if not choices.tags:
        return []
    labels = {tag_key(tag.value): tag.label for tag in facets.tags if tag.selected}
    return [labels.get(tag_key(tag), tag) for tag in choices.tags]


def tag_links(facets: Facets, choices: Choices) -> tuple[Link, ...]:
    """Give the tags with which the list can be narrowed, each with the link that chooses it or lets go of it."""
    urls = toggle_tag_urls(choices, (tag.value for tag in facets.tags))
    return tuple(
        Link(tag.label, url, tag.count, tag.selected) for tag, url in zip(facets.tags, urls, strict=True)
    )


def year_links(facets: Facets, request: SearchRequest, choices: Choices) -> tuple[YearLinks, ...]:
    """Give the years, with the months of the year that the chosen period lies in."""
    chosen = whole_period(request.start, request.end)
    open_year = chosen[:4] or (facets.years[0].value if len(facets.years) == 1 else "")
    urls = toggle_period_urls(choices, ((year.value, year.selected) for year in facets.years))
    return tuple(
        YearLinks(
            Link(year.value, url, year.count, year.selected),
            month_links(year.months, chosen, choices) if year.value == open_year else (),
        )
        for year, url in zip(facets.years, urls, strict=True)
    )


def month_links(months: tuple[MonthFacet, ...], chosen: str, choices: Choices) -> tuple[Link, ...]:
    """Give the months of a year.

    Args:
        months: with their counts.
        chosen: the month that is the period, as `2026-02`; anything else when none is.
        choices: what was asked.
    """
    urls = toggle_period_urls(choices, ((month.value, month.value == chosen) for month in months))
    return tuple(
        Link(month_name(month.value), url, month.count, month.value == chosen)
        for month, url in zip(months, urls, strict=True)
    )


def sort_links(choices: Choices) -> tuple[Link, ...]:
    """Give the orders one can ask for; without words there is nothing to be relevant to."""
    names = [name for name in SORTS if choices.text or name != "relevantie"]
    current = choices.sort if choices.sort in names else names[0]
    return tuple(Link(name, sort_url(choices, name), current=name == current) for name in names)


def paging_links(answer: Answer, choices: Choices) -> Paging:
    """Give the links to other pages, as far as can be paged."""
    pages = -(-min(answer.total, MAX_WINDOW) // answer.per_page)
    page = answer.page
    return Paging(
        page=page,
        pages=pages,
        numbers=tuple(
            None if number is None else Link(str(number), list_url(choices, number), current=number == page)
            for number in page_window(page, pages)
        ),
        previous=list_url(choices, min(page - 1, pages)) if page > 1 and pages else "",
        following=list_url(choices, page + 1) if page < pages else "",
        beyond=answer.total > MAX_WINDOW,
    )


def list_heading(answer: Answer, choices: Choices) -> str:
    """Name what a list holds, for the title of the window: the query, else the tags and the period."""
    parts = [choices.text] if choices.text else []
    parts += chosen_labels(answer.facets, choices)
    return ", ".join(parts) or "Alle artikelen"
