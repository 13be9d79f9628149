"""Which documents hold terms in sequence, from the positions in the posting lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from search.engines.found import NOTHING, Documents, among, looked_up, restricted, united
from search.query.plan import Phrase
from search.store.generation import Generation
from search.store.segment import TermPostings

Places = npt.NDArray[np.int64]

_SPAN = 1 << 32
"""A place is document · 2³² + position; positions stay far below, as a source is 1 MiB at most."""


def phrase_documents(generation: Generation, phrase: Phrase, within: Documents | None = None) -> Documents:
    """Documents, in order, in which the slots of a phrase stand at consecutive positions.

    With a gap of g the second slot stands 1 to g + 1 positions after the first. Positions are read only of
    documents that have a term of every slot.

    Args:
        generation: whose posting lists are read.
        phrase: what to look for.
        within: the only documents that count; all when None.
    """
    slots = [_postings(generation, phrase.field, slot) for slot in phrase.slots]
    candidates = within
    for slot in sorted(slots, key=lambda slot: sum(len(postings.documents) for postings in slot)):
        found = united(
            [(postings.documents.astype(np.intp), None) for postings in slot], generation.documents
        )
        candidates = (found if candidates is None else restricted(found, candidates, generation.documents))[0]
        if not candidates.size:
            return NOTHING[0]
    if candidates is None:
        return NOTHING[0]
    places = _places(slots[0], candidates)
    if phrase.gap:
        following = _places(slots[1], candidates)
        # The first place of the second slot that is behind; when that is too far, all others are as well.
        behind = following.searchsorted(places, side="right")
        distance = following.take(behind, mode="clip") - places
        return _documents(places[(distance > 0) & (distance <= phrase.gap + 1)])
    for offset, slot in enumerate(slots[1:], start=1):
        if places.size:
            places = places[among(places + offset, _places(slot, candidates))]
    return _documents(places)


def _postings(generation: Generation, field: str, terms: tuple[str, ...]) -> list[TermPostings]:
    """The posting lists of the terms of a slot that occur, with positions."""
    found = (generation.postings(field, term) for term in terms)
    return [postings for postings in found if postings is not None and postings.positions is not None]


def _places(slot: Sequence[TermPostings], candidates: Documents) -> Places:
    """Every place of a slot in some documents, in order, each once."""
    places = [_places_of(postings, candidates) for postings in slot]
    return places[0] if len(places) == 1 else np.unique(np.concatenate(places))


def _places_of(postings: TermPostings, candidates: Documents) -> Places:
    documents, frequencies, positions = postings.documents, postings.frequencies, postings.positions
    if positions is None:
        return np.zeros(0, np.int64)
    kept, chosen = looked_up(candidates, documents)
    sizes = frequencies[chosen].astype(np.intp)
    starts = np.cumsum(frequencies, dtype=np.intp)[chosen] - sizes
    before = np.cumsum(sizes) - sizes
    taken = np.repeat(starts - before, sizes)
    taken += np.arange(taken.size)
    places = np.repeat(candidates[kept] * _SPAN, sizes)
    places += positions[taken]
    return places


def _documents(places: Places) -> Documents:
    """The documents of places in order, each once."""
    documents = places >> 32
    if documents.size > 1:
        documents = documents[np.append(True, documents[1:] != documents[:-1])]
    return documents
