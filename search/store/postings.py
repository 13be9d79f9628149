"""The posting lists of one field in compressed sparse rows, and how they are made and merged.

A field's terms are sorted by their bytes; term t has the postings `offsets[t]:offsets[t + 1]`, each a
document and a frequency, in order of document. With positions, a posting's positions are as many as its
frequency, and follow each other in the order of the postings.

Everything is built in bulk: one stable sort on (term, document) instead of a tree that grows
(Zobel and Moffat, "Inverted files for text search engines", ACM Computing Surveys 38(2), 2006, sort-based
inversion).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Postings:
    """All posting lists of a field.

    `terms`: sorted UTF-8 bytes, T of them. `offsets`: T + 1. `documents` and `frequencies`: P, where
    P = offsets[T]. `positions`: as many as all frequencies together, or None.
    """

    terms: list[bytes]
    offsets: Ints
    documents: Ints
    frequencies: Ints
    positions: Ints | None


def invert(
    vocabulary: Sequence[bytes], terms: Ints, documents: Ints, weights: Ints | None, positions: Ints | None
) -> Postings:
    """Turn occurrences into posting lists.

    Args:
        vocabulary: terms by number, in any order.
        terms: the number of the term, for each of n occurrences.
        documents: the document of each occurrence.
        weights: how often each counts; once when None. With weights there are no positions.
        positions: the place of each occurrence in its document, ascending within a document; or None.

    Returns:
        The posting lists of the terms that occur.
    """
    used = np.unique(terms)
    names = [vocabulary[term] for term in used.tolist()]
    order_of_names = sorted(range(len(names)), key=names.__getitem__)
    rank = np.zeros(int(used[-1]) + 1 if used.size else 0, np.int64)
    rank[used[order_of_names]] = np.arange(len(names))
    ranked = rank[terms]

    span = int(documents.max()) + 1 if documents.size else 1
    keys = ranked * span + documents
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = _run_starts(keys)
    if weights is None:
        frequencies = np.diff(np.append(starts, keys.size))
    else:
        frequencies = np.add.reduceat(weights[order], starts) if starts.size else weights[:0]
    posting_terms, posting_documents = np.divmod(keys[starts], span)
    return Postings(
        terms=[names[index] for index in order_of_names],
        offsets=_offsets(posting_terms, len(names)),
        documents=posting_documents,
        frequencies=frequencies,
        positions=None if positions is None else positions[order],
    )


def merge(inputs: Sequence[tuple[Postings, Ints]], documents: int) -> Postings:
    """Posting lists of several sets of documents as one.

    Args:
        inputs: posting lists, each with a map of its document numbers to new ones, -1 for one that is gone.
        documents: how many documents there are in the result.

    Returns:
        Posting lists without the documents that are gone and the terms that only they had.
    """
    names = sorted(set().union(*(postings.terms for postings, _ in inputs)))
    number = {name: index for index, name in enumerate(names)}
    keys, frequencies, positions = [], [], []
    for postings, new_documents in inputs:
        terms = np.fromiter((number[term] for term in postings.terms), np.int64, len(postings.terms))
        moved = new_documents[postings.documents] if postings.documents.size else postings.documents
        kept = moved >= 0
        keys.append(np.repeat(terms, np.diff(postings.offsets))[kept] * documents + moved[kept])
        frequencies.append(postings.frequencies[kept])
        if postings.positions is not None:
            positions.append(postings.positions[np.repeat(kept, postings.frequencies)])
    all_keys, all_frequencies = np.concatenate(keys), np.concatenate(frequencies)
    order = np.argsort(all_keys, kind="stable")
    posting_terms, posting_documents = np.divmod(all_keys[order], max(documents, 1))
    used = np.unique(posting_terms)
    return Postings(
        terms=[names[term] for term in used.tolist()],
        offsets=_offsets(np.searchsorted(used, posting_terms), used.size),
        documents=posting_documents,
        frequencies=all_frequencies[order],
        positions=_gather_runs(np.concatenate(positions), all_frequencies, order) if positions else None,
    )


def _run_starts(keys: Ints) -> Ints:
    """Where each run of equal values in a sorted array begins."""
    if not keys.size:
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))).astype(np.int64)


def _offsets(sorted_terms: Ints, count: int) -> Ints:
    """Row pointers of `count` terms from the sorted term of each posting."""
    return np.searchsorted(sorted_terms, np.arange(count + 1)).astype(np.int64)


def _gather_runs(values: Ints, lengths: Ints, order: Ints) -> Ints:
    """Runs of `values` (run i is `lengths[i]` long) in another order."""
    starts = np.cumsum(lengths) - lengths
    new_lengths = lengths[order]
    new_starts = np.cumsum(new_lengths) - new_lengths
    return values[np.repeat(starts[order] - new_starts, new_lengths) + np.arange(int(new_lengths.sum()))]
