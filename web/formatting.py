"""How values are written for a Dutch reader: dates, numbers, marks, reasons. Used as template filters."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import get_month_names

from search.model import Cover, Why

LOCALE = "nl"

MONTHS: dict[int, str] = dict(get_month_names("wide", locale=LOCALE))
"""Names of the months by number. Looked up once: Babel would read a pattern for every date."""

WHY = {
    "inflection": "andere vorm",
    "part": "als deel van een woord",
    "synonym": "synoniem",
    "prefix": "begint zo",
    "spelling": "andere spelling",
}
"""Why a document matched, when it is not that a word stands there as it was typed."""


def dutch_number(number: int) -> str:
    """Write a number with a point between the thousands: `1.234`."""
    return f"{number:,}".replace(",", ".")


def counted(number: int, one: str, many: str) -> str:
    """Write a number with its noun: `1 artikel`, `1.234 artikelen`."""
    return f"{dutch_number(number)} {one if number == 1 else many}"


def dutch_date(value: date | str) -> str:
    """Write a day in full: `23 februari 2026`.

    Args:
        value: a day, or a moment in ISO 8601, of which the day is written as it stands there.
    """
    day = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def dutch_month(value: str) -> str:
    """Write a month: `2026-02` becomes `februari 2026`."""
    month = date.fromisoformat(f"{value}-01")
    return f"{MONTHS[month.month]} {month.year}"


def month_name(value: str) -> str:
    """Write a month without its year: `2026-02` becomes `februari`."""
    return MONTHS[date.fromisoformat(f"{value}-01").month]


def whole_period(start: date | None, end: date | None) -> str:
    """Name the year (`2026`) or month (`2026-02`) that the period is exactly, else give the empty string."""
    if start is None or end is None or start.day != 1 or start.year != end.year:
        return ""
    if (start.month, end.month, end.day) == (1, 12, 31):
        return f"{start.year:04}"
    last_day = monthrange(start.year, start.month)[1]
    if (end.month, end.day) == (start.month, last_day):
        return f"{start.year:04}-{start.month:02}"
    return ""


def dutch_period(start: date | None, end: date | None) -> str:
    """Write a period of inclusive days: `2026`, `februari 2026`, `5 mei 2024 t/m 3 juni 2024`, `vanaf …`."""
    whole = whole_period(start, end)
    if whole:
        return whole if len(whole) == 4 else dutch_month(whole)
    return dutch_days(start, end)


def dutch_days(start: date | str | None, end: date | str | None) -> str:
    """Write a period by its first and last day, also when it is a year or a month; None is no limit."""
    if start is not None and end is not None:
        return dutch_date(start) if start == end else f"{dutch_date(start)} t/m {dutch_date(end)}"
    if start is not None:
        return f"vanaf {dutch_date(start)}"
    return f"t/m {dutch_date(end)}" if end is not None else ""


def why_labels(why: Sequence[Why]) -> list[str]:
    """Say in Dutch why a document matched; nothing when a word stands there as it was typed, which is plain."""
    return [] if "exact" in why else [WHY[reason] for reason in why]


def tells_more(reading: str, typed: str) -> bool:
    """Tell whether how a query was read says more than that all its words were sought."""

    def words(text: str) -> list[str]:
        return [word for word in text.casefold().split() if word != "en"]

    return bool(reading) and words(reading) != words(typed)


def shown_image(cover: Cover | None) -> str:
    """Give the address of a cover that a page can show, else the empty string.

    Only what the content security policy lets through: a path on this site or an https address. Another
    picture would be an empty frame.
    """
    if cover is None:
        return ""
    own = cover.image.startswith("/") and not cover.image.startswith("//")
    return cover.image if own or cover.image.lower().startswith("https://") else ""
