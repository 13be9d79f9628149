"""What is asked is checked before any work is done, and a refusal names the parameter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import BadRequest
from search.model import SearchRequest
from search.query.request import MAX_PER_PAGE, MAX_TAGS, MAX_WINDOW, read_period, read_request


def test_nothing_asked_is_the_newest_articles() -> None:
    assert read_request() == SearchRequest()


def test_everything_asked_is_read() -> None:
    asked = read_request(
        text="wet", tags=["Open Source"], start="2024", end="2024-02", sort="oldest", page="3", per_page="20"
    )
    assert asked == SearchRequest(
        "wet", ("opensource",), date(2024, 1, 1), date(2024, 2, 29), "oldest", page=3, per_page=20
    )


@pytest.mark.parametrize(("parts", "expected"), [("1", True), ("0", False), ("", True)])
def test_parts_of_compounds_are_found_unless_turned_off(parts: str, expected: bool) -> None:
    assert read_request(parts=parts).parts is expected


@pytest.mark.parametrize("parts", ["2", "nee", "01", " 0"])
def test_another_value_for_parts_is_refused(parts: str) -> None:
    with pytest.raises(BadRequest) as refused:
        read_request(parts=parts)
    assert refused.value.parameter == "parts"


def test_a_text_can_always_be_written_down_again() -> None:
    assert read_request(text="wet \udcff\ud800").text == "wet \ufffd\ufffd"
    assert read_request(text="wet 😀").text == "wet 😀"


def test_two_spellings_of_a_tag_are_one_choice() -> None:
    assert read_request(tags=["open-source", "Open Source", "", " "]).tags == ("opensource",)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("", None),
        ("  ", None),
        ("2024", (date(2024, 1, 1), date(2024, 12, 31))),
        ("2024-2", (date(2024, 2, 1), date(2024, 2, 29))),
        (" 2023-02 ", (date(2023, 2, 1), date(2023, 2, 28))),
        ("2024-3-5", (date(2024, 3, 5), date(2024, 3, 5))),
        ("9999", (date(9999, 1, 1), date(9999, 12, 31))),
    ],
)
def test_a_period_is_a_year_a_month_or_a_day(text: str, period: tuple[date, date] | None) -> None:
    assert read_period(text, "from") == period


@pytest.mark.parametrize(
    "text",
    [
        "gisteren",
        "24",
        "0000",
        "2024-13",
        "2024-00",
        "2023-02-29",
        "2024-02-30",
        "2024-1-1-1",
        "20245",
        "٢٠٢٤",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadRequest, match="2024-03-05") as refused:
        read_period(text, "from")
    assert refused.value.parameter == "from"


@pytest.mark.parametrize(
    ("parameters", "culprit"),
    [
        ({"page": "0"}, "page"),
        ({"page": "abc"}, "page"),
        ({"page": "-1"}, "page"),
        ({"page": "1.5"}, "page"),
        ({"page": "٣"}, "page"),
        ({"page": str(10**9)}, "page"),
        ({"page": str(MAX_WINDOW // 10 + 1)}, "page"),
        ({"per_page": str(MAX_PER_PAGE + 1)}, "per_page"),
        ({"per_page": "10" * 500}, "per_page"),
        ({"sort": "nieuwste"}, "sort"),
        ({"start": "x"}, "from"),
        ({"end": "x"}, "to"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_and_named(parameters: dict[str, str], culprit: str) -> None:
    with pytest.raises(BadRequest) as refused:
        read_request(**parameters)
    assert refused.value.parameter == culprit
    assert refused.value.detail.endswith(".")
    assert len(refused.value.detail) < 120


def test_the_last_window_can_be_asked_for() -> None:
    assert read_request(page=str(MAX_WINDOW // MAX_PER_PAGE), per_page=str(MAX_PER_PAGE)).page == 200


def test_too_many_tags_are_refused() -> None:
    assert len(read_request(tags=[f"tag{number}" for number in range(MAX_TAGS)]).tags) == MAX_TAGS
    with pytest.raises(BadRequest, match=str(MAX_TAGS)):
        read_request(tags=[f"tag{number}" for number in range(MAX_TAGS + 1)])


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.text(max_size=12) | st.from_regex(r"[0-9]{1,4}(-[0-9]{1,2}){0,2}", fullmatch=True)
            for name in ("text", "start", "end", "sort", "page", "per_page")
        },
    ),
    st.lists(st.text(max_size=8)),
)
def test_any_values_give_a_request_or_a_refusal(parameters: dict[str, str], tags: list[str]) -> None:
    try:
        asked = read_request(tags=tags, **parameters)
    except BadRequest as refusal:
        culprit = refusal.parameter
    else:
        assert asked.page >= 1
        assert asked.page * asked.per_page <= MAX_WINDOW
        return
    assert culprit in ("tag", "from", "to", "sort", "page", "per_page")


def test_an_empty_parameter_is_as_none() -> None:
    assert read_request(sort="", page="", per_page="", start="", end="") == read_request()


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadRequest, match="vóór het begin"):
        read_request(start="2025", end="2024")


def test_a_day_may_be_written_the_dutch_way() -> None:
    assert read_request(start="5-3-2024") == read_request(start="2024-03-05")
