"""What an engine does: answer a plan with ranked documents and facet counts, and look up words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from search.model import Sort
from search.query.plan import Node
from search.query.vocabulary import Vocabulary
from search.store.records import Record
from search.store.surfaces import Surfaces


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """A search, settled to the last detail.

    `plan` is the query; `now` (ms since 1970) decides what is public; `tags` (keys, any of them) and `days`
    (ordinals, inclusive) are choices within a facet, which do not narrow that facet's own counts. The window
    is `[offset, offset + limit)` of the ranked documents. Facets are counted when `facets` says so: of tags the
    `most_tags` most frequent, with all that are as frequent as the last of them and those that are chosen; every
    tag when None.
    """

    plan: Node
    now: int
    tags: tuple[str, ...] = ()
    days: tuple[int, int] | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    facets: bool = True
    most_tags: int | None = None


class Ranked(NamedTuple):
    """A document in its place; `document` is the engine's own number for it."""

    document: int
    score: float


class TagCount(NamedTuple):
    """In how many documents a tag is, by its key."""

    key: str
    documents: int


@dataclass(frozen=True, slots=True)
class Matches:
    """The answer: how many match, those in the window, counts per tag key and per month (year · 12 + month - 1).

    `without_choices` is the total when nothing is chosen in a facet; `different_tags` counts the tags, those that
    are not among `tags` included.
    """

    total: int
    without_choices: int
    ranked: tuple[Ranked, ...]
    tags: tuple[TagCount, ...] = ()
    months: tuple[tuple[int, int], ...] = ()
    different_tags: int = 0


class Engine(Vocabulary, Protocol):
    """An index that answers. Safe for threads; it always shows one generation."""

    @property
    def generation(self) -> str:
        """The name of the generation that it shows."""

    def public_documents(self, now: int) -> int:
        """How many documents are public at a moment."""

    def turning_points(self, now: int) -> int:
        """How many moments of publishing and expiring have passed."""

    def search(self, request: EngineRequest) -> Matches:
        """Answer a request."""

    def count(self, plan: Node, now: int) -> int:
        """How many public documents a plan matches."""

    def holds(self, field: str, term: str, documents: tuple[int, ...]) -> tuple[bool, ...]:
        """Which of the documents have a term in a field."""

    def holds_any(self, field: str, terms: Sequence[str], documents: tuple[int, ...]) -> tuple[bool, ...]:
        """Which of the documents have one of some terms in a field."""

    def spellings(self, now: int) -> dict[str, dict[str, int]]:
        """For every tag key of public documents: how many of them write it in which way."""

    def surfaces(self, texts: Sequence[str]) -> Mapping[str, Surfaces] | None:
        """How terms, written forms and constituents are written, as far as not just as themselves.

        None when the engine cannot tell, so that texts have to be analysed word by word to be marked.
        """

    def find(self, article_id: str, now: int) -> int | None:
        """The public document with an id."""

    def find_alias(self, path: str, now: int) -> str | None:
        """The id of the public document that lists an old address."""

    def record(self, document: int) -> Record:
        """Stored fields of a document from an answer."""

    def text(self, document: int) -> str:
        """Plain text of a document from an answer."""

    def body(self, document: int) -> str:
        """Markdown of a document from an answer."""
