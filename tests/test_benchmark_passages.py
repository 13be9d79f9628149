"""Passages of the benchmark: what is marked in them is what was found, and where it stands."""

from __future__ import annotations

from array import array
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.benchmark.corpus import Analysis, Fed, Reader, read_public, words_of
from search.benchmark.marked import Marked, Marking
from search.benchmark.passages import is_close, marker_of
from search.benchmark.queries import Kind, Query, Word, make_queries
from search.dutch.analyzer import analyze, read_words, word_forms
from search.dutch.spelling_lookup import Vocabulary
from search.model import Article

CONTENT = Path(__file__).parents[1] / "content"
LETTERS = st.text("abcd", min_size=4, max_size=8)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return read_public([CONTENT])


@pytest.fixture(scope="module")
def documents(articles: list[Article]) -> list[Fed]:
    reader = Reader()
    return [reader.fed(number, article) for number, article in enumerate(articles)]


def marked(text: str) -> Marked:
    return Marking().marked(text, read_words(text))


def passage(kind: Kind, text: str, *words: str) -> tuple[str, list[str]]:
    """The passage for a query, and what is marked in it."""
    query = Query(0, kind, tuple(Word(word, word) for word in words))
    shown, marks = marker_of(query)(text, marked(text))
    assert shown in text
    assert list(marks) == sorted(set(marks))
    return shown, [shown[start:end] for start, end in marks]


def meant(query: Query, text: str) -> set[tuple[int, int]]:
    """Where a text has what a query asks, by the analysis of the whole text."""
    tokens, wanted, written = analyze(text), {word.term for word in query.words}, query.words[0].written
    if query.kind == "phrase":
        first, second = (word.term for word in query.words)
        return {
            (one.start, two.end)
            for one, two in pairwise(tokens)
            if first in one.terms and second in two.terms
        }
    found = set()
    for token in tokens:
        exact = {token.exact, *token.also.exact}
        if query.kind == "prefix":
            fits = any(form.startswith(written) for form in exact)
        elif query.kind == "fuzzy":
            fits = any(is_close(written, form) for form in exact)
        else:
            fits = bool(wanted & {*token.terms, *token.also.terms})
        if fits:
            found.add((token.start, token.end))
    return found


def test_what_is_marked_is_what_the_whole_text_has(articles: list[Article], documents: list[Fed]) -> None:
    """Of every query in every body: a mark is a word that was meant, and a body that has one has a mark."""
    others = frozenset(term for fed in documents for term in fed.others)
    seen = 0
    for query in make_queries(articles, others, 80, 2):
        passage_of = marker_of(query)
        for fed in documents:
            shown, marks = passage_of(fed.text, fed.marked)
            expected = meant(query, fed.text) if marks or fed.number % 5 == 0 else set()
            at = fed.text.find(shown)
            places = set()
            while at >= 0:  # What is shown may stand in a body more than once.
                places.add(at)
                at = fed.text.find(shown, at + 1)
            assert any({(at + start, at + end) for start, end in marks} <= expected for at in places)
            assert bool(marks) >= bool(expected)
            seen += len(marks)
    assert seen > 500


def test_places_are_those_of_the_positions(documents: list[Fed]) -> None:
    for fed in documents[:20]:
        starts, lengths = fed.marked.starts_and_lengths(fed.text)
        tokens = analyze(fed.text)
        count = len(tokens)
        assert list(starts[:count]) == [token.start for token in tokens]
        terms = [forms.terms[0] if forms.terms else "_" for forms in word_forms(fed.text)]
        assert fed.marked.terms.split()[:count] == terms
        for stream in (fed.marked.terms, fed.marked.exact):
            assert len(starts) == len(lengths) >= stream.count(" ") - 1


def test_an_article_is_fed_the_same_with_places_and_without(articles: list[Article]) -> None:
    analysis, reader, article = Analysis(), Reader(), articles[0]
    assert analysis.fed(1, article) == analysis.fed(1, article, words_of(article))
    assert reader.fed(1, article).terms == analysis.fed(1, article).terms
    assert analysis.fed(1, article).marked == Marked()


def test_inflections_and_separated_verbs_are_marked() -> None:
    assert passage("one word", "Twee huizen. Een huis.", "huis")[1] == ["huizen", "huis"]
    assert passage("one word", "De minister kondigt maatregelen aan.", "aankondigen")[1] == ["kondigt"]


def test_a_phrase_is_marked_as_a_whole() -> None:
    assert passage("phrase", "De wet en de nieuwe wet.", "nieuw", "wet")[1] == ["nieuwe wet"]


def test_beginnings_are_marked_as_written() -> None:
    assert passage("prefix", "Énergie en energieën, geen synergie.", "ener")[1] == ["Énergie", "energieën"]
    assert passage("prefix", "Het AI-model is er.", "aimo")[1] == ["AI"]


def test_a_body_without_the_word_shows_its_beginning() -> None:
    text = "Een begin. " + "Nog meer tekst. " * 50
    shown, marks = passage("one word", text, "privacy")
    assert text.startswith(shown)
    assert 100 < len(shown) < 170
    assert marks == []
    assert passage("one word", "", "privacy") == ("", [])


def test_a_passage_has_as_many_different_words_as_fit() -> None:
    text = "Water alleen. " + "Niets van dat al. " * 30 + "Hier stroomt water langs een dijk."
    assert passage("any word", text, "water", "dijk")[1] == ["water", "dijk"]
    assert passage("any word", text, "water", "eland")[1] == ["Water"]


def test_places_in_a_long_body_are_kept() -> None:
    text = "Veel tekst. " * 6000 + "Hier staat ëën privacywet."
    assert len(text) > 0xFFFF
    shown, marks = passage("one word", text, "privacywet")
    assert marks == ["privacywet"]
    assert shown.endswith("ëën privacywet.")


@given(LETTERS, st.lists(LETTERS, min_size=1, max_size=30))
def test_close_words_are_found_by_their_halves(written: str, words: list[str]) -> None:
    vocabulary = Vocabulary(sorted(set(words)), [1] * len(set(words)))
    close = {near.text for near in vocabulary.near(written, 1)} | ({written} & set(words))
    assert {word for word in words if is_close(written, word)} == close
    text = " ".join(words)
    stream = f" {text} "
    starts = [0]
    for word in words[:-1]:
        starts.append(starts[-1] + len(word) + 1)
    places = array("H", starts).tobytes() + bytes(map(len, words))
    shown, marks = marker_of(Query(0, "fuzzy", (Word(written, ""),)))(text, Marked("", stream, places))
    assert {shown[start:end] for start, end in marks} <= close
    assert bool(marks) == bool(close)
