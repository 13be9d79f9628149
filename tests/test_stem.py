"""What an inflection has in common with its word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.stem import stem


@pytest.mark.parametrize(
    "forms",
    [
        ("taalmodel", "Taalmodel", "taalmodels"),
        ("gemeente", "gemeenten"),
        ("werken", "werk"),
        ("foto", "foto's", "foto’s", "FOTO'S"),
        ("baby", "baby's", "baby'tje"),
        ("café", "cafés", "café's", "CAFÉ"),
        ("logé", "logés"),
        ("VVD", "VVD'er", "VVD’ers"),
        ("massa", "massa's"),
        ("ijsland", "ĳsland", "IJsland"),
    ],
)
def test_the_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("privacy", "prijs"), ("model", "mode"), ("gpt4", "gpt"), ("c++", "c"), ("o'neill", "o")],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("code", ["4o", "c++", "c#", "b12", "1.000", "11e"])
def test_a_code_is_only_folded(code: str) -> None:
    assert stem(code.upper()) == code


@given(st.text(min_size=1))
def test_a_word_of_letters_always_has_a_stem(text: str) -> None:
    for word in text.split():
        if any(letter.isalnum() for letter in word):
            assert stem(word)


@given(st.from_regex(r"[A-Za-zéëïöüè]{1,20}", fullmatch=True))
def test_a_stem_has_no_capitals_and_no_accents(word: str) -> None:
    assert stem(word).isascii()
    assert stem(word) == stem(word).lower()
    assert stem(word) == stem(word.upper())
