"""The words of a query in texts, in whatever inflection: where they stand.

Where the engine tells how words are written, only the places where a text may have one are looked at, and nothing
is analysed; without that, each different word of a text is analysed once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain

from search.answer.windows import Span, Wanted, stretches_of, wanted_of
from search.dutch.analyzer import forms_together
from search.dutch.codes import Piece, pieces
from search.dutch.lemma import all_parts, terms_of
from search.dutch.normalise import fold
from search.dutch.separable import has_particle, may_separate, particles_of, separated
from search.dutch.tokens import WORD
from search.query.planned import Marks
from search.store.surfaces import Surfaces, small_letters

_Piece = tuple[int, int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Word:
    """What matters of a written word, or of several: how many positions it takes, what is marked, its pieces.

    Of a piece that a phrase may have: its position, its place, and its terms that are in phrases.
    """

    count: int
    marked: tuple[Span, ...] = ()
    pieces: tuple[tuple[int, int, int, frozenset[str]], ...] = ()


_NOTHING = _Word(1)

_REMEMBERED = 64
"""A stretch between blanks that is no longer than this is probably seen again."""


def texts_of(marks: Marks) -> tuple[str, ...]:
    """What has to be known of the ways of writing before a text can be marked."""
    slots = chain.from_iterable(chain.from_iterable(marks.phrases))
    return tuple(dict.fromkeys((*marks.terms, *marks.exact, *marks.parts, *slots)))


class Marker:
    """Finds the words of one query in texts; it remembers every word that it has seen."""

    def __init__(self, marks: Marks, surfaces: Mapping[str, Surfaces] | None = None) -> None:
        """Prepare for texts.

        Args:
            marks: what to mark.
            surfaces: how `texts_of` them are written, as far as not just as themselves; None when that is unknown.
        """
        self._marks = marks
        self._slots = frozenset(chain.from_iterable(chain.from_iterable(marks.phrases)))
        self._terms = marks.terms | self._slots
        self._particles = particles_of(marks.terms) if any(map(may_separate, marks.terms)) else ()
        self._words: dict[str, _Word] = {}
        self._known: dict[str, _Word] = {}
        self._listed: dict[str, frozenset[str]] = {}
        self._parts: list[Surfaces] = []
        self._wanted: list[Wanted] | None = None
        if surfaces is not None:
            self._wanted = self._prepare(surfaces)

    def _prepare(self, surfaces: Mapping[str, Surfaces]) -> list[Wanted]:
        marks = self._marks
        for term in self._terms:
            if term in surfaces:
                for word in surfaces[term].terms:
                    self._listed[word] = self._listed.get(word, frozenset()) | {term}
        self._parts = [surfaces[part] for part in marks.parts if part in surfaces and surfaces[part].within]
        words = {*marks.terms, *marks.exact}
        needles = {written for part in self._parts for written, _ in part.within}
        for text in (*marks.terms, *marks.exact):
            if text in surfaces:
                own = surfaces[text]
                words.update(
                    own.terms if text in marks.terms else (), own.exact if text in marks.exact else ()
                )
                needles.update(own.needles)
        wanted = [wanted_of(words, needles)] if words or needles else []
        for phrase in marks.phrases:
            # A phrase is nowhere without its most telling word.
            slots = [wanted_of(*_written(slot, surfaces), len(phrase) - 1) for slot in phrase]
            wanted.append(max(slots, key=lambda one: min(map(len, (*one.needles, *one.words)), default=0)))
        return wanted

    def spans(self, text: str) -> list[Span]:
        """The places of the words that match, in order, not overlapping."""
        if not (self._terms or self._marks.exact or self._marks.parts):
            return []
        small = small_letters(text)
        stretches = [(0, len(small))] if self._wanted is None else stretches_of(small, self._wanted)
        if not (stretches or self._particles):
            return []
        known = self._known
        found: list[Span] = []
        in_phrase: dict[int, _Piece] = {}
        position = 0
        for start, end in stretches:
            stretch = small[start:end]
            seen = known.get(stretch)
            if seen is None:
                seen = self._read(stretch)
                if end - start <= _REMEMBERED:
                    known[stretch] = seen
            if seen.marked:
                found += [(start + first, start + last) for first, last in seen.marked]
            if seen.pieces:
                for number, first, last, terms in seen.pieces:
                    in_phrase[position + number] = (start + first, start + last, terms)
            # Something may stand between two stretches.
            position += seen.count + 1
        more = self._phrase_spans(in_phrase) if in_phrase else []
        if self._particles and has_particle(text, self._particles):
            more += self._separated(text)
        return _joined([*found, *more]) if more else found

    def _read(self, stretch: str) -> _Word:
        """What matters of the words of a stretch between blanks, which is mostly one."""
        count = 0
        marked: list[Span] = []
        in_phrase: list[tuple[int, int, int, frozenset[str]]] = []
        for match in WORD.finditer(stretch):
            word = self._words.get(match[0])
            if word is None:
                word = self._words[match[0]] = self._look_at(match[0])
            at = match.start()
            if word.marked:
                marked += [(at + first, at + last) for first, last in word.marked]
            if word.pieces:
                in_phrase += [
                    (count + number, at + first, at + last, terms)
                    for number, first, last, terms in word.pieces
                ]
            count += word.count
        return _Word(count, tuple(_joined(marked)), tuple(in_phrase))

    def _separated(self, text: str) -> list[Span]:
        terms = self._marks.terms
        return [
            place
            for verb in separated(text)
            if verb.infinitive.startswith(self._particles)
            and (verb.infinitive in terms or not terms.isdisjoint(terms_of(verb.infinitive)))
            for place in (verb.verb, verb.particle)
        ]

    def _phrase_spans(self, pieces: Mapping[int, _Piece]) -> list[Span]:
        """The words of every phrase that stands whole among the pieces."""
        spans: list[Span] = []
        for phrase in self._marks.phrases:
            for position in pieces:
                run = [pieces.get(position + place) for place in range(len(phrase))]
                if all(piece and piece[2] & slot for piece, slot in zip(run, phrase, strict=True)):
                    spans += [piece[:2] for piece in run if piece]
        return spans

    def _look_at(self, word: str) -> _Word:
        """What matters of a written word in small letters."""
        marks = self._marks
        found = (Piece(0, len(word), word),) if word.isalpha() else pieces(word)
        if any(self._is_marked(text) for piece in found for text in piece.also):
            return _Word(len(found), ((0, len(word)),))
        marked: list[Span] = []
        in_phrase: list[tuple[int, int, int, frozenset[str]]] = []
        for number, piece in enumerate(found):
            if self._is_marked(piece.text):
                marked.append((piece.start, piece.end))
            elif marks.parts:
                marked += [
                    (piece.start + first, piece.start + last) for first, last in self._places(piece.text)
                ]
            terms = self._slots.intersection(self._terms_of(piece.text)) if self._slots else self._slots
            if terms:
                in_phrase.append((number, piece.start, piece.end, terms))
        if len(found) == 1 and not (marked or in_phrase):
            return _NOTHING
        return _Word(len(found), tuple(marked), tuple(in_phrase))

    def _is_marked(self, text: str) -> bool:
        """Whether a piece of a word, or what it also stands for, is marked as a whole."""
        marks = self._marks
        if marks.exact and fold(text) in marks.exact:
            return True
        return not marks.terms.isdisjoint(self._terms_of(text))

    def _terms_of(self, text: str) -> Collection[str]:
        """The terms of a piece; when it is told how words are written, only those that matter."""
        if self._wanted is None:
            return forms_together((text,)).terms
        found = self._listed.get(text, frozenset())
        if text in self._terms and text not in found and text in forms_together((text,)).terms:
            found = self._listed[text] = found | {text}
        return found

    def _places(self, text: str) -> list[Span]:
        """Where constituents stand that were asked for."""
        if self._wanted is None:
            parts = self._marks.parts
            return [(start, end) for part, start, end in all_parts(text) if part in parts and start < end]
        return [place for part in self._parts for place in part.places(text)]


def _written(slot: frozenset[str], surfaces: Mapping[str, Surfaces]) -> tuple[set[str], set[str]]:
    """The words that have one of the terms of a slot, and the needles of others."""
    own = [surfaces[term] for term in slot if term in surfaces]
    return {*slot, *chain.from_iterable(one.terms for one in own)}, {n for one in own for n in one.needles}


def _joined(spans: list[Span]) -> list[Span]:
    """Spans in order, each once, without those that begin within another."""
    if len(spans) < 2:
        return spans
    joined: list[Span] = []
    for span in sorted(set(spans)):
        if not joined or span[0] >= joined[-1][1]:
            joined.append(span)
    return joined
