"""Did you mean: the query with its misspelled words corrected, from the words of the index itself.

Only a word that no public article has is corrected, and only when it is no Dutch word either: what is merely not
written about must not be "corrected" into something else. A hyphen, an apostrophe or a blank more or less finds
the same articles; how these write the word is told all the same (`writings`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from whoosh import query

from search import layout
from search.dutch.lexicon import Flag, entry
from search.dutch.normalise import fold
from search.dutch.spelling import Speller, is_alike, is_close, linked, much_better
from search.dutch.stopwords import is_stop_word
from search.engines.base import Engine
from search.query.parse import ANY_FIELD, ParsedQuery
from search.query.shape import conjuncts
from search.samples import Articles
from search.writings import (
    WELL_KNOWN,
    as_written,
    better_writing,
    has_lone_letter,
    has_vowel,
    is_listed,
    is_written_apart,
    letters_of,
    one_form,
    parts,
    same,
)

SHORTEST = 4
"""Letters of a word that is corrected at least; a shorter one, or one without a vowel, is a name or a code."""

COMMON_MISTAKE = 0.5
"""Cost up to which a mistake is one of writing Dutch, such as d for t."""

RARE = 3
"""A word in more articles than this is taken for what was meant."""

_OPEN_PLURAL = re.compile("[aeiouy][sn]")

MAX_CORRECTED = 4
"""Words of one query that may look wrong, and pairs that may be one word: with more of them it is hardly Dutch."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Another query.

    `certain` when every word it replaces is a common mistake, and in no article; `close` when each is so little
    different that the query may be searched unasked.
    """

    text: str
    certain: bool
    close: bool


@dataclass(frozen=True, slots=True)
class _Change:
    """What is put in the place of the letters `[start, end)` of a query; the rest as in `Correction`."""

    start: int
    end: int
    instead: str
    certain: bool = True
    close: bool = True


def speller_of(engine: Engine, now: int) -> Speller:
    """A speller over the written words of the public articles."""
    expanded = engine.expand_prefix(layout.ALL_EXACT, "", now)
    words = [(word, count) for word, count in expanded if not has_lone_letter(word)]
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
    articles = Articles(engine, now)
    # Only words that must both be there can be one; an OF, a NIET or a bracket between them says otherwise.
    required = [child for child in conjuncts(parsed.tree) if _is_word(child)]
    pairs = [
        (first, second)
        for first, second in pairwise(required)
        if parsed.text[first.endchar : second.startchar] == " " and _may_be_one(articles, first, second)
    ]
    words = [leaf for leaf in parsed.tree.leaves() if _is_word(leaf) and _looks_wrong(articles, leaf.text)]
    if max(len(pairs), len(words)) > MAX_CORRECTED:
        return None
    changes: list[_Change] = []
    for first, second in pairs:
        overlaps = bool(changes) and first.startchar < changes[-1].end
        together = "" if overlaps else _joined(articles, first.text, second.text, speller)
        if together:
            changes.append(_Change(first.startchar, second.endchar, together))
    for word in words:
        if all(word.endchar <= change.start or word.startchar >= change.end for change in changes):
            changed = _corrected(articles, word, speller)
            if changed:
                changes.append(changed)
    if not changes:
        return None
    text = parsed.text
    for change in sorted(changes, key=lambda change: change.start, reverse=True):
        text = text[: change.start] + change.instead + text[change.end :]
    return Correction(
        text, all(change.certain for change in changes), all(change.close for change in changes)
    )


def _is_word(leaf: query.Query) -> bool:
    return isinstance(leaf, query.Term) and leaf.fieldname == ANY_FIELD and leaf.startchar is not None


def _looks_wrong(articles: Articles, text: str) -> bool:
    """Whether a word is one that nobody knows: no dictionary, and few articles if any."""
    form = _unlisted_form(text)
    return bool(form) and articles.count(form) <= WELL_KNOWN


@lru_cache(maxsize=1 << 12)
def _unlisted_form(text: str) -> str:
    """The form that the index has of a word, if it is one that no dictionary has; else empty."""
    form = one_form(text)
    return "" if is_stop_word(form) or is_listed(text) else form


def _may_be_one(articles: Articles, first: query.Term, second: query.Term) -> bool:
    """Whether two words are one in the index."""
    if any(is_stop_word(fold(word.text)) for word in (first, second)):
        return False
    return any(map(articles.count, linked(first.text, second.text)))


def _joined(articles: Articles, first: str, second: str, speller: Callable[[], Speller]) -> str:
    """Two words that are one in the index, when they do not both stand in it, or hardly ever in a row."""
    found = speller().joined(first, second)
    if found is None:
        return ""
    forms = [one_form(word) for word in (first, second)]
    # A code or a number (`Windows 11`) is never misspelled, so it stands by itself as well.
    if all(not form or articles.count(form) for form in forms) and is_written_apart(
        articles, first, second, found.text
    ):
        return ""
    return as_written(articles, found.text)


def _corrected(articles: Articles, word: query.Term, speller: Callable[[], Speller]) -> _Change | None:
    """A better spelling of a word that looks wrong."""
    text = word.text
    writing = better_writing(articles, text)
    if writing:
        return _Change(word.startchar, word.endchar, writing)
    form = one_form(text)
    count = articles.count(form)
    if len(form) < SHORTEST or not has_vowel(form) or count > RARE:
        return None
    best = next(iter(speller().candidates(form, 1)), None)
    if best is None or not is_alike(form, best):
        return None
    if count and not much_better(count, best, speller().count(best.text)):
        return None
    common = best.cost <= COMMON_MISTAKE
    if not common and _is_ending_only(form, best.text):
        return None
    if len(parts(text)) > 1:
        # Other signs only were judged above; of known parts it is a new compound rather than a mistake.
        other_signs = letters_of(form) == letters_of(best.text)
        if other_signs or (not common and _are_known(articles, parts(text))):
            return None
    instead = as_written(articles, best.text)
    if same(instead, text):
        return None
    return _Change(word.startchar, word.endchar, instead, common and not count, is_close(form, best))


def _is_ending_only(typed: str, meant: str) -> bool:
    """Whether a word is a noun with the ending of a plural, as `autos` of `auto`: no mistake for it."""
    if typed[:-1] != meant or not _OPEN_PLURAL.fullmatch(typed[-2:]):
        return False
    found = entry(meant)
    return found is not None and bool(found.flags & (Flag.NOUN | Flag.NAME))


def _are_known(articles: Articles, parts_of_word: list[str]) -> bool:
    """Whether every part is a word, or too short to tell."""
    return all(len(part) < SHORTEST or is_listed(part) or articles.count(part) for part in parts_of_word)
