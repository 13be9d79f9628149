from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.clock import AMSTERDAM, to_ms
from search.frontmatter.formats import Value
from search.frontmatter.visibility import FIRST, LAST, Visibility, read_moment, read_visibility
from search.model import ALWAYS, NEVER

UNREADABLE: list[Value] = [
    "2026-13-45",
    "2023-02-29",
    "2024-05-01T25:00",
    "2024-05-01T24:00",
    "2024-05-01T12:60",
    "0000-01-01",
    "10000-01-01",
    "2024-5-1",
    "20240501",
    "1714521600",
    "gisteren",
    "2024-05-01 half tien",
    "2024-05-01T09:30+99:00",
    "31 Feb 2024",
    "٢٠٢٤-٠٥-٠١",
    "2024-05-01\n2024-05-02",
    True,
    20240501,
    1.5,
    time(9, 30),
    ["2024-05-01"],
    {"op": "2024-05-01"},
]


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=AMSTERDAM)  # type: ignore[arg-type,misc]


def visibility(fields: dict[str, Value]) -> tuple[Visibility, list[tuple[str, str]]]:
    reports: list[tuple[str, str]] = []
    found = read_visibility(fields, lambda name, message, severity: reports.append((name, severity)))
    return found, reports


class TestMoments:
    @pytest.mark.parametrize(
        ("value", "moment"),
        [
            ("2024-05-01", at(2024, 5, 1)),
            (" 2024-01-15 ", at(2024, 1, 15)),
            ("2024-05-01 09:30", at(2024, 5, 1, 9, 30)),
            ("2024-05-01, 09:30", at(2024, 5, 1, 9, 30)),
            ("2024-05-01t09:30:15", at(2024, 5, 1, 9, 30, 15)),
            ("2026-02-23T13:02:07.642Z", datetime(2026, 2, 23, 13, 2, 7, 642_000, tzinfo=UTC)),
            ("2026-02-23T13:02:07,642z", datetime(2026, 2, 23, 13, 2, 7, 642_000, tzinfo=UTC)),
            ("2024-05-01T09:30:00+02:00", at(2024, 5, 1, 9, 30)),
            ("2024-05-01 09:30:00 +0200", at(2024, 5, 1, 9, 30)),
            ("2024-05-01 09:30:00.123456789 +0200 CEST", at(2024, 5, 1, 9, 30, 0, 123_456)),
            ("2024-05-01 07:30 UTC", at(2024, 5, 1, 9, 30)),
            ("2024-05-01T09:30+02", at(2024, 5, 1, 9, 30)),
            ("Wed, 01 May 2024 07:30:00 GMT", at(2024, 5, 1, 9, 30)),
            ("1 May 2024 09:30:00 +0200", at(2024, 5, 1, 9, 30)),
            ("01 May 2024", at(2024, 5, 1)),
            ("0001-01-01T00:00:00Z", FIRST),
            ("9999-12-31T23:59:59Z", LAST),
            ("9999-12-31", LAST),
            (date(2024, 5, 1), at(2024, 5, 1)),
            (datetime(2024, 5, 1, 9, 30), at(2024, 5, 1, 9, 30)),
            (datetime(2024, 5, 1, 7, 30, tzinfo=UTC), at(2024, 5, 1, 9, 30)),
        ],
    )
    def test_every_usual_way_of_writing_a_date_is_read(self, value: Value, moment: datetime) -> None:
        found = read_moment(value)
        assert found == moment
        assert found is not None
        assert found.tzinfo is AMSTERDAM

    @pytest.mark.parametrize("value", [None, "", "  "])
    def test_nothing_is_no_date(self, value: Value) -> None:
        assert read_moment(value) is None

    @pytest.mark.parametrize("value", UNREADABLE)
    def test_what_is_no_date_says_how_to_write_one(self, value: Value) -> None:
        with pytest.raises(ValueError, match="2024-05-01"):
            read_moment(value)

    @given(st.datetimes(timezones=st.timezones() | st.none()))
    def test_every_moment_can_be_shown_in_any_zone(self, moment: datetime) -> None:
        found = read_moment(moment)
        assert found is not None
        assert found.astimezone(UTC) == found.astimezone(AMSTERDAM)

    @given(st.text())
    def test_no_text_makes_it_fail_otherwise(self, text: str) -> None:
        for value in (text, f"2024-05-01T{text}", f"2024-05-01 09:30{text}", f"1 May 2024 {text}"):
            try:
                read_moment(value)
            except ValueError as error:
                assert "2024-05-01" in str(error)  # noqa: PT017


class TestPublic:
    def test_without_fields_an_article_is_always_public(self) -> None:
        assert visibility({}) == (Visibility(None, None, ALWAYS, NEVER), [])

    def test_it_is_public_from_its_date(self) -> None:
        found, reports = visibility({"date": "2024-05-01"})
        assert found == Visibility(at(2024, 5, 1), None, to_ms(at(2024, 5, 1)), NEVER)
        assert not reports

    @pytest.mark.parametrize("name", ["publishdate", "pubdate", "published"])
    def test_a_moment_of_publication_goes_before_the_date(self, name: str) -> None:
        found, _ = visibility({"date": "2024-05-01", name: "2024-06-01"})
        assert found.visible_from == to_ms(at(2024, 6, 1))
        assert found.date == at(2024, 5, 1)

    def test_the_moment_of_publication_is_the_date_when_there_is_no_other(self) -> None:
        assert visibility({"publishdate": "2024-06-01"})[0].date == at(2024, 6, 1)

    @pytest.mark.parametrize("name", ["expirydate", "unpublishdate"])
    def test_it_is_public_until_it_expires(self, name: str) -> None:
        assert visibility({name: "2024-06-01"})[0].visible_until == to_ms(at(2024, 6, 1))

    @pytest.mark.parametrize("name", ["lastmod", "modified"])
    def test_the_moment_of_change_is_read(self, name: str) -> None:
        assert visibility({name: "2024-06-01"})[0].modified == at(2024, 6, 1)

    def test_an_unreadable_moment_of_change_is_a_warning_only(self) -> None:
        assert visibility({"lastmod": "ooit"}) == (
            Visibility(None, None, ALWAYS, NEVER),
            [("lastmod", "warning")],
        )

    def test_the_first_of_hugos_names_counts(self) -> None:
        assert visibility({"publishdate": "2024-01-01", "pubdate": "2025-01-01"})[0].date == at(2024, 1, 1)


class TestDrafts:
    @pytest.mark.parametrize(
        "fields",
        [
            {"draft": True},
            {"published": False},
            {"draft": False, "published": False},
            {"concept": True},
            {"status": " Concept "},
            {"status": "draft"},
        ],
    )
    def test_a_draft_is_never_public(self, fields: dict[str, Value]) -> None:
        found, reports = visibility(fields | {"date": "2020-01-01"})
        assert found.visible_from == NEVER
        assert found.date == at(2020, 1, 1)
        assert not reports

    @pytest.mark.parametrize(
        "fields", [{"draft": False}, {"published": True}, {"concept": "Vrijheid"}, {"status": "klaar"}]
    )
    def test_an_article_that_is_said_to_be_finished_is_public(self, fields: dict[str, Value]) -> None:
        assert visibility(fields) == (Visibility(None, None, ALWAYS, NEVER), [])

    @pytest.mark.parametrize("value", [None, "", "false", "true", "ja", "nee", 0, 1, [], {}])
    def test_anything_else_is_a_draft_and_is_reported(self, value: Value) -> None:
        found, reports = visibility({"draft": value})
        assert found.visible_from == NEVER
        assert reports == [("draft", "withheld")]

    @pytest.mark.parametrize(
        "name", ["date", "publishdate", "pubdate", "published", "expirydate", "unpublishdate"]
    )
    @pytest.mark.parametrize("value", [value for value in UNREADABLE if not isinstance(value, bool)])
    def test_a_date_that_cannot_be_read_keeps_an_article_from_the_public(
        self, name: str, value: Value
    ) -> None:
        found, reports = visibility({"publishdate": "2020-01-01", name: value})
        assert found.visible_from == NEVER
        assert reports == [(name, "withheld")]
