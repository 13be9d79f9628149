"""Text to written words: what Dutch writes inside one word, and that odd text costs no time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.tokens import MAX_WORD, written_words


def words(text: str) -> list[str]:
    return [word for _, word in written_words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een taalmodel, en meer.", ["Een", "taalmodel", "en", "meer"]),
        ("foto's foto’s", ["foto's", "foto’s"]),
        ("’s avonds", ["s", "avonds"]),
        ("AI-model GPT-4o", ["AI-model", "GPT-4o"]),
        ("C++, C# en Disney+.", ["C++", "C#", "en", "Disney+"]),
        ("d.w.z. 3,5 miljoen", ["d.w.z", "3,5", "miljoen"]),
        ("appels,peren", ["appels", "peren"]),
        ("en/of", ["en", "of"]),
        ("ĳs, naïef, cafe\u0301", ["ĳs", "naïef", "cafe\u0301"]),
        ("R&D en wi‑fi", ["R&D", "en", "wi‑fi"]),
        ("C++x", ["C+", "x"]),
        ("- ' … ½ 中文", ["½", "中文"]),
        ("", []),
    ],
)
def test_a_written_word_keeps_what_dutch_writes_inside_it(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_run_of_letters_that_is_too_long_is_cut() -> None:
    assert words("a" * (MAX_WORD + 6)) == ["a" * MAX_WORD, "a" * 6]


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    end = 0
    for start, word in written_words(text):
        assert start >= end
        assert text[start : start + len(word)] == word
        end = start + len(word)


@given(st.text(alphabet="aB1éĳ'’-.,&+#_ \u0301\n"))
def test_every_letter_and_digit_is_in_some_word(text: str) -> None:
    assert [letter for letter in "".join(words(text)) if letter.isalnum()] == [
        letter for letter in text if letter.isalnum()
    ]


@pytest.mark.parametrize(
    "part", ["a", "\u0301", "a\u0301", "'", "-", "a-", "a'", "1,", "a.", "+", "a+", "a&"]
)
def test_a_hundred_thousand_of_anything_takes_no_time(part: str) -> None:
    text = "a" + part * 100_000
    started = time.process_time()
    words(text)
    assert time.process_time() - started < 10
