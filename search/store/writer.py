"""Writes what a build adds, in as many segments as the memory that it may take asks for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from search import layout
from search.model import Article
from search.store.builder import SegmentBuilder, SegmentFiles
from search.store.generation import Generation
from search.store.postings import Ints
from search.store.records import Record
from search.store.segment import Segment

_ALWAYS, _A_WORD = 500, 64
"""Megabytes that the program takes without any article, and bytes for every word of articles that it holds."""

_AN_ARTICLE = 8
"""What is kept of every article until the end, its id and where it was read, takes as much as so many words."""

_FEWEST_WORDS = 100_000


class Writer:
    """Takes articles, and writes a segment whenever as many words are held as fit in the memory."""

    def __init__(self, building: Path, previous: Generation | None, memory: int) -> None:
        """Begin a segment.

        Args:
            building: the folder of the generation in the making.
            previous: the generation before, whose segments may go along.
            memory: what the process may take, in megabytes.
        """
        self.building = building
        self.words = words_within(memory)
        self.added = 0
        self._names = _free_names(previous)
        self._written: dict[str, SegmentFiles] = {}
        self._builder = self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._builder.__exit__(kind, error, trace)

    def add(self, article: Article, record: Record) -> None:
        """Add an article that was just read."""
        room = max(self.words - _AN_ARTICLE * self.added, _FEWEST_WORDS)
        if self._builder.held > room:
            self._finish(None, np.zeros(0, np.int64))
            self._builder = self._begin()
        self._builder.add(article, record)
        self.added += 1

    def finish(self, merged: Generation | None, *, needed: bool) -> dict[str, SegmentFiles]:
        """Write what is held, with the documents of other segments that are to be one with it.

        Args:
            merged: those segments; their deleted documents are left out.
            needed: also write a segment when there is nothing for it.

        Returns:
            All segments that were written, by the names of their folders.
        """
        if len(self._builder) or merged or (needed and not self._written):
            self._finish(merged, np.flatnonzero(merged.live) if merged else np.zeros(0, np.int64))
        else:
            self._builder.discard()
        return self._written

    def _begin(self) -> SegmentBuilder:
        return SegmentBuilder(self.building / next(self._names))

    def _finish(self, merged: Generation | None, kept: Ints) -> None:
        self._written[self._builder.folder.name] = self._builder.finish(merged, kept)


def words_within(memory: int) -> int:
    """How many words may be held in so many megabytes."""
    return max((memory - _ALWAYS) * 1_000_000 // _A_WORD, _FEWEST_WORDS)


def words_of(segment: Segment) -> int:
    """How many words the documents of a segment have."""
    return sum(int(segment.arrays[f"{field.name}.lengths"].sum()) for field in layout.TEXT_FIELDS)


def _free_names(previous: Generation | None) -> Iterator[str]:
    """Names for new segments that no segment of the generation before has."""
    taken = set() if previous is None else {segment.name for segment in previous.segments}
    names = chain(["base"], (f"part{number}" for number in count(2)))
    return (name for name in names if name not in taken)
