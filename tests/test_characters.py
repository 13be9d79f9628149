import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.characters import MAX_MARKS, bounded_marks, has_control, lines, normalise, one_line

ANY_TEXT = st.text(st.characters(exclude_categories=()))
VISIBLE_FORMAT_CHARACTERS = {
    *(
        chr(code)
        for start, end in [(0x600, 0x605), (0x890, 0x891), (0x13430, 0x1345F)]
        for code in range(start, end + 1)
    ),
    *map(chr, [0x6DD, 0x70F, 0x8E2, 0x110BD, 0x110CD]),
}


def test_characters_that_nobody_sees_are_left_out() -> None:
    assert normalise("ge\u00adheim\u200bwoord\ufeff\u202e\x00\ud800") == "geheimwoord"


def test_accents_are_composed() -> None:
    assert normalise("re\u0301sume\u0301") == "résumé"


@pytest.mark.parametrize("category", ["Cc", "Cf", "Cs"])
def test_no_control_format_or_surrogate_character_remains(category: str) -> None:
    every = map(chr, range(sys.maxunicode + 1))
    left = {
        character
        for character in every
        if unicodedata.category(character) == category and one_line(character)
    }
    assert left <= VISIBLE_FORMAT_CHARACTERS


def test_a_line_has_single_spaces() -> None:
    assert one_line("  een\ttwee\n\u2028drie\xa0 ") == "een twee drie"


def test_lines_keep_one_blank_line() -> None:
    assert lines("\n a  b \r\n\n\n\nc\n") == "a b\n\nc"


def test_control_characters_are_seen() -> None:
    assert has_control("a\nb")
    assert has_control("a\ud800")
    assert not has_control("ruimte-schip 2")


def test_a_long_row_of_marks_is_bounded() -> None:
    assert bounded_marks("a" + "\u0301" * 1_000 + "b") == "a" + "\u0301" * MAX_MARKS + "b"


def test_a_hostile_row_of_marks_takes_no_quadratic_time() -> None:
    started = time.process_time()
    normalise("a" + "\u0301\u0316" * 200_000)
    assert time.process_time() - started < 2


@given(ANY_TEXT)
def test_a_line_once_made_stays_the_same(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


@given(ANY_TEXT)
def test_lines_once_made_stay_the_same(text: str) -> None:
    assert lines(lines(text)) == lines(text)
