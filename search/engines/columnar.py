"""The embedded engine: plans evaluated over the columns, ranks and counts taken from numpy arrays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from search.engines.base import EngineRequest, Matches, Ranked
from search.engines.counting import Counts
from search.engines.evaluator import Evaluator, Extra
from search.engines.found import Documents, Found, Scores, looked_up
from search.engines.ranking import Single, best, by_rank, least_of_best
from search.model import Sort
from search.query.plan import Filter, Node
from search.store.generation import Generation
from search.store.recent import Recent
from search.store.records import Record
from search.store.surfaces import Surfaces

_ROUNDING = 1e-6
"""Scores are rounded to 32 bits before they are compared."""


_FEW = 1 << 10
"""Posting lists of at most so many documents are looked through as one."""

_RECORDS, _TEXTS = 1 << 12, 1 << 22
"""How many records, and how many code points of texts, stay at hand."""


class ColumnarEngine:
    """Answers from one generation; see `base.Engine`."""

    def __init__(self, generation: Generation) -> None:
        self._columns = generation
        self._evaluator = Evaluator(generation)
        self._counts = Counts(generation)
        # The same documents are shown for many queries.
        self._records: Recent[int, Record] = Recent(_RECORDS)
        self._texts: Recent[int, str] = Recent(_TEXTS)
        # Documents of a single segment are numbered in that order.
        self._ranks = None if len(generation.segments) == 1 else generation.ranks

    @property
    def generation(self) -> str:
        """The name of the generation that it shows."""
        return self._columns.name

    def public_documents(self, now: int) -> int:
        """How many documents are public at a moment."""
        return self._columns.gate(now).public

    def turning_points(self, now: int) -> int:
        """How many moments of publishing and expiring have passed."""
        return self._columns.turning_points(now)

    def search(self, request: EngineRequest) -> Matches:
        """Answer a request: every facet is counted without its own choices."""
        found, extras = self._evaluator.matched(request.plan)
        documents, scores = self._public(found, request.now)
        in_tags = in_days = both = documents
        if request.tags:
            in_tags = both = self._evaluator.matching(Filter("tag", request.tags), documents)
        if request.days:
            days = Filter("day", low=request.days[0], high=request.days[1])
            in_days, both = (self._evaluator.matching(days, some) for some in (documents, in_tags))
        if scores is not None and both.size < documents.size:
            scores = scores[documents.searchsorted(both)]
        window, rounded = self._window(both, scores, extras, request)
        tags, different = (
            self._counts.tags(in_days, request.most_tags, request.tags) if request.facets else ((), 0)
        )
        return Matches(
            total=both.size,
            without_choices=documents.size,
            ranked=tuple(map(Ranked, window.tolist(), rounded.tolist())),
            tags=tags,
            months=self._counts.months(in_tags) if request.facets else (),
            different_tags=different,
        )

    def count(self, plan: Node, now: int) -> int:
        """How many public documents a plan matches."""
        return self._public((self._evaluator.matching(plan), None), now)[0].size

    def public_frequency(self, field: str, term: str, now: int) -> int:
        """How many public documents have a term in a field."""
        gate = self._columns.gate(now)
        counted = None if gate.all_public else gate.mask
        return self._columns.document_frequency(field, term, counted)

    def expand_prefix(
        self, field: str, prefix: str, now: int, most: int | None = None
    ) -> list[tuple[str, int]]:
        """Terms of public documents that begin with a prefix, and in how many they occur, in order."""
        gate = self._columns.gate(now)
        counted = None if gate.all_public else gate.mask
        beginning = prefix.encode(errors="replace")
        if most is None:
            found = list(self._columns.terms(field, beginning, counted))
        else:
            found = self._columns.frequent_terms(field, beginning, most, counted)
        return [(term.decode(), frequency) for term, frequency in found]

    def holds(self, field: str, term: str, documents: tuple[int, ...]) -> tuple[bool, ...]:
        """Which of the documents have a term in a field."""
        postings = self._columns.postings(field, term)
        if postings is None:
            return (False,) * len(documents)
        wanted = np.asarray(documents, np.int64)
        places = np.minimum(np.searchsorted(postings.documents, wanted), len(postings.documents) - 1)
        return tuple((postings.documents[places] == wanted).tolist())

    def holds_any(self, field: str, terms: Sequence[str], documents: tuple[int, ...]) -> tuple[bool, ...]:
        """Which of the documents have one of some terms in a field."""
        lists = [own.documents for term in terms if (own := self._columns.postings(field, term)) is not None]
        # A prefix may stand for very many words that are in few documents each.
        few = [each for each in lists if len(each) <= _FEW]
        if len(few) > 1:
            lists = [np.sort(np.concatenate(few)), *(each for each in lists if len(each) > _FEW)]
        order = np.argsort(documents)
        wanted = np.array(documents, np.intp)[order]
        found = np.zeros(len(documents), np.bool_)
        for each in lists:
            found[order] |= looked_up(wanted, each)[0]
        return tuple(found.tolist())

    def spellings(self, now: int) -> dict[str, dict[str, int]]:
        """For every tag key of public documents: how many of them write it in which way."""
        columns = self._columns
        public = np.repeat(columns.visible(now), np.diff(columns.tagged.offsets))
        counts = np.bincount(columns.tagged.numbers[public], minlength=len(columns.tagged.spellings))
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for number in np.flatnonzero(counts).tolist():
            key = columns.tagged.keys[int(columns.tagged.spelling_keys[number])]
            found[key][columns.tagged.spellings[number]] += int(counts[number])
        return {key: dict(spellings) for key, spellings in found.items()}

    def surfaces(self, texts: Sequence[str]) -> dict[str, Surfaces]:
        """How terms, written forms and constituents are written, as far as not just as themselves."""
        return self._columns.surfaces(texts)

    def find(self, article_id: str, now: int) -> int | None:
        """The public document with an id."""
        document = self._columns.document_of(article_id)
        return document if document is not None and self._columns.visible(now)[document] else None

    def find_alias(self, path: str, now: int) -> str | None:
        """The id of the public document that lists an old address; the newest of several."""
        visible = self._columns.visible(now)
        for document in self._columns.documents_of_alias(path).tolist():
            if visible[document]:
                return self.record(document).id
        return None

    def record(self, document: int) -> Record:
        """Stored fields of a document from an answer."""
        found = self._records.get(document)
        if found is None:
            found = self._columns.record(document)
            self._records.keep(document, found, 1)
        return found

    def text(self, document: int) -> str:
        """Plain text of a document from an answer."""
        found = self._texts.get(document)
        if found is None:
            found = self._columns.text(document)
            self._texts.keep(document, found, len(found))
        return found

    def body(self, document: int) -> str:
        """Markdown of a document from an answer."""
        return self._columns.body(document)

    def _public(self, found: Found, now: int) -> Found:
        """What is public of what was found."""
        gate = self._columns.gate(now)
        if gate.all_public:
            return found
        documents, scores = found
        kept = gate.mask[documents]
        return documents[kept], None if scores is None else scores[kept]

    def _window(
        self, documents: Documents, scores: Scores | None, extras: tuple[Extra, ...], request: EngineRequest
    ) -> tuple[Documents, Single]:
        """The documents in the window, best first, with their scores; ties newest first, then by id."""
        wanted = request.offset + request.limit
        order = chosen = None
        if request.sort != "relevance":
            order = self._by_date(documents, request.sort, wanted)[request.offset :]
            chosen = np.sort(order)
        elif extras and scores is not None and 0 < wanted < documents.size:
            # What only adds to scores is worked out for documents that can get among the best by it.
            least, most = least_of_best(scores, wanted), self._evaluator.most(extras)
            chosen = (scores >= least - most - (least + most) * _ROUNDING).nonzero()[0]
        if chosen is not None:
            documents, scores = documents[chosen], None if scores is None else scores[chosen]
        scores = self._evaluator.raised(documents, scores, extras)
        rounded = np.zeros(documents.size, np.float32) if scores is None else scores.astype(np.float32)
        if order is None or chosen is None:
            ranks = None if self._ranks is None else self._ranks[documents]
            order = best(rounded, ranks, wanted)[request.offset :]
        else:
            order = chosen.searchsorted(order)
        return documents[order], rounded[order]

    def _by_date(self, documents: Documents, sort: Sort, wanted: int) -> Documents:
        """Where the first documents by date are, at most as many as are wanted."""
        if sort == "newest":
            return by_rank(None if self._ranks is None else self._ranks[documents], documents.size, wanted)
        return self._oldest_first(documents)[:wanted]

    def _oldest_first(self, documents: Documents) -> Documents:
        """Oldest first, ties by id, documents without a date at the end."""
        moments, newest = self._columns.moments[documents], self._columns.ranks[documents]
        undated = self._columns.days[documents] == 0
        return np.lexsort((newest, moments, undated))
