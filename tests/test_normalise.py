"""What two spellings of the same letters have in common."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.normalise import fold, plain_case


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Privacy", "privacy"),
        ("Geüpdatet", "geupdatet"),
        ("ĲSLAND", "ijsland"),
        ("ĳs", "ijs"),
        ("CAFÉ", "cafe"),
        ("cafe\u0301", "cafe"),
        ("één", "een"),
        ("foto’s", "foto's"),
        ("foto‘s", "foto's"),
        ("ﬁets", "fiets"),
        ("ＡＩ", "ai"),
        ("m²", "m2"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("C++", "c++"),
    ],
)
def test_case_accents_and_the_kind_of_letter_make_no_difference(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_accents_stay_for_the_stemmer() -> None:
    assert plain_case("CAFÉ’S op ĲSLAND") == "café's op ijsland"


@given(st.text())
def test_folding_twice_is_folding_once_for_what_people_write(text: str) -> None:
    once = fold(unicodedata.normalize("NFC", text))
    assert fold(fold(once)) == fold(once)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x17F)))
def test_composed_and_decomposed_letters_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
