"""The terms of several segments as those of one."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

import numpy as np

from search.store.gate import Mask
from search.store.postings import Ints
from search.store.segment import Segment


def all_terms(
    segments: Sequence[Segment], field: str, prefix: bytes, counted: Mask | None
) -> Iterator[tuple[bytes, int]]:
    """Terms that begin with `prefix` and their document frequency (above 0), in order.

    Args:
        segments: of a generation.
        field: whose terms.
        prefix: what they begin with.
        counted: which documents count, through all segments; None for all that are not deleted.
    """
    streams = []
    base = 0
    for segment in segments:
        own = None if counted is None else counted[base : base + segment.documents]
        streams.append(_terms_of(segment, field, prefix, own))
        base += segment.documents
    if len(streams) == 1:
        yield from streams[0]
        return
    last, total = b"", 0
    for term, frequency in heapq.merge(*streams):
        if term != last and total:
            yield last, total
            total = 0
        last = term
        total += frequency
    if total:
        yield last, total


def frequent_terms(
    segments: Sequence[Segment], field: str, prefix: bytes, most: int, counted: Mask | None
) -> list[tuple[bytes, int]]:
    """The most frequent of the terms that begin with `prefix`, in order; of equally frequent ones the first."""
    if len(segments) != 1:
        found = sorted(all_terms(segments, field, prefix, counted), key=lambda pair: (-pair[1], pair[0]))
        return sorted(found[:most])
    low, high = segments[0].prefix_range(field, prefix)
    frequencies = segments[0].document_frequencies(field, low, high, counted)
    if np.count_nonzero(frequencies) > most:
        frequencies[np.argsort(-frequencies, kind="stable")[most:]] = 0
    return _present(segments[0].between(field, low, high), frequencies)


def _terms_of(segment: Segment, field: str, prefix: bytes, counted: Mask | None) -> list[tuple[bytes, int]]:
    low, high = segment.prefix_range(field, prefix)
    frequencies = segment.document_frequencies(field, low, high, counted)
    return _present(segment.between(field, low, high), frequencies)


def _present(terms: Sequence[bytes], frequencies: Ints) -> list[tuple[bytes, int]]:
    return [(term, count) for term, count in zip(terms, frequencies.tolist(), strict=True) if count]
