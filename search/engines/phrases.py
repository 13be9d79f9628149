"""Which documents hold terms in sequence, from the positions in the posting lists."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from search.query.plan import Phrase
from search.store.generation import Generation
from search.store.postings import Ints

_SPAN = 1 << 32
"""A place is document · 2³² + position; positions stay far below, as a source is 1 MiB at most."""


def phrase_documents(generation: Generation, phrase: Phrase) -> Ints:
    """Documents, in order, in which the slots of a phrase stand at consecutive positions.

    With a gap of g the second slot stands 1 to g + 1 positions after the first.
    """
    places = _places(generation, phrase.field, phrase.slots[0])
    if phrase.gap:
        following = _places(generation, phrase.field, phrase.slots[1])
        steps = range(1, phrase.gap + 2)
        found = np.concatenate([places[_among(places + step, following)] for step in steps])
        return np.unique(found // _SPAN)
    for offset, slot in enumerate(phrase.slots[1:], start=1):
        if places.size:
            places = places[_among(places + offset, _places(generation, phrase.field, slot))]
    return np.unique(places // _SPAN)


def _places(generation: Generation, field: str, terms: tuple[str, ...]) -> Ints:
    """Every place of any of the terms, in order, each once."""
    places = []
    for term in terms:
        postings = generation.postings(field, term)
        if postings is not None and postings.positions is not None:
            documents = np.repeat(postings.documents.astype(np.int64), postings.frequencies)
            places.append(documents * _SPAN + postings.positions)
    if len(places) == 1:
        return places[0]
    return np.unique(np.concatenate([np.zeros(0, np.int64), *places]))


def _among(wanted: Ints, places: Ints) -> npt.NDArray[np.bool_]:
    """Which of the wanted places are among others, which are in order."""
    if not places.size:
        return np.zeros(wanted.size, np.bool_)
    found = places[np.minimum(np.searchsorted(places, wanted), places.size - 1)]
    return np.asarray(found == wanted)
