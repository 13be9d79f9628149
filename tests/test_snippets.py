"""Passages from stored text: whole sentences where they fit, with the words that matched marked."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search import clock
from search.answer.marking import Marker
from search.answer.snippets import MAX_PASSAGE, MAX_PASSAGES, snippets
from search.dutch.analyzer import word_forms
from search.dutch.sentences import sentences
from search.model import Passage, Snippets
from search.query.parse import parse
from search.query.planning import plan_query
from tests.corpus import CODES, PLAIN_WORDS

ELLIPSIS = "…"
LONG = "Dit is een zin zonder het woord dat gezocht wordt, en hij gaat nog even door tot hij lang genoeg is. "

WORDS = st.sampled_from((*PLAIN_WORDS, *CODES, "AI", "model", "open", "source"))
ENDS = st.sampled_from([" ", " ", " ", " ", ", ", ". ", "? ", "\n", "\n\n", " – ", "; "])
TEXTS = st.lists(st.tuples(WORDS, ENDS), min_size=1, max_size=150).map(
    lambda pairs: "".join(word + end for word, end in pairs).strip()
)
QUERIES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


class NoWords:
    """The vocabulary of an index in which every word occurs and none begins as asked."""

    def public_frequency(self, field: str, term: str, now: int) -> int:
        return 1

    def expand_prefix(
        self, field: str, prefix: str, now: int, most: int | None = None
    ) -> list[tuple[str, int]]:
        return [("taalmodel", 1), ("taalmodellen", 1)] if prefix == "taalm" else []


def marker(typed: str) -> Marker:
    return Marker(plan_query(parse(typed), NoWords(), clock.now_ms()).marks)


def shown(typed: str, body: str, title: str = "", summary: str = "") -> Snippets:
    return snippets(marker(typed), title, summary, body)


def marked(passage: Passage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.marks]


def bare(passage: Passage) -> str:
    return passage.text.removeprefix(ELLIPSIS).removesuffix(ELLIPSIS)


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("taalmodel", "Een Taalmodel en taalmodellen.", ["Taalmodel", "taalmodellen"]),
        ("foto", "Foto’s van een foto.", ["Foto’s", "foto"]),
        ("café", "Het CAFÉ, de cafés, een cafe.", ["CAFÉ", "cafés", "cafe"]),
        (
            "AI-model",
            "Een AI-model, een AI model, een AImodel, een model.",
            ["AI-model", "AI", "model", "AImodel"],
        ),
        ("aimodel", "Een AI-model dus.", ["AI-model"]),
        ("model", "Een AI-model dus.", ["model"]),
        ("gpt4o", "GPT-4o en gpt 4o.", ["GPT-4o", "gpt", "4o"]),
        ("c++", "C++, C# en C.", ["C++"]),
        ('"de staat"', "De staat van de Staat.", ["De", "staat", "de", "Staat"]),
        ('"de staat"', "De band en de man in de stad.", []),
        ('"open source"', "Source is open; open source.", ["open", "source"]),
        ('open "open source"', "Source is open; open source.", ["open", "open", "source"]),
        ('"open bron"~2', "Een open en vrije bron.", ["open", "bron"]),
        ("taalm*", "Taalmodel, taalmodellen, taal.", ["Taalmodel", "taalmodellen"]),
        ("de wet", "De wet is de wet.", ["wet", "wet"]),
        ("de", "De wet is de wet.", ["De", "de"]),
        ("wet -staat", "De wet van de staat.", ["wet"]),
        ("#wet", "De wet.", []),
        ("", "De wet.", []),
    ],
)
def test_the_words_that_match_are_marked_in_every_inflection(
    typed: str, text: str, expected: list[str]
) -> None:
    assert [text[start:end] for start, end in marker(typed).spans(text)] == expected


def test_a_short_line_is_shown_whole() -> None:
    (passage,) = shown("wet", "Eerst iets anders.\nDe wet telt. Ook hier.\nDaarna niets.").body
    assert passage.text == "De wet telt. Ook hier."


def test_a_sentence_is_shown_whole_without_ellipses() -> None:
    (passage,) = shown("privacy", LONG * 3 + "Privacy is hier een onderwerp. " + LONG * 3).body
    assert passage.text.startswith("Privacy is hier een onderwerp.")
    assert ELLIPSIS not in passage.text


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    body = "woord " * 100 + "privacy " + "woord " * 100
    (passage,) = shown("privacy", body).body
    assert passage.text.startswith(ELLIPSIS)
    assert passage.text.endswith(ELLIPSIS)
    assert set(bare(passage).split()) == {"woord", "privacy"}
    assert marked(passage) == ["privacy"]


def test_passages_with_more_of_the_words_come_before_others() -> None:
    body = "\n".join(["Eén wet.", "Nog een wet.", "De wet over privacy.", "Privacy dus."])
    assert [passage.text for passage in shown("wet privacy", body).body] == [
        "Eén wet.",
        "De wet over privacy.",
    ]


def test_title_and_summary_are_shown_whole() -> None:
    found = shown("wet", "Niets.", title="De wet", summary="Over wetten en de wet.")
    assert [marked(passage) for passage in found.title] == [["wet"]]
    assert [passage.text for passage in found.summary] == ["Over wetten en de wet."]
    assert found.body == ()


def test_without_a_match_or_a_summary_the_beginning_is_shown() -> None:
    assert shown("wet", "Een begin.\nEn meer.").body == (Passage("Een begin."),)
    assert shown("wet", "").body == ()
    (passage,) = shown("", "lang " * 100).body
    assert passage.text.endswith(ELLIPSIS)
    assert len(bare(passage)) <= MAX_PASSAGE


@given(QUERIES, TEXTS)
def test_marks_are_in_order_inside_and_share_a_term_with_the_query(typed: str, body: str) -> None:
    found = shown(typed, body, title=body[:60], summary=body[:100])
    asked = {term for forms in word_forms(typed) for term in forms.terms}
    for passage in (*found.title, *found.summary, *found.body):
        end = 0
        for start, stop in passage.marks:
            assert end <= start < stop <= len(passage.text)
            end = stop
        for word in marked(passage):
            assert asked & {term for forms in word_forms(word) for term in forms.terms}


@given(QUERIES, TEXTS)
def test_a_passage_is_a_bounded_piece_of_the_text(typed: str, body: str) -> None:
    found = shown(typed, body).body
    assert len(found) <= MAX_PASSAGES
    for passage in found:
        assert bare(passage) in body
        assert len(bare(passage)) <= MAX_PASSAGE
        assert "\n" not in passage.text


def candidates(body: str, marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where a passage may be, by going through all sentences."""
    found: list[tuple[int, int]] = []
    at = 0
    for text in body.split("\n"):
        end = at + len(text)
        if len(text) <= MAX_PASSAGE:
            found += [(at, end)] if any(at <= a and b <= end for a, b in marks) else []
        else:
            bounds = [(at + a, at + b) for a, b in sentences(text)]
            shown = at
            for number, (first, last) in enumerate(bounds):
                inside = [mark for mark in marks if first <= mark[0] and mark[1] <= last]
                if first < shown or not inside:
                    continue
                shown = last
                for _, following in bounds[number + 1 :]:
                    if shown - first >= 120 or following - first > MAX_PASSAGE:
                        break
                    shown = following
                if last - first <= MAX_PASSAGE:
                    found.append((first, shown))
        at = end + 1
    return found


@given(QUERIES, TEXTS)
def test_the_passages_with_the_most_different_words_are_shown_and_then_the_first(
    typed: str, body: str
) -> None:
    marks = marker(typed).spans(body)
    places = candidates(body, marks)
    assume(all(any(start <= a and b <= end for start, end in places) for a, b in marks))
    words = {
        (start, end): {body[a:b].lower() for a, b in marks if start <= a and b <= end}
        for start, end in places
    }
    best = sorted(places, key=lambda place: (-len(words[place]), place))[:MAX_PASSAGES]
    found = [bare(passage) for passage in shown(typed, body).body]
    if marks:
        assert found == [body[start:end] for start, end in sorted(best)]


@given(QUERIES, TEXTS)
def test_a_match_in_the_body_is_always_shown(typed: str, body: str) -> None:
    body = f"{body}\n{LONG}{typed} {LONG}"
    assert marker(f"({typed})").spans(body)
    found = shown(typed, body).body
    assert found
    assert all(passage.marks for passage in found)


@given(TEXTS, st.data())
def test_two_words_behind_each_other_are_marked_when_asked_as_a_phrase(
    body: str, data: st.DataObject
) -> None:
    words = word_forms(body)
    place = data.draw(st.integers(0, max(0, len(words) - 2)))
    assume(len(words) > 1)
    phrase = " ".join(forms.exact[0] for forms in words[place : place + 2])
    assume(len(word_forms(phrase)) == 2)
    assert marker(f'"{phrase}"').spans(body)


@given(st.text(max_size=60), st.text(max_size=600))
def test_any_text_gives_sound_passages(typed: str, body: str) -> None:
    for passage in shown(typed, body, title=body[:50]).body:
        assert bare(passage) in body
        assert all(0 <= start < end <= len(passage.text) for start, end in passage.marks)


@pytest.mark.parametrize(
    "body", ["De wet is wet. " * 20_000, "De wet is wet.\n" * 20_000, "wet " * 100_000, "iets " * 100_000 + "wet"],
    ids=["sentences", "lines", "one sentence", "one mark"],
)  # fmt: skip
def test_a_very_long_text_takes_no_time(body: str) -> None:
    started = time.process_time()
    assert shown("wet", body).body
    assert time.process_time() - started < 5
