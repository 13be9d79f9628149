"""The addresses of list pages: what a reader chose, and the links that change one choice.

Pure functions. A page number is never part of the choices, so that every link that changes one leads to
the first page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlencode

from search.tags import tag_key

SORTS = {"relevantie": "relevance", "nieuwste": "newest", "oudste": "oldest"}
"""What the pages call a sort order, and what a search request calls it."""


class Arguments(Protocol):
    """Query parameters as Flask gives them."""

    def get(self, key: str, default: str, /) -> str:
        """Give the first value of `key`."""

    def getlist(self, key: str, /) -> list[str]:
        """Give every value of `key`, in order."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader chose, as written in the address; `path` is the page's own address."""

    path: str = "/"
    text: str = ""
    tags: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    sort: str = ""
    parts: str = ""

    @property
    def asked(self) -> bool:
        """Whether there is anything to search or to list; where words may stand says nothing without words."""
        return replace(self, parts="") != Choices()

    @property
    def narrowed(self) -> bool:
        """Whether a tag or a period was chosen."""
        return bool(self.tags or self.start or self.end)


def distinct_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Keep the first spelling of every tag, and drop what is no tag at all."""
    first: dict[str, str] = {}
    for tag in tags:
        key = tag_key(tag)
        if key:
            first.setdefault(key, tag)
    return tuple(first.values())


def read_choices(arguments: Arguments, path: str = "/") -> Choices:
    """Read the choices from the Dutch query parameters; the values are not checked yet.

    Args:
        arguments: `q`, `tag` (repeated), `van`, `tot`, `sorteer` and `delen`; others are ignored.
        path: the address of the page itself, percent-encoded.
    """
    return Choices(
        path=path,
        text=arguments.get("q", "").strip(),
        tags=distinct_tags(arguments.getlist("tag")),
        start=arguments.get("van", "").strip(),
        end=arguments.get("tot", "").strip(),
        sort=arguments.get("sorteer", "").strip(),
        parts=arguments.get("delen", "").strip(),
    )


def list_url(choices: Choices, page: int = 1) -> str:
    """Give the address of one page of the list; what was not chosen is left out of it."""
    pairs = [("q", choices.text)]
    pairs += [("tag", tag) for tag in choices.tags]
    pairs += [("van", choices.start), ("tot", choices.end)]
    pairs += [("sorteer", choices.sort), ("delen", choices.parts)]
    if page > 1:
        pairs.append(("pagina", str(page)))
    query = urlencode([pair for pair in pairs if pair[1]], errors="replace")
    return f"{choices.path}?{query}" if query else choices.path


def toggle_tag_url(choices: Choices, value: str) -> str:
    """Give the address with this tag chosen, or, when it was in any spelling, without it."""
    key = tag_key(value)
    others = tuple(tag for tag in choices.tags if tag_key(tag) != key)
    tags = others if len(others) < len(choices.tags) else (*choices.tags, value)
    return list_url(replace(choices, tags=tags))


def toggle_period_url(choices: Choices, value: str, selected: bool) -> str:
    """Give the address with this year or month as the period, or without any when it was `selected`.

    Args:
        choices: what was chosen.
        value: `2026` or `2026-02`.
        selected: whether the chosen period is this one, however it was written.
    """
    period = "" if selected else value
    return list_url(replace(choices, start=period, end=period))


def sort_url(choices: Choices, sort: str) -> str:
    """Give the address in another order; relevance is what one gets without asking."""
    return list_url(replace(choices, sort="" if sort == "relevantie" else sort))


def parts_url(choices: Choices, *, included: bool) -> str:
    """Give the address where words are also found as parts of longer words, or as whole words only."""
    return list_url(replace(choices, parts="" if included else "0"))


def text_url(choices: Choices, text: str) -> str:
    """Give the address of another query with all other choices kept."""
    return list_url(replace(choices, text=text))


def without_filters_url(choices: Choices) -> str:
    """Give the address of the same query without tags and period."""
    return list_url(replace(choices, tags=(), start="", end=""))


def page_window(page: int, pages: int, around: int = 2) -> list[int | None]:
    """Choose the page numbers to link to: the first, the last and those around the current one.

    Args:
        page: the current page, from 1; may lie past the last.
        pages: how many pages there are.
        around: how many neighbours to show on each side.

    Returns:
        Page numbers in order, with None where one or more are left out; a gap of a single page is filled.
    """
    near = range(page - around, page + around + 1)
    shown = [number for number in range(1, pages + 1) if number in (1, pages) or number in near]
    window: list[int | None] = []
    previous = 0
    for number in shown:
        if number - previous == 2:
            window.append(number - 1)
        elif number - previous > 2:
            window.append(None)
        window.append(number)
        previous = number
    return window
