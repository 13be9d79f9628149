"""The tags of all documents, as written and by key, over the segments of a generation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from search.store.postings import Ints
from search.store.segment import Segment
from search.tags import tag_key


class TagColumns:
    """Tags in compressed sparse rows: those of document d are `numbers[offsets[d]:offsets[d + 1]]`."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments

    def of(self, document: int) -> list[str]:
        """Tags of a document as written."""
        start, end = self.offsets[document], self.offsets[document + 1]
        return [self.spellings[number] for number in self.numbers[start:end].tolist()]

    @cached_property
    def spellings(self) -> list[str]:
        """Every spelling of a tag; several segments may each list the same one."""
        spellings: list[str] = []
        for segment in self._segments:
            data, ends = segment.arrays["spellings.bytes"].tobytes(), segment.arrays["spellings.ends"]
            bounds = ends.tolist()
            spellings += [data[a:b].decode() for a, b in pairwise(bounds)]
        return spellings

    @cached_property
    def keys(self) -> list[str]:
        """The different keys of all tags, sorted."""
        return sorted({tag_key(spelling) for spelling in self.spellings})

    @cached_property
    def spelling_keys(self) -> Ints:
        """For each spelling, the number of its key in `keys`."""
        numbers = {key: number for number, key in enumerate(self.keys)}
        return np.array([numbers[tag_key(spelling)] for spelling in self.spellings], np.int64)

    @cached_property
    def offsets(self) -> Ints:
        """Row pointers into `numbers`, D + 1."""
        counts = [np.diff(segment.arrays["tags.offsets"].astype(np.int64)) for segment in self._segments]
        return np.concatenate([[0], np.cumsum(np.concatenate(counts or [np.zeros(0, np.int64)]))])

    @cached_property
    def numbers(self) -> Ints:
        """Numbers of the spellings of each document's tags, behind each other."""
        shifted, before = [np.zeros(0, np.int64)], 0
        for segment in self._segments:
            shifted.append(segment.arrays["tags.spellings"].astype(np.int64) + before)
            before += len(segment.arrays["spellings.ends"]) - 1
        return np.concatenate(shifted)
