"""The clock, and Amsterdam time. Moments are counted in milliseconds since 1970 (UTC)."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""The zone of every date that names none, and of every date that is shown."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_MINUTE = timedelta(minutes=1)
_QUARTER = 15 * 60 * 1000


def now_ms() -> int:
    """Give the present moment, in ms since 1970. Nothing else in the product reads the clock."""
    return time.time_ns() // 1_000_000


def to_ms(moment: datetime) -> int:
    """Give a moment in ms since 1970, rounded down.

    Args:
        moment: with a zone.

    Raises:
        ValueError: it has no zone.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a zone")
    return (moment - _EPOCH) // _MILLISECOND


def local_date(moment: int) -> date:
    """Give the day in Amsterdam of a moment in ms since 1970.

    Moments beyond the years 1 to 9999 (`ALWAYS`, `NEVER`) give the first or the last day there is.
    """
    return _day_of_quarter(moment // _QUARTER) if moment >= 0 else _day(moment)


@lru_cache(maxsize=64)
def _day_of_quarter(quarter: int) -> date:
    """Give the day of a quarter of an hour since 1970: within one, the day in Amsterdam does not change."""
    return _day(quarter * _QUARTER)


def _day(moment: int) -> date:
    try:
        return (_EPOCH + moment * _MILLISECOND).astimezone(AMSTERDAM).date()
    except OverflowError:
        return date.max if moment > 0 else date.min


def iso(moment: datetime) -> str:
    """Write a moment with a zone as ISO 8601 in Amsterdam time, to the second.

    A moment that falls outside the years 1 to 9999 in Amsterdam keeps its own zone. Local times of before
    1937, whose offset has seconds, are written with the next whole minute, since ISO 8601 knows no other.
    """
    try:
        local = moment.astimezone(AMSTERDAM)
    except OverflowError:
        return moment.isoformat(timespec="seconds")
    offset = local.utcoffset() or timedelta()
    if offset % _MINUTE:
        local = local.astimezone(timezone(offset + _MINUTE - offset % _MINUTE))
    return local.isoformat(timespec="seconds")
