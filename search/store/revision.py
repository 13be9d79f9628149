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

MOST_SMALL = 7
"""Small segments of a generation; with more of them they are made one."""

STALE_SHARE, FEW_STALE = 10, 100
"""All is merged when over a tenth of the documents, and over a hundred, are deleted or in small segments."""

_SMALL = 4
"""A segment with fewer than a quarter of the documents of the largest is small."""


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
    absorbed = _absorbed(segments, writer, whole=whole)
    stay = [
        segment for number, segment in enumerate(segments) if number not in absorbed and segment.live.any()
    ]
    merged = Generation("", [segments[number] for number in sorted(absorbed)]) if absorbed else None
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


def _absorbed(segments: Sequence[Segment], writer: Writer, *, whole: bool) -> set[int]:
    """Which segments become part of the new one."""
    small = _small(segments)
    stale = whole and _is_stale(segments, writer.added)
    if stale and sum(map(words_of, segments)) <= writer.words:
        return set(range(len(segments)))
    return small if stale or len(small) + (writer.added > 0) > MOST_SMALL else set()


def _is_stale(segments: Sequence[Segment], added: int) -> bool:
    live = [segment.documents - len(segment.deleted) for segment in segments]
    stale = added + sum(live[number] for number in _small(segments))
    stale += sum(len(segment.deleted) for segment in segments)
    return stale > max((sum(live) + added) // STALE_SHARE, FEW_STALE)


def _small(segments: Sequence[Segment]) -> set[int]:
    live = [segment.documents - len(segment.deleted) for segment in segments]
    return {number for number, size in enumerate(live) if size * _SMALL < max(live)}
