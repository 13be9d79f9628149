"""The documents of a window in the order that was asked, without sorting all that was found."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from search.engines.found import Documents, Scores

Single = npt.NDArray[np.float32]
Ranks = npt.NDArray[np.int64]

_FEW = 1_000
"""So many equal scores are sorted without asking which of them come too late."""

_VERY_FEW = 64
"""So many are sorted whole."""

_COLUMNS = 64
"""The scores are laid out in so many columns, or four times as many when much is wanted: the best of each tell
how good the best are at least."""


def best(scores: Single, ranks: Ranks | None, wanted: int) -> npt.NDArray[np.intp]:
    """Where the best scores are, best first; ties in order of rank.

    Args:
        scores: of n documents.
        ranks: the place of each among ties, none twice; None when they are in that order.
        wanted: how many to give, when there are as many.
    """
    if wanted <= 0:
        return np.zeros(0, np.intp)
    places: npt.NDArray[np.intp] | None = None
    if scores.size > max(wanted, _VERY_FEW):
        least = least_of_best(scores, wanted)
        places = (scores >= least).nonzero()[0]
        if places.size > 4 * wanted + _FEW:
            places = _without_ties(places, scores, ranks, least, wanted)
        scores = scores[places]
        ranks = None if ranks is None else ranks[places]
    order = (-scores).argsort(kind="stable") if ranks is None else np.lexsort((ranks, -scores))
    return order[:wanted] if places is None else places[order[:wanted]]


def least_of_best(scores: Single | Scores, wanted: int) -> float:
    """A score that at least `wanted` documents reach, and few others."""
    columns = _COLUMNS if wanted <= _COLUMNS // 4 else 4 * _COLUMNS
    rows = scores.size // columns
    if rows > 1 and wanted <= columns // 4:
        scores = scores[: rows * columns].reshape(rows, columns).max(axis=0)
    return float(np.partition(scores, scores.size - wanted)[scores.size - wanted])


def _without_ties(
    places: npt.NDArray[np.intp], scores: Single, ranks: Ranks | None, least: float, wanted: int
) -> npt.NDArray[np.intp]:
    """Leave out of very many equal scores those that come too late, as when nothing scores at all."""
    tied = scores[places] == least
    equal = places[tied]
    if ranks is not None:
        equal = equal[np.argpartition(ranks[equal], min(wanted, equal.size) - 1)]
    return np.sort(np.concatenate([places[~tied], equal[:wanted]]))


def by_rank(ranks: Ranks | None, size: int, wanted: int) -> Documents:
    """Where the first in rank are, in that order.

    Args:
        ranks: of `size` documents, none twice; None when they are in that order.
        size: how many documents there are.
        wanted: how many to give, when there are as many.
    """
    if ranks is None:
        return np.arange(min(wanted, size))
    if size > wanted > 0:
        first = np.argpartition(ranks, wanted - 1)[:wanted]
        return first[np.argsort(ranks[first])]
    return np.argsort(ranks)[:wanted]
