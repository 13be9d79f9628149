"""Did you mean: the query with its misspelled words corrected, from the words of the index itself.

Only a word that no public article has is corrected, and only when it is no Dutch word either: what is merely not
written about must not be "corrected" into something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from whoosh import query

from search import layout
from search.dutch.analyzer import Token, analyze_words
from search.dutch.lexicon import Flag, entry
from search.dutch.normalise import fold, plain_case
from search.dutch.spelling import Speller, much_better
from search.dutch.stopwords import is_stop_word
from search.engines.base import Engine
from search.query.parse import ANY_FIELD, ParsedQuery
from search.query.shape import conjuncts

SHORTEST = 4
"""Letters of a word that is corrected at least; a shorter one, or one without a vowel, is a name or a code."""

COMMON_MISTAKE = 0.5
"""Cost up to which a mistake is one of writing Dutch, such as d for t."""

RARE = 3
"""A word in more articles than this is taken for what was meant."""

_VOWEL = re.compile("[aeiouy]")
MAX_CORRECTED = 4
"""Words of one query that are corrected at most: with more of them wrong it is hardly Dutch."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Another query; `certain` when every word it replaces is a common mistake, and in no article."""

    text: str
    certain: bool


def speller_of(engine: Engine, now: int) -> Speller:
    """A speller over the written words of the public articles."""
    words = engine.expand_prefix(layout.ALL_EXACT, "", now)
    return Speller([word for word, _ in words], [count for _, count in words])


def correction(
    parsed: ParsedQuery, engine: Engine, speller: Callable[[], Speller], now: int
) -> Correction | None:
    """The query that was probably meant; None when nothing in it looks misspelled.

    Args:
        parsed: the query as typed.
        engine: whose words count as known.
        speller: gives the one over the words of the same engine; asked for only when a word looks wrong.
        now: the moment that decides which articles are public.
    """
    words = [leaf for leaf in parsed.tree.leaves() if _is_word(leaf)]
    changes: list[tuple[int, int, str, bool]] = []
    # Only words that must both be there can be one; an OF, a NIET or a bracket between them says otherwise.
    required = [child for child in conjuncts(parsed.tree) if _is_word(child)]
    for first, second in pairwise(required):
        overlaps = bool(changes) and first.startchar < changes[-1][1]
        between = parsed.text[first.endchar : second.startchar]
        together = "" if overlaps or between != " " else _joined(first, second, engine, speller, now)
        if together:
            changes.append((first.startchar, second.endchar, together, True))
    for word in words:
        if all(word.endchar <= start or word.startchar >= end for start, end, _, _ in changes):
            changed = _corrected(word.text, engine, speller, now)
            if changed:
                changes.append((word.startchar, word.endchar, *changed))
    if not changes or len(changes) > MAX_CORRECTED:
        return None
    text = parsed.text
    for start, end, instead, _ in sorted(changes, reverse=True):
        text = text[:start] + instead + text[end:]
    return Correction(text, all(certain for *_, certain in changes))


def _is_word(leaf: query.Query) -> bool:
    return isinstance(leaf, query.Term) and leaf.fieldname == ANY_FIELD and leaf.startchar is not None


def _token(text: str) -> Token | None:
    """The one token of a word without signs or pieces; None for anything else."""
    words = list(analyze_words(text))
    if len(words) != 1 or len(words[0][1]) != 1 or words[0][0] != text:
        return None
    token = words[0][1][0]
    return None if is_stop_word(token.exact) or not token.exact.isalpha() else token


def _joined(
    first: query.Term, second: query.Term, engine: Engine, speller: Callable[[], Speller], now: int
) -> str:
    """Two words that are one in the index, when they do not both stand in it by themselves."""
    if any(is_stop_word(fold(word.text)) for word in (first, second)):
        return ""
    if all(_count(engine, word.text, now) for word in (first, second)):
        return ""
    found = speller().joined(first.text, second.text)
    return found.text if found else ""


def _corrected(
    text: str, engine: Engine, speller: Callable[[], Speller], now: int
) -> tuple[str, bool] | None:
    """A better spelling of a word, and whether that is certain."""
    as_one = _written_as_one(text, engine, now)
    if as_one:
        return as_one, True
    token = _token(text)
    if token is None or len(token.exact) < SHORTEST or not _VOWEL.search(token.exact):
        return None
    count = _count(engine, text, now)
    known = entry(plain_case(text))
    if count > RARE or (known is not None and known.flags & (Flag.LISTED | Flag.NAME)):
        return None
    candidates = speller().candidates(token.exact, 1)
    if not candidates:
        return None
    best = candidates[0]
    if count and not much_better(count, best, speller().count(best.text)):
        return None
    return best.text, not count and best.cost <= COMMON_MISTAKE


def _written_as_one(text: str, engine: Engine, now: int) -> str:
    """`aids-vaccin` as the articles write it, in one word; empty when some may write it as typed."""
    words = list(analyze_words(text))
    if len(words) != 1 or len(words[0][1]) < 2 or not all(token.exact.isalpha() for token in words[0][1]):
        return ""
    tokens = words[0][1]
    for form in tokens[0].also.exact:
        count = engine.public_frequency(layout.ALL_EXACT, form, now)
        if count > min(engine.public_frequency(layout.ALL_EXACT, token.exact, now) for token in tokens):
            return form
    return ""


def _count(engine: Engine, text: str, now: int) -> int:
    token = _token(text)
    return 0 if token is None else engine.public_frequency(layout.ALL_EXACT, token.exact, now)
