"""Words as they come in, and what they expand to: the step from text to the occurrences of terms.

While articles come in, a written word costs one look-up: its number. What it means (pieces, forms, terms) is
worked out once for each different word at the end, and spread over all its occurrences by numpy.
"""

from __future__ import annotations

import array
import gc
from collections.abc import Callable, Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from search.dutch.analyzer import Forms, View, forms_of, read_words
from search.store.postings import Column, Ints, Postings, invert, joined

_AT_ONCE = 1 << 21
"""Occurrences that are worked on at a time."""


class Numbering(dict[str, int]):
    """A number for every text, handed out at first sight."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]

    def in_order(self) -> tuple[list[bytes], Ints]:
        """The texts in UTF-8, in order of their bytes, and the place in it of each by its number."""
        texts = sorted(self)  # In order of code points, which is that of UTF-8.
        ranks = np.empty(len(texts), np.int64)
        ranks[[self[text] for text in texts]] = np.arange(len(texts))
        return [text.encode() for text in texts], ranks

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
        words, verbs = read_words(text)
        for place, infinitives in verbs.items():
            for infinitive in infinitives:
                self._stacked.extend((len(self._words) + place, numbering[infinitive]))
        self._words.extend(map(numbering.__getitem__, words))
        self._counts.append(len(words))

    def __len__(self) -> int:
        return len(self._words)

    def columns(self) -> tuple[Column, Column]:
        """The number of every word, and how many words each document has."""
        return np.array(self._words), np.array(self._counts)

    def stacked(self) -> tuple[Column, Column]:
        """Words that share the place of another: that other's place among all words, and their number."""
        pairs = np.array(self._stacked).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]


@dataclass(frozen=True, slots=True)
class Placed:
    """The N words of one field with their places: number, document and first position; each document's length.

    `owners` and `guests` are words that share the place of another: that other's index, and their number.
    """

    words: Column
    documents: Column
    positions: Column
    lengths: Ints
    owners: Column
    guests: Column


def place(written: WrittenWords, slots: Ints, numbers: Ints) -> Placed:
    """Give the words of a field their places.

    Args:
        written: the words of the field.
        slots: how many positions each different word takes.
        numbers: what each document is called, by the order in which they came in.
    """
    words, sizes = written.columns()
    before = np.concatenate([[0], np.cumsum(slots[words])])
    first_words = np.cumsum(sizes) - sizes
    positions = (before[:-1] - np.repeat(before[first_words], sizes)).astype(np.int32)
    lengths = before[first_words + sizes] - before[first_words]
    documents = np.repeat(numbers.astype(np.int32), sizes)
    return Placed(words, documents, positions, lengths, *written.stacked())


def meanings(
    words: Sequence[str], told: Callable[[str, tuple[Forms, ...]], None] | None = None
) -> list[tuple[Forms, ...]]:
    """The forms of each different word.

    They are worked out in the order of the alphabet: what is known of a word serves the next that begins alike.

    Args:
        words: each different word once.
        told: is given every word with its forms while what is known of it is still at hand.
    """
    forms = {}
    with uncollected():
        for word in sorted(words, key=str.lower):
            forms[word] = forms_of(word)
            if told is not None:
                told(word, forms[word])
    return [forms[word] for word in words]


@contextmanager
def uncollected() -> Iterator[None]:
    """A while without looking for garbage in cycles, which costs a quarter more when much is made and kept."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Expansion:
    """What each of W written words stands for in one view.

    `vocabulary` lists the terms in order of their bytes. Word w has the terms `terms[offsets[w]:offsets[w + 1]]`,
    each at a place counted from the word's first position.
    """

    vocabulary: list[bytes]
    offsets: Ints
    terms: Column
    places: Column


def expand(words: Sequence[tuple[Forms, ...]], view: View) -> Expansion:
    """Put what written words stand for in one view behind each other."""
    slots = counts(words)
    texts = [form.of(view) for forms in words for form in forms]
    sizes = counts(texts)
    numbering = Numbering()
    terms = np.fromiter(map(numbering.__getitem__, chain.from_iterable(texts)), np.int64, sizes.sum())
    vocabulary, ranks = numbering.in_order()
    ends = np.concatenate([[0], np.cumsum(slots)])
    return Expansion(
        vocabulary,
        offsets=np.concatenate([[0], np.cumsum(sizes)])[ends],
        terms=ranks[terms].astype(np.int32),
        places=np.repeat(np.arange(sizes.size) - np.repeat(ends[:-1], slots), sizes).astype(np.int32),
    )


def counts(groups: Sequence[Sized]) -> Ints:
    """The size of each of a number of groups."""
    return np.fromiter(map(len, groups), np.int64, len(groups))


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every occurrence of a term in one field, in no order: term, document and position."""

    terms: Column
    documents: Column
    positions: Column


def occurrences(placed: Placed, expansion: Expansion, *, guests: bool) -> Occurrences:
    """Spread the expansion of words over all their occurrences.

    Args:
        placed: the words of one field.
        expansion: what each stands for.
        guests: also what shares a place with another, as a separable verb does that stands in two.
    """
    own = _spread(placed.words, placed.documents, placed.positions, expansion)
    if not (guests and placed.owners.size):
        return own
    more = _new_terms(placed, expansion)
    return Occurrences(
        np.concatenate([own.terms, more.terms]),
        np.concatenate([own.documents, more.documents]),
        np.concatenate([own.positions, more.positions]),
    )


def beginning(found: Occurrences, size: int) -> Occurrences:
    """What stands at the first positions of each document."""
    kept = found.positions < size
    return Occurrences(found.terms[kept], found.documents[kept], found.positions[kept])


def inverted(
    vocabulary: Sequence[bytes],
    found: Sequence[Occurrences],
    *,
    weights: Sequence[int] | None = None,
    positions: bool = False,
) -> Postings:
    """The posting lists of one field, or of several as one.

    Args:
        vocabulary: the terms by number.
        found: the occurrences in each field.
        weights: how often an occurrence in each field counts; once when None.
        positions: whether places are kept, which only one field has.
    """
    total = sum(np.bincount(own.terms, minlength=len(vocabulary)) for own in found)
    ends = np.cumsum(total)
    # Terms are inverted some at a time: sorting takes many times the memory of what is sorted.
    steps = range(_AT_ONCE, int(ends[-1]) if ends.size else 0, _AT_ONCE)
    bounds = [0, *np.searchsorted(ends, np.array(steps, np.int64)).tolist(), len(vocabulary)]
    parts = []
    for low, high in pairwise(bounds):
        chosen = [_between(own, low, high) for own in found] if len(bounds) > 2 else found
        parts.append(
            invert(
                vocabulary,
                np.concatenate([own.terms for own in chosen]),
                np.concatenate([own.documents for own in chosen]),
                weights=_weight_of_each(weights, chosen),
                positions=chosen[0].positions if positions else None,
            )
        )
    return joined(parts)


def _weight_of_each(weights: Sequence[int] | None, found: Sequence[Occurrences]) -> Column | None:
    sizes = [own.terms.size for own in found]
    return None if weights is None else np.repeat(np.array(weights, np.int32), sizes)


def _between(found: Occurrences, low: int, high: int) -> Occurrences:
    kept = (found.terms >= low) & (found.terms < high)
    return Occurrences(found.terms[kept], found.documents[kept], found.positions[kept])


def _new_terms(placed: Placed, expansion: Expansion) -> Occurrences:
    """The terms of guests that are not at their place yet; one that is there twice is there once."""
    sizes = np.diff(expansion.offsets)
    spelled = np.repeat(np.arange(sizes.size), sizes)
    first = expansion.places == 0
    span = len(expansion.vocabulary)
    standing = spelled[first] * span + expansion.terms[first]
    found = _spread(placed.guests, placed.owners, np.zeros(placed.guests.size, np.int64), expansion)
    # The number of a word among all words times that of a term is more than 32 bits hold.
    terms, owners = found.terms, found.documents.astype(np.int64)
    # Only at the first place: an infinitive is one word.
    new = ~np.isin(placed.words[owners].astype(np.int64) * span + terms, standing) & (found.positions == 0)
    owners, terms = np.divmod(np.unique(owners[new] * span + terms[new]), max(span, 1))
    return Occurrences(terms, placed.documents[owners], placed.positions[owners])


def _spread(words: Column, documents: Column, positions: Column, expansion: Expansion) -> Occurrences:
    """The terms of words, with the document and position of each."""
    each = np.diff(expansion.offsets).astype(np.int32)
    total = int(each[words].sum(dtype=np.int64))
    found = Occurrences(*(np.empty(total, np.int32) for _ in range(3)))
    end = 0
    # Some at a time: what is worked out on the way takes several times the memory of what comes of it.
    for first in range(0, words.size, _AT_ONCE):
        chosen = slice(first, first + _AT_ONCE)
        sizes = each[words[chosen]]
        before = np.cumsum(sizes, dtype=np.int64)
        gathered = np.repeat(expansion.offsets[words[chosen]] - (before - sizes), sizes)
        gathered += np.arange(gathered.size)
        start, end = end, end + gathered.size
        found.terms[start:end] = expansion.terms[gathered]
        found.documents[start:end] = np.repeat(documents[chosen], sizes)
        found.positions[start:end] = np.repeat(positions[chosen], sizes) + expansion.places[gathered]
    return found
