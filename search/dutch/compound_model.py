"""The linear model that tells whether a word is a compound, and of which of its possible constituents.

The score of a split is the sum of what the whole word, the first constituent with its link and the last one give,
each apart, so that what words have in common is reckoned once. The weights are those that tests/fit_compounds.py
finds; it gives its figures as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from search.dutch.derivation import is_infinitive
from search.dutch.lexicon import Flag, entry

GRAMMATICAL = frozenset(
    """
    aan achter af bij binnen boven buiten door in langs mee met na naast naar neer om onder op over rond te tegen
    terug toe tot tussen uit van voor voorbij weg weer zonder ge be ver ont her er per als dan een het de wel
    niet on anti ex aller mis oer super pseudo pro inter intra sub trans hoe wat wie die dat zo al heen samen wan
    """.split()
)
WEIGHTS = {
    "constant": -1.70,
    "length": 1.62,
    "whole frequency": -1.50,
    "whole was never counted": -0.41,
    "first frequency": 0.26,
    "begins compounds": 0.08,
    "first is noun": 0.23,
    "last frequency": 0.96,
    "ends compounds": 0.51,
    "last is noun": 0.70,
    "last has lemma": -1.70,
    "first is verb": 0.44,
    "first is inflected": -0.78,
    "link s": -0.42,
    "last is inflected": -1.28,
    "last is verb": -1.45,
    "last of 3 letters": -0.35,
    "last of 4 letters": -0.70,
    "first is grammatical": -1.31,
    "first is adjective": -0.40,
    "other link": -2.24,
    "last is adjective": 0.77,
    "last of 2 letters": -3.02,
    "first has no lemma": -0.18,
    "first of 2 letters": -0.74,
    "first of 3 letters": -0.56,
    "whole is adjective": -1.39,
    "first is name": -0.47,
    "whole is verb": -1.74,
    "whole is stem of verb": -0.45,
    "whole is -heid of adjective": -1.73,
}

_KINDS = {"name": Flag.NAME, "noun": Flag.NOUN, "verb": Flag.VERB, "adjective": Flag.ADJECTIVE}

Features = Iterator[tuple[str, float]]
"""What the model looks at, as (name of the weight, value); those that are 0 are left out."""


def sum_of(found: Features) -> float:
    """The score that features give."""
    score = 0.0
    for name, value in found:
        score += WEIGHTS[name] * value
    return score


@lru_cache(maxsize=1 << 16)
def first_score(first: str, link: str) -> float:
    """What a first constituent and its link add to the score of a split."""
    return sum_of(first_features(first, link))


@lru_cache(maxsize=1 << 16)
def last_score(last: str) -> float:
    """What a last constituent adds to the score of a split."""
    return sum_of(last_features(last))


def whole_features(word: str) -> Features:
    """What speaks for the word as it is."""
    yield "constant", 1.0
    yield "length", len(word) / 10
    whole = entry(word)
    if whole is not None:
        yield "whole frequency", whole.frequency / 33
        if not whole.frequency:
            yield "whole was never counted", 1.0
        if whole.flags & Flag.VERB:
            yield "whole is verb", 1.0
        elif whole.flags & Flag.ADJECTIVE:
            yield "whole is adjective", 1.0
    if is_infinitive(word + "en"):
        yield "whole is stem of verb", 1.0
    if word.endswith("heid") and entry(word[:-4]) is not None:
        yield "whole is -heid of adjective", 1.0


def _kind(flags: int, kinds: str) -> str:
    """The first of some kinds of word that a word is; empty when it is none."""
    return next((kind for kind in kinds.split() if flags & _KINDS[kind]), "")


def first_features(text: str, link: str) -> Features:
    """What a first constituent and the link behind it give."""
    first, linked = entry(text), entry(text + link)
    if first is None:
        return
    yield "first frequency", first.frequency / 33
    if linked is not None and linked.flags & Flag.FIRST:
        yield "begins compounds", 1.0
    if text in GRAMMATICAL:
        yield "first is grammatical", 1.0
    if kind := _kind(first.flags, "name noun verb adjective"):
        yield f"first is {kind}", 1.0
    if not first.lemmas:
        yield "first has no lemma", 1.0
    elif text not in first.lemmas:
        yield "first is inflected", 1.0
    if len(text) <= 3:
        yield f"first of {len(text)} letters", 1.0
    if link == "s":
        yield "link s", 1.0
    elif link:
        yield "other link", 1.0


def last_features(text: str) -> Features:
    """What a last constituent gives."""
    last = entry(text)
    if last is None:
        return
    yield "last frequency", last.frequency / 33
    if last.flags & Flag.LAST:
        yield "ends compounds", 1.0
    if kind := _kind(last.flags, "noun adjective verb"):
        yield f"last is {kind}", 1.0
    if last.lemmas:
        yield "last has lemma", 1.0
        if text not in last.lemmas:
            yield "last is inflected", 1.0
    if len(text) <= 4:
        yield f"last of {len(text)} letters", 1.0
