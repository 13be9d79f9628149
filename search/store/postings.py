"""The posting lists of one field in compressed sparse rows, and how they are made and merged.

A field's terms are sorted by their bytes; term t has the postings `offsets[t]:offsets[t + 1]`, each a
document and a frequency, in order of document. With positions, a posting's positions are as many as its
frequency, and follow each other in the order of the postings.

Everything is built in bulk: one sort on (term, document, position) instead of a tree that grows
(Zobel and Moffat, "Inverted files for text search engines", ACM Computing Surveys 38(2), 2006, sort-based
inversion).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Column = npt.NDArray[np.signedinteger[Any]]
"""Whole numbers of 32 or 64 bits: half the memory is half the time where there is one for each word of a site."""
_KEY_BITS = 63


@dataclass(frozen=True, slots=True)
class Postings:
    """All posting lists of a field.

    `terms`: sorted UTF-8 bytes, T of them. `offsets`: T + 1. `documents` and `frequencies`: P, where
    P = offsets[T]. `positions`: as many as all frequencies together, or None.
    """

    terms: list[bytes]
    offsets: Ints
    documents: Column
    frequencies: Ints
    positions: Column | None


def invert(
    vocabulary: Sequence[bytes],
    terms: Column,
    documents: Column,
    *,
    weights: Column | None = None,
    positions: Column | None = None,
) -> Postings:
    """Turn occurrences into posting lists.

    Args:
        vocabulary: terms by number, in order of their bytes.
        terms: the number of the term, for each of n occurrences, in any order.
        documents: the document of each occurrence.
        weights: how often each counts; once when None. With weights there are no positions.
        positions: the place of each occurrence in its document; or None.

    Returns:
        The posting lists of the terms that occur, positions ascending.
    """
    values = positions if weights is None else weights
    terms, documents, *rest = _sorted([terms, documents] if values is None else [terms, documents, values])
    starts = _run_starts(terms, documents)
    frequencies = np.diff(starts, append=terms.size)
    if weights is not None and starts.size:
        frequencies = np.add.reduceat(rest[0], starts)
    posting_terms = terms[starts]
    first_postings = _run_starts(posting_terms)
    return Postings(
        terms=[vocabulary[term] for term in posting_terms[first_postings].tolist()],
        offsets=np.append(first_postings, starts.size),
        documents=documents[starts],
        frequencies=frequencies,
        positions=None if positions is None else rest[0],
    )


def joined(parts: Sequence[Postings]) -> Postings:
    """Posting lists of terms that follow each other as one: all terms of a part come before those of the next."""
    if len(parts) == 1:
        return parts[0]
    ends = np.cumsum([0, *(int(part.offsets[-1]) for part in parts)])
    positions = [part.positions for part in parts if part.positions is not None]
    return Postings(
        terms=[term for part in parts for term in part.terms],
        offsets=np.concatenate(
            [*(part.offsets[:-1] + end for part, end in zip(parts, ends, strict=False)), ends[-1:]]
        ),
        documents=np.concatenate([part.documents for part in parts]),
        frequencies=np.concatenate([part.frequencies for part in parts]),
        positions=np.concatenate(positions) if positions else None,
    )


def merge(inputs: Sequence[tuple[Postings, Ints]], documents: int) -> Postings:
    """Posting lists of several sets of documents as one.

    Args:
        inputs: posting lists, each with a map of its document numbers to new ones, -1 for one that is gone.
        documents: how many documents there are in the result.

    Returns:
        Posting lists without the documents that are gone and the terms that only they had.
    """
    inputs = [(postings, moved) for postings, moved in inputs if postings.terms] or inputs[:1]
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
    starts = _run_starts(posting_terms)
    return Postings(
        terms=[names[term] for term in posting_terms[starts].tolist()],
        offsets=np.append(starts, posting_terms.size),
        documents=posting_documents,
        frequencies=all_frequencies[order],
        positions=gather_runs(np.concatenate(positions), all_frequencies, order) if positions else None,
    )


def chosen(postings: Postings, kept: npt.NDArray[np.bool_]) -> Postings:
    """The posting lists of some of the terms, without positions."""
    sizes = np.diff(postings.offsets)
    rows = np.repeat(kept, sizes)
    return Postings(
        terms=[term for term, keep in zip(postings.terms, kept.tolist(), strict=True) if keep],
        offsets=np.concatenate([[0], np.cumsum(sizes[kept])]),
        documents=postings.documents[rows],
        frequencies=postings.frequencies[rows],
        positions=None,
    )


def _sorted(columns: Sequence[Column]) -> Sequence[Column]:
    """Rows of numbers, none negative, in ascending order: by the first column, then by the next.

    A row is packed into one number of 64 bits where that can hold it, as numbers sort ten times as fast as rows.
    """
    bits = [int(column.max()).bit_length() if column.size else 0 for column in columns]
    if sum(bits) > _KEY_BITS:
        order = np.lexsort(columns[::-1])
        return [column[order] for column in columns]
    keys = columns[0].astype(np.int64)
    for column, width in zip(columns[1:], bits[1:], strict=True):
        keys <<= width
        keys |= column
    keys.sort()
    unpacked = []
    for width in reversed(bits[1:]):
        unpacked.append(keys & ((1 << width) - 1))
        keys >>= width
    return [keys, *reversed(unpacked)]


def _run_starts(*columns: Column) -> Ints:
    """Where each run of equal rows begins, in columns that are sorted."""
    size = columns[0].size
    begins = np.zeros(size, np.bool_)
    begins[:1] = True
    for column in columns:
        begins[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(begins).astype(np.int64)


def gather_runs(values: Column, lengths: Ints, order: Ints) -> Column:
    """Runs of `values` (run i is `lengths[i]` long) in another order, or some of them."""
    starts = np.cumsum(lengths) - lengths
    new_lengths = lengths[order]
    new_starts = np.cumsum(new_lengths) - new_lengths
    return values[np.repeat(starts[order] - new_starts, new_lengths) + np.arange(int(new_lengths.sum()))]
