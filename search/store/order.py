"""The documents of several segments in one order: newest first, then by id, as each segment is by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search import layout
from search.store.postings import Ints
from search.store.segment import Segment

_FEW = 256
"""Documents that are put in their place one by one; more of them are sorted with all others."""


def in_order(segments: Sequence[Segment]) -> Ints:
    """The numbers of all documents, newest first and then by id.

    The documents outside the largest segment are mostly few. Each is then put between those of that segment by
    binary search, so that the cost hardly depends on how many there are.
    """
    sizes = [segment.documents for segment in segments]
    bases = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    if len(segments) < 2:
        return np.arange(bases[-1])
    largest = int(np.argmax(sizes))
    others = [number for number in range(len(segments)) if number != largest]
    if int(bases[-1]) - sizes[largest] > _FEW:
        return _sorted(segments)
    few = sorted(
        (-int(segments[number].arrays["moments"][document]), name, int(bases[number]) + document)
        for number in others
        for document, name in enumerate(ids_of(segments[number]))
    )
    main = segments[largest]
    places = [_place(main, moment, name) for moment, name, _ in few]
    return np.insert(np.arange(main.documents) + bases[largest], places, [number for _, _, number in few])


def ids_of(segment: Segment) -> list[bytes]:
    """The id of every document of a segment, by number."""
    ids = [b""] * segment.documents
    documents = segment.arrays[f"{layout.ID}.documents"].tolist()
    for document, term in zip(documents, segment.terms(layout.ID), strict=True):
        ids[document] = term
    return ids


def _sorted(segments: Sequence[Segment]) -> Ints:
    """All documents in order: sorted by id first, which is quick as each segment's ids are sorted already."""
    ids = [term for segment in segments for term in segment.terms(layout.ID)]
    bases = np.cumsum([0, *(segment.documents for segment in segments)])
    documents = np.concatenate(
        [
            segment.arrays[f"{layout.ID}.documents"].astype(np.int64) + base
            for segment, base in zip(segments, bases.tolist(), strict=False)
        ]
    )
    by_id = documents[sorted(range(len(ids)), key=ids.__getitem__)]
    moments = np.concatenate([segment.arrays["moments"] for segment in segments])
    return by_id[np.argsort(-moments[by_id], kind="stable")]


def _place(segment: Segment, moment: int, name: bytes) -> int:
    """Before how many documents of a segment something of this (negated) moment and id belongs."""
    # Newest first, so what is sorted upwards is the array from its end.
    upwards = segment.arrays["moments"][::-1]
    low = segment.documents - int(np.searchsorted(upwards, -moment, side="right"))
    high = segment.documents - int(np.searchsorted(upwards, -moment, side="left"))
    if low == high:
        return low
    # Within one moment documents are in order of their ids, so how many ids come first tells how many documents.
    before = segment.arrays[f"{layout.ID}.documents"][: segment.lower_bound(layout.ID, name)]
    return low + int(((before >= low) & (before < high)).sum())
