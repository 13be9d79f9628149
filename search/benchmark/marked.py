"""The words of a body as they were analysed, with where each of them stands: what found words are marked by.

Our analysis exists in Python only, and tokenizers of other engines know one form at a place in a text. An
engine that cannot mark inflections by itself keeps this with each body:

    terms   " first term of each position" + blanks + " other terms "
    exact   " first written form of each position other-written-forms "
    places  starts, then lengths: of the positions, of the other written forms, of the other terms

A word is looked for between blanks; how many blanks come before it tells its place. There are as many more
blanks in `terms` as there are other written forms, so that one list of places does for both.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Literal

from search.dutch.analyzer import Forms, forms_of
from search.dutch.codes import pieces
from search.dutch.tokens import WORD

Words = tuple[list[str], dict[int, tuple[str, ...]]]
"""A text as `read_words` gives it: its written words, and by number those that are part of other ones."""

_NOTHING = "_"
"""Stands where a position has no form; no query asks it, and it leaves a stream in ASCII."""

_LONGEST = 255
"""The most that is marked of a word: a length is kept in a byte."""

_Added = tuple[int, int, str]
"""Start, length, form."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The words of a body; in `places`, starts take two bytes each, or four in a body of more than 65,535
    code points, and lengths one.
    """

    terms: str = ""
    exact: str = ""
    places: bytes = b""

    def starts_and_lengths(self, text: str) -> tuple[memoryview, bytes]:
        """Where the words stand in the text, in code points."""
        code, size = _kept_as(text)
        count = len(self.places) // (size + 1)
        return memoryview(self.places)[: size * count].cast(code), self.places[size * count :]


@dataclass(frozen=True, slots=True)
class _Word:
    """One written word: its streams, the places of its pieces in it, and the forms behind the first ones."""

    terms: str
    exact: str
    starts: tuple[int, ...]
    lengths: bytes
    other_terms: tuple[_Added, ...]
    other_exact: tuple[_Added, ...]
    first: Forms


class Marking(dict[str, _Word]):
    """Bodies to their words; each different written word is taken apart once."""

    def __missing__(self, word: str) -> _Word:
        forms = forms_of(word)
        starts = tuple(piece.start for piece in pieces(word))
        lengths = bytes(min(piece.end - piece.start, _LONGEST) for piece in pieces(word))
        placed = list(zip(starts, lengths, forms, strict=True))
        self[word] = _Word(
            terms=" ".join([form.terms[0] if form.terms else _NOTHING for form in forms]),
            exact=" ".join([form.exact[0] if form.exact else _NOTHING for form in forms]),
            starts=starts,
            lengths=lengths,
            other_terms=tuple(
                (start, length, term) for start, length, form in placed for term in form.terms[1:]
            ),
            other_exact=tuple(
                (start, length, text) for start, length, form in placed for text in form.exact[1:]
            ),
            first=forms[0] if forms else Forms(),
        )
        return self[word]

    def marked(self, text: str, words: Words) -> Marked:
        """The words of a text with their places.

        Args:
            text: the body.
            words: what `read_words` gives for it.
        """
        written, wholes = words
        found = [self[word] for word in written]
        starts: list[int] = []
        lengths = bytearray()
        more_terms: list[_Added] = []
        more_exact: list[_Added] = []
        for number, (word, match) in enumerate(zip(found, WORD.finditer(text), strict=True)):
            at = match.start()
            if word.starts == (0,):
                starts.append(at)
            else:
                starts += [at + start for start in word.starts]
            lengths += word.lengths
            if word.other_terms:
                more_terms += [(at + start, length, term) for start, length, term in word.other_terms]
            if word.other_exact:
                more_exact += [(at + start, length, form) for start, length, form in word.other_exact]
            if number in wholes and word.starts:
                whole = (term for text in wholes[number] for term in self[text].first.terms)
                new = [term for term in dict.fromkeys(whole) if term not in word.first.terms]
                more_terms += [(at + word.starts[0], word.lengths[0], term) for term in new]
        added = [*more_exact, *more_terms]
        starts += [start for start, _, _ in added]
        lengths += bytes([length for _, length, _ in added])
        # A word has no blank in it, and none of these is empty.
        terms = [word.terms for word in found if word.terms]
        exact = [word.exact for word in found if word.exact]
        blanks = " " * len(more_exact)
        return Marked(
            " ".join(["", *terms]) + blanks + " ".join(["", *(term for _, _, term in more_terms), ""]),
            " ".join(["", *exact, *(form for _, _, form in more_exact), ""]),
            array(_kept_as(text)[0], starts).tobytes() + bytes(lengths),
        )


def _kept_as(text: str) -> tuple[Literal["H", "I"], int]:
    """The type of starts in a text, and its size in bytes."""
    return ("H", 2) if len(text) <= 0xFFFF else ("I", 4)
