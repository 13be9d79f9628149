"""Separable verbs whose particle stands elsewhere: `de minister kondigt vrijdag maatregelen aan` has aankondigen.

A particle at the end of its clause, or before a conjunction, belongs to the nearest verb before it in that clause
with which it makes a known verb; before `te` it belongs to the infinitive behind (`aan te kondigen`). A particle
anywhere else is a preposition (`hij komt aan de deur`). Algemene Nederlandse Spraakkunst, 2.3.6 and 12.2.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from search.dutch.lexicon import Flag, entry
from search.dutch.normalise import plain_case

MAX_BETWEEN = 15
"""Words that may stand between a verb and its particle."""

_ALWAYS = (
    *"aan af bij in los mee na neer op samen terug toe uit voort weg".split(),
    *"deel kennis plaats tekort terecht teweeg vast".split(),
)
"""Particles that always part from their verb, nouns and adverbs among them: `vindt in juni plaats`."""

_PARTICLES = (
    *_ALWAYS,
    *"achter binnen buiten dicht door om onder over rond stil stop tegen vol voor voorbij".split(),
)
PARTICLES = frozenset(_PARTICLES) | frozenset(
    "aaneen achterna achterom achterop achterover achteruit".split()
)
"""All that part from a verb: those that a text is searched for, and rarer ones that only the lexicon has."""

_CONJUNCTIONS = (
    "dat om en of maar want omdat doordat zodat als terwijl wanneer toen nadat voordat zoals waardoor waarin"
)
# Begins with a plain blank, for which a text is searched ten times as fast as for the edge of a word.
_PARTICLE = re.compile(
    rf" ({'|'.join(_PARTICLES)})"
    rf"(?=\b)(?=[ \t]*(?:[.,;:!?)\]…\"”'’\n]|$)|[ \t]+(?:{_CONJUNCTIONS.replace(' ', '|')})\b|[ \t]+te[ \t]+\w)"
)
_TO = re.compile(r"[ \t]+te[ \t]+(\w+)", re.IGNORECASE)
_WORD_OR_BOUNDARY = re.compile(r"(?P<word>[^\W\d_]+)|[.,;:!?()\[\]…\"”\n]")
_WINDOW = 200
"""Code points before a particle that are looked at."""


@dataclass(frozen=True, slots=True)
class Separated:
    """A separable verb in two: its infinitive, the places `[start, end)` of the verb and of the particle."""

    infinitive: str
    verb: tuple[int, int]
    particle: tuple[int, int]


def separated(text: str) -> list[Separated]:
    """The separable verbs of a text that stand in two, in the order of their particles (in lower case)."""
    found: list[Separated] = []
    words: deque[tuple[int, int]] = deque(maxlen=MAX_BETWEEN + 1)
    read = 0
    for match in _PARTICLE.finditer(text):
        read = _read_clause(text, read, match.start(1), words)
        behind = _TO.match(text, match.end())
        for start, end in [behind.span(1)] if behind else reversed(words):
            infinitive = separable(match[1], text[start:end])
            if infinitive:
                found.append(Separated(infinitive, (start, end), match.span(1)))
                break
    return found


def _read_clause(text: str, read: int, end: int, words: deque[tuple[int, int]]) -> int:
    """Bring the last words of the clause that a place is in up to that place, and return it.

    Nothing is read twice, and what is far before the place not at all: from a blank on, so that no word is cut.
    """
    if end - read > _WINDOW:
        words.clear()
        blank = text.find(" ", end - _WINDOW, end)
        read = end if blank < 0 else blank
    for match in _WORD_OR_BOUNDARY.finditer(text, read, end):
        if match.lastgroup == "word":
            words.append(match.span())
        else:
            words.clear()
    return end


def may_separate(infinitive: str) -> bool:
    """Whether a verb can stand in two: it begins with a particle, and what is left is its verb."""
    return infinitive.startswith(_PARTICLES) and any(
        infinitive.startswith(particle)
        and separable(particle, infinitive.removeprefix(particle)) == infinitive
        for particle in _PARTICLES
    )


def particles_of(words: Iterable[str]) -> tuple[str, ...]:
    """The particles that words begin with."""
    return tuple(particle for particle in _PARTICLES if any(word.startswith(particle) for word in words))


def has_particle(text: str, particles: Iterable[str]) -> bool:
    """Whether one of some particles stands in a text where it may belong to a verb before or behind it."""
    for particle in particles:
        at = text.find(f" {particle}")
        while at >= 0:
            match = _PARTICLE.match(text, at)
            if match and match[1] == particle:
                return True
            at = text.find(f" {particle}", at + 1)
    return False


@lru_cache(maxsize=1 << 15)
def separable(particle: str, word: str) -> str:
    """The separable verb that a form and a particle make: `kondigt` and `aan` give `aankondigen`; else empty."""
    found = entry(plain_case(word))
    if found is None or not found.flags & Flag.VERB:
        return ""
    for lemma in found.lemmas:
        whole = entry(particle + lemma)
        if whole is None or not (whole.frequency and whole.flags & Flag.VERB):
            continue
        if particle + lemma not in whole.lemmas:  # `toepas` is a form itself.
            continue
        if whole.particle == particle or particle in _ALWAYS:
            return particle + lemma
    return ""
