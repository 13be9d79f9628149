"""The whole pipeline: text to tokens, the same for articles and queries.

    text → written words → pieces → exact (folded) and terms (stemmed, folded)

One token is one position. Its `terms` are alternatives at that position: a phrase may use any of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Literal

from search.dutch.codes import Piece, pieces
from search.dutch.lemma import all_parts, parts_of, terms_of
from search.dutch.lists import shortened
from search.dutch.normalise import fold
from search.dutch.separable import separated
from search.dutch.tokens import WORD, written_words

View = Literal["term", "exact", "part"]
"""What a form is for: inflections, the written word, or those inflections with the constituents of a compound."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What is indexed at one position: written forms, terms and constituents, each without repeats."""

    exact: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def of(self, view: View) -> tuple[str, ...]:
        """The forms of one view."""
        if view == "part":
            return tuple(dict.fromkeys((*self.terms, *self.parts)))
        return self.terms if view == "term" else self.exact


@dataclass(frozen=True, slots=True)
class Token:
    """A word at one position.

    `text` stands at `[start, end)` in code points. `exact` is its folded written form, `terms` what an
    inflection matches on, `parts` the constituents of a compound. The first word of `AI-model` also stands for
    the whole written as one: those forms are `also`, and the written word ends at `written_end`.
    """

    text: str
    start: int
    end: int
    exact: str
    terms: tuple[str, ...]
    parts: tuple[str, ...] = ()
    also: Forms = Forms()
    written_end: int = 0


def analyze(text: str) -> list[Token]:
    """Tokens of a text in order; the index in the list is the position.

    A word of which a part stands elsewhere, such as the particle of a verb, also has the terms of the whole word.
    """
    _, wholes = read_words(text)
    found: list[Token] = []
    for number, (_, tokens) in enumerate(analyze_words(text)):
        if number in wholes:
            terms = (*tokens[0].terms, *(term for whole in wholes[number] for term in terms_of(whole)))
            tokens[0] = replace(tokens[0], terms=tuple(dict.fromkeys(terms)))
        found += tokens
    return found


def analyze_words(text: str) -> Iterator[tuple[str, list[Token]]]:
    """Each written word with its tokens: one, or several for `AI-model` or `gpt4o`."""
    for start, word in written_words(text):
        yield word, [_token(piece, start, start + len(word)) for piece in pieces(word)]


def word_forms(text: str) -> list[Forms]:
    """The forms at each position of a text: what the index needs of `analyze`, several times as fast."""
    forms: list[Forms] = []
    words, wholes = read_words(text)
    for number, word in enumerate(words):
        first = len(forms)
        forms += forms_of(word)
        for whole_word in wholes.get(number, ()):
            own, more = forms[first], forms_together((whole_word,))
            terms = tuple(dict.fromkeys((*own.terms, *more.terms)))
            parts = tuple(dict.fromkeys((*own.parts, *more.parts)))
            forms[first] = replace(own, terms=terms, parts=parts)
    return forms


def read_words(text: str) -> tuple[list[str], dict[int, tuple[str, ...]]]:
    """The written words of a text, and the words of which only a part stands at its place.

    Returns:
        The words in order; and by the number of a word, the whole words that it is a part of: separable verbs
        whose particle stands elsewhere, words of a list that share their end.
    """
    found = [(verb.verb[0], verb.infinitive) for verb in separated(text)]
    found += [(word.start, word.whole) for word in shortened(text)]
    if not found:
        return WORD.findall(text), {}
    matches = list(WORD.finditer(text))
    starts = [match.start() for match in matches]
    wholes: dict[int, tuple[str, ...]] = {}
    for start, whole_word in found:
        number = bisect_right(starts, start) - 1
        if number >= 0 and whole_word not in wholes.get(number, ()):
            wholes[number] = (*wholes.get(number, ()), whole_word)
    return [match[0] for match in matches], wholes


def whole(text: str) -> str:
    """A text as one term, words only: equal for two titles that differ in case, accents or punctuation."""
    return " ".join(map(_exact, WORD.findall(text)))


@lru_cache(maxsize=1 << 15)
def _exact(word: str) -> str:
    return " ".join(fold(piece.text) for piece in pieces(word))


@lru_cache(maxsize=1 << 16)
def forms_of(word: str) -> tuple[Forms, ...]:
    """What is indexed at each position of a written word, which is the same in capitals and small letters."""
    small = word.lower()
    if small != word and word.isascii():
        return forms_of(small)
    return tuple(_forms(piece) for piece in pieces(word))


def _forms(piece: Piece) -> Forms:
    return forms_together((piece.text, *piece.also))


@lru_cache(maxsize=1 << 14)
def forms_together(written: tuple[str, ...]) -> Forms:
    """The forms of one piece, in each of the ways in which it is read; its constituents are those of the first."""
    if not written:
        return Forms()
    return Forms(
        exact=tuple(dict.fromkeys(map(fold, written))),
        terms=tuple(dict.fromkeys(chain.from_iterable(map(_terms, written)))),
        parts=tuple(dict.fromkeys(part for part, _, _ in all_parts(written[0]))),
    )


def _terms(form: str) -> tuple[str, ...]:
    """The stem of a written form, and that of how it is typed without accents: `cafés` is typed `cafes`."""
    own = terms_of(form)
    if form.isascii():
        return own
    return tuple(dict.fromkeys((*own, *(term for plain in (fold(form), *own) for term in terms_of(plain)))))


def _token(piece: Piece, start: int, written_end: int) -> Token:
    own = forms_together((piece.text,))
    return Token(
        text=piece.text,
        start=start + piece.start,
        end=start + piece.end,
        exact=own.exact[0],
        terms=own.terms,
        parts=parts_of(piece.text),
        also=forms_together(piece.also),
        written_end=written_end,
    )
