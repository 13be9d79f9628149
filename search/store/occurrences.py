"""Words as they come in, and what they expand to: the step from text to sorted postings.

While articles come in, a written word costs one look-up: its number. What it means (pieces, forms, terms) is
worked out once for each different word at the end, and spread over all its occurrences by numpy.
"""

from __future__ import annotations

import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from search.dutch.analyzer import View, forms_of
from search.dutch.tokens import WORD
from search.store.postings import Ints


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

    def add(self, text: str) -> None:
        """Append the words of the next document."""
        numbering = self._numbering
        words = [numbering[word] for word in WORD.findall(text)]
        self._words.extend(words)
        self._counts.append(len(words))

    def columns(self) -> tuple[Ints, Ints]:
        """The number of every word, and how many words each document has."""
        return np.array(self._words, np.int64), np.array(self._counts, np.int64)


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


def occurrences(written: WrittenWords, expansion: Expansion) -> Occurrences:
    """Spread the expansion of words over all their occurrences."""
    words, counts = written.columns()
    documents = np.repeat(np.arange(counts.size), counts)
    slots = expansion.slots[words]
    before = np.concatenate([[0], np.cumsum(slots)])
    first_words = np.cumsum(counts) - counts
    positions = before[:-1] - before[first_words][documents]
    sizes = expansion.offsets[words + 1] - expansion.offsets[words]
    starts = np.repeat(expansion.offsets[words] - (np.cumsum(sizes) - sizes), sizes)
    gathered = starts + np.arange(starts.size)
    return Occurrences(
        terms=expansion.terms[gathered],
        documents=np.repeat(documents, sizes),
        positions=np.repeat(positions, sizes) + expansion.places[gathered],
        lengths=before[first_words + counts] - before[first_words],
    )
