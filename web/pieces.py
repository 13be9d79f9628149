"""The pieces of which a list page holds dozens, as template filters.

They are written here, and not as macros in `_list.html`, because of what they cost: five microseconds for a facet as
a macro of Jinja against one and a half, with fifty to a hundred and forty facets on a page. Everything that is not
ours is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from search.model import Hit
from web.formatting import dutch_date, dutch_number, marked
from web.listing import Link, YearLinks
from web.urls import tag_address


def facet_items(links: Iterable[Link], indent: int) -> Markup:
    """Write values of a facet, each with its link, its name and the number of articles.

    Args:
        links: in the order in which they are shown.
        indent: how many spaces go before each; the first is indented by the template.
    """
    items = ("\n" + " " * indent).join(map(_facet_item, links))
    return Markup(items)  # noqa: S704  # label and address are escaped


def year_items(years: Iterable[YearLinks]) -> Markup:
    """Write the years, below one of them perhaps its months."""
    return Markup(f"\n{' ' * 8}".join(map(_year_item, years)))  # noqa: S704  # labels and addresses are escaped


def _year_item(item: YearLinks) -> str:
    year = _facet_item(item.year)
    if not item.months:
        return year
    return (
        f'{year}\n        <li><ul class="months" aria-label="Maanden van {escape(item.year.label)}">\n'
        f"          {facet_items(item.months, 10)}\n"
        "        </ul></li>"
    )


def _facet_item(link: Link) -> str:
    current, chosen = "", ""
    if link.current:
        current, chosen = ' aria-current="true"', ' <span class="chosen-word">gekozen</span>'
    count = link.count or 0
    return (
        f'<li><a class="facet" href="{escape(link.url)}"{current}>\n'
        f'  <span class="facet-label">{escape(link.label)}{chosen}</span>\n'
        f'  <span class="count">{dutch_number(count)}<span class="unseen"> '
        f"{'artikel' if count == 1 else 'artikelen'}</span></span>\n"
        "</a></li>\n"
    )


def tag_links(tags: Iterable[str]) -> Markup:
    """Write the tags of an article, each with the link to its page."""
    items = "".join(map(_tag_item, tags))
    return Markup(f'<ul class="tags" aria-label="Tags">\n{items}</ul>\n')  # noqa: S704  # items are escaped


@lru_cache(maxsize=8192)
def _tag_item(tag: str) -> str:
    return f'  <li><a href="{escape(tag_address(tag))}">{escape(tag)}</a></li>\n'


def date_line(iso: str) -> Markup:
    """Write a moment in ISO 8601 as its day, for people and for programs."""
    return Markup(f'<time datetime="{escape(iso)}">{dutch_date(iso)}</time>')  # noqa: S704  # escaped


def title_of(hit: Hit) -> Markup:
    """Write the title of a hit, with what matched in it marked."""
    return Markup("").join(map(marked, hit.snippets.title)) if hit.snippets.title else escape(hit.title)
