"""Everything a person can type, made from a seed out of the words of real texts."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})?")
_PERIODS = (
    "vorig jaar",
    "afgelopen maand",
    "sinds 2020",
    "voor 2015",
    "in maart 2021",
    "vandaag",
    "de jaren 90",
)
_FIELDS = ("titel", "samenvatting", "tekst")


class TypedQueries:
    """Queries over some texts; `chance` is the one source of what is drawn."""

    def __init__(
        self, texts: Sequence[str], tags: Sequence[str], seed: int, members: Sequence[str] = ()
    ) -> None:
        """Take the words and tags to ask for.

        Args:
            texts: of articles; runs of words are taken from them, so that phrases are found.
            tags: as they are written.
            members: words that have synonyms.
            seed: the same seed gives the same queries.
        """
        self.chance = random.Random(seed)
        self._runs = [words for text in texts if len(words := _WORD.findall(text)) > 8]
        self._tags = list(tags)
        self._members = list(members)

    def query(self) -> str:
        """One query: words alone most of the time, else whatever can be combined."""
        parts = [self._part() for _ in range(self.chance.choice((1, 1, 1, 2, 2, 3)))]
        return self.chance.choice((" ", " ", " ", " OF ", " EN ")).join(parts)

    def _part(self) -> str:
        kinds: tuple[tuple[int, Callable[[], str]], ...] = (
            (8, lambda: self._words(1)),
            (6, lambda: self._words(2)),
            (3, lambda: self._words(self.chance.randint(3, 8))),
            (3, lambda: f'"{self._words(self.chance.randint(1, 4))}"'),
            (2, self._with_gap),
            (3, self._begun),
            (2, self._misspelled),
            (2, self._joined),
            (2, lambda: f"-{self._words(1)}"),
            (1, lambda: f"NIET {self._words(1)}"),
            (1, lambda: f"({self._words(1)} OF {self._words(1)})"),
            (1, lambda: f"-({self._words(2)})"),
            (2, lambda: f"{self.chance.choice(_FIELDS)}:{self._words(1)}"),
            (2, lambda: f'tag:"{self.chance.choice(self._tags)}"' if self._tags else self._words(1)),
            (1, lambda: f"datum:{self.chance.randint(1995, 2026)}"),
            (1, self._between),
            (2, lambda: self.chance.choice(_PERIODS)),
            (2, lambda: self.chance.choice(self._members) if self._members else self._words(2)),
        )
        weights = [weight for weight, _ in kinds]
        return self.chance.choices([make for _, make in kinds], weights)[0]()

    def _words(self, count: int) -> str:
        """Words behind each other in a text."""
        run = self.chance.choice(self._runs)
        start = self.chance.randrange(max(1, len(run) - count))
        return " ".join(run[start : start + count])

    def _with_gap(self) -> str:
        run = self.chance.choice(self._runs)
        start, gap = self.chance.randrange(len(run) - 4), self.chance.randint(1, 3)
        return f'"{run[start]} {run[start + gap]}"~{gap + self.chance.randint(0, 2)}'

    def _begun(self) -> str:
        word = self._words(1)
        return f"{word[: self.chance.randint(3, 6)]}*"

    def _misspelled(self) -> str:
        word = self._words(1)
        place = self.chance.randrange(len(word))
        return word[:place] + self.chance.choice(("", word[place] * 2, "e", "x")) + word[place + 1 :]

    def _joined(self) -> str:
        """Two words as a compound, or one with a hyphen."""
        first, second = self._words(2).split()[:2] if self.chance.random() < 0.9 else ("ai", "model")
        return first + self.chance.choice(("", "-", "s")) + second

    def _between(self) -> str:
        first = self.chance.randint(1995, 2025)
        return f"datum:{first}..{first + self.chance.randint(0, 5)}"
