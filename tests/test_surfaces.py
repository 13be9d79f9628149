"""How terms are written, as the index tells it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.analyzer import forms_of, forms_together
from search.dutch.codes import pieces
from search.dutch.tokens import WORD
from search.model import Article
from search.store.arrays import Array
from search.store.surfaces import (
    SurfaceCollector,
    Surfaces,
    SurfaceTable,
    joined_arrays,
    shared_beginning,
    shortest,
    small_letters,
)
from tests.corpus import CODES, PLAIN_WORDS
from tests.generations import in_segments

SOME = (
    *PLAIN_WORDS,
    *CODES,
    *"liep loopt gelopen taalmodellen taaltaal moedertaal Één CAFÉ cafés AI-model AI-modellen d.w.z.".split(),
    *"gpt4o GPT-4o Disney+ C++ c# 3,5 01-02-2020 foto’s straße ĳsland e-mail aankondigen 4o lange lang-e".split(),
)
WORDS = st.one_of(
    st.sampled_from(SOME),
    st.lists(st.sampled_from(SOME), min_size=2, max_size=3).map("-".join),
    st.text(max_size=8),
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)


def collected(words: Iterable[str]) -> dict[str, Array]:
    collector = SurfaceCollector()
    for word in dict.fromkeys(words):
        collector.add(word, forms_of(word))
    return collector.arrays()


def how(arrays: dict[str, Array], key: str) -> Surfaces:
    (found,) = SurfaceTable(arrays).look_up([key])
    return found or Surfaces()


def sets(found: Surfaces, key: str) -> tuple[set[str], set[str], set[tuple[str, str]]]:
    within = {(written, word) for written, words in found.within for word in words.split()}
    return {key, *found.terms}, {key, *found.exact}, within


def test_a_term_has_the_words_that_are_written_for_it() -> None:
    arrays = collected("lopen liep Loopt gelopen taalmodel moedertaal talen taal AI-model café CAFÉ".split())
    assert set(how(arrays, "lopen").terms) == {"lopen", "liep", "loopt", "gelopen"}
    assert set(how(arrays, "cafe").exact) == {"café", "cafÉ"}
    assert how(arrays, "taal").places("moedertaal") == [(6, 10)]
    assert how(arrays, "taal").places("taalmodel") == [(0, 4)]
    assert how(arrays, "taal").places("taal") == []
    assert how(arrays, "aimodel").needles == ("ai-m",)


def test_a_term_that_is_written_only_as_itself_takes_no_place() -> None:
    assert SurfaceTable(collected(["xyzzy"])).look_up(["xyzzy", "niets"]) == [None, None]
    assert SurfaceTable(collected([])).look_up(["niets"]) == [None]


def test_keys_with_one_hash_are_kept_apart() -> None:
    # The CRC-32 of these two is the same.
    arrays = collected(["plumless", "plumlèss", "buckeroo", "bückeroo"])
    assert set(how(arrays, "plumless").exact) == {"plumless", "plumlèss"}
    assert set(how(arrays, "buckeroo").exact) == {"buckeroo", "bückeroo"}


@given(TEXTS)
def test_every_word_with_a_term_is_told_or_contains_what_is_told(text: str) -> None:
    words = WORD.findall(text)
    arrays = collected(words)
    for written in words:
        word = small_letters(written)
        for forms in forms_of(written):
            for term in forms.terms:
                found = how(arrays, term)
                assert any(one in word for one in (term, *found.terms, *found.needles))
            for exact in forms.exact:
                found = how(arrays, exact)
                assert any(one in word for one in (exact, *found.exact, *found.needles))
            for part in forms.parts:
                assert any(one in word for one, _ in how(arrays, part).within)
        for piece in pieces(word):
            for term in forms_together((piece.text,)).terms:
                assert piece.text in (term, *how(arrays, term).terms)


@given(TEXTS, TEXTS)
def test_segments_that_become_one_tell_what_they_told(first: str, second: str) -> None:
    own = [collected(WORD.findall(text)) for text in (first, second)]
    both, whole = joined_arrays(own), collected(WORD.findall(f"{first} {second}"))
    keys = {
        form
        for word in WORD.findall(f"{first} {second}")
        for forms in forms_of(word)
        for form in forms.of("part")
    }
    for key in keys:
        assert sets(how(both, key), key) == sets(how(whole, key), key)
        if how(own[0], key) != Surfaces():
            assert sets(how(own[0], key) | how(own[1], key), key) == sets(how(whole, key), key)
    again = joined_arrays([both, own[0]])
    assert [sets(how(again, key), key) for key in keys] == [sets(how(both, key), key) for key in keys]


def test_a_generation_tells_what_its_segments_tell(tmp_path: Path) -> None:
    articles = [Article("a", "Wij liepen", "moedertaal"), Article("b", "Wij lopen", "taalmodel")]
    found = in_segments(tmp_path, [articles[:1], articles[1:]]).surfaces(["lopen", "taal", "niets"])
    assert found.keys() == {"lopen", "taal"}
    assert {"lopen", *found["lopen"].terms} == {"liepen", "lopen"}
    assert found["taal"].places("moedertaal") == [(6, 10)]
    assert found["taal"].places("taalmodel") == [(0, 4)]


@given(st.text())
def test_small_letters_stay_at_their_places(text: str) -> None:
    small = small_letters(text)
    assert len(small) == len(text)
    assert all(
        after == (before.lower() if before.isascii() else before)
        for before, after in zip(text, small, strict=True)
    )


@pytest.mark.parametrize("text", ["AB\ud800c", "İstanbul", ""])
def test_small_letters_of_odd_characters(text: str) -> None:
    assert len(small_letters(text)) == len(text)


@given(st.lists(st.text("ab", max_size=5), min_size=1))
def test_the_shortest_texts_are_contained_in_all_and_not_in_each_other(texts: list[str]) -> None:
    kept = shortest(texts)
    assert set(kept) <= set(texts)
    assert all(any(one in text for one in kept) for text in texts)
    assert not any(one in other for one in kept for other in kept if one is not other)
    beginning = shared_beginning(texts)
    assert all(text.startswith(beginning) for text in texts)
    assert len({text[: len(beginning) + 1] for text in texts}) > 1 or beginning in texts
