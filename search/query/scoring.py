"""The plan nodes of a word, of words behind each other, and of words near each other, with their weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from search import layout
from search.dutch.analyzer import Token
from search.query import weights
from search.query.parse import ANY_FIELD
from search.query.plan import EVERYTHING, All, Any, Constant, Node, Phrase, Term, either

Slots = tuple[tuple[str, ...], ...]
"""The terms of each piece of a word, in turn."""

_WITH_PARTS = frozenset(layout.base(field) for field in (*layout.PART_FIELDS, layout.ALL_PART))
_NEAR_FIELDS = ("title.term", "body.term")


def word_node(tokens: Iterable[Token], name: str, boost: float = 1.0) -> Node:
    """A written word in any of its forms, and as a constituent of a compound.

    Args:
        tokens: one token, or several that stand for the same word.
        name: `all` or a text field.
        boost: multiplies every weight.
    """
    nodes: list[Node] = []
    for token in tokens:
        nodes += scored_terms((*token.terms, *token.also.terms), name, boost, inside=True)
        if name in _WITH_PARTS:
            written = (token.exact, *token.also.exact)
            nodes += [Term(f"{name}.exact", form, weights.EXACT * boost) for form in written]
    return either(nodes)


def scored_terms(terms: Sequence[str], name: str, boost: float = 1.0, *, inside: bool = False) -> list[Node]:
    """The nodes that match and score terms of one word, the first of which is the most telling.

    Args:
        terms: of the word.
        name: `all` or a text field.
        boost: multiplies every weight.
        inside: also as constituents of compounds, where the field has these.
    """
    nodes: list[Node] = []
    for place, term in enumerate(dict.fromkeys(terms)):
        weight = boost * (weights.DERIVED if place else 1.0)
        if inside and name in _WITH_PARTS:
            nodes.append(Term(term_field(name), term, (1 - weights.PART) * weight))
            nodes.append(Term(f"{name}.part", term, weights.PART * weight))
        else:
            nodes.append(Term(term_field(name), term, weight))
        if name == ANY_FIELD:
            nodes.append(Term(layout.TITLE_TERM, term, weights.TITLE * weight))
            nodes.append(Term(layout.LEAD_TERM, term, weights.LEAD * weight))
            nodes.append(Term(layout.TAGS_TERM, term, weights.TAGS * weight))
    return nodes


def constituents(token: Token, name: str) -> list[Node]:
    """Each constituent of a compound by itself, as a word and in other compounds."""
    parts = dict.fromkeys(token.parts)
    return [node for part in parts for node in scored_terms((part,), name, weights.CONSTITUENT, inside=True)]


def together(slots: Sequence[tuple[str, ...]], name: str, gap: int = 0, boost: float = 1.0) -> Node:
    """Terms behind each other in one field, scored like the same words apart."""
    if name == ANY_FIELD:
        places: Node = Any(tuple([Phrase(field, tuple(slots), gap) for field in layout.TERM_FIELDS]))
    else:
        places = Phrase(term_field(name), tuple(slots), gap)
    words = [_slot_node(slot, name, boost) for slot in slots]
    return All((Constant(places, 0.0), *dict.fromkeys(words)))


@lru_cache(maxsize=1 << 12)
def _slot_node(terms: tuple[str, ...], name: str, boost: float) -> Node:
    """The terms of one slot: kept, as a few thousand words are most of what is asked."""
    return either(scored_terms(terms, name, boost))


def near(words: Sequence[Slots]) -> list[Node]:
    """A constant for every two words in a row, or pieces of one, that stand near each other, in that order."""
    return [
        Constant(
            Any(tuple([Phrase(field, (first, second), weights.NEAR_GAP) for field in _NEAR_FIELDS])),
            weights.NEAR,
        )
        for first, second in pairwise(slot for word in words for slot in word)
        if first != second
    ]


def as_one(words: Sequence[Slots], exists: Callable[[str], bool]) -> list[Node]:
    """For every two words in a row the compound that they make, when it exists: its term is theirs joined."""
    terms = [first[-1][0] + second[0][0] for first, second in pairwise(words)]
    known = [term for term in terms if exists(term)]
    return [node for term in known for node in scored_terms((term,), ANY_FIELD, weights.AS_ONE)]


def optional(nodes: Sequence[Node]) -> list[Node]:
    """Nodes that add to the score of what matches without them, to stand in an `All`."""
    return [Any((EVERYTHING, *nodes))] if nodes else []


def without_parts(node: Node) -> Node:
    """The same plan, in which a word is not found as a constituent of a compound; what is excluded stays so."""
    match node:
        case Any(nodes, 1) if all(isinstance(child, Term) for child in nodes):
            return _whole_words(node)
        case Any(nodes, least):
            return Any(tuple(without_parts(child) for child in nodes), least)
        case All(nodes):
            return All(tuple(without_parts(child) for child in nodes))
        case Constant(child, score):
            return Constant(without_parts(child), score)
        case _:
            return _whole_term(node)


@lru_cache(maxsize=1 << 12)
def _whole_words(word: Any) -> Node:
    """The same for the terms of a word: kept, so that a word has the same node whenever it is asked."""
    return Any(tuple(map(_whole_term, word.nodes)))


def _whole_term(node: Node) -> Node:
    if isinstance(node, Term) and is_part(node):
        return Term(term_field(layout.base(node.field)), node.text, node.boost)
    return node


def term_field(name: str) -> str:
    """The field of terms of a text field, or of `all`."""
    return f"{name}.term"


def is_part(node: Node) -> bool:
    """Whether a node looks for a constituent of compounds."""
    return isinstance(node, Term) and node.field.endswith(".part")
