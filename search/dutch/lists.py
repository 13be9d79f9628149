"""Words of a list that share what they end with: `taal- en spelfouten` has taalfouten (Algemene Nederlandse
Spraakkunst, 27.4.4).

What is left out is what follows the first constituent of the last word: that which makes a known word when it can
be found, else what the last word ends with as a compound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.dutch.compounds import split
from search.dutch.lexicon import entry
from search.dutch.normalise import plain_case

_LETTERS = r"[^\W\d_]"
_SHORTENED = re.compile(rf"(?<![\w-])({_LETTERS}{{2,}})-(?=,|[ \t]+(?:en|of)[ \t])")
_REST = re.compile(rf"(?:,[ \t]*{_LETTERS}+-)*[ \t]+(?:en|of)[ \t]+({_LETTERS}{{2,}}-)?({_LETTERS}{{4,}})")
_SHORTEST_END = 3


@dataclass(frozen=True, slots=True)
class Shortened:
    """A shortened word of a list: its place `[start, end)` without the hyphen, and the whole word."""

    start: int
    end: int
    whole: str


def shortened(text: str) -> list[Shortened]:
    """The shortened words of a text, in order."""
    if "- " not in text and "-," not in text and "-\t" not in text:
        return []
    found = []
    for match in _SHORTENED.finditer(text):
        rest = _REST.match(text, match.end())
        whole = completed(match[1], rest[2], apart=bool(rest[1])) if rest else ""
        if whole:
            found.append(Shortened(*match.span(1), whole))
    return found


def completed(first: str, last: str, *, apart: bool = False) -> str:
    """A shortened word with what it shares with the last of a list; empty when that cannot be told.

    Args:
        first: `taal` of `taal-`.
        last: `spelfouten`.
        apart: whether the last stands behind a hyphen itself, and so is shared as a whole (`Word-bestanden`).
    """
    beginning, ending = plain_case(first), plain_case(last)
    if apart:
        return beginning + ending
    for place in range(2, len(ending) - _SHORTEST_END + 1):
        known = entry(beginning + ending[place:])
        if known is not None and known.frequency:
            return beginning + ending[place:]
    found = split(ending)
    return beginning + found.last if found else ""
