"""Dutch names of days and periods, and the days they stand for.

Seasons are the meteorological ones, of whole months; a winter bears the year in which it begins, so winter 2024
runs from December 2024 to the end of February 2025. A feast is the days that go by its name, not those around.
Movable feasts hang on Easter (dateutil, after Meeus) or on a weekday of a month.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

Period = tuple[date, date]
"""The first and the last day, both included."""

InYear = Callable[[int], Period]
"""What a name stands for in a year; ValueError when it does not occur in that year."""

Unit = Literal["day", "week", "month", "quarter", "year"]
Part = Literal["begin", "middle", "end"]

_ONE_DAY = timedelta(days=1)
_MAX_YEARS_BACK = 8
"""Between two days of 29 February there are eight years at most."""

MONTHS = {
    name: number
    for number, names in enumerate(
        """
        januari jan|februari feb febr|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|september sep sept
        |oktober okt|november nov|december dec
        """.split("|"),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, name in enumerate("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split())
}
"""Numbers as Python counts weekdays, from 0 for Monday."""

NUMBERS = {
    "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10,
    "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "twintig": 20, "dertig": 30,
    "veertig": 40, "vijftig": 50, "zestig": 60, "negentig": 90, "honderd": 100,
}  # fmt: skip
ORDINALS = {
    "eerste": 1, "1e": 1, "1ste": 1, "tweede": 2, "2e": 2, "2de": 2, "derde": 3, "3e": 3, "3de": 3,
    "vierde": 4, "4e": 4, "4de": 4, "laatste": -1,
}  # fmt: skip
UNITS: dict[str, Unit] = {
    "dag": "day", "dagen": "day", "week": "week", "weken": "week", "maand": "month", "maanden": "month",
    "kwartaal": "quarter", "kwartalen": "quarter", "jaar": "year", "jaren": "year",
}  # fmt: skip
PARTS: dict[str, Part] = {
    "begin": "begin", "half": "middle", "medio": "middle", "midden": "middle", "halverwege": "middle",
    "eind": "end", "einde": "end",
}  # fmt: skip
DAY_WORDS = {
    "vandaag": 0, "vanochtend": 0, "vanmorgen": 0, "vanmiddag": 0, "gisteren": 1, "gisterochtend": 1,
    "gistermorgen": 1, "gistermiddag": 1, "gisteravond": 1, "eergisteren": 2,
}  # fmt: skip
"""How many days ago."""

_STEPS: dict[Unit, relativedelta] = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}


def back(day: date, amount: int, unit: Unit) -> date:
    """The day so many units earlier (later when negative), or the last of its month when there is none such."""
    return day - _STEPS[unit] * amount


def around(day: date, unit: Unit) -> Period:
    """The whole day, week from Monday, month, quarter or year that a day lies in."""
    first = {
        "day": day,
        "week": day - timedelta(days=day.weekday()) if unit == "week" else day,
        "month": day.replace(day=1),
        "quarter": day.replace(month=day.month - (day.month - 1) % 3, day=1),
        "year": day.replace(month=1, day=1),
    }[unit]
    return first, first + _STEPS[unit] - _ONE_DAY


def weekend(day: date) -> Period:
    """Saturday and Sunday of the week, from Monday, that a day lies in."""
    saturday = day + timedelta(days=5 - day.weekday())
    return saturday, saturday + _ONE_DAY


def months(year: int, first: int, count: int) -> Period:
    """So many whole months from a month of a year on."""
    start = date(year, first, 1)
    return start, start + relativedelta(months=count) - _ONE_DAY


def part_of(period: Period, part: Part) -> Period:
    """The first, second or third part of a year, in four months each, or of a month, in ten days each."""
    low, high = period
    if high - low > timedelta(days=31):
        return months(low.year, {"begin": 1, "middle": 5, "end": 9}[part], 4)
    return {
        "begin": (low, low.replace(day=10)),
        "middle": (low.replace(day=11), low.replace(day=20)),
        "end": (low.replace(day=21), high),
    }[part]


def share_of_year(year: int, number: int, shares: int) -> Period:
    """The quarter (of 4 shares) or half (of 2) with a number from 1; -1 is the last."""
    number = shares if number == -1 else number
    if not 1 <= number <= shares:
        raise ValueError(f"a year has no part {number} of {shares}")
    size = 12 // shares
    return months(year, 1 + (number - 1) * size, size)


def week_of_year(year: int, week: int) -> Period:
    """A week by its ISO 8601 number."""
    return around(date.fromisocalendar(year, week, 1), "week")


def latest(in_year: InYear, today: date, *, ended: bool = False) -> Period:
    """The last occurrence that has begun, or with `ended` the last that was over before today.

    Raises:
        ValueError: there is none within eight years.
    """
    for year in range(today.year, today.year - _MAX_YEARS_BACK - 1, -1):
        try:
            low, high = in_year(year)
        except ValueError:
            continue
        if high < today if ended else low <= today:
            return low, high
    raise ValueError("never in the past years")


def _winter(year: int) -> Period:
    return months(year, 12, 3)


SEASONS: dict[str, InYear] = {
    "lente": lambda year: months(year, 3, 3),
    "voorjaar": lambda year: months(year, 3, 3),
    "zomer": lambda year: months(year, 6, 3),
    "herfst": lambda year: months(year, 9, 3),
    "najaar": lambda year: months(year, 9, 3),
    "winter": _winter,
}


def _days(month: int, day: int, count: int = 1) -> InYear:
    return lambda year: _from(date(year, month, day), count)


def _after_easter(offset: int, count: int = 1) -> InYear:
    return lambda year: _from(easter(year) + timedelta(days=offset), count)


def _weekday_of(month: int, weekday: int, number: int) -> InYear:
    """The second Sunday of May, and so on."""

    def in_year(year: int) -> Period:
        first = date(year, month, 1)
        return _from(first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1)), 1)

    return in_year


def _from(day: date, count: int) -> Period:
    return day, day + timedelta(days=count - 1)


def _royal(month: int, day: int, reign: range) -> InYear:
    """A king's or queen's day, which is held on Saturday when it falls on a Sunday."""

    def in_year(year: int) -> Period:
        if year not in reign:
            raise ValueError(f"not held in {year}")
        held = date(year, month, day)
        return _from(held - timedelta(days=held.weekday() == 6), 1)

    return in_year


_FEASTS: dict[str, InYear] = {
    "nieuwjaar|nieuwjaarsdag": _days(1, 1),
    "driekoningen": _days(1, 6),
    "valentijn|valentijnsdag": _days(2, 14),
    "carnaval": _after_easter(-49, 3),
    "aswoensdag": _after_easter(-46),
    "goede vrijdag": _after_easter(-2),
    "pasen|paasdagen|paasweekend": _after_easter(0, 2),
    "eerste paasdag": _after_easter(0),
    "tweede paasdag|paasmaandag": _after_easter(1),
    "koninginnedag": _royal(4, 30, range(1980, 2014)),
    "koningsdag": _royal(4, 27, range(2014, 9999)),
    "dodenherdenking": _days(5, 4),
    "bevrijdingsdag": _days(5, 5),
    "moederdag": _weekday_of(5, 6, 2),
    "hemelvaart|hemelvaartsdag": _after_easter(39),
    "pinksteren|pinksterdagen|pinksterweekend": _after_easter(49, 2),
    "eerste pinksterdag": _after_easter(49),
    "tweede pinksterdag|pinkstermaandag": _after_easter(50),
    "vaderdag": _weekday_of(6, 6, 3),
    "prinsjesdag": _weekday_of(9, 1, 3),
    "dierendag": _days(10, 4),
    "halloween": _days(10, 31),
    "sint maarten|sint-maarten": _days(11, 11),
    "sinterklaas|sinterklaasavond|pakjesavond": _days(12, 5),
    "kerst|kerstmis|kerstdagen": _days(12, 25, 2),
    "kerstavond": _days(12, 24),
    "eerste kerstdag|1e kerstdag": _days(12, 25),
    "tweede kerstdag|2e kerstdag": _days(12, 26),
    "oudjaar|oudjaarsdag|oudejaarsdag|oudejaarsavond|oudejaarsnacht": _days(12, 31),
    "oud en nieuw|oud & nieuw": _days(12, 31, 2),
}
FEASTS = {name: in_year for names, in_year in _FEASTS.items() for name in names.split("|")}

EVENTS = frozenset([(2, 14), (3, 8), (4, 1), (5, 1), (5, 4), (5, 5), (9, 11), (10, 7)])
"""Months and days that without a year are the name of what is held or happened then, as 11 september is."""
