"""What planning asks of the words of an index."""

from __future__ import annotations

from typing import Protocol


class Vocabulary(Protocol):
    """What planning asks of an engine, over public documents only."""

    def public_frequency(self, field: str, term: str, now: int) -> int:
        """How many public documents have a term in a field."""

    def expand_prefix(
        self, field: str, prefix: str, now: int, most: int | None = None
    ) -> list[tuple[str, int]]:
        """Terms of public documents that begin with a prefix, with how many have each, in order.

        With `most` only so many of the most frequent ones; of equally frequent ones the first by alphabet.
        """
