"""Sentences: Dutch abbreviations do not end one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.sentences import sentences


def texts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een zin. En nog een.", ["Een zin.", "En nog een."]),
        ("Werkt het? Ja! Goed.", ["Werkt het?", "Ja!", "Goed."]),
        ("Dat kan o.a. Amsterdam. Klaar.", ["Dat kan o.a. Amsterdam.", "Klaar."]),
        ("Volgens dr. Jansen d.w.z. Piet.", ["Volgens dr. Jansen d.w.z. Piet."]),
        ("Het kost ca. 3,5 mln. Euro per jaar.", ["Het kost ca. 3,5 mln. Euro per jaar."]),
        ("Hij zei: ‘Kom.’ Zij kwam.", ["Hij zei: ‘Kom.’", "Zij kwam."]),
        ("zonder punt", ["zonder punt"]),
        ("", []),
    ],
)
def test_a_text_falls_into_sentences(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@given(st.text())
def test_sentences_are_in_order_and_leave_out_only_blanks(text: str) -> None:
    end, left_out = 0, ""
    for start, stop in sentences(text):
        assert end <= start < stop <= len(text)
        left_out += text[end:start]
        end = stop
    assert not (left_out + text[end:]).strip()


@pytest.mark.parametrize("part", ["a", ".", "a. ", "! ", "'", ")", "1.", "A."])
def test_a_long_text_takes_no_time(part: str) -> None:
    started = time.process_time()
    sentences(part * 50_000)
    assert time.process_time() - started < 15
