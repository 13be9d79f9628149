"""The shapes of the API's answers, from which its description (OpenAPI) is made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Mark = Annotated[list[int], Field(min_length=2, max_length=2, description="[start, end) in code points")]
Key = Annotated[str, Field(description="The normalised form of a tag: what addresses and filters use.")]


class Shape(BaseModel):
    """Base of all shapes: an answer holds these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Cover(Shape):
    """The picture that goes with an article."""

    image: Annotated[str, Field(description="An http(s) URL, or a path on this site.")]
    alt: str
    caption: str


class Passage(Shape):
    """Plain text, never HTML, with the places that matched."""

    text: str
    marks: list[Mark]


class Snippets(Shape):
    """The passages that show why an article matched."""

    title: list[Passage]
    summary: list[Passage]
    body: list[Passage]


class Hit(Shape):
    """An article in a search answer."""

    id: str
    url: str
    title: str
    summary: str
    date: Annotated[str | None, Field(description="ISO 8601, Amsterdam time.")]
    tags: list[str]
    cover: Cover | None
    score: float
    why: list[Literal["exact", "inflection", "part", "synonym", "prefix", "spelling"]]
    snippets: Snippets


class TagFacet(Shape):
    """A tag with the number of hits that choosing it gives."""

    value: Key
    label: str
    count: int
    selected: bool


class MonthFacet(Shape):
    """A month, as `2026-02`, with its number of hits."""

    value: str
    count: int


class YearFacet(Shape):
    """A year with its number of hits and its months, newest first."""

    value: str
    count: int
    selected: bool
    months: list[MonthFacet]


class Facets(Shape):
    """What an answer can be narrowed by; `tags` lists the most frequent of `tags_total` different ones."""

    tags: list[TagFacet]
    years: list[YearFacet]
    tags_total: int


class QueryProblem(Shape):
    """Something in the query that was read otherwise than typed; the place is in code points."""

    message: str
    start: int
    end: int


class ReadPeriod(Shape):
    """Words of the query that were read as a period; their place is in code points."""

    text: str
    start: int
    end: int
    low: Annotated[str | None, Field(description="The first day, as 2026-10-01; null: no limit.")]
    high: Annotated[str | None, Field(description="The last day, likewise.")]
    undo: Annotated[str, Field(description="The query in which these words are words.")]


class Reading(Shape):
    """How the query was read, in Dutch."""

    text: str
    reading: str
    problems: list[QueryProblem]
    periods: list[ReadPeriod]


class PartsUse(Shape):
    """Whether words were also found as parts of compounds, and how many of the hits came in only so."""

    included: bool
    hits: int


class Suggestion(Shape):
    """Another query, with the number of articles it gives; `applied` when those are the hits given."""

    query: str
    total: int
    applied: bool


class IndexState(Shape):
    """Which index answered; `documents` counts the public articles."""

    generation: str
    documents: int


class SearchAnswer(Shape):
    """The answer to a search."""

    query: Reading
    total: int
    page: int
    per_page: int
    took_ms: float
    index: IndexState
    hits: list[Hit]
    facets: Facets
    parts: PartsUse
    suggestion: Suggestion | None


class Article(Shape):
    """A public article; `html` is safe to show, `text` is what is searched."""

    id: str
    url: str
    title: str
    summary: str
    date: Annotated[str | None, Field(description="ISO 8601, Amsterdam time.")]
    modified: Annotated[str | None, Field(description="ISO 8601, Amsterdam time.")]
    author: str
    tags: list[str]
    categories: list[str]
    cover: Cover | None
    html: str
    text: str


class Variant(Shape):
    """A way in which a tag is written, with the number of articles that do."""

    label: str
    count: int


class Tag(Shape):
    """A tag over all public articles; `variants` are all its spellings, most used first."""

    value: Key
    label: str
    count: int
    variants: list[Variant]


class Tags(Shape):
    """Every tag in use, most used first."""

    tags: list[Tag]


class ProblemDocument(Shape):
    """What went wrong, as RFC 9457 describes; `parameter` names the culprit of a bad request."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None = None
