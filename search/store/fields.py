"""The posting lists of all fields as columns: one vocabulary for fields that share it, equal lists once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from search import layout
from search.store.arrays import Array, smallest
from search.store.postings import Ints, Postings, chosen

_FEW = 4
"""A field with fewer than a quarter of the terms of its vocabulary keeps which these are."""


def compact(postings: Postings) -> Postings:
    """The same posting lists in the smallest types that hold them."""
    return Postings(
        postings.terms,
        postings.offsets,
        smallest(postings.documents),
        smallest(postings.frequencies),
        None if postings.positions is None else smallest(postings.positions),
    )


def field_arrays(fields: Mapping[str, Postings]) -> dict[str, Array]:
    """The columns of all fields and of their vocabularies.

    Args:
        fields: the posting lists of every field of the layout, by name.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for name in fields:
        members[layout.VOCABULARIES[name]].append(name)
    arrays: dict[str, Array] = {}
    for vocabulary, names in members.items():
        terms = sorted(set().union(*(fields[name].terms for name in names)))
        numbers = {term: number for number, term in enumerate(terms)}
        arrays |= text_arrays(vocabulary, terms)
        for name in names:
            own = fields[name]
            if name in layout.SHARED:
                same = _same_lists(own, fields[layout.SHARED[name]])
                shared = np.zeros(len(terms), np.bool_)
                shared[np.array([numbers[term] for term in own.terms], np.int64)[same]] = True
                arrays[f"{name}.shared"] = shared
                own = chosen(own, ~same)
            arrays |= _list_arrays(name, own, numbers)
    return arrays


def text_arrays(name: str, texts: Sequence[bytes]) -> dict[str, Array]:
    """Texts behind each other, with where each begins and the last one ends."""
    return {
        f"{name}.bytes": np.frombuffer(b"".join(texts), np.uint8),
        f"{name}.ends": smallest(np.cumsum([0, *map(len, texts)], dtype=np.int64)),
    }


def _list_arrays(name: str, postings: Postings, numbers: Mapping[bytes, int]) -> dict[str, Array]:
    """The lists of one field.

    There is an offset for every term of the vocabulary, also when its list is empty; or, for a field with few of
    these terms, only for those that are `present`.
    """
    present = np.array([numbers[term] for term in postings.terms], np.int64)
    arrays: dict[str, Array] = {}
    if len(present) * _FEW < len(numbers):
        arrays[f"{name}.present"] = present.astype(np.uint32)
        offsets = postings.offsets
    else:
        sizes = np.zeros(len(numbers) + 1, np.int64)
        sizes[present + 1] = np.diff(postings.offsets)
        offsets = np.cumsum(sizes)
    arrays |= {
        f"{name}.offsets": smallest(offsets),
        f"{name}.documents": postings.documents,
        f"{name}.frequencies": postings.frequencies,
    }
    if postings.positions is not None:
        before = np.concatenate([[0], np.cumsum(postings.frequencies, dtype=np.int64)])
        arrays[f"{name}.position_offsets"] = smallest(before[offsets])
        arrays[f"{name}.positions"] = postings.positions
    return arrays


def _same_lists(own: Postings, other: Postings) -> npt.NDArray[np.bool_]:
    """For each term of a field, whether another field has the same list for it."""
    places = {term: number for number, term in enumerate(other.terms)}
    there = np.array([places.get(term, -1) for term in own.terms], np.int64)
    same: npt.NDArray[np.bool_] = there >= 0
    sizes, other_sizes = np.diff(own.offsets), np.diff(other.offsets)
    same[same] = sizes[same] == other_sizes[there[same]]
    rows = np.flatnonzero(np.repeat(same, sizes))
    other_rows = _rows(other.offsets, there[same])
    equal = own.documents[rows] == other.documents[other_rows]
    equal &= own.frequencies[rows] == other.frequencies[other_rows]
    if rows.size:
        starts = np.cumsum(sizes[same]) - sizes[same]
        same[same] = np.logical_and.reduceat(equal, starts)
    return same


def _rows(offsets: Ints, terms: Ints) -> Ints:
    """The rows of the lists of some terms, behind each other."""
    sizes = offsets[terms + 1] - offsets[terms]
    return np.repeat(offsets[terms] - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
