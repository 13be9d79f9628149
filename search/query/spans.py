"""Words of a query that belong together: members of a group of synonyms, a verb with its particle, a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whoosh import query

from search.characters import one_line
from search.dutch.analyzer import Token, analyze
from search.dutch.lists import shortened
from search.dutch.separable import PARTICLES, separable
from search.dutch.stopwords import is_stop_word
from search.query.parse import ANY_FIELD
from search.synonyms import Alternative, Synonyms

_MERE_PARTICLES = frozenset("af heen mee neer toe voort".split())
"""Particles that nobody looks for by themselves beside a verb, though they are no stop words."""


def synonym_spans(
    words: Sequence[query.Query], synonyms: Synonyms
) -> dict[int, tuple[int, tuple[Alternative, ...]]]:
    """Where members of a group stand: for a first word the place after the last, and the alternatives."""
    spans: dict[int, tuple[int, tuple[Alternative, ...]]] = {}
    start = 0
    while synonyms.entries and start < len(words):
        run: list[Token] = []
        owners: list[int] = []
        place = start
        while (
            place < len(words)
            and isinstance(words[place], query.Term)
            and words[place].fieldname == ANY_FIELD
        ):
            tokens = analyze(one_line(words[place].text))
            run += tokens
            owners += [place] * len(tokens)
            place += 1
        for match in synonyms.alternatives(run):
            spans[owners[match.start]] = (owners[match.end - 1] + 1, match.alternatives)
        start = place + 1
    return spans


@dataclass(frozen=True, slots=True)
class WholeWord:
    """A word of which only a part stands at its place: the whole of it.

    A separable verb that was typed in two has its particle, when that says something by itself:
    `kondigt aan` is aankondigen, and nobody looks for *aan*; `vindt plaats` is plaatsvinden, or finds a *plaats*.
    """

    text: str
    particle: query.Term | None = None


def parted_verbs(words: Sequence[query.Query]) -> tuple[dict[int, WholeWord], frozenset[int]]:
    """Words that together are a separable verb.

    A particle stands at the end, and belongs to the nearest verb before it (`kondigt maatregelen aan`), or before
    `te` and the infinitive (`toe te passen`). Anywhere else it is a preposition, as in texts (`dutch.separable`).

    Returns:
        For each verb (by the identity of its node) what it is, and the identities of all particles.
    """
    plain = [word for word in words if isinstance(word, query.Term) and word.fieldname == ANY_FIELD]
    verbs: dict[int, WholeWord] = {}
    particles: set[int] = set()
    for place, particle in enumerate(plain):
        text = particle.text.lower()
        if text not in PARTICLES:
            continue
        behind = plain[place + 1 :]
        if behind and not (len(behind) > 1 and behind[0].text.lower() == "te"):
            continue
        mere = is_stop_word(text) or text in _MERE_PARTICLES
        for verb in behind[1:2] or plain[:place][::-1]:
            infinitive = separable(text, verb.text)
            if infinitive:
                verbs[id(verb)] = WholeWord(infinitive, None if mere else particle)
                particles.add(id(particle))
                break
    return verbs, frozenset(particles)


def shortened_words(words: Sequence[query.Query], text: str) -> dict[int, WholeWord]:
    """Words of a list that share their end with the last, by the identity of their nodes: `taal- en spelfouten`.

    Args:
        words: of a query.
        text: what was typed, in which they have their places.
    """
    places = {found.start: found.whole for found in shortened(text)}
    if not places:
        return {}
    return {
        id(word): WholeWord(places[word.startchar])
        for word in words
        if isinstance(word, query.Term) and word.fieldname == ANY_FIELD and word.startchar in places
    }
