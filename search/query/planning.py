"""A query tree to a plan: all of its words, any of them, or the article with just this title.

What a word means stands in `planner`, how it scores in `scoring`, with what weights in `weights`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from whoosh import query

from search import layout
from search.model import QueryProblem
from search.query import weights
from search.query.parse import ParsedQuery
from search.query.plan import EVERYTHING, Any, Constant, Node, Term, either, every, nodes_of
from search.query.planned import PlannedQuery
from search.query.planner import Planner
from search.query.reading import read_aloud
from search.query.scoring import as_one, near, optional, without_parts
from search.query.shape import (
    conjuncts,
    excludes,
    has_content_words,
    is_plain,
    is_words_only,
    last_word,
    names_field,
    only_narrows,
)
from search.query.titles import exactly_titled, titles_begun, titles_of
from search.query.vocabulary import Vocabulary
from search.synonyms import Synonyms

_NO_SYNONYMS = Synonyms()

MANY_WORDS, DESCRIPTION_WORDS = 3, 6
"""Words from which on an article with half of them may be meant, or with the rarest. From still more words on a
query describes an article, and having all of them says little."""

QUESTION_WORDS = 4
"""Words from which on a query is a question, those included that are not asked for, and so of many words."""

_FOUND_IN = frozenset({layout.ALL_TERM, *layout.PART_FIELDS, layout.ALL_PART, layout.ALL_EXACT})


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
    planner = Planner(vocabulary, now, last_word(parsed), content_only, parts=parts)
    children = conjuncts(parsed.tree)
    words = [child for child in children if not only_narrows(child)]
    asked = planner.all_of(words, synonyms, parsed.text)
    conditions = [child for child in children if only_narrows(child)] if len(words) < len(children) else []
    narrowing = [node for child in conditions if (node := planner.node(child)) is not None]
    if parsed.text.strip() and not (asked or narrowing):
        message = "Hier staat niets om op te zoeken; dit zijn alle artikelen."
        planner.problems.append(QueryProblem(message, 0, len(parsed.text)))
    title, typed = titles_of(words, parsed.text)
    title = title if asked else ""
    titled = exactly_titled(title)
    titles = _titles(parsed, title, typed, planner, asked, narrowing)

    def whole_plan(nodes: Sequence[Node]) -> Node:
        """What matches the nodes or has just this title, within what narrows; or has another title."""
        body = [Any((every(nodes), titled))] if title and nodes else nodes
        plan = every([*body, *narrowing]) if body or narrowing else EVERYTHING
        plan = Any((plan, *titles)) if titles else plan
        return plan if parts else without_parts(plan)

    demand = _demand(planner, asked, words, strict=parsed.strict)
    if not parts:
        planner.part_terms.clear()
        planner.uses = [replace(use, whole=True) for use in planner.uses]
    return PlannedQuery(
        plan=whole_plan(demand.all_words),
        several=whole_plan(demand.several) if demand.several else None,
        relaxed=whole_plan(demand.any_word) if demand.any_word else None,
        many=demand.many,
        described=demand.described,
        reading=read_aloud(parsed.tree, content_only, _whole_words(planner)),
        problems=(*parsed.problems, *planner.problems),
        uses=tuple(dict.fromkeys(planner.uses)),
        marks=planner.marks(planner.mark_terms),
        relaxed_marks=planner.marks(planner.mark_terms | planner.piece_terms),
        constituents=planner.constituents,
    )


def _whole_words(planner: Planner) -> dict[int, str]:
    """What to say for parts of words; those that may be words themselves are left as they were typed."""
    mere = {node: word.text for node, word in planner.separated.items() if word.particle is None}
    telling = {id(word.particle) for word in planner.separated.values()}
    return mere | dict.fromkeys(planner.particles - telling, "")


@dataclass(frozen=True, slots=True)
class _Demand:
    """The three ways to ask for the same words; the last two are empty when they make no difference."""

    all_words: tuple[Node, ...]
    several: tuple[Node, ...]
    any_word: tuple[Node, ...]
    many: bool
    described: bool


def _demand(
    planner: Planner, asked: Sequence[Node], words: Sequence[query.Query], *, strict: bool
) -> _Demand:
    """Ask for all words, for half of many or a part of each of a few, and for any of them."""
    loose = tuple(dict.fromkeys(piece for node in asked for piece in planner.pieces.get(node, (node,))))
    # `hoe werkt een zoekmachine` is a question, of which not every word need be in the answer.
    many = len(loose) >= MANY_WORDS or (len(words) >= QUESTION_WORDS and len(loose) > 1)
    described = len(loose) >= DESCRIPTION_WORDS
    close = [] if described else near(planner.words)
    compounds = as_one(planner.words, lambda term: planner.frequency(layout.ALL_TERM, term) > 0)
    two_words = len(asked) == len(words) == 2 and all(
        isinstance(w, query.Term) and is_plain(w) for w in words
    )
    all_words = [either([every(asked), *compounds])] if compounds and two_words else asked
    all_of_them = (*all_words, *optional([*close, *compounds]))
    if strict or not (len(loose) > 1 or loose != tuple(asked)):
        return _Demand(all_of_them, (), (), False, described)
    with_all = [] if described else [Constant(every(all_words), weights.ALL_WORDS)]
    several: tuple[Node, ...] = ()
    if many or len(loose) > 1:
        enough = _half(loose, planner) if many else every(loose)
        several = (enough, *optional([*close, *compounds, *with_all]))
    words_only = [planner.as_words.get(node, node) for node in loose]
    any_word = either([*words_only, *close, *compounds, *with_all])
    return _Demand(all_of_them, several, (any_word,), many, described)


def _titles(
    parsed: ParsedQuery,
    title: str,
    typed: str,
    planner: Planner,
    asked: Sequence[Node],
    narrowing: Sequence[Node],
) -> list[Node]:
    """The title that was typed, when that is not what its words say, and titles that begin so."""
    plain = is_words_only(parsed.tree)
    if not plain and (excludes(parsed.tree) or names_field(parsed.tree)):
        return []
    other = bool(typed) and typed != title and bool(asked or parsed.periods)
    quoted = not plain and any(isinstance(leaf, query.Phrase) for leaf in parsed.tree.leaves())
    begun = [] if narrowing or quoted else titles_begun(parsed.text, typed, planner)
    return [*([exactly_titled(typed)] if other else []), *begun]


def _half(words: tuple[Node, ...], planner: Planner) -> Node:
    """Articles with half of the words, or with the rarest one, which by itself says as much."""

    def frequency(node: Node) -> int:
        return max((planner.frequency(field, term) for field, term in _terms_found(node)), default=0)

    needed = max(2, math.ceil(len(words) / 2))
    frequencies = [(count, word) for word in words if (count := frequency(word))]
    if not frequencies:
        return Any(words, needed)
    rarest = min(frequencies, key=lambda pair: pair[0])[1]
    return Any((*words, *(Constant(rarest, 0.0),) * (needed - 1)), needed)


@lru_cache(maxsize=1 << 12)
def _terms_found(node: Node) -> tuple[tuple[str, str], ...]:
    """The terms by which a word is found, with their fields; without those that another of them finds as well."""
    terms = dict.fromkeys(
        (n.field, n.text) for n in nodes_of(node) if isinstance(n, Term) and n.field in _FOUND_IN
    )
    return tuple(
        (field, term)
        for field, term in terms
        if field != layout.ALL_TERM or (layout.ALL_PART, term) not in terms
    )
