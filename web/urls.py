"""The addresses of list pages: what a reader chose, and the links that change one choice.

Pure functions. A page number is never part of the choices, so that every link that changes one leads to
the first page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, Protocol
from urllib.parse import quote_plus

from search.tags import tag_key, tag_slug
from search.urls import tag_url

SORTS = {"relevantie": "relevance", "nieuwste": "newest", "oudste": "oldest"}
"""What the pages call a sort order, and what a search request calls it."""

_KEPT, _LONGEST = 8192, 64
"""Tags that are kept with what is written for them, and the characters that one of an article has at most: what a
visitor gives for a tag can be as long as an address, and is not kept when it is longer."""


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


class _Written(NamedTuple):
    """An address in pieces. The path ends with `?`, every pair after it with `&`; what was not chosen is empty.

    Put together they end with one sign too many: whoever does so drops it.
    """

    path: str
    text: str
    tags: str
    period: str
    sort: str
    parts: str


@lru_cache(maxsize=_KEPT)
def tag_address(tag: str) -> str:
    """Give the address of a tag's page, from any spelling. Remembered: lists show the same tags often."""
    return tag_url(tag_slug(tag))


_kept_key = lru_cache(maxsize=_KEPT)(tag_key)


@lru_cache(maxsize=_KEPT)
def _kept_pair(value: str) -> str:
    return _pair("tag", value)


def _key(tag: str) -> str:
    return (_kept_key if len(tag) <= _LONGEST else tag_key)(tag)


def _tag_pair(tag: str) -> str:
    return _kept_pair(tag) if len(tag) <= _LONGEST else _pair("tag", tag)


def _pair(name: str, value: str) -> str:
    return f"{name}={quote_plus(value, errors='replace')}&" if value else ""


@lru_cache(maxsize=64)
def _written(choices: Choices) -> _Written:
    # Remembered for the many links of one page, all of which start from the same choices.
    return _Written(
        f"{choices.path}?",
        _pair("q", choices.text),
        "".join(map(_tag_pair, choices.tags)),
        _pair("van", choices.start) + _pair("tot", choices.end),
        _pair("sorteer", choices.sort),
        _pair("delen", choices.parts),
    )


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
    number = f"pagina={page}&" if page > 1 else ""
    return ("".join(_written(choices)) + number)[:-1]


def toggle_tag_url(choices: Choices, value: str) -> str:
    """Give the address with this tag chosen, or, when it was in any spelling, without it."""
    return toggle_tag_urls(choices, (value,))[0]


def toggle_tag_urls(choices: Choices, values: Iterable[str]) -> list[str]:
    """Give for each of many tags what `toggle_tag_url` gives, writing what they share once."""
    path, text, tags, *others = _written(choices)
    before, after = path + text + tags, "".join(others)
    chosen = {_key(tag) for tag in choices.tags}
    urls = []
    for value in values:
        if chosen and _key(value) in chosen:
            kept = tuple(tag for tag in choices.tags if _key(tag) != _key(value))
            urls.append(list_url(replace(choices, tags=kept)))
        else:
            urls.append(f"{before}{_tag_pair(value)}{after}"[:-1])
    return urls


def toggle_period_url(choices: Choices, value: str, selected: bool) -> str:
    """Give the address with this year or month as the period, or without any when it was `selected`.

    Args:
        choices: what was chosen.
        value: `2026` or `2026-02`.
        selected: whether the chosen period is this one, however it was written.
    """
    return toggle_period_urls(choices, ((value, selected),))[0]


def toggle_period_urls(choices: Choices, periods: Iterable[tuple[str, bool]]) -> list[str]:
    """Give for each of many periods what `toggle_period_url` gives, writing what they share once.

    Args:
        choices: what was chosen.
        periods: for each its value and whether it is selected.
    """
    path, text, tags, _, *others = _written(choices)
    before, after = path + text + tags, "".join(others)
    return [
        f"{before}{'' if selected or not value else f'van={value}&tot={value}&'}{after}"[:-1]
        for value, selected in periods
    ]


def sort_url(choices: Choices, sort: str) -> str:
    """Give the address in another order; relevance is what one gets without asking."""
    path, text, tags, period, _, parts = _written(choices)
    return f"{path}{text}{tags}{period}{_pair('sorteer', '' if sort == 'relevantie' else sort)}{parts}"[:-1]


def parts_url(choices: Choices, *, included: bool) -> str:
    """Give the address where words are also found as parts of longer words, or as whole words only."""
    path, text, tags, period, sort, _ = _written(choices)
    return f"{path}{text}{tags}{period}{sort}{_pair('delen', '' if included else '0')}"[:-1]


def text_url(choices: Choices, text: str) -> str:
    """Give the address of another query with all other choices kept."""
    path, _, *others = _written(choices)
    return (path + _pair("q", text) + "".join(others))[:-1]


def without_filters_url(choices: Choices) -> str:
    """Give the address of the same query without tags and period."""
    path, text, _, _, sort, parts = _written(choices)
    return f"{path}{text}{sort}{parts}"[:-1]


def page_window(page: int, pages: int, around: int = 2) -> list[int | None]:
    """Choose the page numbers to link to: the first, the last and those around the current one.

    Args:
        page: the current page, from 1; may lie past the last.
        pages: how many pages there are.
        around: how many neighbours to show on each side.

    Returns:
        Page numbers in order, with None where one or more are left out; a gap of a single page is filled.
    """
    near = range(max(1, page - around), min(pages, page + around) + 1)
    shown = sorted({1, pages, *near}) if pages else []
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
