"""Words of a query in texts: what the index tells of how they are written gives the marks that analysis gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import clock
from search.answer.marking import Marker, texts_of
from search.dutch.analyzer import forms_of, read_words
from search.query.parse import parse
from search.query.planned import Marks
from search.query.planning import plan_query
from search.store.surfaces import SurfaceCollector, Surfaces, SurfaceTable
from tests.test_snippets import NoWords
from tests.test_surfaces import SOME

WORDS = st.one_of(
    st.sampled_from(SOME),
    st.sampled_from(
        "de kondigt aan maatregelen . , ( – kondigen AI model e mail a 1 wet ai staat van".split()
    ),
    st.lists(st.sampled_from(SOME), min_size=2, max_size=3).map("-".join),
)
BLANKS = st.sampled_from([" ", " ", " ", "  ", "\n", "\t", "", ". ", ", ", " – ", "\u00a0", "'"])
TEXTS = st.lists(st.tuples(WORDS, BLANKS), max_size=40).map(lambda pairs: "".join(map("".join, pairs)))
QUERIES = st.one_of(
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    st.lists(WORDS, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.lists(WORDS, min_size=1, max_size=3).map(" OF ".join),
    st.sampled_from(["taalm*", "aankondigen", "a* wet", '"de wet" van', "titel:wet"]),
)


def surfaces_of(marks: Marks, texts: list[str]) -> dict[str, Surfaces]:
    collector = SurfaceCollector()
    for word in {word for text in texts for word in read_words(text)[0]}:
        collector.add(word, forms_of(word))
    keys = texts_of(marks)
    found = SurfaceTable(collector.arrays()).look_up(keys)
    return {key: own for key, own in zip(keys, found, strict=True) if own is not None}


def marks_of(typed: str) -> list[Marks]:
    planned = plan_query(parse(typed), NoWords(), clock.now_ms())
    return [planned.marks, planned.relaxed_marks]


@given(QUERIES, TEXTS, TEXTS)
def test_both_ways_find_the_same(typed: str, text: str, other: str) -> None:
    for marks in marks_of(typed):
        told = Marker(marks, surfaces_of(marks, [text, other]))
        for one in (text, other, text):
            assert told.spans(one) == Marker(marks).spans(one)


@given(st.lists(st.sampled_from(SOME), min_size=1, max_size=4), TEXTS)
def test_both_ways_find_the_same_of_a_prefix_with_very_many_words(words: list[str], text: str) -> None:
    exact = {exact for word in SOME for forms in forms_of(word) for exact in forms.exact}
    terms = {term for word in words for forms in forms_of(word) for term in forms.terms}
    marks = Marks(frozenset(terms), frozenset(exact), ())
    assert Marker(marks, surfaces_of(marks, [text])).spans(text) == Marker(marks).spans(text)


@given(st.text(max_size=40), st.text(max_size=300))
def test_both_ways_find_the_same_in_any_text(typed: str, text: str) -> None:
    for marks in [*marks_of(typed), *marks_of(text[:20])]:
        assert Marker(marks, surfaces_of(marks, [text])).spans(text) == Marker(marks).spans(text)


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("ai", "AI, maïs, email, AI-model, (ai) ai.", ["AI", "AI", "ai", "ai"]),
        ('"e mail"', "e, mail; e-mail\ne\nmail mee", ["e", "mail", "e", "mail", "e", "mail"]),
        ("aankondigen", "Zij kondigt het aan. Zij kijkt ons aan.", ["kondigt", "aan"]),
        ("lopen", "Zij liep.", ["liep"]),
    ],
)
def test_words_are_found_where_they_stand(typed: str, text: str, expected: list[str]) -> None:
    marks = marks_of(typed)[0]
    spans = Marker(marks, surfaces_of(marks, [text])).spans(text)
    assert [text[start:end] for start, end in spans] == expected


def test_a_word_that_is_not_of_a_term_is_not_marked_for_looking_like_it() -> None:
    # `liep` is no term: it is written for `lopen`.
    marks = Marks(frozenset({"liep"}), frozenset(), ())
    assert Marker(marks, {}).spans("Zij liep.") == []
    assert Marker(marks).spans("Zij liep.") == []
