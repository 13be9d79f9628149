"""Titles that are found whatever else a query says: the one that was typed, and those that begin so."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest

from whoosh import query

from search import layout
from search.characters import one_line
from search.dutch.analyzer import whole
from search.dutch.lexicon import is_word
from search.query import weights
from search.query.plan import Constant, Node, Term, either
from search.query.planned import WordUse
from search.query.planner import Planner
from search.query.shape import is_plain
from search.query.syntax import MIN_PREFIX

MAX_TITLE = 600
"""A text longer than this, in code points, is no title."""

MAX_BEGUN = 10
"""Articles with titles that begin with what was typed that are put first: as many as the first page shows."""

SHORT, LONG = 4, 5
"""Letters of one word alone that may be the beginning of a longer one, and when it is a Dutch word itself: who
types `maan` does not mean ‘Maandag is wasdag’, but `impact` may be on its way to ‘Impactanalyse’."""


def typed_title(text: str) -> str:
    """A text as it would be indexed as a title; empty when it is too long to be one.

    A title may hold anything that the query language reads otherwise, such as (haakjes), OF and #.
    """
    return whole(one_line(text)) if len(text) <= MAX_TITLE else ""


def titles_of(words: Sequence[query.Query], text: str) -> tuple[str, str]:
    """The title that these words are exactly, as it is indexed, and that which the whole text is.

    The first is empty when they are no plain words.
    """
    typed = typed_title(text)
    if not all(map(is_plain, words)):
        return "", typed
    written = " ".join(
        [child.text if isinstance(child, query.Term) else " ".join(child.words) for child in words]
    )
    is_all = written == text or one_line(written) == one_line(text)
    return typed if typed and is_all else whole(one_line(written)), typed


def exactly_titled(title: str) -> Node:
    """Articles with just this title, above all others."""
    return Constant(Term(layout.TITLE_WHOLE, title), weights.EXACT_TITLE)


def titles_begun(text: str, typed: str, planner: Planner) -> list[Node]:
    """The shortest titles that begin with what was typed, which may still go on.

    A title that is one of the shortest for a beginning is so for every longer one, so that what a person sees
    while typing does not go away again. After a blank the last word is whole. Titles with the word itself come
    before those with a longer one.

    Args:
        text: what was typed.
        typed: the same as it would be indexed as a title.
        planner: knows the words of the index, and is told which words were begun.
    """
    if len(typed) < MIN_PREFIX:
        return []
    whole_words = f"{typed} "
    may_go_on = " " in typed or len(typed) >= (LONG if is_word(typed) else SHORT)
    prefix = typed if may_go_on and not text[-1].isspace() else whole_words
    shortest = _shortest(planner.vocabulary.expand_prefix(layout.TITLE_WHOLE, prefix, planner.now))
    exact = [title for title in shortest if title.startswith(whole_words)]
    longer = [title for title in shortest if not title.startswith(whole_words)]
    if longer and " " not in typed:
        begun = tuple(dict.fromkeys(title.partition(" ")[0] for title in longer))
        planner.uses.append(WordUse(typed, "title", "prefix", begun, ()))
        planner.mark_exact.update(begun)
    return [*_constant(exact, weights.TITLE_BEGINS_WORD), *_constant(longer, weights.TITLE_BEGINS)]


def _shortest(titles: Sequence[tuple[str, int]]) -> list[str]:
    """The shortest titles, of which there are no more articles than the first page shows."""
    chosen, articles = [], 0
    for title, count in nsmallest(MAX_BEGUN + 1, titles, key=lambda pair: (len(pair[0]), pair[0])):
        articles += count
        if articles > MAX_BEGUN:
            break
        chosen.append(title)
    return chosen


def _constant(titles: Sequence[str], score: float) -> list[Node]:
    return [Constant(either(Term(layout.TITLE_WHOLE, title) for title in titles), score)] if titles else []
