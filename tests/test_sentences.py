"""Sentences: Dutch abbreviations do not end one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from search.dutch.sentences import ABBREVIATIONS, Line, sentences

PIECES = (
    *"de De dr o.a J j 3 2020 3,5 wet AI-model foto's foto’s t/m p ca x É _a a_b 50% €5 Zin 1e ß www.x.nl".split(),
    *". . . . ? ! ... .. , ; : ) ( \" ' ‘ ’ “ ” « » - -- … [ ] } * @ { ` & #".split(),
    *(" ", " ", " ", " ", " ", " ", " ", "  ", "\t", "\n", "\u00a0", ". . ."),
)
CONTENT = Path(__file__).parents[1] / "content"


def punkt() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types.update(ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


PUNKT = punkt()


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


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_sentences_are_those_of_punkt(text: str) -> None:
    assert sentences(text) == list(PUNKT.span_tokenize(text))


def test_sentences_of_articles_are_those_of_punkt() -> None:
    texts = [file.read_text("utf-8") for file in sorted(CONTENT.rglob("*.md"))]
    assert texts
    for text in texts:
        for line in (text, *text.split("\n")):
            assert sentences(line) == list(PUNKT.span_tokenize(line))


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.data())
def test_a_sentence_is_found_from_any_word_in_it(text: str, data: st.DataObject) -> None:
    bounds = sentences(text)
    places = [
        (place, start, end)
        for start, end in bounds
        for place in range(start, end)
        if text[place].isalnum() and not text[place - 1 : place].isalnum()
    ]
    if places:
        place, start, end = data.draw(st.sampled_from(places))
        line = Line(text)
        low = data.draw(st.sampled_from([0, *(first for first, _ in bounds if first <= start)]))
        assert line.start_of(place, low) == start
        assert line.end_from(place)[0] == end


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
