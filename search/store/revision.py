"""A generation that follows from another: what changed in a small new segment beside the others, or all in one.

A segment costs a query one more look-up, and deleted documents are skipped each time, so both are kept
within bounds. What is merged is chosen by size, as in a log-structured merge tree (O'Neil and others, Acta
Informatica 33, 1996): small segments often, the large ones seldom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from search.store.generation import Generation, Mask
from search.store.publishing import Linked, publish
from search.store.segment import Segment
from search.store.writer import Writer, words_of

MOST_SMALL, MOST_SEGMENTS = 7, 16
"""Small segments of a generation, with more of which they are made one; and segments of any size, of which else
the smallest are made one as far as they fit in memory. Each is four files that a server holds open."""

STALE_SHARE, FEW_STALE = 10, 100
"""All is merged when over a tenth of the documents, and over a hundred, are deleted or outside the largest
segment."""

_SMALL, _FEW = 4, 1000
"""A segment beside the largest is small with fewer than so many documents, or than a quarter of those of the
largest."""


def revise(
    index: Path,
    writer: Writer,
    previous: Generation | None,
    leaving: Mask | None,
    *,
    sources: Mapping[str, Any],
    whole: bool,
) -> str:
    """Publish the generation before without the documents that leave and with the articles that were added.

    Args:
        index: the index folder, held for writing.
        writer: holds what was added, in the folder that was made for the new generation.
        previous: the generation before, if any.
        leaving: which of its documents leave.
        sources: what the next build wants to know of the sources.
        whole: also merge the large segments when that is due; otherwise only small ones, which takes little time.

    Returns:
        The new generation's name.
    """
    segments = [] if previous is None or leaving is None else _after(previous, leaving)
    chosen = absorbed(segments, writer.added, writer.words, whole=whole)
    stay = [segment for number, segment in enumerate(segments) if number not in chosen and segment.live.any()]
    merged = Generation("", [segments[number] for number in sorted(chosen)]) if chosen else None
    written = writer.finish(merged, needed=not stay)
    name = "" if previous is None else previous.name
    linked = [Linked(name, segment.name, segment.deleted) for segment in stay]
    return publish(index, writer.building, written, linked=linked, sources=sources)


def is_due(generation: Generation, words: int) -> bool:
    """Whether segments should be merged by now, of which no more than so many words fit in memory at a time."""
    segments = generation.segments
    fits = sum(map(words_of, segments)) <= words
    return _is_stale(segments, 0) and (fits or len(_small(segments)) > 1)


def _after(previous: Generation, leaving: Mask) -> list[Segment]:
    """The segments of a generation without the documents that leave."""
    found = []
    for base, segment in zip(previous.bases, previous.segments, strict=True):
        gone = leaving[base : base + segment.documents]
        deleted = np.flatnonzero(gone | ~segment.live).tolist()
        found.append(segment.without(deleted) if gone.any() else segment)
    return found


def absorbed(segments: Sequence[Segment], added: int, words: int, *, whole: bool) -> set[int]:
    """Which segments become part of the new one.

    Args:
        segments: of the generation before, without the documents that leave.
        added: how many articles come.
        words: how many fit in memory.
        whole: also choose large segments when that is due.
    """
    small = _small(segments)
    stale = whole and _is_stale(segments, added)
    if stale and sum(map(words_of, segments)) <= words:
        return set(range(len(segments)))
    if stale:
        small |= _mostly_deleted(segments, words)
    elif len(small) + (added > 0) <= MOST_SMALL:
        small = set()
    left = len(segments) - len(small) + (added > 0 or bool(small))
    return small | _smallest(segments, small, left - MOST_SEGMENTS, words)


def _mostly_deleted(segments: Sequence[Segment], words: int) -> set[int]:
    """A segment of which most is deleted, so that what was withdrawn does not stay for good."""
    for number, segment in enumerate(segments):
        if len(segment.deleted) * 2 > segment.documents and words_of(segment) <= words:
            return {number}
    return set()


def _smallest(segments: Sequence[Segment], chosen: set[int], surplus: int, words: int) -> set[int]:
    """The smallest of the segments that are not chosen yet, as many as are too many, as far as they fit."""
    found: set[int] = set()
    if surplus <= 0:
        return found
    used = sum(words_of(segments[number]) for number in chosen)
    for number in sorted(set(range(len(segments))) - chosen, key=lambda number: segments[number].documents):
        used += words_of(segments[number])
        if len(found) > surplus or used > words:
            break
        found.add(number)
    return found if len(found) + len(chosen) > 1 else set()


def _is_stale(segments: Sequence[Segment], added: int) -> bool:
    live = _live(segments)
    stale = added + sum(live) - max(live, default=0) + sum(len(segment.deleted) for segment in segments)
    return stale > max((sum(live) + added) // STALE_SHARE, FEW_STALE)


def _small(segments: Sequence[Segment]) -> set[int]:
    live = _live(segments)
    most = max(live, default=0)
    largest = live.index(most) if live else -1
    return {n for n, size in enumerate(live) if n != largest and (size < _FEW or size * _SMALL < most)}


def _live(segments: Sequence[Segment]) -> list[int]:
    """How many documents each segment has that are not deleted."""
    return [segment.documents - len(segment.deleted) for segment in segments]
