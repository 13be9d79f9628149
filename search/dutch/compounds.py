"""A Dutch compound to its constituents: `gemeenteraadsverkiezingen` is `gemeenteraad` and `verkiezing`.

A word is split in two known words, with what Dutch puts between them (s, en, n, e, er, an apostrophe), at the one
place that a linear model likes best, and only when it likes that better than the whole word. The model weighs how
common the two words and the whole are (Koehn and Knight, "Empirical Methods for Compound Splitting", EACL 2003),
what they are, and where OpenTaal says that they can stand. tests/fit_compounds.py finds the weights.

What is split is a lemma, so that all forms of a word are split alike; constituents that are compounds themselves
are split again for the index.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.dutch.lexicon import Entry, Flag, entry, known_beginnings

MIN_LENGTH = 5
LINKS = ("", "s", "en", "n", "e", "er", "'", "'s")
_ER_NOUNS = frozenset("ei kind rund kalf lam rad hoen lied blad goed been volk".split())
GRAMMATICAL = frozenset(
    """
    aan achter af bij binnen boven buiten door in langs mee met na naast naar neer om onder op over rond te tegen
    terug toe tot tussen uit van voor voorbij weg weer zonder ge be ver ont her er per als dan een het de wel
    niet on anti ex aller mis oer super pseudo pro inter intra sub trans hoe wat wie die dat zo al heen samen
    """.split()
)
_NUMBERS = frozenset(
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf twintig honderd duizend".split()
)
_AFTER_NUMBER = frozenset(
    "jarig hoekig ledig dimensionaal talig delig zijdig voudig maandelijks jaarlijks".split()
)
_ENDINGS = frozenset("graaf grafie list let loog eur aire ering".split())
_PROTECTED = frozenset(
    """minister ministerie ministers president station onderwijs winkelen bestuurder uitgave burgemeester
    vergadering regering overheid belangrijk mogelijkheid computer internet software""".split()
)

WEIGHTS = {
    "constant": -4.73,
    "first frequency": 0.37,
    "last frequency": 0.79,
    "length": 0.75,
    "imbalance": -0.88,
    "whole is known": 0.05,
    "whole frequency": -0.53,
    "whole is common": -0.47,
    "whole was never counted": -0.37,
    "begins compounds": 0.40,
    "ends compounds": 0.98,
    "last is noun": 2.07,
    "last has lemma": -1.36,
    "first is noun": 0.81,
    "first is grammatical": -0.95,
    "first of 3 letters": -0.47,
    "first is verb": 0.33,
    "last of 3 letters": -0.36,
    "odd link": -0.29,
    "link s": -0.37,
    "last is verb": -0.46,
    "last of 4 letters": -0.76,
    "first is adjective": -0.67,
    "other link": -1.95,
    "last is adjective": 1.47,
    "last of 2 letters": -3.07,
    "s after -ing": 1.33,
    "last in -er": 0.17,
    "first of 2 letters": -0.91,
    "first is name": -0.09,
    "last in -lijk": -1.73,
}
THRESHOLD = -0.55


@dataclass(frozen=True, slots=True)
class Split:
    """Two constituents of a word: `first` (its written form without link), `link`, and `last`."""

    first: str
    link: str
    last: str


@lru_cache(maxsize=1 << 16)
def split(word: str) -> Split | None:
    """The one best split of a lemma in lower case; None for a word that is not a compound."""
    if len(word) < MIN_LENGTH or word in _PROTECTED:
        return None
    whole = entry(word)
    best, best_score = None, THRESHOLD
    for candidate in candidates(word):
        if candidate.first in _NUMBERS and candidate.last in _AFTER_NUMBER:
            return candidate
        score = sum(WEIGHTS[name] * value for name, value in features(candidate, whole, len(word)))
        if score > best_score:
            best, best_score = candidate, score
    return best


def candidates(word: str) -> Iterator[Split]:
    """Every way to see a word as two known words with a link between them."""
    for first in known_beginnings(word):
        size = len(first)
        if not 2 <= size <= len(word) - 2:
            continue
        for link in LINKS:
            if not word.startswith(link, size):
                continue
            last = word[size + len(link) :]
            if len(last) < 2 or not last[0].isalpha():
                continue
            if (link == "er" and first not in _ER_NOUNS) or (link == "n" and not first.endswith("e")):
                continue
            # What looks like `ring` or `graaf` is an ending: lettering, biograaf, aquarellist.
            if last in _ENDINGS or (last == "ring" and first.endswith("e")):
                continue
            if entry(last) is not None:
                yield Split(first, link, last)


def features(candidate: Split, whole: Entry | None, length: int) -> Iterator[tuple[str, float]]:
    """What the model looks at, as (name of the weight, value); those that are 0 are left out."""
    first, last = entry(candidate.first), entry(candidate.last)
    if first is None or last is None:
        return
    linked = entry(candidate.first + candidate.link) if candidate.link else first
    yield "constant", 1.0
    yield "first frequency", first.frequency / 33
    yield "last frequency", last.frequency / 33
    yield "length", length / 10
    yield "imbalance", abs(len(candidate.first) - len(candidate.last)) / 10
    if whole is not None:
        yield "whole is known", 1.0
        yield "whole frequency", whole.frequency / 33
        yield "whole is common", (whole.frequency / 50) ** 2
        if not whole.frequency:
            yield "whole was never counted", 1.0
    begins = linked is not None and bool(linked.flags & Flag.FIRST)
    if begins:
        yield "begins compounds", 1.0
    elif candidate.link:
        yield "odd link", 1.0
    yield from _first_features(candidate, first)
    yield from _last_features(candidate, last)


def _first_features(candidate: Split, first: Entry) -> Iterator[tuple[str, float]]:
    if candidate.first in GRAMMATICAL:
        yield "first is grammatical", 1.0
    if first.flags & Flag.NAME:
        yield "first is name", 1.0
    elif first.flags & Flag.NOUN:
        yield "first is noun", 1.0
    elif first.flags & Flag.VERB:
        yield "first is verb", 1.0
    elif first.flags & Flag.ADJECTIVE:
        yield "first is adjective", 1.0
    if len(candidate.first) <= 3:
        yield f"first of {len(candidate.first)} letters", 1.0
    if candidate.link == "s":
        yield "link s", 1.0
        if candidate.first.endswith(("ing", "heid", "teit", "schap", "tie")):
            yield "s after -ing", 1.0
    elif candidate.link:
        yield "other link", 1.0


def _last_features(candidate: Split, last: Entry) -> Iterator[tuple[str, float]]:
    if last.flags & Flag.LAST:
        yield "ends compounds", 1.0
    if last.flags & Flag.NOUN:
        yield "last is noun", 1.0
    elif last.flags & Flag.ADJECTIVE:
        yield "last is adjective", 1.0
    elif last.flags & Flag.VERB:
        yield "last is verb", 1.0
    if last.lemmas:
        yield "last has lemma", 1.0
    if len(candidate.last) <= 4:
        yield f"last of {len(candidate.last)} letters", 1.0
    if candidate.last.endswith(("er", "ster")):
        yield "last in -er", 1.0
    elif candidate.last.endswith(("lijk", "baar", "loos", "heid")):
        yield "last in -lijk", 1.0


@lru_cache(maxsize=1 << 15)
def constituents(word: str) -> tuple[tuple[str, int, int], ...]:
    """All constituents of a lemma, those of its constituents included, with their places in it.

    `jeugdwerkloosheidscijfer` has jeugdwerkloosheid, cijfer, jeugd and werkloosheid. Each is (written form, start,
    end).
    """
    found = split(word)
    if found is None:
        return ()
    start = len(word) - len(found.last)
    inner = [(found.first, 0, len(found.first)), (found.last, start, len(word))]
    inner += constituents(found.first)
    inner += [(text, start + a, start + b) for text, a, b in constituents(found.last)]
    return tuple(inner)
