"""A Dutch compound to its constituents: `gemeenteraadsverkiezingen` is `gemeenteraad` and `verkiezing`.

A word is split in two known words, with what Dutch puts between them (s, en, n, e, er, an apostrophe), at the one
place that a linear model likes best, and only when it likes that better than the whole word. The model weighs how
common the two words and the whole are (Koehn and Knight, "Empirical Methods for Compound Splitting", EACL 2003),
what they are, and where OpenTaal says that they can stand (`compound_model`). A common word looks as if it were no
compound to any such model, so data/compounds.txt lists everyday words that are, and words that are not.

What is split is a lemma, so that all forms of a word are split alike; constituents that are compounds themselves
are split again for the index.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from search.dutch.compound_model import (
    GRAMMATICAL,
    Features,
    first_features,
    first_score,
    last_features,
    last_score,
    sum_of,
    whole_features,
)
from search.dutch.derivation import is_derived
from search.dutch.lexicon import Flag, entry, known_beginnings

_TABLE = Path(__file__).parent / "data" / "compounds.txt"
MIN_LENGTH = 5
LINKS = ("", "s", "en", "n", "e", "er", "'", "'s")
_LINKS_AT = {letter: ("", *(link for link in LINKS if link.startswith(letter))) for letter in "sen'"}
_ER_NOUNS = frozenset("ei kind rund kalf lam rad hoen lied blad goed been volk".split())
_NEVER_LAST = (GRAMMATICAL - frozenset("weg weer mis bij".split())) | frozenset(
    """
    graaf grafie list let loog eur aire ering eling schap aar ier air iek lijk loos achtig baar ing king zelf
    """.split()
)
"""Function words and endings that look like words: aquarel-list, bio-graaf, redenaar (rede-naar)."""

_ENDS_NAMES = frozenset(
    """
    ander beek ben berg bergen boom broek burg den diep doorn dorp graven hoorn horst hout hoven huis huizen ik jan
    kamp kan kerk land landen les link man meer mens net ons poort raar recht ren schot tel tien veen veld waard
    """.split()
)
"""What names of places and families end in, which then say nothing of schot or bal: Schotland, Balkan."""

_NUMBERS = frozenset(
    """
    een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien
    achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend
    """.split()
)
_AFTER_NUMBER = frozenset(
    "jarig hoekig ledig dimensionaal talig delig zijdig voudig maandelijks jaarlijks".split()
)
_IN_NUMBERS = frozenset("tien tal tig".split())
_NEEDS_S = ("heid", "teit", "schap")
_CONTENT = Flag.NAME | Flag.NOUN | Flag.VERB | Flag.ADJECTIVE
_WITHOUT_FLAG = 60
"""How common a word must be to begin a compound when no source says what it is: `westen`, not `herop`."""

THRESHOLD = -0.3
"""The score above which a split is taken."""


@dataclass(frozen=True, slots=True)
class Split:
    """Two constituents of a word: `first` (its written form without link), `link`, and `last`."""

    first: str
    link: str
    last: str


@lru_cache(maxsize=1 << 16)
def split(word: str) -> Split | None:
    """The one best split of a word in lower case, which is that of its lemma; None when it is no compound."""
    listed = listed_compounds()
    if word in listed:
        return listed[word]
    if len(word) < MIN_LENGTH or is_derived(word):
        return None
    known = entry(word)
    if known is not None and len(known.lemmas) == 1 and known.lemmas[0] != word:
        lemma = entry(known.lemmas[0])
        if lemma is not None and known.lemmas[0] in lemma.lemmas:
            return _like(split(known.lemmas[0]), word)
    best, best_score = None, -math.inf
    is_name = known is not None and known.flags & _CONTENT == Flag.NAME
    for first, link, last in _seams(word):
        if is_name and last in _ENDS_NAMES:
            continue
        if first in _NUMBERS and last in _AFTER_NUMBER:
            return Split(first, link, last)
        score = first_score(first, link) + last_score(last)
        if score > best_score:
            best, best_score = (first, link, last), score
    if best is None or best_score + sum_of(whole_features(word)) <= THRESHOLD:
        return None
    return Split(*best)


def _like(found: Split | None, word: str) -> Split | None:
    """How a form is split when its lemma is split so: `huisartsen` as `huis` and `artsen`."""
    if found is None or not word.startswith(found.first + found.link):
        return None
    last = word[len(found.first) + len(found.link) :]
    return Split(found.first, found.link, last) if entry(last) is not None else None


@lru_cache(maxsize=1)
def listed_compounds() -> dict[str, Split | None]:
    """The words of data/compounds.txt with how they are split; None for those that are not."""
    found: dict[str, Split | None] = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        word, *parts = line.split("#")[0].split() or [""]
        if parts:
            first, last = parts
            found[word] = Split(first, word[len(first) : len(word) - len(last)], last)
        elif word:
            found[word] = None
    return found


def candidates(word: str) -> Iterator[Split]:
    """Every way to see a word as two known words with a link between them."""
    return (Split(*seam) for seam in _seams(word))


def _seams(word: str) -> Iterator[tuple[str, str, str]]:
    for first in known_beginnings(word):
        size = len(first)
        if not 2 <= size <= len(word) - 2:
            continue
        for link in _LINKS_AT.get(word[size], ("",)):
            if word.startswith(link, size) and _can_begin(first, link):
                last = word[size + len(link) :]
                if _can_end(last) and not _is_ending(first, link, last):
                    yield first, link, last


@lru_cache(maxsize=1 << 16)
def _can_begin(first: str, link: str) -> bool:
    """Whether a known word can stand before a link in a compound."""
    if (link == "er" and first not in _ER_NOUNS) or (link == "n" and not first.endswith("e")):
        return False
    found = entry(first)
    return found is not None and bool(
        found.frequency >= _WITHOUT_FLAG or found.flags & (_CONTENT | Flag.FIRST)
    )


@lru_cache(maxsize=1 << 16)
def _can_end(last: str) -> bool:
    """Whether what is left of a word is one that can stand at the end of a compound, which a mere name cannot."""
    if len(last) < 2 or not last[0].isalpha() or last in _NEVER_LAST:
        return False
    found = entry(last)
    return found is not None and bool(
        found.flags & (_CONTENT & ~Flag.NAME | Flag.LAST) or last in _AFTER_NUMBER
    )


def _is_ending(first: str, link: str, last: str) -> bool:
    """Whether what looks like a last word is an ending: loterij, voetbalster, cultuur, lettering."""
    if last in ("ring", "rij"):
        return (first + link).endswith("e")
    if last == "ster":
        return entry(first + "er") is not None or entry(first + "en") is not None
    if last == "uur":
        return first.endswith("t") and not first.endswith("cht")
    if first in _NUMBERS:
        return last in _IN_NUMBERS
    if last[0] == first[-1] and last.endswith("ering") and len(last) == 6:
        return True
    # minderheid-s-taal, not minderheid-staal
    return not link and last[0] == "s" and first.endswith(_NEEDS_S) and _can_end(last[1:])


def features(candidate: Split, word: str) -> Features:
    """What the model looks at in one split of a word: its score is the sum of what the three words give."""
    yield from whole_features(word)
    yield from first_features(candidate.first, candidate.link)
    yield from last_features(candidate.last)


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
