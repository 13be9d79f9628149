"""One segment as it lies on disk: memory-mapped columns, terms found by binary search in their bytes."""

from __future__ import annotations

import copy
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search import layout
from search.store.arrays import Array, Entry, map_arrays
from search.store.blobs import Blobs
from search.store.postings import Ints, Postings, chosen, merge
from search.store.vocabulary import Vocabulary

BLOBS = ("records", "texts", "bodies")
"""What is stored of each document as bytes: its record (JSON), its plain text, its Markdown."""


class TermPostings(NamedTuple):
    """One posting list: n documents in order, n frequencies, and all positions behind each other, or None."""

    documents: Array
    frequencies: Array
    positions: Array | None


@dataclass(frozen=True, slots=True)
class _Lists:
    """The posting lists of a field. Memory views give single numbers several times as fast as arrays do.

    `present` are the numbers of the terms that have a list, where that is few of the vocabulary, else None.
    `shared` tells for each term whether its list is that of another field; None when no list is.
    """

    vocabulary: Vocabulary
    present: memoryview | None
    shared: memoryview | None
    offsets: memoryview
    documents: Array
    frequencies: Array
    positions: Array | None
    position_offsets: memoryview


class Segment:
    """Columns of some documents. Never changes; every thread may use it."""

    def __init__(
        self, folder: Path, documents: int, arrays: Mapping[str, Entry], deleted: tuple[int, ...] = ()
    ) -> None:
        self.name = folder.name
        self.documents = documents
        self.arrays = map_arrays(folder / "columns.bin", arrays)
        self.deleted = deleted
        self._vocabularies: dict[str, Vocabulary] = {}
        self._opened: dict[str, _Lists] = {}
        self.blobs = {name: Blobs(folder, name, self.arrays) for name in BLOBS}

    def without(self, deleted: Sequence[int]) -> Segment:
        """The same segment with other documents deleted."""
        other = copy.copy(self)
        other.deleted = tuple(deleted)
        other.__dict__.pop("live", None)
        return other

    @cached_property
    def live(self) -> npt.NDArray[np.bool_]:
        """Which documents have not been deleted since the segment was written."""
        mask = np.ones(self.documents, np.bool_)
        mask[list(self.deleted)] = False
        return mask

    def blob(self, name: str, document: int) -> bytes:
        """Stored bytes of a document; raises ValueError when they are damaged."""
        return self.blobs[name][document]

    def list_of(self, field: str, term: bytes) -> TermPostings | None:
        """The posting list of a term, without deleted documents; None when no document has it."""
        lists = self._opened.get(field) or self._lists(field)
        number = lists.vocabulary.find(term)
        return None if number < 0 else self.postings(field, number)

    def is_shared(self, field: str, term: bytes) -> bool:
        """Whether the posting list of a term, if any, is that of the field with which this one shares."""
        lists = self._lists(field)
        number = lists.vocabulary.find(term)
        return number < 0 or (lists.shared is not None and bool(lists.shared[number]))

    def gathered(self, field: str, terms: Sequence[bytes]) -> tuple[Array, Array, Ints] | None:
        """Many posting lists at once.

        Returns:
            The documents and frequencies of all the lists behind each other, and how long each is; None for a
            segment or a field in which a list is not just a stretch of a column.
        """
        lists = self._lists(field)
        if self.deleted or lists.shared is not None or not lists.documents.size:
            return None
        numbers = np.array([lists.vocabulary.find(term) for term in terms], np.int64)
        present = self.arrays.get(f"{field}.present")
        if present is not None:
            places = np.minimum(present.searchsorted(numbers), present.size - 1)
            numbers = np.where(present[places] == numbers, places, -1)
        offsets = self.arrays[f"{field}.offsets"]
        starts = offsets[numbers].astype(np.int64)
        sizes = np.where(numbers < 0, 0, offsets[numbers + 1] - starts)
        rows = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
        rows += np.arange(rows.size)
        return lists.documents[rows], lists.frequencies[rows], sizes

    def term(self, field: str, number: int) -> bytes:
        """The bytes of a term by its number, in sorted order."""
        return self._vocabulary(layout.VOCABULARIES[field]).term(number)

    def between(self, field: str, low: int, high: int) -> list[bytes]:
        """The terms `[low, high)` of the vocabulary of a field."""
        return self._vocabulary(layout.VOCABULARIES[field]).between(low, high)

    def terms(self, field: str) -> list[bytes]:
        """All terms of the vocabulary of a field, in sorted order."""
        return self._vocabulary(layout.VOCABULARIES[field]).terms()

    def lower_bound(self, field: str, term: bytes) -> int:
        """The number of the first term of a field's vocabulary that is not before another."""
        return self._vocabulary(layout.VOCABULARIES[field]).lower_bound(term)

    def prefix_range(self, field: str, prefix: bytes) -> tuple[int, int]:
        """The numbers `[low, high)` of the terms that begin with `prefix`."""
        vocabulary = self._vocabulary(layout.VOCABULARIES[field])
        after = _next_prefix(prefix)
        high = len(vocabulary.ends) - 1 if after is None else vocabulary.lower_bound(after)
        return vocabulary.lower_bound(prefix), high

    def postings(self, field: str, number: int) -> TermPostings | None:
        """The posting list of a term by its number, without deleted documents; None when nothing is left."""
        lists = self._opened.get(field) or self._lists(field)
        if lists.shared is not None and lists.shared[number]:
            return self.postings(layout.SHARED[field], number)
        if lists.present is not None:
            place = bisect_left(lists.present, number)
            if place == len(lists.present) or lists.present[place] != number:
                return None
            number = place
        start, end = lists.offsets[number], lists.offsets[number + 1]
        if start == end:
            return None
        documents, frequencies = lists.documents[start:end], lists.frequencies[start:end]
        positions = None
        if lists.positions is not None:
            positions = lists.positions[lists.position_offsets[number] : lists.position_offsets[number + 1]]
        if not self.deleted:
            return TermPostings(documents, frequencies, positions)
        kept = self.live[documents]
        if not kept.any():
            return None
        if positions is not None:
            positions = positions[np.repeat(kept, frequencies)]
        return TermPostings(documents[kept], frequencies[kept], positions)

    def document_frequencies(
        self, field: str, low: int, high: int, counted: npt.NDArray[np.bool_] | None = None
    ) -> Ints:
        """In how many documents each of the terms `[low, high)` occurs; of `counted` ones only, when given."""
        if high <= low:
            return np.zeros(0, np.int64)
        present = self.arrays.get(f"{field}.present")
        first, last = (low, high) if present is None else np.searchsorted(present, (low, high)).tolist()
        offsets = self.arrays[f"{field}.offsets"][first : last + 1].astype(np.int64)
        if counted is None and not self.deleted:
            found = np.diff(offsets)
        else:
            mask = self.live if counted is None else self.live & counted
            documents = self.arrays[f"{field}.documents"][offsets[0] : offsets[-1]]
            before = np.concatenate([[0], np.cumsum(mask[documents])])
            found = np.diff(before[offsets - offsets[0]])
        if present is not None:
            found, few = np.zeros(high - low, np.int64), found
            found[present[first:last].astype(np.int64) - low] = few
        if field in layout.SHARED:
            elsewhere = self.document_frequencies(layout.SHARED[field], low, high, counted)
            found = np.where(self.arrays[f"{field}.shared"][low:high], elsewhere, found)
        return np.asarray(found, np.int64)

    def whole_field(self, field: str) -> Postings:
        """All posting lists of a field, deleted documents included, as they were before writing."""
        own = self._own_lists(field)
        if field not in layout.SHARED:
            return own
        shared = self.arrays[f"{field}.shared"]
        names = {self.term(field, number) for number in np.flatnonzero(shared).tolist()}
        other = self._own_lists(layout.SHARED[field])
        kept = np.fromiter((term in names for term in other.terms), np.bool_, len(other.terms))
        return merge(
            [(own, _same(self.documents)), (chosen(other, kept), _same(self.documents))], self.documents
        )

    def _own_lists(self, field: str) -> Postings:
        offsets = self.arrays[f"{field}.offsets"].astype(np.int64)
        terms = self.terms(field)
        present = self.arrays.get(f"{field}.present")
        if present is not None:
            terms = [terms[number] for number in present.tolist()]
        used = np.flatnonzero(np.diff(offsets))
        positions = self.arrays.get(f"{field}.positions")
        return Postings(
            terms=[terms[number] for number in used.tolist()],
            offsets=np.append(offsets[used], offsets[-1]),
            documents=self.arrays[f"{field}.documents"].astype(np.int64),
            frequencies=self.arrays[f"{field}.frequencies"].astype(np.int64),
            positions=None if positions is None else positions.astype(np.int64),
        )

    def _lists(self, field: str) -> _Lists:
        found = self._opened.get(field)
        if found is None:
            positions, present = self.arrays.get(f"{field}.positions"), self.arrays.get(f"{field}.present")
            shared = self.arrays.get(f"{field}.shared")
            found = self._opened[field] = _Lists(
                vocabulary=self._vocabulary(layout.VOCABULARIES[field]),
                present=None if present is None else present.data,
                shared=None if shared is None else shared.view(np.uint8).data,
                offsets=self.arrays[f"{field}.offsets"].data,
                documents=self.arrays[f"{field}.documents"],
                frequencies=self.arrays[f"{field}.frequencies"],
                positions=positions,
                position_offsets=self.arrays[
                    f"{field}.{'offsets' if positions is None else 'position_offsets'}"
                ].data,
            )
        return found

    def _vocabulary(self, name: str) -> Vocabulary:
        found = self._vocabularies.get(name)
        if found is None:
            found = Vocabulary(self.arrays[f"{name}.bytes"], self.arrays[f"{name}.ends"])
            self._vocabularies[name] = found
        return found


def _same(documents: int) -> Ints:
    return np.arange(documents)


def _next_prefix(prefix: bytes) -> bytes | None:
    """The first bytes after everything that begins with `prefix`; None when there is no such."""
    trimmed = prefix.rstrip(b"\xff")
    return trimmed[:-1] + bytes([trimmed[-1] + 1]) if trimmed else None
