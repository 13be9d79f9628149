"""What was worked out lately, kept within a budget; for threads, without a lock."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Two tables: a new one that fills up, and the one before it.

    When the new one is full it becomes the old one, so that what was not asked for a while goes. Every step is
    one look-up or assignment, which threads may do at the same time; at worst a value is worked out twice.
    """

    def __init__(self, budget: int) -> None:
        """Make an empty one.

        Args:
            budget: how much to hold, in the unit of `keep`; half of it for each table.
        """
        self._budget = budget // 2
        self._new: dict[Key, tuple[Value, int]] = {}
        self._old: dict[Key, tuple[Value, int]] = {}
        self._used = 0

    def get(self, key: Key) -> Value | None:
        """The value of a key, when it is still there."""
        kept = self._new.get(key)
        if kept is None:
            kept = self._old.get(key)
            if kept is None:
                return None
            # What is asked for again goes on to the new table.
            self.keep(key, *kept)
        return kept[0]

    def keep(self, key: Key, value: Value, cost: int) -> None:
        """Keep a value.

        Args:
            key: of the value.
            value: never changed after this.
            cost: what it takes of the budget, with its key; 1 at least.
        """
        cost = max(cost, 1)
        if cost > self._budget or key in self._new:
            return
        if self._used + cost > self._budget:
            self._old, self._new, self._used = self._new, {}, 0
        self._new[key] = (value, cost)
        self._used += cost
