"""What a written word asks for by itself, whatever stands around it and whatever an index holds.

Most of the time that a plan takes would go to the same few thousand words, so each is analysed and written out in
nodes once. A word that is asked again so has the very same nodes, which an engine may know what it found for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from search.characters import one_line
from search.dutch.analyzer import Forms, Token, analyze_words
from search.dutch.stopwords import is_stop_word
from search.dutch.tokens import written_words
from search.query import weights
from search.query.plan import Node, either
from search.query.planned import WordUse
from search.query.scoring import Slots, constituents, scored_terms, together, word_node

_KEPT, _LONGEST = 1 << 12, 64
"""Words that are kept, about 4 kB each, and the letters that one of these has at most."""


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """A written word in a field.

    `node` finds any of its forms, or its pieces behind each other. `pieces` are what to look for when a part of
    a query will do, of a word of several pieces or a compound; empty for another. `slots` are the terms of each
    piece. What explains it is in `uses`, what to mark for it in the rest: `piece_terms` when `pieces` are looked
    for, `part_terms` inside compounds. With `constituents` some of the pieces are those of a compound.
    """

    node: Node
    pieces: tuple[Node, ...]
    slots: Slots
    uses: tuple[WordUse, ...]
    mark_terms: frozenset[str]
    mark_phrases: tuple[tuple[frozenset[str], ...], ...]
    piece_terms: frozenset[str]
    part_terms: frozenset[str]
    constituents: bool


def asked_words(text: str, content_only: bool) -> tuple[tuple[str, tuple[Token, ...]], ...]:
    """The words that count in what was typed, each with its tokens, which have their places in the word.

    With `content_only` without stop words.
    """
    return (_asked_words if len(text) <= _LONGEST else _asked_words.__wrapped__)(text, content_only)


@lru_cache(maxsize=_KEPT)
def _asked_words(text: str, content_only: bool) -> tuple[tuple[str, tuple[Token, ...]], ...]:
    words = [(word, _tokens(word)) for _, word in written_words(one_line(text))]
    return tuple(
        (word, tokens)
        for word, tokens in words
        if not (content_only and len(tokens) == 1 and is_stop_word(tokens[0].exact))
    )


@lru_cache(maxsize=_KEPT)
def _tokens(word: str) -> tuple[Token, ...]:
    """The tokens of one written word, with their places in it."""
    return tuple(token for _, tokens in analyze_words(word) for token in tokens)


def written_word(word: str, name: str, parts: bool) -> WrittenWord:
    """A written word in a field.

    Args:
        word: one written word.
        name: `all` or a text field.
        parts: whether a compound may be found by one of its constituents.
    """
    return (_written_word if len(word) <= _LONGEST else _written_word.__wrapped__)(word, name, parts)


@lru_cache(maxsize=_KEPT)
def _written_word(word: str, name: str, parts: bool) -> WrittenWord:
    return word_of(_tokens(word), name, parts)


def word_of(tokens: Sequence[Token], name: str, parts: bool) -> WrittenWord:
    """The same as `written_word` for the tokens of a word, or those of several that are to stand in a row."""
    return _single(tokens[0], name, parts) if len(tokens) == 1 else _in_pieces(tokens, name, parts)


def _single(token: Token, name: str, parts: bool) -> WrittenWord:
    """A word of one token: its forms, a part of a compound, or its own constituents behind each other."""
    terms = (*token.terms, *token.also.terms)
    slots = tuple((part,) for part in token.parts)
    node = word_node([token], name)
    pieces: tuple[Node, ...] = ()
    if slots:
        node = either([node, together(slots, name, boost=weights.CONSTITUENT)])
        pieces = (either([node, *_constituents(token, name, parts)]),)
    return WrittenWord(
        node=node,
        pieces=pieces,
        slots=(token.terms,),
        uses=(WordUse(token.text, name, "word", (token.exact, *token.also.exact), terms, slots),),
        mark_terms=frozenset(terms),
        mark_phrases=(tuple(frozenset(slot) for slot in slots),) if slots else (),
        piece_terms=frozenset(token.parts),
        part_terms=frozenset(terms),
        constituents=parts and bool(slots),
    )


def _in_pieces(tokens: Sequence[Token], name: str, parts: bool) -> WrittenWord:
    """A word of several tokens: written as one, or its pieces behind each other."""
    also = tokens[0].also
    slots = tuple(token.terms for token in tokens)
    node = either([*scored_terms(also.terms, name), together(slots, name)])
    telling = [token for token in tokens if _is_telling(token)]
    as_one = scored_terms(also.terms, name, 1 / max(len(telling), 1))
    apart = [
        either(
            [
                word_node([replace(token, also=Forms())], name),
                *_constituents(token, name, parts),
                *as_one,
            ]
        )
        for token in telling
    ]
    return WrittenWord(
        node=node,
        pieces=tuple(apart) or (node,),
        slots=slots,
        uses=tuple(
            WordUse(token.text, name, "word", (token.exact, *also.exact), (*token.terms, *also.terms))
            for token in tokens
        ),
        mark_terms=frozenset(term for token in tokens for term in token.also.terms),
        mark_phrases=(tuple(frozenset(slot) for slot in slots),),
        piece_terms=frozenset(term for token in telling for term in token.terms),
        part_terms=frozenset(),
        constituents=parts and any(token.parts for token in telling),
    )


def _constituents(token: Token, name: str, parts: bool) -> list[Node]:
    return constituents(token, name) if parts else []


def _is_telling(token: Token) -> bool:
    """Whether a piece of a word says something by itself: not the 4 of gpt-4, nor the `en` of kant-en-klaar."""
    return len(token.exact) > 1 and not is_stop_word(token.exact)
