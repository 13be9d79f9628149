"""One whole index, opened for reading: the segments of a generation as if they were one.

Documents are numbered through the segments. Everything here is immutable, so that any number of threads
may read it, and it lives as long as somebody holds it, also when a newer generation has come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from search import layout
from search.errors import DamagedIndex
from search.store.arrays import Array
from search.store.gate import Gate, gate_at, turned
from search.store.order import ids_of, in_order
from search.store.postings import Ints, Postings, merge
from search.store.recent import Recent
from search.store.records import Record, decode
from search.store.segment import BLOBS, Segment, TermPostings
from search.store.surfaces import Surfaces, SurfaceTable
from search.store.tagged import TagColumns
from search.store.terms import all_terms, frequent_terms

__all__ = ["BLOBS", "Generation", "Mask"]

Mask = npt.NDArray[np.bool_]


_RECENT, _ENTRY = 32 << 20, 512
"""How many bytes of posting lists stay at hand, and what a list that is a view of the files takes."""


class Generation:
    """A generation's documents, D of them, and all that is known of them."""

    def __init__(self, name: str, segments: Sequence[Segment]) -> None:
        self.name = name
        self.segments = tuple(segments)
        sizes = [segment.documents for segment in segments]
        self.bases = [sum(sizes[:index]) for index in range(len(sizes))]
        self.documents = sum(sizes)
        self.live = self._column_of([segment.live for segment in segments], np.bool_)
        self.visible_from = self._column("visible_from", np.int64)
        self.visible_until = self._column("visible_until", np.int64)
        self.moments = self._column("moments", np.int64)
        self.days = self._column("days", np.int32)
        self.months = self._column("months", np.int32)
        self._numbers = np.min_scalar_type(max(self.documents - 1, 0)).type
        self._gate: Gate | None = None
        # A query asks for the same lists several times: to plan, to find, to count, to explain.
        self._recent: Recent[tuple[str, str | bytes], tuple[TermPostings | None]] = Recent(_RECENT)

    def visible(self, now: int) -> Mask:
        """The gate that every answer passes: which documents are public at a moment (ms since 1970)."""
        return self.gate(now).mask

    def gate(self, now: int) -> Gate:
        """Which documents are public at a moment; the same from one turning point to the next."""
        gate = self._gate
        if gate is None or not gate.since <= now < gate.until:
            gate = self._gate = gate_at(
                now, self.live, (self.visible_from, self.visible_until), self._turning_points
            )
        return gate

    def turning_points(self, now: int) -> int:
        """How many moments of publishing and expiring have passed: answers change when this does."""
        return turned(self._turning_points, now)

    @cached_property
    def _turning_points(self) -> Ints:
        return np.sort(np.concatenate([self.visible_from, self.visible_until]))

    @cached_property
    def ranks(self) -> Ints:
        """The place of each document when all are sorted newest first, then by id."""
        ranks = np.empty(self.documents, np.int64)
        ranks[in_order(self.segments)] = np.arange(self.documents)
        return ranks

    def ids(self) -> list[bytes]:
        """The id of every document, deleted ones included, by number."""
        return [name for segment in self.segments for name in ids_of(segment)]

    @property
    def digests(self) -> npt.NDArray[np.uint8]:
        """The digest of the source of each document, D × 16."""
        return self._column("digests", np.uint8).reshape(-1, 16)

    def origins(self) -> dict[str, int]:
        """The document of each place that was read, below its source."""
        found: dict[str, int] = {}
        for base, segment in zip(self.bases, self.segments, strict=True):
            documents = segment.arrays[f"{layout.ORIGIN}.documents"]
            numbers = (documents.astype(np.int64) + base).tolist()
            for term, document, live in zip(
                segment.terms(layout.ORIGIN), numbers, segment.live[documents].tolist(), strict=True
            ):
                if live:
                    found[term.decode()] = document
        return found

    def digest(self, document: int) -> str:
        """The digest of a document's source, in hexadecimal digits."""
        segment, local = self._locate(document)
        return str(segment.arrays["digests"][16 * local : 16 * local + 16].tobytes().hex())

    @property
    def flawed(self) -> Mask:
        """Which documents have problems that their record tells of."""
        return self._column("flawed", np.bool_)

    def places(self, documents: Ints) -> tuple[Ints, Ints]:
        """For each of some documents, the number of its segment and its own number there."""
        which = np.searchsorted(self.bases, documents, side="right") - 1
        return which, documents - np.array(self.bases, np.int64)[which]

    def has_field(self, field: str) -> bool:
        """Whether the index has a field of this name."""
        return field in layout.ALL_FIELDS

    def postings(self, field: str, term: str | bytes) -> TermPostings | None:
        """The posting list of a term over all segments, documents in order; None when no document has it.

        Two fields that share a list give the same object.
        """
        known = self._recent.get((field, term))
        if known is None:
            found = self._postings(field, term.encode(errors="replace") if isinstance(term, str) else term)
            known = (found,)
            copied = 0
            if found is not None and (len(self.segments) > 1 or self.segments[0].deleted):
                copied = sum(column.nbytes for column in found if column is not None)
            self._recent.keep((field, term), known, _ENTRY + copied)
        return known[0]

    def _postings(self, field: str, wanted: bytes) -> TermPostings | None:
        shared = layout.SHARED.get(field)
        if shared and all(segment.is_shared(field, wanted) for segment in self.segments):
            return self.postings(shared, wanted)
        if len(self.segments) == 1:
            return self.segments[0].list_of(field, wanted)
        lists = (
            (base, segment.list_of(field, wanted))
            for base, segment in zip(self.bases, self.segments, strict=True)
        )
        found = [(base, postings) for base, postings in lists if postings is not None]
        if not found:
            return None
        if len(found) == 1 and found[0][0] == 0:
            return found[0][1]
        positions = [p.positions for _, p in found if p.positions is not None]
        return TermPostings(
            np.concatenate([p.documents.astype(self._numbers) + self._numbers(base) for base, p in found]),
            np.concatenate([p.frequencies for _, p in found]),
            np.concatenate(positions) if positions else None,
        )

    def gathered(self, field: str, terms: Sequence[str]) -> tuple[Array, Array, Ints]:
        """Many posting lists at once, without deleted documents.

        Returns:
            The documents and frequencies of all the lists behind each other, and how long each is.
        """
        if len(self.segments) == 1:
            encoded = [term.encode(errors="replace") for term in terms]
            found = self.segments[0].gathered(field, encoded)
            if found is not None:
                return found
        lists = [self.postings(field, term) for term in terms]
        sizes = [0 if postings is None else len(postings.documents) for postings in lists]
        kept = [postings for postings in lists if postings is not None]
        return (
            np.concatenate([np.zeros(0, self._numbers), *(postings.documents for postings in kept)]),
            np.concatenate([np.zeros(0, np.uint8), *(postings.frequencies for postings in kept)]),
            np.array(sizes, np.int64),
        )

    def document_frequency(self, field: str, term: str | bytes, counted: Mask | None = None) -> int:
        """In how many documents a term occurs; of `counted` ones only, when given."""
        postings = self.postings(field, term)
        if postings is None:
            return 0
        return len(postings.documents) if counted is None else int(counted[postings.documents].sum())

    def terms(
        self, field: str, prefix: bytes = b"", counted: Mask | None = None
    ) -> Iterator[tuple[bytes, int]]:
        """Terms that begin with `prefix` and their document frequency (above 0), in order."""
        return all_terms(self.segments, field, prefix, counted)

    def frequent_terms(
        self, field: str, prefix: bytes, most: int, counted: Mask | None = None
    ) -> list[tuple[bytes, int]]:
        """The most frequent of the terms that begin with `prefix`, in order; of equal ones the first."""
        return frequent_terms(self.segments, field, prefix, most, counted)

    def lengths(self, field: str) -> Ints:
        """Length of a scored field in each document, in positions; 0 for deleted documents."""
        return self._lengths[layout.base(field)]

    @cached_property
    def _lengths(self) -> dict[str, Ints]:
        return {
            name: np.where(self.live, self._column(f"{name}.lengths", np.int64), 0)
            for name in layout.MEASURED
        }

    def field(self, field: str) -> Postings:
        """All posting lists of a field over all segments."""
        if len(self.segments) == 1 and not self.segments[0].deleted:
            return self.segments[0].whole_field(field)
        inputs = []
        for base, segment in zip(self.bases, self.segments, strict=True):
            numbers = np.where(segment.live, np.arange(segment.documents) + base, -1)
            inputs.append((segment.whole_field(field), numbers))
        return merge(inputs, self.documents)

    def blob(self, name: str, document: int) -> bytes:
        """Stored bytes of a document."""
        segment, local = self._locate(document)
        return segment.blob(name, local)

    def record(self, document: int) -> Record:
        """Stored fields of a document."""
        try:
            return decode(self.blob("records", document))
        except (ValueError, KeyError, TypeError) as error:
            raise _unreadable(document) from error

    def text(self, document: int) -> str:
        """Plain text of a document."""
        return self._decoded("texts", document)

    def body(self, document: int) -> str:
        """Markdown of a document; empty when it came as plain text."""
        return self._decoded("bodies", document)

    def surfaces(self, texts: Sequence[str]) -> dict[str, Surfaces]:
        """How terms, written forms and constituents are written, as far as not just as themselves."""
        found: dict[str, Surfaces] = {}
        for table in self._surface_tables:
            for text, own in zip(texts, table.look_up(texts), strict=True):
                if own is not None:
                    found[text] = found[text] | own if text in found else own
        return found

    @cached_property
    def _surface_tables(self) -> list[SurfaceTable]:
        return [SurfaceTable(segment.arrays) for segment in self.segments]

    def document_of(self, article_id: str) -> int | None:
        """The number of the document with an id."""
        postings = self.postings(layout.ID, article_id)
        return None if postings is None else int(postings.documents[0])

    def documents_of_alias(self, path: str) -> Ints:
        """The documents that list an old address, newest first."""
        postings = self.postings(layout.ALIAS, path)
        if postings is None:
            return np.zeros(0, np.int64)
        documents = postings.documents.astype(np.int64)
        return documents if documents.size == 1 else documents[np.argsort(self.ranks[documents])]

    @cached_property
    def tagged(self) -> TagColumns:
        """The tags of all documents."""
        return TagColumns(self.segments)

    def _decoded(self, name: str, document: int) -> str:
        try:
            return self.blob(name, document).decode()
        except ValueError as error:
            raise _unreadable(document) from error

    def _locate(self, document: int) -> tuple[Segment, int]:
        for base, segment in zip(self.bases, self.segments, strict=True):
            if document - base < segment.documents:
                return segment, document - base
        raise IndexError(document)

    def _column(self, name: str, kind: type[np.generic]) -> Array:
        return self._column_of([segment.arrays[name] for segment in self.segments], kind)

    def _column_of(self, parts: Sequence[Array], kind: type[np.generic]) -> Array:
        if len(parts) == 1:
            return parts[0].astype(kind, copy=False)
        return np.concatenate([np.zeros(0, kind), *parts]).astype(kind, copy=False)


def _unreadable(document: int) -> DamagedIndex:
    return DamagedIndex(
        f"De opgeslagen tekst van document {document} is niet te lezen",
        "kijk met 'trefzeker check' wat er mis is en bouw de index opnieuw met 'trefzeker index'",
    )
