"""The embedded engine: plans evaluated over the columns, ranks and counts taken from numpy arrays."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

import numpy as np
import numpy.typing as npt

from search.engines.base import EngineRequest, Matches, Ranked, TagCount
from search.engines.evaluator import Evaluator
from search.query.plan import Filter, Node
from search.store.generation import Generation, Mask
from search.store.postings import Ints
from search.store.records import Record


class ColumnarEngine:
    """Answers from one generation; see `base.Engine`."""

    def __init__(self, generation: Generation) -> None:
        self._columns = generation
        self._evaluator = Evaluator(generation)

    @property
    def generation(self) -> str:
        """The name of the generation that it shows."""
        return self._columns.name

    def public_documents(self, now: int) -> int:
        """How many documents are public at a moment."""
        return int(self._columns.visible(now).sum())

    def turning_points(self, now: int) -> int:
        """How many moments of publishing and expiring have passed."""
        return self._columns.turning_points(now)

    def search(self, request: EngineRequest) -> Matches:
        """Answer a request: every facet is counted without its own choices."""
        columns = self._columns
        mask, all_scores = self._evaluator.evaluate(request.plan)
        documents = np.flatnonzero(mask & columns.visible(request.now))
        rounded = all_scores[documents].astype(np.float32)
        in_tags = self._mask(Filter("tag", request.tags) if request.tags else None)[documents]
        chosen = request.days and Filter("day", low=request.days[0], high=request.days[1])
        in_days = self._mask(chosen)[documents]
        both = in_tags & in_days
        order = self._ranked(documents[both], rounded[both], request)
        return Matches(
            total=int(both.sum()),
            without_choices=documents.size,
            ranked=tuple(
                Ranked(int(document), float(score))
                for document, score in zip(documents[both][order], rounded[both][order], strict=True)
            ),
            tags=self._tag_counts(documents[in_days]),
            months=self._month_counts(documents[in_tags]),
        )

    def count(self, plan: Node, now: int) -> int:
        """How many public documents a plan matches."""
        return int((self._evaluator.evaluate(plan)[0] & self._columns.visible(now)).sum())

    def public_frequency(self, field: str, term: str, now: int) -> int:
        """How many public documents have a term in a field."""
        return self._columns.document_frequency(field, term, self._columns.visible(now))

    def expand_prefix(self, field: str, prefix: str, now: int) -> list[tuple[str, int]]:
        """Terms of public documents that begin with a prefix, and in how many they occur."""
        found = self._columns.terms(field, prefix.encode(errors="replace"), self._columns.visible(now))
        return [(term.decode(), frequency) for term, frequency in found]

    def holds(self, field: str, term: str, documents: tuple[int, ...]) -> tuple[bool, ...]:
        """Which of the documents have a term in a field."""
        postings = self._columns.postings(field, term)
        if postings is None:
            return (False,) * len(documents)
        wanted = np.asarray(documents, np.int64)
        places = np.minimum(np.searchsorted(postings.documents, wanted), len(postings.documents) - 1)
        return tuple((postings.documents[places] == wanted).tolist())

    def spellings(self, now: int) -> dict[str, dict[str, int]]:
        """For every tag key of public documents: how many of them write it in which way."""
        columns = self._columns
        public = np.repeat(columns.visible(now), np.diff(columns.tag_offsets))
        counts = np.bincount(columns.tag_spellings[public], minlength=len(columns.spellings))
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for number in np.flatnonzero(counts).tolist():
            key = columns.tag_keys[int(columns.spelling_keys[number])]
            found[key][columns.spellings[number]] += int(counts[number])
        return {key: dict(spellings) for key, spellings in found.items()}

    def find(self, article_id: str, now: int) -> int | None:
        """The public document with an id."""
        document = self._columns.document_of(article_id)
        return document if document is not None and self._columns.visible(now)[document] else None

    def find_alias(self, path: str, now: int) -> str | None:
        """The id of the public document that lists an old address; the newest of several."""
        visible = self._columns.visible(now)
        for document in self._aliases.get(path, ()):
            if visible[document]:
                return self.record(document).id
        return None

    def record(self, document: int) -> Record:
        """Stored fields of a document from an answer."""
        return self._columns.record(document)

    def text(self, document: int) -> str:
        """Plain text of a document from an answer."""
        return self._columns.text(document)

    def body(self, document: int) -> str:
        """Markdown of a document from an answer."""
        return self._columns.body(document)

    @cached_property
    def _aliases(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for document in np.argsort(self._columns.ranks).tolist():
            for alias in self.record(document).aliases:
                found[alias].append(document)
        return dict(found)

    def _mask(self, wanted: Filter | None) -> Mask:
        if wanted is None:
            return np.ones(self._columns.documents, np.bool_)
        return self._evaluator.passing(wanted)

    def _ranked(self, documents: Ints, scores: npt.NDArray[np.float32], request: EngineRequest) -> Ints:
        """Indices of the documents in the window, best first; ties newest first, then by id."""
        newest = self._columns.ranks[documents]
        if request.sort == "relevance":
            order = np.lexsort((newest, -scores))
        elif request.sort == "newest":
            order = np.argsort(newest)
        else:
            order = self._oldest_first(documents)
        return order[request.offset : request.offset + request.limit]

    def _oldest_first(self, documents: Ints) -> Ints:
        """Oldest first, ties by id, documents without a date at the end."""
        moments, newest = self._columns.moments[documents], self._columns.ranks[documents]
        undated = self._columns.days[documents] == 0
        return np.lexsort((newest, moments, undated))

    def _tag_counts(self, documents: Ints) -> tuple[TagCount, ...]:
        columns = self._columns
        starts, ends = columns.tag_offsets[documents], columns.tag_offsets[documents + 1]
        sizes = ends - starts
        places = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
        keys = columns.spelling_keys[columns.tag_spellings[places]]
        counts = np.bincount(keys, minlength=len(columns.tag_keys))
        return tuple(
            TagCount(columns.tag_keys[number], int(counts[number]))
            for number in np.flatnonzero(counts).tolist()
        )

    def _month_counts(self, documents: Ints) -> tuple[tuple[int, int], ...]:
        months = self._columns.months[documents]
        values, counts = np.unique(months[months >= 0], return_counts=True)
        return tuple(zip(values.tolist(), counts.tolist(), strict=True))
