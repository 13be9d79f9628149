"""The pieces of which a list page holds dozens, hits and facets, as template filters.

They are written here, and not as macros in `_list.html`, because of what they cost: a facet takes five
microseconds as a macro of Jinja and one here, and a page has fifty to two hundred. Everything that is not ours is
escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from search.model import Hit, Passage
from web.formatting import dutch_date, dutch_number, shown_image, why_labels
from web.listing import Link, YearLinks
from web.urls import tag_address

_NEEDS_ESCAPE = re.compile("[&<>\"']").search


def escaped(text: str) -> str:
    """Escape a text as `markupsafe.escape` does, without the `Markup` that it makes of each; few need it."""
    if not _NEEDS_ESCAPE(text):
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


def hit_item(hit: Hit, level: str = "h2") -> Markup:
    """Write a hit: its picture, title, date, why it was found, passages and tags.

    Args:
        hit: an article in an answer.
        level: the element of its title.
    """
    image = shown_image(hit.cover)
    why = why_labels(hit.why)
    pictured = picture = meta = ""
    if image:
        pictured = " hit-pictured"
        picture = (
            f'    <div class="thumb"><img src="{escaped(image)}" alt="" width="1200" height="630" '
            'loading="lazy"></div>\n'
        )
    if hit.date or why:
        day = date_line(hit.date) if hit.date else ""
        labels = "".join(f'<span class="why">{escaped(label)}</span>' for label in why)
        meta = f'      <p class="meta">{day}{labels}</p>\n'
    title = "".join(map(_marked, hit.snippets.title)) if hit.snippets.title else escaped(hit.title)
    passages = "".join(
        f'      <p class="summary">{_marked(passage)}</p>\n' for passage in hit.snippets.summary
    )
    for passage in hit.snippets.body:
        kind = "quote" if passage.marks else "summary"
        passages += f'      <p class="{kind}">{_marked(passage)}</p>\n'
    tags = f"      {tag_links(hit.tags[:6])}\n" if hit.tags else ""
    return Markup(  # noqa: S704  # every text of the hit is escaped
        f'<li class="hit{pictured}">\n'
        "  <article>\n"
        f"{picture}"
        '    <div class="hit-text">\n'
        f'      <{level} class="hit-title"><a href="{escaped(hit.url)}">{title}</a></{level}>\n'
        f"{meta}"
        f"{passages}"
        f"{tags}"
        "    </div>\n"
        "  </article>\n"
        "</li>\n"
    )


def marked(passage: Passage) -> Markup:
    """Write a passage as HTML: its text escaped, every mark a `<mark>`.

    Args:
        passage: text with marks in code points. What lies outside the text, or before the end of an earlier
            mark, marks nothing: no character is ever lost or doubled.
    """
    return Markup(_marked(passage))  # noqa: S704  # every piece of text is escaped


def _marked(passage: Passage) -> str:
    text = passage.text
    if not passage.marks:
        return escaped(text)
    written = ""
    position = 0
    for mark_start, mark_end in passage.marks:
        start, end = max(position, mark_start), min(mark_end, len(text))
        if start >= end:
            continue
        written += f"{escaped(text[position:start])}<mark>{escaped(text[start:end])}</mark>"
        position = end
    return written + escaped(text[position:])


def facet_items(links: Iterable[Link], indent: int) -> Markup:
    """Write values of a facet, each with its link, its name and the number of articles.

    Args:
        links: in the order in which they are shown.
        indent: how many spaces go before each; the first is indented by the template.
    """
    return Markup(f"\n{' ' * indent}".join(map(_facet_item, links)))  # noqa: S704  # labels, addresses escaped


def year_items(years: Iterable[YearLinks]) -> Markup:
    """Write the years, below one of them perhaps its months."""
    return Markup(f"\n{' ' * 8}".join(map(_year_item, years)))  # noqa: S704  # labels, addresses escaped


def _year_item(item: YearLinks) -> str:
    year = _facet_item(item.year)
    if not item.months:
        return year
    return (
        f'{year}\n        <li><ul class="months" aria-label="Maanden van {escaped(item.year.label)}">\n'
        f"          {facet_items(item.months, 10)}\n"
        "        </ul></li>"
    )


def _facet_item(link: Link) -> str:
    label, url, articles, is_current = link
    current, chosen = "", ""
    if is_current:
        current, chosen = ' aria-current="true"', ' <span class="chosen-word">gekozen</span>'
    return (
        f'<li><a class="facet" href="{escaped(url)}"{current}>\n'
        f'  <span class="facet-label">{escaped(label)}{chosen}</span>\n'
        f"  {_counted_articles(articles or 0)}\n"
        "</a></li>\n"
    )


@lru_cache(maxsize=4096)
def _counted_articles(count: int) -> str:
    noun = "artikel" if count == 1 else "artikelen"
    return f'<span class="count">{dutch_number(count)}<span class="unseen"> {noun}</span></span>'


def tag_links(tags: Iterable[str]) -> Markup:
    """Write the tags of an article, each with the link to its page."""
    items = "".join(map(_tag_item, tags))
    return Markup(f'<ul class="tags" aria-label="Tags">\n{items}</ul>\n')  # noqa: S704  # items are escaped


@lru_cache(maxsize=8192)
def _tag_item(tag: str) -> str:
    return f'  <li><a href="{escaped(tag_address(tag))}">{escaped(tag)}</a></li>\n'


def date_line(iso: str) -> Markup:
    """Write a moment in ISO 8601 as its day, for people and for programs."""
    return Markup(f'<time datetime="{escaped(iso)}">{dutch_date(iso)}</time>')  # noqa: S704  # escaped
