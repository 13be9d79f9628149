"""A written word to its pieces, and the form that it has when written as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.codes import pieces
from search.dutch.tokens import written_words


@pytest.mark.parametrize(
    ("word", "expected", "also"),
    [
        ("model", ["model"], ()),
        ("AI-model", ["AI", "model"], ("AImodel",)),
        ("GPT-4o", ["GPT", "4o"], ("GPT4o",)),
        ("gpt4o", ["gpt", "4o"], ("gpt4o",)),
        ("e-mail", ["e", "mail"], ("email",)),
        ("d.w.z", ["d", "w", "z"], ("dwz",)),
        ("foto's", ["foto's"], ()),
        ("C++", ["C++"], ()),
        ("C#", ["C#"], ()),
        ("Disney+", ["Disney+"], ("Disney",)),
        ("50+", ["50+"], ()),
        ("3,5", ["3,5"], ()),
        ("1.000.000", ["1.000.000"], ()),
        ("2023-2024", ["2023", "2024"], ()),
        ("A2", ["A2"], ()),
        ("b2b", ["b2b"], ()),
        ("5G", ["5G"], ()),
        ("mp3", ["mp", "3"], ("mp3",)),
        ("zee-eend", ["zee", "eend"], ("zeeeend",)),
        ("vraag-en-antwoord", ["vraag", "en", "antwoord"], ("vraagenantwoord",)),
        ("privacy#", ["privacy"], ()),
    ],
)
def test_a_word_falls_into_pieces_and_is_also_written_as_one(
    word: str, expected: list[str], also: tuple[str, ...]
) -> None:
    found = pieces(word)
    assert [piece.text for piece in found] == expected
    assert found[0].also == also
    assert all(not piece.also for piece in found[1:])


@given(st.text() | st.text(alphabet="aZé1'’-.,&+#_\u0301"))
def test_what_is_written_in_letters_alone_is_one_piece(text: str) -> None:
    for _, word in written_words(text):
        if word.isalpha():
            assert [(piece.text, piece.also) for piece in pieces(word)] == [(word, ())]


@given(st.text(alphabet="aZé1'’-.,&+#_\u0301"))
def test_pieces_stand_in_their_word_in_order(text: str) -> None:
    for _, word in written_words(text):
        end = 0
        for piece in pieces(word):
            assert piece.start >= end
            assert word[piece.start : piece.end] == piece.text
            assert piece.text
            end = piece.end
        assert end > 0
