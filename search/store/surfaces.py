"""How each term is written: the words of the texts that have it, so that they are found without reading the texts.

A passage is marked in every inflection of a word. Analysing each word of ten texts for that takes longer than the
search itself; here the words of a term are listed when the index is built, and `str.find` finds them. Most terms
are written in one way only, as themselves, and have no row.

A row serves the term, the written form and the constituent that are the same text. It is a text of lines; words
are parted by blanks, and the key and the words of lines 3 and 4 are without what they all begin with.

| line | holds |
|---|---|
| 1 | what the words below begin with |
| 2 | the key: the term |
| 3 | the words that have the term; nothing when that is only itself |
| 4 | the words of which it is the folded written form; likewise |
| 5 | needles: every other written word with the term contains one of these |
| from 6 on | a constituent as written, then what is before and behind it in each word that has it |

Words are in `small_letters`; each is a piece of a written word (`codes.pieces`), or what such a piece also stands
for. Rows lie in order of the CRC-32 of their keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np

from search.dutch.analyzer import Forms, forms_together
from search.dutch.codes import pieces
from search.dutch.lemma import all_parts
from search.store.arrays import Array, smallest

_HASHES, _BYTES, _ENDS = "surfaces.hashes", "surfaces.bytes", "surfaces.ends"
"""The columns of a segment: R hashes in order, the texts of the R rows behind each other, their R + 1 bounds."""

_CUT = "|"
"""Where a constituent was taken out of a word; never part of one."""


def small_letters(text: str) -> str:
    """A text with A to Z as small letters; unlike in `str.lower`, every character stays at its place."""
    if text.isascii():
        return text.lower()
    return text.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")


@dataclass(frozen=True, slots=True)
class Surfaces:
    """The ways in which a text is written as a term, as a folded form and as a constituent, in small letters.

    Every written word that has the term or the form contains the text itself or one of `terms`, `exact` or
    `needles`; one that has the constituent contains the first text of one of the pairs `within`. `terms` may lack
    the text itself.
    """

    terms: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    needles: tuple[str, ...] = ()
    within: tuple[tuple[str, str], ...] = ()

    def places(self, word: str) -> list[tuple[int, int]]:
        """Where the constituent stands in a word: `[start, end)` in code points."""
        found = []
        for written, words in self.within:
            start = word.find(written)
            while start >= 0:
                end = start + len(written)
                if f" {word[:start]}{_CUT}{word[end:]} " in words:
                    found.append((start, end))
                start = word.find(written, start + 1)
        return found

    def __or__(self, other: Surfaces) -> Surfaces:
        """The ways of both."""
        return Surfaces(
            tuple(dict.fromkeys(self.terms + other.terms)),
            tuple(dict.fromkeys(self.exact + other.exact)),
            tuple(dict.fromkeys(self.needles + other.needles)),
            self.within + other.within,
        )


class SurfaceCollector:
    """Collects how terms are written while the words of a segment are analysed."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._terms: defaultdict[str, list[str]] = defaultdict(list)
        self._exact: defaultdict[str, list[str]] = defaultdict(list)
        self._needles: defaultdict[str, set[str]] = defaultdict(set)
        self._within: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._own_terms: set[str] = set()
        self._own_exact: set[str] = set()

    def add(self, written: str, forms: tuple[Forms, ...]) -> None:
        """Add a written word with what it is indexed as (`analyzer.forms_of`)."""
        word = small_letters(written)
        if word.isalpha():
            if word not in self._seen:
                self._add(word, forms[0])
            return
        found = pieces(word)
        for piece, form in zip(found, forms, strict=True):
            if piece.text not in self._seen:
                self._add(piece.text, forms_together((piece.text,)) if piece.also else form)
            for text in piece.also:
                own = forms_together((text,))
                if text not in self._seen:
                    self._add(text, own)
                if text not in word:
                    for key in (*own.terms, *own.exact):
                        self._needles[key].add(word[: found[1].start + 1])

    def _add(self, word: str, forms: Forms) -> None:
        self._seen.add(word)
        for term in forms.terms:
            if term == word:
                self._own_terms.add(term)
            else:
                self._terms[term].append(word)
        for exact in forms.exact:
            if exact == word:
                self._own_exact.add(exact)
            else:
                self._exact[exact].append(word)
        if forms.parts:
            for part, start, end in all_parts(word):
                if start < end:
                    self._within[part][word[start:end]].append(f"{word[:start]}{_CUT}{word[end:]}")

    def arrays(self) -> dict[str, Array]:
        """The columns of the segment."""
        for found, own in ((self._terms, self._own_terms), (self._exact, self._own_exact)):
            for key in own.intersection(found):
                found[key].append(key)
        keys = self._terms.keys() | self._exact.keys() | self._needles.keys() | self._within.keys()
        return _arrays({key: self._row(key) for key in keys})

    def _row(self, key: str) -> str:
        needles = self._needles.get(key)
        within = self._within.get(key)
        return _row(
            key,
            self._terms.get(key, ()),
            self._exact.get(key, ()),
            shortest(needles) if needles else (),
            [(written, f" {' '.join(words)} ") for written, words in within.items()] if within else (),
        )


def _row(
    key: str,
    terms: Sequence[str],
    exact: Sequence[str],
    needles: Iterable[str],
    within: Iterable[tuple[str, str]],
) -> str:
    begin = shared_beginning([key, *terms, *exact])
    size = len(begin)
    lines = ["".join([f"{word[size:]} " for word in words]) for words in (terms, exact)]
    return "\n".join([begin, key[size:], *lines, " ".join(needles), *map("".join, within)])


def _read(row: str, key: str) -> Surfaces | None:
    """What a row says, None when it is that of another key."""
    begin, rest, terms, exact, needles, *within = row.split("\n")
    if begin + rest != key:
        return None
    return Surfaces(
        tuple([begin + word for word in terms.split(" ")[:-1]]),
        tuple([begin + word for word in exact.split(" ")[:-1]]),
        tuple(needles.split()),
        tuple([_written(line) for line in within]) if within else (),
    )


def _written(line: str) -> tuple[str, str]:
    place = line.index(" ")
    return line[:place], line[place:]


def shared_beginning(texts: Sequence[str]) -> str:
    """What all of some texts begin with."""
    first, last = min(texts), max(texts)
    size = len(first)
    while not last.startswith(first[:size]):
        size -= 1
    return first[:size]


def shortest(texts: Iterable[str]) -> list[str]:
    """Those texts that contain none of the others: what contains one of all contains one of these."""
    kept: list[str] = []
    for text in sorted(texts, key=len):
        for one in kept:
            if one in text:
                break
        else:
            kept.append(text)
    return kept


def joined_arrays(parts: Sequence[Mapping[str, Array]]) -> dict[str, Array]:
    """The columns of several segments as those of one. What no document has any more does no harm."""
    if len(parts) == 1:
        return dict(parts[0])
    rows: dict[str, str] = {}
    for arrays in parts:
        data = arrays[_BYTES].tobytes()
        for start, end in pairwise(arrays[_ENDS].tolist()):
            row = data[start:end].decode(errors="surrogatepass")
            key = _key(row)
            before = rows.setdefault(key, row)
            if before != row:
                rows[key] = _joined(key, before, row)
    return _arrays(rows)


def _key(row: str) -> str:
    begin, rest, _ = row.split("\n", 2)
    return begin + rest


def _joined(key: str, *rows: str) -> str:
    """Rows of one key as one."""
    both = Surfaces()
    within: dict[str, dict[str, None]] = {}
    for row in rows:
        own = _read(row, key) or Surfaces()
        both |= own
        for written, words in own.within:
            within.setdefault(written, {}).update(dict.fromkeys(words.split()))
    lines = [(written, f" {' '.join(words)} ") for written, words in within.items()]
    return _row(key, both.terms, both.exact, shortest(both.needles), lines)


def _arrays(rows: Mapping[str, str]) -> dict[str, Array]:
    order = sorted([(_hash(key), key) for key in rows])
    encoded = [rows[key].encode(errors="surrogatepass") for _, key in order]
    return {
        _HASHES: np.array([found for found, _ in order], np.uint32),
        _BYTES: np.frombuffer(b"".join(encoded), np.uint8),
        _ENDS: smallest(np.cumsum([0, *map(len, encoded)], dtype=np.int64)),
    }


def _hash(key: str) -> int:
    return crc32(key.encode(errors="surrogatepass"))


class SurfaceTable:
    """The rows of one segment. Safe for threads."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._hashes, self._ends = arrays[_HASHES], arrays[_ENDS]
        self._bytes = arrays[_BYTES].data

    def look_up(self, keys: Sequence[str]) -> list[Surfaces | None]:
        """How each of some texts is written; None for one that is written as itself, or not at all."""
        hashes = np.array([*map(_hash, keys)], np.uint32)
        places = self._hashes.searchsorted(hashes)
        return [
            self._row(key, wanted, place)
            for key, wanted, place in zip(keys, hashes.tolist(), places.tolist(), strict=True)
        ]

    def _row(self, key: str, wanted: int, place: int) -> Surfaces | None:
        while place < len(self._hashes) and self._hashes[place] == wanted:
            row = str(self._bytes[self._ends[place] : self._ends[place + 1]], "utf-8", "surrogatepass")
            found = _read(row, key)
            if found is not None:
                return found
            place += 1
        return None
