"""One segment as it lies on disk: memory-mapped columns, terms found by binary search in their bytes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.store.arrays import Array, Entry, map_arrays, map_file
from search.store.postings import Ints, Postings

_FENCE = 32
"""One term in so many is at hand as an object; the others are read from the file when they are looked at."""

BLOBS = ("records", "texts", "bodies")
"""What is stored of each document as bytes: its record (JSON), its plain text, its Markdown."""


@dataclass(frozen=True, slots=True)
class TermPostings:
    """One posting list: n documents in order, n frequencies, and all positions behind each other, or None."""

    documents: Array
    frequencies: Array
    positions: Array | None


class Segment:
    """Columns of some documents. Never changes; every thread may use it."""

    def __init__(
        self, folder: Path, documents: int, arrays: Mapping[str, Entry], deleted: tuple[int, ...] = ()
    ) -> None:
        self.documents = documents
        self.arrays = map_arrays(folder / "columns.bin", arrays)
        self.deleted = deleted
        self._vocabularies: dict[str, tuple[memoryview, memoryview, list[bytes]]] = {}
        self._blobs = {name: map_file(folder / f"{name}.bin") for name in BLOBS}

    @cached_property
    def live(self) -> npt.NDArray[np.bool_]:
        """Which documents have not been deleted since the segment was written."""
        mask = np.ones(self.documents, np.bool_)
        mask[list(self.deleted)] = False
        return mask

    def blob(self, name: str, document: int) -> memoryview:
        """Stored bytes of a document."""
        start = int(self.arrays[f"{name}.starts"][document])
        return self._blobs[name][start : start + int(self.arrays[f"{name}.sizes"][document])]

    def term_count(self, field: str) -> int:
        """How many different terms a field has."""
        return len(self.arrays[f"{field}.ends"]) - 1

    def term(self, field: str, number: int) -> bytes:
        """The bytes of a term by its number, in sorted order."""
        ends = self.arrays[f"{field}.ends"]
        return self.arrays[f"{field}.bytes"][int(ends[number]) : int(ends[number + 1])].tobytes()

    def lower_bound(self, field: str, term: bytes) -> int:
        """The number of the first term that is not before `term`."""
        data, ends, fences = self._vocabulary(field)
        before = bisect_left(fences, term)
        if not before:
            return 0
        low, high = (before - 1) * _FENCE + 1, min(before * _FENCE, len(ends) - 1)
        while low < high:
            middle = (low + high) // 2
            if data[ends[middle] : ends[middle + 1]].tobytes() < term:
                low = middle + 1
            else:
                high = middle
        return low

    def _vocabulary(self, field: str) -> tuple[memoryview, memoryview, list[bytes]]:
        """The bytes of a field's terms, where each ends, and one term in so many: what a look-up reads.

        Memory views give single numbers and slices several times as fast as arrays do.
        """
        found = self._vocabularies.get(field)
        if found is None:
            fences = [self.term(field, number) for number in range(0, self.term_count(field), _FENCE)]
            found = self._vocabularies[field] = (
                self.arrays[f"{field}.bytes"].data,
                self.arrays[f"{field}.ends"].data,
                fences,
            )
        return found

    def find(self, field: str, term: bytes) -> int | None:
        """The number of a term, None when the field does not have it."""
        number = self.lower_bound(field, term)
        data, ends, _ = self._vocabulary(field)
        found = number < len(ends) - 1 and data[ends[number] : ends[number + 1]] == term
        return number if found else None

    def prefix_range(self, field: str, prefix: bytes) -> tuple[int, int]:
        """The numbers `[low, high)` of the terms that begin with `prefix`."""
        low = self.lower_bound(field, prefix)
        after = _next_prefix(prefix)
        return low, self.term_count(field) if after is None else self.lower_bound(field, after)

    def postings(self, field: str, number: int) -> TermPostings:
        """The posting list of a term, without deleted documents."""
        offsets = self.arrays[f"{field}.offsets"]
        span = slice(int(offsets[number]), int(offsets[number + 1]))
        documents = self.arrays[f"{field}.documents"][span]
        frequencies = self.arrays[f"{field}.frequencies"][span]
        positions = self.arrays.get(f"{field}.positions")
        if positions is not None:
            starts = self.arrays[f"{field}.position_offsets"]
            positions = positions[int(starts[number]) : int(starts[number + 1])]
        if not self.deleted:
            return TermPostings(documents, frequencies, positions)
        kept = self.live[documents]
        if positions is not None:
            positions = positions[np.repeat(kept, frequencies)]
        return TermPostings(documents[kept], frequencies[kept], positions)

    def document_frequencies(
        self, field: str, low: int, high: int, counted: npt.NDArray[np.bool_] | None = None
    ) -> Ints:
        """In how many documents each of the terms `[low, high)` occurs; of `counted` ones only, when given."""
        offsets = self.arrays[f"{field}.offsets"][low : high + 1].astype(np.int64)
        if counted is None and not self.deleted:
            return np.diff(offsets)
        mask = self.live if counted is None else self.live & counted
        if high <= low:
            return np.zeros(0, np.int64)
        documents = self.arrays[f"{field}.documents"][offsets[0] : offsets[-1]]
        before = np.concatenate([[0], np.cumsum(mask[documents])])
        return np.asarray(np.diff(before[offsets - offsets[0]]))

    def whole_field(self, field: str) -> Postings:
        """All posting lists of a field, deleted documents included, as they were before writing."""
        offsets = self.arrays[f"{field}.offsets"].astype(np.int64)
        positions = self.arrays.get(f"{field}.positions")
        return Postings(
            terms=[self.term(field, number) for number in range(self.term_count(field))],
            offsets=offsets,
            documents=self.arrays[f"{field}.documents"].astype(np.int64),
            frequencies=self.arrays[f"{field}.frequencies"].astype(np.int64),
            positions=None if positions is None else positions.astype(np.int64),
        )


def _next_prefix(prefix: bytes) -> bytes | None:
    """The first bytes after everything that begins with `prefix`; None when there is no such."""
    trimmed = prefix.rstrip(b"\xff")
    return trimmed[:-1] + bytes([trimmed[-1] + 1]) if trimmed else None
