"""A vocabulary in which everything close to a word is found fast, without comparing all of it.

Every word has a signature of 64 bits: which letters it has at least once, and which at least twice. One edit takes
at most one bit away and brings at most one, so words whose signatures differ more cannot be close. That leaves
a few in a thousand, and only those are compared letter by letter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

_CLASSES = 32
_LEVELS = 2
_CHUNK = 1 << 13
"""Words of which signatures are computed at a time, as that takes 256 bytes a word."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the vocabulary: its number of documents, and how many edits it is away."""

    text: str
    count: int
    distance: int


class Vocabulary:
    """Words by length, then alphabet. Immutable after construction."""

    __slots__ = ("_bounds", "_counts", "_signatures", "_words")

    def __init__(self, words: Sequence[str], counts: Sequence[int]) -> None:
        """Order the words and compute their signatures.

        Args:
            words: written forms, in any order; of a word that is given twice the first count is kept.
            counts: of each word the number of documents; as long as `words`.
        """
        alphabetical = sorted(range(len(words)), key=words.__getitem__)
        lengths = np.fromiter((len(words[number]) for number in alphabetical), np.int64, len(words))
        order = np.asarray(alphabetical, np.int64)[np.argsort(lengths, kind="stable")]
        self._words = [words[number] for number in order.tolist()]
        self._counts = np.asarray(counts, np.int64).reshape(-1)[order]
        lengths.sort()
        longest = int(lengths[-1]) if len(words) else 0
        self._bounds: list[int] = np.searchsorted(lengths, np.arange(longest + 2)).tolist()
        self._signatures = _signatures(self._words, lengths)

    def count(self, word: str) -> int:
        """The number of documents of a word, 0 when the vocabulary does not have it."""
        start, end = self._bucket(len(word))
        place = bisect_left(self._words, word, start, end)
        return int(self._counts[place]) if place < end and self._words[place] == word else 0

    def near(self, word: str, distance: int) -> list[Near]:
        """All other words within a Damerau-Levenshtein distance."""
        (own,) = _signatures([word], np.asarray([len(word)], np.int64))
        found: list[Near] = []
        for length in range(max(1, len(word) - distance), len(word) + distance + 1):
            start, end = self._bucket(length)
            if start < end:
                places = start + self._plausible(own, start, end, length - len(word), distance)
                found += self._compared(word, places.tolist(), distance)
        return found

    def _bucket(self, length: int) -> tuple[int, int]:
        if length + 1 >= len(self._bounds):
            return 0, 0
        return self._bounds[length], self._bounds[length + 1]

    def _plausible(
        self, own: np.uint64, start: int, end: int, longer: int, distance: int
    ) -> NDArray[np.int64]:
        """Places in a bucket whose signatures allow the distance.

        Words that are `longer` letters longer cost as many insertions, which take nothing away; the same holds
        for shorter words and what is brought.
        """
        theirs = self._signatures[start:end]
        lost = np.bitwise_count(own & ~theirs) <= distance - max(longer, 0)
        gained = np.bitwise_count(theirs & ~own) <= distance + min(longer, 0)
        return np.flatnonzero(lost & gained)

    def _compared(self, word: str, places: list[int], distance: int) -> list[Near]:
        words = [self._words[place] for place in places]
        close = process.extract(
            word,
            words,
            scorer=DamerauLevenshtein.distance,
            processor=None,
            score_cutoff=distance,
            limit=None,
        )
        return [
            Near(text, int(self._counts[places[index]]), int(edits)) for text, edits, index in close if edits
        ]


def _signatures(words: list[str], lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Of each word 64 bits: for each of 32 classes of characters whether it is there once, and twice."""
    found = np.zeros(len(words), np.uint64)
    for start in range(0, len(words), _CHUNK):
        chunk = words[start : start + _CHUNK]
        codes = np.frombuffer("".join(chunk).encode("utf-32-le", "surrogatepass"), np.uint32)
        numbers = np.repeat(np.arange(len(chunk)), lengths[start : start + _CHUNK])
        counts = np.bincount(numbers * _CLASSES + codes % _CLASSES, minlength=len(chunk) * _CLASSES)
        counts = counts.reshape(len(chunk), _CLASSES)
        bits = np.hstack([np.packbits(counts >= level, axis=1) for level in range(1, _LEVELS + 1)])
        found[start : start + _CHUNK] = np.ascontiguousarray(bits).view(np.uint64)[:, 0]
    return found
