"""A word is written out in nodes once: asked again it has the very same ones, whose hash is known."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.analyzer import analyze_words
from search.query.plan import All, Any, Constant, Filter, Node, Not, Phrase, Term
from search.query.scoring import without_parts
from search.query.words import asked_words, word_of, written_word

NODES = (
    Term("all.term", "wet", 0.5),
    All((Term("all.term", "wet"),)),
    Any((Term("all.term", "wet"), Term("all.part", "wet")), 2),
    Not(Term("all.term", "wet")),
    Phrase("title.term", (("wet",), ("plan", "plannen")), 1),
    Constant(Term("all.term", "wet"), 0.5),
    Filter("tag", ("recht",)),
)


@pytest.mark.parametrize("node", NODES, ids=lambda node: type(node).__name__)
def test_equal_nodes_have_one_hash_and_others_another(node: Node) -> None:
    same = copy.deepcopy(node)
    assert same is not node
    assert same == node
    assert hash(same) == hash(node) == hash(node)
    assert len({*NODES, same}) == len(NODES)


@pytest.mark.parametrize("node", NODES, ids=lambda node: type(node).__name__)
def test_a_hash_is_not_taken_along_to_another_process(node: Node) -> None:
    """Python hashes texts differently in every process."""
    before = pickle.dumps(copy.deepcopy(node))
    hash(node)
    assert pickle.dumps(node) == before
    assert pickle.loads(before) == node


@pytest.mark.parametrize("word", ["wetten", "AI-model", "gegevensbescherming", "C++"])
def test_a_word_that_is_asked_again_has_the_same_node(word: str) -> None:
    first, again = (written_word(word, "all", True) for _ in range(2))
    assert again.node is first.node
    assert without_parts(again.node) == without_parts(first.node)


def test_a_word_without_parts_has_the_same_node_as_well() -> None:
    node = written_word("wetten", "all", True).node
    assert without_parts(node) is without_parts(node)
    assert without_parts(node) != node


@given(st.text(max_size=80) | st.text(alphabet="abenst-'+#1 ", max_size=80), st.booleans())
def test_what_is_kept_is_what_analysis_gives(text: str, parts: bool) -> None:
    for word, tokens in asked_words(text, False):
        assert written_word(word, "all", parts) == word_of(tokens, "all", parts)
        assert written_word(word, "title", parts) == word_of(tokens, "title", parts)
        ((again, _),) = analyze_words(word)
        assert again == word
