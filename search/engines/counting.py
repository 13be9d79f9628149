"""How many documents have a tag or are of a month, counted over columns for whatever was found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from search.engines.base import TagCount
from search.engines.found import Documents
from search.store.generation import Generation

_MANY = 4
"""When one in so many documents is found, going through all tags is cheaper than gathering those of each."""


class Counts:
    """Counts over one generation."""

    def __init__(self, generation: Generation) -> None:
        self._columns = generation

    def tags(
        self, documents: Documents, most: int | None, wanted: Sequence[str] = ()
    ) -> tuple[tuple[TagCount, ...], int]:
        """How many of some documents have each tag.

        Args:
            documents: numbers, in order.
            most: how many of the most frequent tags to give, 1 or more; with them come all that are as frequent
                as the last. All when None.
            wanted: keys of tags to give as well, when a document has them.

        Returns:
            Counts by tag key, in order of the keys, and how many different tags there are.
        """
        keys = self._columns.tagged.keys
        counts = np.bincount(self._keys_of(documents), minlength=len(keys))
        present = counts.nonzero()[0]
        different = present.size
        if most and different > most:
            found = counts[present]
            kept = counts >= np.partition(found, different - most)[different - most]
            for key in wanted:
                number = bisect_left(keys, key)
                if number < len(keys) and keys[number] == key:
                    kept[number] = counts[number] > 0
            present = kept.nonzero()[0]
        pairs = zip(present.tolist(), counts[present].tolist(), strict=True)
        return tuple([TagCount(keys[number], count) for number, count in pairs]), different

    def months(self, documents: Documents) -> tuple[tuple[int, int], ...]:
        """How many of some documents are of each month (year · 12 + month - 1), in order."""
        first, codes = self._months
        counts = np.bincount(codes[documents], minlength=1)
        counts[0] = 0
        present = counts.nonzero()[0]
        return tuple(zip((present + (first - 1)).tolist(), counts[present].tolist(), strict=True))

    @cached_property
    def _months(self) -> tuple[int, npt.NDArray[np.intp]]:
        """The first month, and of each document how many months later it is, plus 1; 0 for one without a date."""
        months = self._columns.months
        dated = months >= 0
        first = int(months[dated].min()) if dated.any() else 0
        return first, np.where(dated, months - (first - 1), 0).astype(np.intp)

    @cached_property
    def _tags(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Row pointers of the documents, and the numbers of the keys of their tags."""
        columns = self._columns
        return columns.tagged.offsets.astype(np.intp), columns.tagged.spelling_keys[
            columns.tagged.numbers
        ].astype(np.intp)

    def _keys_of(self, documents: Documents) -> npt.NDArray[np.intp]:
        """The keys of the tags of some documents, behind each other."""
        offsets, keys = self._tags
        if documents.size == self._columns.documents:
            return keys
        if documents.size * _MANY > self._columns.documents:
            flags = np.zeros(self._columns.documents, np.bool_)
            flags[documents] = True
            places = np.repeat(flags, np.diff(offsets)).nonzero()[0]
        else:
            starts = offsets[documents]
            sizes = offsets[documents + 1] - starts
            places = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
            places += np.arange(places.size)
        found: Documents = keys[places]
        return found
