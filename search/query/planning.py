"""A query tree to a plan: all of its words, any of them, or the article with just this title.

What a word means stands in `planner`, how it scores in `scoring`, with what weights in `weights`.
"""

from __future__ import annotations

from dataclasses import replace

from whoosh import query

from search import layout
from search.characters import one_line
from search.dutch.analyzer import whole
from search.model import QueryProblem
from search.query import weights
from search.query.parse import ParsedQuery
from search.query.plan import EVERYTHING, Any, Constant, Node, Term, either, every
from search.query.planned import PlannedQuery
from search.query.planner import Planner
from search.query.reading import read_aloud
from search.query.scoring import as_one, near, optional, without_parts
from search.query.shape import (
    conjuncts,
    excludes,
    has_content_words,
    is_plain,
    last_word,
    names_field,
    only_narrows,
)
from search.query.syntax import MIN_PREFIX
from search.query.vocabulary import Vocabulary
from search.synonyms import Synonyms

_NO_SYNONYMS = Synonyms()

MANY_WORDS, DESCRIPTION_WORDS = 3, 6
"""Words from which on articles with most of them may be meant, and from which on a query describes an article."""

MAX_TITLE = 600
"""A text longer than this, in code points, is no title."""


MAX_BEGUN = 10
"""Titles that begin with what was typed that are put first: as many as the first page shows."""


def plan_query(
    parsed: ParsedQuery,
    vocabulary: Vocabulary,
    now: int,
    *,
    synonyms: Synonyms = _NO_SYNONYMS,
    parts: bool = True,
) -> PlannedQuery:
    """Make the plan of a query.

    Args:
        parsed: the query tree.
        vocabulary: the words of the index.
        now: the moment (ms since 1970) that decides which documents, and so which words, are public.
        synonyms: what editors say may be found as well.
        parts: whether a word is also found as a constituent of a compound.
    """
    content_only = has_content_words(parsed.tree)
    planner = Planner(vocabulary, now, last_word(parsed), content_only)
    children = conjuncts(parsed.tree)
    words = [child for child in children if not only_narrows(child)]
    asked = planner.all_of(words, synonyms)
    narrowing = [n for child in children if only_narrows(child) and (n := planner.node(child)) is not None]
    if parsed.text.strip() and not (asked or narrowing):
        message = "Hier staat niets om op te zoeken; dit zijn alle artikelen."
        planner.problems.append(QueryProblem(message, 0, len(parsed.text)))
    title = _title_of(words) if asked else ""
    loose = dict.fromkeys(piece for node in asked for piece in planner.pieces.get(node, (node,)))
    close = near(planner.slots)
    many, described = len(asked) >= MANY_WORDS, len(asked) >= DESCRIPTION_WORDS
    relaxed = None
    if len(loose) > 1:
        with_all = [] if described else [Constant(every(asked), weights.ALL_WORDS)]
        titled = [_exactly_titled(title)] if title else []
        relaxed = every([either([*loose, *close, *with_all, *titled]), *narrowing])
    compounds = as_one(
        planner.slots, lambda term: vocabulary.public_frequency(layout.ALL_TERM, term, now) > 0
    )
    asked += optional([*close, *compounds])
    body = [Any((every(asked), _exactly_titled(title)))] if title else asked
    plan = every([*body, *narrowing]) if body or narrowing else EVERYTHING
    # A title may hold anything that the query language reads otherwise, such as (haakjes), OF and #.
    as_typed = whole(one_line(parsed.text)) if len(parsed.text) <= MAX_TITLE else ""
    is_title = as_typed and as_typed != title and not (excludes(parsed.tree) or names_field(parsed.tree))
    if (asked or parsed.periods) and is_title:
        plan = Any((plan, _exactly_titled(as_typed)))
        relaxed = relaxed and Any((relaxed, _exactly_titled(as_typed)))
    unbroken = not (narrowing or excludes(parsed.tree) or names_field(parsed.tree))
    begun = _titles_begun(parsed.text, as_typed, vocabulary, now) if unbroken else None
    if begun is not None:
        plan = Any((plan, begun))
        relaxed = relaxed and Any((relaxed, begun))
    if not parts:
        planner.part_terms.clear()
        planner.uses = [replace(use, whole=True) for use in planner.uses]
    return PlannedQuery(
        plan=plan if parts else without_parts(plan),
        relaxed=relaxed if parts or relaxed is None else without_parts(relaxed),
        many=many,
        described=described,
        reading=read_aloud(parsed.tree, content_only),
        problems=(*parsed.problems, *planner.problems),
        uses=tuple(dict.fromkeys(planner.uses)),
        marks=planner.marks(planner.mark_terms),
        relaxed_marks=planner.marks(planner.mark_terms | planner.piece_terms),
    )


def _title_of(words: list[query.Query]) -> str:
    """The title that these words are exactly, as it is indexed; empty when they are no plain words."""
    if not all(is_plain(child) for child in words):
        return ""
    texts = [child.text if isinstance(child, query.Term) else " ".join(child.words) for child in words]
    return whole(one_line(" ".join(texts)))


def _titles_begun(text: str, typed: str, vocabulary: Vocabulary, now: int) -> Node | None:
    """The shortest titles that begin with what was typed, which may still go on; None when there are none.

    A title that is one of the shortest for a beginning is so for every longer one, so that what a person sees
    while typing does not go away again. After a blank the last word is whole. One word alone is no beginning of a
    title yet: who types `kat` does not mean ‘Katoen uit Egypte’.
    """
    if " " not in typed or len(typed) < MIN_PREFIX:
        return None
    prefix = f"{typed} " if text[-1].isspace() else typed
    titles = (title for title, _ in vocabulary.expand_prefix(layout.TITLE_WHOLE, prefix, now))
    shortest = sorted(titles, key=lambda title: (len(title), title))[:MAX_BEGUN]
    if not shortest:
        return None
    return Constant(either([Term(layout.TITLE_WHOLE, title) for title in shortest]), weights.TITLE_BEGINS)


def _exactly_titled(title: str) -> Node:
    return Constant(Term(layout.TITLE_WHOLE, title), weights.EXACT_TITLE)
