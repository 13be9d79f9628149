"""Did you mean: the query with its misspelled words corrected, from the words of the index itself.

Only a word that no public article has is corrected, and only when it is no Dutch word either: what is merely not
written about must not be "corrected" into something else. A hyphen, an apostrophe or a blank more or less finds
the same articles; how these write the word is told all the same (`writings`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from whoosh import query

from search import layout
from search.dutch.normalise import fold
from search.dutch.spelling import Speller, linked, much_better
from search.dutch.stopwords import is_stop_word
from search.engines.base import Engine
from search.query.parse import ANY_FIELD, ParsedQuery
from search.query.shape import conjuncts
from search.writings import as_written, better_writing, is_listed, is_written_apart, one_form, parts, same

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


def _joined(
    first: query.Term, second: query.Term, engine: Engine, speller: Callable[[], Speller], now: int
) -> str:
    """Two words that are one in the index, when they do not both stand in it, or hardly ever in a row."""
    if any(is_stop_word(fold(word.text)) for word in (first, second)):
        return ""
    if not any(_count(engine, form, now) for form in linked(first.text, second.text)):
        return ""
    found = speller().joined(first.text, second.text)
    if found is None:
        return ""
    forms = [one_form(word.text) for word in (first, second)]
    # A code or a number (`Windows 11`) is never misspelled, so it stands by itself as well.
    if all(not form or _count(engine, form, now) for form in forms) and is_written_apart(
        engine, first.text, second.text, found.text, now
    ):
        return ""
    return as_written(engine, found.text, now)


def _corrected(
    text: str, engine: Engine, speller: Callable[[], Speller], now: int
) -> tuple[str, bool] | None:
    """A better spelling of a word, and whether that is certain."""
    form = one_form(text)
    if not form or is_stop_word(form) or is_listed(text):
        return None
    writing = better_writing(engine, text, now)
    if writing:
        return writing, True
    if len(form) < SHORTEST or not _VOWEL.search(form):
        return None
    count = _count(engine, form, now)
    if count > RARE:
        return None
    candidates = speller().candidates(form, 1)
    if not candidates:
        return None
    best = candidates[0]
    if count and not much_better(count, best, speller().count(best.text)):
        return None
    common = best.cost <= COMMON_MISTAKE
    if len(parts(text)) > 1:
        # Other signs only were judged above; of known parts it is a new compound rather than a mistake.
        other_signs = form.replace("'", "") == best.text.replace("'", "")
        if other_signs or (not common and _are_known(parts(text), engine, now)):
            return None
    instead = as_written(engine, best.text, now)
    return None if same(instead, text) else (instead, common and not count)


def _are_known(parts_of_word: list[str], engine: Engine, now: int) -> bool:
    """Whether every part is a word, or too short to tell."""
    return all(len(part) < SHORTEST or is_listed(part) or _count(engine, part, now) for part in parts_of_word)


def _count(engine: Engine, form: str, now: int) -> int:
    return engine.public_frequency(layout.ALL_EXACT, form, now) if form else 0
