"""Words as they come in, and what they expand to: the step from text to sorted postings.

While articles come in, a written word costs one look-up: its number. What it means (pieces, forms, terms) is
worked out once for each different word at the end, and spread over all its occurrences by numpy.
"""

from __future__ import annotations

import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from search.dutch.analyzer import View, forms_of, separated_words
from search.dutch.tokens import WORD
from search.store.postings import Ints

_PLACE_BITS = 32
"""A place is document · 2³² + position, as in `engines.phrases`."""


class Numbering(dict[str, int]):
    """A number for every text, handed out at first sight."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]

    def encoded(self) -> list[bytes]:
        """The texts in UTF-8, by number."""
        return [text.encode() for text in self]


class WrittenWords:
    """The written words of one field, document after document, as numbers."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._words = array.array("i")
        self._counts = array.array("i")
        self._stacked = array.array("q")

    def add(self, text: str) -> None:
        """Append the words of the next document."""
        numbering = self._numbering
        words = [numbering[word] for word in WORD.findall(text)]
        for place, infinitives in separated_words(text).items():
            for infinitive in infinitives:
                self._stacked.extend((len(self._words) + place, numbering[infinitive]))
        self._words.extend(words)
        self._counts.append(len(words))

    def columns(self) -> tuple[Ints, Ints]:
        """The number of every word, and how many words each document has."""
        return np.array(self._words, np.int64), np.array(self._counts, np.int64)

    def stacked(self) -> tuple[Ints, Ints]:
        """Words that share the place of another: that other's place among all words, and their number."""
        pairs = np.array(self._stacked, np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What each of W written words stands for in one view.

    `vocabulary` lists the terms. Word w takes `slots[w]` positions and has the terms
    `terms[offsets[w]:offsets[w + 1]]`, each at a place counted from the word's first position.
    """

    vocabulary: list[bytes]
    slots: Ints
    offsets: Ints
    terms: Ints
    places: Ints


def expand(words: Iterable[str], view: View) -> Expansion:
    """Work out what written words stand for."""
    numbering = Numbering()
    slots, offsets = array.array("i"), array.array("q", [0])
    terms, places = array.array("i"), array.array("i")
    for word in words:
        forms = forms_of(word)
        slots.append(len(forms))
        for place, form in enumerate(forms):
            for text in form.of(view):
                terms.append(numbering[text])
                places.append(place)
        offsets.append(len(terms))
    columns = (np.array(column, np.int64) for column in (slots, offsets, terms, places))
    return Expansion(numbering.encoded(), *columns)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every occurrence of a term in one field: term, document and position, and each document's length."""

    terms: Ints
    documents: Ints
    positions: Ints
    lengths: Ints


def occurrences(written: WrittenWords, expansion: Expansion, *, stacked: bool) -> Occurrences:
    """Spread the expansion of words over all their occurrences.

    Args:
        written: the words of one field.
        expansion: what each stands for.
        stacked: also what shares a place with another, as a separable verb does that stands in two.
    """
    words, counts = written.columns()
    documents = np.repeat(np.arange(counts.size), counts)
    slots = expansion.slots[words]
    before = np.concatenate([[0], np.cumsum(slots)])
    first_words = np.cumsum(counts) - counts
    positions = before[:-1] - before[first_words][documents]
    lengths = before[first_words + counts] - before[first_words]
    owners, numbers = written.stacked()
    if not (stacked and owners.size):
        return Occurrences(*_spread(words, documents, positions, expansion), lengths)
    terms, holders, places = _spread(words, documents, positions, expansion)
    extra_terms, extra_holders, extra_places = _new_terms(words, owners, numbers, expansion)
    # Stable, as a phrase takes the positions of a term in ascending order within a document.
    holders = np.concatenate([holders, documents[owners][extra_holders]])
    places = np.concatenate([places, positions[owners][extra_holders] + extra_places])
    order = np.argsort((holders << _PLACE_BITS) + places, kind="stable")
    terms = np.concatenate([terms, extra_terms])
    return Occurrences(terms[order], holders[order], places[order], lengths)


def _new_terms(words: Ints, owners: Ints, numbers: Ints, expansion: Expansion) -> tuple[Ints, Ints, Ints]:
    """The terms of stacked words that are not there yet: term, index of the stacked word, place from the owner's.

    A term twice at one place is there once.
    """
    sizes = np.diff(expansion.offsets)
    spelled = np.repeat(np.arange(sizes.size), sizes)
    first = expansion.places == 0
    span = len(expansion.vocabulary)
    standing = spelled[first] * span + expansion.terms[first]
    terms, stacked, places = _spread(
        numbers, np.arange(numbers.size), np.zeros(numbers.size, np.int64), expansion
    )
    # Only at the first place: an infinitive is one word.
    new = ~np.isin(words[owners[stacked]] * span + terms, standing) & (places == 0)
    terms, stacked, places = terms[new], stacked[new], places[new]
    _, kept = np.unique(owners[stacked] * span + terms, return_index=True)
    return terms[kept], stacked[kept], places[kept]


def _spread(words: Ints, documents: Ints, positions: Ints, expansion: Expansion) -> tuple[Ints, Ints, Ints]:
    """The terms of words, with the document and position of each."""
    sizes = expansion.offsets[words + 1] - expansion.offsets[words]
    starts = np.repeat(expansion.offsets[words] - (np.cumsum(sizes) - sizes), sizes)
    gathered = starts + np.arange(starts.size)
    return (
        expansion.terms[gathered],
        np.repeat(documents, sizes),
        np.repeat(positions, sizes) + expansion.places[gathered],
    )
