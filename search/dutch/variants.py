"""Old and variant spellings to the one of today, from a table and by rule.

The table (data/variants.txt) has words that were spelled otherwise before the reforms of 1995 and 2005 (the Groene
Boekje, "voorkeurspelling" against "toegelaten spelling") and loan words that are spelled both ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from search.dutch.lexicon import Flag, entry

_TABLE = Path(__file__).parent / "data" / "variants.txt"


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    pairs = (line.split() for line in _TABLE.read_text("utf-8").splitlines() if line and line[0] != "#")
    return dict(pairs)


def modern_spelling(word: str) -> str:
    """A word in lower case as it is spelled today; itself when it is not known as a variant.

    A word that OpenTaal does not list is an old spelling when it becomes a listed one with c for k (kultuur,
    aktie) or an n between its constituents (pannekoek).
    """
    found = _variants().get(word)
    if found is not None:
        return found
    if "k" not in word and "e" not in word[2:-3]:
        return word
    known = entry(word)
    if known is not None and known.flags & Flag.LISTED:
        return word
    return next((candidate for candidate in _candidates(word) if _is_listed(candidate)), word)


def _candidates(word: str) -> Iterator[str]:
    for old, new in _SOUNDS:
        if old in word:
            yield word.replace(old, new)
    for place in range(3, len(word) - 3):
        if word[place - 1] == "e":
            yield word[:place] + "n" + word[place:]


def _is_listed(word: str) -> bool:
    found = entry(word)
    return found is not None and found.frequency > 0 and bool(found.flags & Flag.LISTED)


_SOUNDS = (("kt", "ct"), ("ko", "co"), ("ka", "ca"), ("ku", "cu"), ("kr", "cr"), ("k", "c"))
