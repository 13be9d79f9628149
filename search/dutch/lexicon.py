"""The words of Dutch: the lemmas of each form, how common it is, and what it can be part of.

One file (data/lexicon.marisa, made by `compile_lexicon`), a static trie that is mapped into memory: it opens in no
time, all processes share its pages, and a look-up costs a microsecond. data/README.md names the sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import marisa_trie

from search.dutch.tokens import MAX_WORD

FILE = Path(__file__).parent / "data" / "lexicon.marisa"


class Flag:
    """What a word is, where it can stand in a compound, and whether it is spelled as OpenTaal lists it."""

    NAME = 1
    NOUN = 2
    VERB = 4
    ADJECTIVE = 8
    FIRST = 16
    LAST = 32
    LISTED = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """A word. `frequency` is on a scale of 33 a factor ten, 0 when it was never counted; 100 is once in a million.

    `lemmas` are its possible lemmas, most certain first; empty when no source knows it as an inflection.
    `particle` is that of a separable verb in the infinitive: `aan` of `aankondigen`.
    """

    frequency: int
    flags: int
    lemmas: tuple[str, ...]
    particle: str = ""


def encode(word: str, frequency: int, flags: int, lemmas: list[str], particle: int = 0) -> bytes:
    """A word's record: frequency, flags, length of the particle, and each lemma as letters to cut and to add."""
    record = bytearray((min(frequency, 255), flags, particle))
    for lemma in lemmas:
        shared = 0
        while shared < min(len(word), len(lemma)) and word[shared] == lemma[shared]:
            shared += 1
        added = lemma[shared:].encode()
        record += bytes((len(word) - shared, len(added))) + added
    return bytes(record)


def decode(word: str, record: bytes) -> Entry:
    """The entry that `encode` wrote."""
    lemmas = []
    place = 3
    while place < len(record):
        cut, size = record[place], record[place + 1]
        added = record[place + 2 : place + 2 + size]
        lemmas.append(word[: len(word) - cut] + added.decode())
        place += 2 + size
    return Entry(record[0], record[1], tuple(lemmas), word[: record[2]])


@lru_cache(maxsize=1)
def _trie() -> marisa_trie.BytesTrie:
    return marisa_trie.BytesTrie().mmap(str(FILE))


@lru_cache(maxsize=1 << 16)
def entry(word: str) -> Entry | None:
    """What is known of a word in lower case, with plain apostrophes; None when it is unknown."""
    found = _trie().get(word)
    return decode(word, found[0]) if found else None


def is_word(word: str) -> bool:
    """Whether a word in lower case is one of OpenTaal's list, not merely a name or a form that was counted."""
    found = entry(word)
    return found is not None and bool(found.flags & Flag.LISTED)


def known_beginnings(text: str) -> list[str]:
    """The known words that a text begins with, shortest first."""
    return list(_trie().prefixes(text[:MAX_WORD]))
