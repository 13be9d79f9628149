"""The gate that every answer passes: which documents are public at a moment."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.store.postings import Ints

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Gate:
    """Which documents are public from one turning point to just before the next (ms since 1970), and how many.

    `all_public` when every document is.
    """

    since: int
    until: int
    mask: Mask
    public: int
    all_public: bool


def gate_at(now: int, live: Mask, visible: tuple[Ints, Ints], turning_points: Ints) -> Gate:
    """The gate at a moment.

    Args:
        now: ms since 1970.
        live: which documents have not been deleted.
        visible: of each document, from when and until when it is public.
        turning_points: all of these moments, in order.
    """
    mask = live & (visible[0] <= now) & (now < visible[1])
    mask.flags.writeable = False
    passed, public = turned(turning_points, now), int(mask.sum())
    return Gate(
        since=int(turning_points[passed - 1]) if passed else -sys.maxsize,
        until=int(turning_points[passed]) if passed < turning_points.size else sys.maxsize,
        mask=mask,
        public=public,
        all_public=public == mask.size,
    )


def turned(turning_points: Ints, now: int) -> int:
    """How many turning points have passed."""
    return int(turning_points.searchsorted(now, side="right"))
