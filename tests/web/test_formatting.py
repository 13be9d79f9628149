"""How values are written for a Dutch reader."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import escape

from search.model import Cover, Passage, Why
from web.formatting import (
    WHY,
    counted,
    dutch_date,
    dutch_days,
    dutch_month,
    dutch_number,
    dutch_period,
    month_name,
    shown_image,
    tells_more,
    whole_period,
    why_labels,
)
from web.pieces import marked

any_marks = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=6).map(tuple)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """Passages as the contract promises them: marks in order, within the text, not overlapping."""
    text = draw(st.text(max_size=40))
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return Passage(text, tuple(zip(places[::2], places[1::2], strict=False)))


@given(st.text(), any_marks)
@example("<b>&\"'", ((0, 3), (2, 5)))
def test_marking_never_loses_or_adds_a_character(text: str, marks: tuple[tuple[int, int], ...]) -> None:
    written = str(marked(Passage(text, marks)))
    assert re.sub("</?mark>", "", written) == escape(text)


@given(passages())
def test_every_mark_is_written_around_its_own_text(passage: Passage) -> None:
    written = str(marked(passage))
    found = [unescape(text) for text in re.findall("<mark>(.*?)</mark>", written, re.DOTALL)]
    assert found == [passage.text[start:end] for start, end in passage.marks]


def test_marks_count_code_points() -> None:
    assert (
        str(marked(Passage("👩‍🔬 é <AI>", ((4, 5), (7, 9))))) == "👩‍🔬 <mark>é</mark> &lt;<mark>AI</mark>&gt;"
    )


def test_a_mark_is_not_html_of_the_text() -> None:
    assert str(marked(Passage("<mark>x</mark>"))) == "&lt;mark&gt;x&lt;/mark&gt;"


def test_numbers_have_a_point_between_thousands() -> None:
    assert dutch_number(1234567) == "1.234.567"
    assert counted(1, "artikel", "artikelen") == "1 artikel"
    assert counted(0, "artikel", "artikelen") == "0 artikelen"
    assert counted(9435, "artikel", "artikelen") == "9.435 artikelen"


def test_dates_are_written_in_full() -> None:
    assert dutch_date("2026-02-23T13:02:07+01:00") == "23 februari 2026"
    assert dutch_date(date(2024, 3, 1)) == "1 maart 2024"
    assert dutch_month("2026-02") == "februari 2026"
    assert month_name("2026-08") == "augustus"


def test_a_moment_keeps_the_day_of_its_own_zone() -> None:
    assert dutch_date("2026-01-01T00:30:00+01:00") == "1 januari 2026"


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (None, None, ""),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2024, 2, 1), date(2024, 2, 29), "februari 2024"),
        (date(2023, 2, 1), date(2023, 2, 28), "februari 2023"),
        (date(9999, 12, 1), date(9999, 12, 31), "december 9999"),
        (date(2024, 3, 5), date(2024, 3, 5), "5 maart 2024"),
        (date(2024, 3, 5), date(2024, 4, 3), "5 maart 2024 t/m 3 april 2024"),
        (date(2024, 1, 1), date(2025, 12, 31), "1 januari 2024 t/m 31 december 2025"),
        (date(2024, 3, 1), date(2024, 3, 30), "1 maart 2024 t/m 30 maart 2024"),
        (date(2024, 3, 5), None, "vanaf 5 maart 2024"),
        (None, date(2024, 3, 5), "t/m 5 maart 2024"),
    ],
)
def test_a_period_is_named_as_short_as_it_can_be(start: date | None, end: date | None, written: str) -> None:
    assert dutch_period(start, end) == written


def test_only_a_whole_year_or_month_has_a_name() -> None:
    assert whole_period(date(2024, 1, 1), date(2024, 12, 31)) == "2024"
    assert whole_period(date(2024, 4, 1), date(2024, 4, 30)) == "2024-04"
    assert whole_period(date(2024, 4, 2), date(2024, 4, 30)) == ""
    assert whole_period(date(2024, 4, 1), None) == ""


def test_a_day_is_named_for_each_end_of_a_period_in_a_query() -> None:
    assert dutch_days("2026-10-01", "2026-10-31") == "1 oktober 2026 t/m 31 oktober 2026"
    assert dutch_days("2026-10-01", "2026-10-01") == "1 oktober 2026"
    assert dutch_days("2026-10-01", None) == "vanaf 1 oktober 2026"
    assert dutch_days(None, "2026-10-31") == "t/m 31 oktober 2026"
    assert dutch_days(None, None) == ""


def test_a_match_on_the_word_as_typed_needs_no_reason() -> None:
    assert why_labels(()) == []
    assert why_labels(("exact",)) == []
    assert why_labels(("exact", "inflection", "part")) == []


def test_every_other_kind_of_match_has_its_reason() -> None:
    assert why_labels(("inflection", "part")) == ["andere vorm", "als deel van een woord"]
    assert why_labels(("synonym", "prefix", "spelling")) == ["synoniem", "begint zo", "andere spelling"]
    assert set(WHY) == set(get_args(Why)) - {"exact"}


@pytest.mark.parametrize(
    ("image", "shown"),
    [
        ("/static/covers/taal.svg", True),
        ("https://example.org/foto.jpg", True),
        ("HTTPS://example.org/foto.jpg", True),
        ("http://example.org/foto.jpg", False),
        ("//example.org/foto.jpg", False),
        ("foto.jpg", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_a_picture_that_the_policy_lets_through_is_shown(image: str, shown: bool) -> None:
    assert shown_image(Cover(image)) == (image if shown else "")


def test_no_cover_shows_nothing() -> None:
    assert shown_image(None) == ""


@pytest.mark.parametrize(
    ("text", "reading", "more"),
    [
        ("privacy", "privacy", False),
        ("Privacy  wet", "Privacy en wet", False),
        ("jip en janneke", "jip en en en janneke", False),
        ("privacy -wet", "privacy, niet wet", True),
        ("#ai", "met tag ai", True),
        ("-", "", False),
    ],
)
def test_how_a_query_was_read_is_told_when_it_says_more(text: str, reading: str, more: bool) -> None:
    assert tells_more(reading, text) is more
