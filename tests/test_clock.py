from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.clock import AMSTERDAM, iso, local_date, now_ms, to_ms
from search.model import ALWAYS, NEVER

MOMENTS = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC))


def test_now_is_counted_in_milliseconds_since_1970() -> None:
    assert abs(now_ms() - to_ms(datetime.now(UTC))) < 5_000


def test_a_moment_keeps_its_milliseconds() -> None:
    assert to_ms(datetime(1970, 1, 1, 0, 0, 1, 642_999, tzinfo=UTC)) == 1_642
    assert to_ms(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        to_ms(datetime(2024, 5, 1))


def test_the_day_is_that_of_amsterdam() -> None:
    assert local_date(to_ms(datetime(2024, 12, 31, 23, 30, tzinfo=UTC))) == date(2025, 1, 1)
    assert local_date(to_ms(datetime(2024, 6, 30, 21, 59, tzinfo=UTC))) == date(2024, 6, 30)


def test_moments_that_no_calendar_has_give_its_first_or_last_day() -> None:
    assert local_date(ALWAYS) == date.min
    assert local_date(NEVER) == date.max


def test_a_moment_is_written_in_amsterdam_time() -> None:
    assert iso(datetime(2026, 2, 23, 13, 2, 7, 642_000, tzinfo=UTC)) == "2026-02-23T14:02:07+01:00"
    assert iso(datetime(2026, 7, 1, 12, tzinfo=AMSTERDAM)) == "2026-07-01T12:00:00+02:00"


def test_a_moment_past_the_last_year_keeps_its_zone() -> None:
    assert iso(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)) == "9999-12-31T23:59:59+00:00"


@given(MOMENTS)
def test_what_is_written_is_the_same_moment(moment: datetime) -> None:
    written = datetime.fromisoformat(iso(moment))
    assert written == moment.replace(microsecond=0)
    assert not (written.utcoffset() or timedelta()) % timedelta(minutes=1)


@given(MOMENTS, st.integers(-23, 23))
def test_the_zone_of_a_moment_does_not_change_its_count(moment: datetime, hours: int) -> None:
    assert to_ms(moment.astimezone(timezone(timedelta(hours=hours)))) == to_ms(moment)
