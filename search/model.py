"""The values that flow through the product: frozen, without behaviour beyond reading themselves.

`Article` is what a source file says; `Answer` is what a search gives. Every interface (command line,
API, pages) shows these and computes nothing of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

ALWAYS = -(2**62)
"""Moment (ms since 1970) before every clock: an article that is public from the start."""

NEVER = 2**62
"""Moment (ms since 1970) that no clock reaches: an article that is not public, or never expires."""

Sort = Literal["relevance", "newest", "oldest"]
Why = Literal["exact", "inflection", "part", "synonym", "prefix", "spelling"]
Severity = Literal["rejected", "withheld", "warning"]


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture that goes with an article; `image` is an http(s) URL or a path on the site."""

    image: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article, read and checked.

    `text` is the plain text that is searched and quoted; `body` its Markdown source, empty when the
    article came as plain text. `date` and `modified` carry a zone. It is public at moment `now` (ms
    since 1970) when `visible_from <= now < visible_until`: drafts have `visible_from = NEVER`.
    """

    id: str
    title: str
    text: str
    body: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    author: str = ""
    cover: Cover | None = None
    date: datetime | None = None
    modified: datetime | None = None
    visible_from: int = ALWAYS
    visible_until: int = NEVER


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a source.

    `rejected`: the file is not indexed. `withheld`: it is indexed but not public, because a value that
    decides on that cannot be read. `warning`: it is served, and could be better. `line` counts from 1.
    """

    path: str
    line: int
    message: str
    severity: Severity = "rejected"


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """Something in a query that was read otherwise than typed; `start` and `end` are code points."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as every interface asks it. `start` and `end` are inclusive days in Amsterdam.

    Without `parts` a word is not found as a part of a compound.

    `bounded` is False for measurements only, whose queries may be longer than a person's. `marked` is False when
    only the order of the hits matters: looking for passages takes most of the time of a large answer.
    """

    text: str = ""
    tags: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 10
    parts: bool = True
    bounded: bool = True
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Passage:
    """Plain text with marks: `[start, end)` in code points, in order, not overlapping."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Snippets:
    """The passages that show why a document matched, per field."""

    title: tuple[Passage, ...] = ()
    summary: tuple[Passage, ...] = ()
    body: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One document in an answer. `date` is ISO 8601 in Amsterdam time, or None."""

    id: str
    url: str
    title: str
    summary: str
    date: str | None
    tags: tuple[str, ...]
    cover: Cover | None
    score: float
    why: tuple[Why, ...]
    snippets: Snippets


@dataclass(frozen=True, slots=True)
class TagFacet:
    """A tag with the number of documents that choosing it gives."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class MonthFacet:
    """A month, `value` as `2026-02`."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class YearFacet:
    """A year with its months, newest first; `selected` when the chosen period is that year."""

    value: str
    count: int
    selected: bool
    months: tuple[MonthFacet, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """What an answer can be narrowed by. `tags` lists the most frequent of `tags_total` different ones."""

    tags: tuple[TagFacet, ...] = ()
    years: tuple[YearFacet, ...] = ()
    tags_total: int = 0


@dataclass(frozen=True, slots=True)
class ReadPeriod:
    """Words of a query that were read as a period: `[start, end)` in code points, its days in ISO 8601.

    `undo` is the query with these words in quotation marks, in which they are words.
    """

    text: str
    start: int
    end: int
    low: str | None
    high: str | None
    undo: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a query was read: what was typed, what was understood (in Dutch), what went wrong, what was a period."""

    text: str
    reading: str
    problems: tuple[QueryProblem, ...] = ()
    periods: tuple[ReadPeriod, ...] = ()


@dataclass(frozen=True, slots=True)
class PartsUse:
    """Whether words were also found as parts of compounds, and how many of the hits came in only so."""

    included: bool
    hits: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query, with the number of documents it gives; `applied` when those are what is shown."""

    query: str
    total: int
    applied: bool = False


@dataclass(frozen=True, slots=True)
class IndexState:
    """Which index answered; `documents` counts the public ones."""

    generation: str
    documents: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to a search; its fields are the JSON that the API gives."""

    query: Reading
    total: int
    page: int
    per_page: int
    took_ms: float
    index: IndexState
    hits: tuple[Hit, ...]
    facets: Facets
    parts: PartsUse = PartsUse(True, 0)
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class PublicArticle:
    """A public article as the article page and the API show it. Dates are ISO 8601, Amsterdam time."""

    id: str
    url: str
    title: str
    summary: str
    date: str | None
    modified: str | None
    author: str
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    cover: Cover | None
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class TagSummary:
    """A tag over all public articles: every spelling in use with its count, most used first."""

    value: str
    label: str
    count: int
    variants: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What building an index did; `public` of its `documents` are so at this moment."""

    generation: str
    documents: int
    public: int
    added: int
    changed: int
    removed: int
    problems: tuple[Problem, ...]
    seconds: float
