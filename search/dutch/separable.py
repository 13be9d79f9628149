"""Separable verbs whose particle stands elsewhere: `de minister kondigt vrijdag maatregelen aan` has aankondigen.

A particle at the end of its clause, or before a conjunction, belongs to the nearest verb before it in that clause
with which it makes a known verb; before `te` it belongs to the infinitive behind (`aan te kondigen`). A particle
anywhere else is a preposition (`hij komt aan de deur`). Algemene Nederlandse Spraakkunst, 2.3.6 and 12.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.dutch.lexicon import Flag, entry
from search.dutch.normalise import plain_case

MAX_BETWEEN = 15
"""Words that may stand between a verb and its particle."""

_ALWAYS = "aan af bij in los mee na neer op samen terug toe uit voort weg".split()
"""Particles that always part from their verb."""

_PARTICLES = (
    *_ALWAYS,
    *"achter binnen buiten dicht door om onder over rond stil stop tegen vast vol voor voorbij".split(),
)
_CONJUNCTIONS = (
    "dat om en of maar want omdat doordat zodat als terwijl wanneer toen nadat voordat zoals waardoor waarin"
)
_PARTICLE = re.compile(
    rf"\b(?:{'|'.join(_PARTICLES)})\b"
    rf"(?=[ \t]*(?:[.,;:!?)\]…\"”'’\n]|$)|[ \t]+(?:{_CONJUNCTIONS.replace(' ', '|')})\b|[ \t]+te[ \t]+\w)",
    re.IGNORECASE,
)
_TO = re.compile(r"[ \t]+te[ \t]+(\w+)", re.IGNORECASE)
_BOUNDARY = re.compile(r"[.,;:!?()\[\]…\"”\n]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Separated:
    """A separable verb in two: its infinitive, the places `[start, end)` of the verb and of the particle."""

    infinitive: str
    verb: tuple[int, int]
    particle: tuple[int, int]


def separated(text: str) -> list[Separated]:
    """The separable verbs of a text that stand in two, in the order of their particles."""
    return [found for match in _PARTICLE.finditer(text) if (found := _verb_of(text, match))]


def _verb_of(text: str, match: re.Match[str]) -> Separated | None:
    particle = match.group().lower()
    behind = _TO.match(text, match.end())
    candidates = [behind.span(1)] if behind else _words_before(text, match.start())
    for start, end in candidates:
        infinitive = separable(particle, text[start:end])
        if infinitive:
            return Separated(infinitive, (start, end), match.span())
    return None


def _words_before(text: str, end: int) -> Iterator[tuple[int, int]]:
    """The words of the clause before a place, nearest first."""
    # From a blank on, so that no word is cut in half.
    start = text.find(" ", end - 200, end) if end > 200 else 0
    start = end if start < 0 else start
    boundaries = [match.end() for match in _BOUNDARY.finditer(text, start, end)]
    words = [match.span() for match in _WORD.finditer(text, boundaries[-1] if boundaries else start, end)]
    yield from reversed(words[-MAX_BETWEEN - 1 :])


def may_separate(infinitive: str) -> bool:
    """Whether a verb can stand in two: it begins with a particle, and what is left is its verb."""
    return any(
        infinitive.startswith(particle)
        and separable(particle, infinitive.removeprefix(particle)) == infinitive
        for particle in _PARTICLES
    )


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
        if whole.particle == particle or particle in _ALWAYS:
            return particle + lemma
    return ""
