"""The terms of some fields as they lie on disk, found by binary search in their bytes."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from search.store.arrays import Array
from search.store.recent import Recent

_FENCE = 32
"""One term in so many is at hand as an object; the others are read from the file when they are looked at."""

_RECENT, _FEW = 1 << 15, 1 << 12
"""Terms whose numbers stay at hand, and how many of them may come in at once."""


class Vocabulary:
    """Terms in order of their bytes, V of them."""

    def __init__(self, data: Array, ends: Array) -> None:
        """Take the columns of a vocabulary.

        Args:
            data: the bytes of all terms, behind each other.
            ends: where each begins, and the last one ends; V + 1.
        """
        # Memory views give single numbers and slices several times as fast as arrays do.
        self._data = data.data
        self.ends = ends.data
        self._recent: Recent[bytes, int] = Recent(_RECENT)
        self._fences = [self.term(number) for number in range(0, len(self.ends) - 1, _FENCE)]

    def term(self, number: int) -> bytes:
        """The bytes of a term."""
        return self._data[self.ends[number] : self.ends[number + 1]].tobytes()

    def terms(self) -> list[bytes]:
        """All terms, in order."""
        return self.between(0, len(self.ends) - 1)

    def between(self, low: int, high: int) -> list[bytes]:
        """The terms numbered `[low, high)`. A few of them will be looked up next."""
        ends = self.ends[low : high + 1].tolist()
        data = self._data[ends[0] : ends[-1]].tobytes()
        first = ends[0]
        terms = [data[start - first : end - first] for start, end in pairwise(ends)]
        if high - low <= _FEW:
            for number, term in enumerate(terms, low):
                self._recent.keep(term, number, 1)
        return terms

    def lower_bound(self, term: bytes) -> int:
        """The number of the first term that is not before another."""
        before = bisect_left(self._fences, term)
        if not before:
            return 0
        data, ends = self._data, self.ends
        low, high = (before - 1) * _FENCE + 1, min(before * _FENCE, len(ends) - 1)
        while low < high:
            middle = (low + high) // 2
            if data[ends[middle] : ends[middle + 1]].tobytes() < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int:
        """The number of a term; -1 when it is not there. A word is looked up in several fields, and again."""
        number = self._recent.get(term)
        if number is None:
            number = self.lower_bound(term)
            if number >= len(self.ends) - 1 or self.term(number) != term:
                number = -1
            self._recent.keep(term, number, 1)
        return number
