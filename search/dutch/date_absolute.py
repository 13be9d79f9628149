"""Names of days and periods that are the same whenever they are said: `3 mei 2024`, `zomer vorig jaar`, `Q1 2024`.

Most may also be said without a year: then it is left to what stands before them whether they are read.
"""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from search.dutch import calendar
from search.dutch.calendar import InYear
from search.dutch.date_names import (
    FEAST,
    FOUR,
    IN_YEAR,
    LAST,
    MONTH,
    NEXT,
    NOT_A_YEAR,
    PART,
    RECURRING,
    SEASON,
    WEEKDAY,
    Form,
    Kind,
    Named,
    any_of,
    checked_year,
    dated,
    month_number,
    one_day,
    recurring,
    spaced,
    step_of,
    told_year,
)


def _day_of_month(match: re.Match[str], today: date) -> Named:
    day, month = int(match["day"]), month_number(match["month"])
    named = dated(match, today, Kind.DAY, lambda year: one_day(date(year, month, day)))
    if named.year is None and (month, day) in calendar.EVENTS:
        return Named(named.end, Kind.EVENT, named.in_year, None)
    return named


def _whole_month(match: re.Match[str], today: date) -> Named:
    month = month_number(match["month"])
    if match.group().endswith("jan"):
        raise ValueError("without a year or a full stop this is the man's name")
    if not match["part"]:
        return dated(match, today, Kind.MONTH, lambda year: calendar.months(year, month, 1))
    part = calendar.PARTS[match["part"]]
    in_year: InYear = lambda year: calendar.part_of(calendar.months(year, month, 1), part)  # noqa: E731
    return dated(match, today, Kind.DAY, in_year, ending=part == "end")


def _season(match: re.Match[str], today: date) -> Named:
    return dated(match, today, Kind.SEASON, calendar.SEASONS[match["season"]])


def _feast(match: re.Match[str], today: date) -> Named:
    return dated(match, today, Kind.FEAST, calendar.FEASTS[spaced(match["feast"])])


def _share(match: re.Match[str], today: date) -> Named:
    shares = 4 if match["share"] == "kwartaal" else 2
    number = calendar.ORDINALS[match["ordinal"]]
    in_year = partial(calendar.share_of_year, number=number, shares=shares)
    return dated(match, today, Kind.SEASON, in_year)


def _quarter(match: re.Match[str], today: date) -> Named:
    in_year = partial(calendar.share_of_year, number=int(match["quarter"]), shares=4)
    return dated(match, today, Kind.SEASON, in_year)


def _week(match: re.Match[str], today: date) -> Named:
    return dated(match, today, Kind.WEEK, partial(calendar.week_of_year, week=int(match["week"])))


def _quarter_and_year(match: re.Match[str], today: date) -> Named:
    year = checked_year(int(match["year"]), today)
    in_year = partial(calendar.share_of_year, number=int(match["quarter"]), shares=4)
    return Named(match.end(), Kind.SEASON, in_year, year)


def _winter_of_two(match: re.Match[str], today: date) -> Named:
    year = checked_year(int(match["year"]), today)
    if (year + 1) % 100 != int(match["next"]):
        raise ValueError("no winter lasts so long")
    return Named(match.end(), Kind.SEASON, calendar.SEASONS["winter"], year)


def _bare_year(match: re.Match[str], today: date) -> Named:
    year = checked_year(int(match["number"]), today)
    return Named(match.end(), Kind.YEAR, lambda year: calendar.months(year, 1, 12), year)


def _part_of_year(match: re.Match[str], today: date) -> Named:
    part = calendar.PARTS[match["part"]]
    in_year: InYear = lambda year: calendar.part_of(calendar.months(year, 1, 12), part)  # noqa: E731
    return Named(match.end(), Kind.SEASON, in_year, told_year(match, today), part == "end")


def _recurring_of_year(match: re.Match[str], today: date) -> Named:
    kind = Kind.SEASON if match["season"] else Kind.FEAST if match["feast"] else Kind.MONTH
    return Named(match.end(), kind, recurring(match), today.year + step_of(match["which"]))


def _day_in_digits(match: re.Match[str], today: date) -> Named:
    year = checked_year(int(match["year"]), today)
    day, month = int(match["day"]), int(match["month"])
    return Named(match.end(), Kind.DAY, lambda year: one_day(date(year, month, day)), year)


def _month_in_digits(match: re.Match[str], today: date) -> Named:
    """As unsure as a bare year: 2024-03 may be the number of something."""
    year, month = checked_year(int(match["year"]), today), int(match["month"])
    return Named(match.end(), Kind.YEAR, lambda year: calendar.months(year, month, 1), year)


ABSOLUTE: tuple[Form, ...] = (
    (
        rf"(?:(?:{WEEKDAY}|ma|di|wo|do|vr|za|zo),? )?"
        rf"(?P<day>\d{{1,2}})(?:e|ste|de)? (?P<month>{MONTH}){IN_YEAR}",
        _day_of_month,
    ),
    (rf"(?:{PART})?(?:(?:de )?maand )?(?P<month>{MONTH}){IN_YEAR}", _whole_month),
    (rf"(?P<season>{SEASON}){IN_YEAR}", _season),
    (rf"(?P<feast>{FEAST}){IN_YEAR}", _feast),
    (rf"(?P<ordinal>{any_of(calendar.ORDINALS)}) (?P<share>kwartaal|helft|half(?: )?jaar){IN_YEAR}", _share),
    (rf"q(?P<quarter>[1-4]){IN_YEAR}", _quarter),
    (rf"(?:week|wk\.?) (?P<week>\d{{1,2}})\b,?{IN_YEAR}", _week),
    (rf"(?P<year>{FOUR})(?:-| )q(?P<quarter>[1-4])\b", _quarter_and_year),
    (rf"q(?P<quarter>[1-4])-(?P<year>{FOUR})\b", _quarter_and_year),
    (rf"winter(?: van)? (?P<year>{FOUR})(?:[-/–]| - )(?:20)?(?P<next>\d\d)\b", _winter_of_two),
    (rf"(?:(?:het )?jaar )?(?P<number>{FOUR})\b{NOT_A_YEAR}", _bare_year),
    (
        rf"{PART}(?:het )?(?:jaar )?"
        rf"(?:(?P<year>{FOUR})\b|'(?P<short>\d\d)\b|(?P<which>dit|{LAST}|{NEXT}) jaar\b)",
        _part_of_year,
    ),
    (rf"(?P<which>dit|{LAST}|{NEXT}) jaar {RECURRING}", _recurring_of_year),
    (rf"(?P<day>\d{{1,2}})(?P<sign>[-/])(?P<month>\d{{1,2}})(?P=sign)(?P<year>{FOUR})\b", _day_in_digits),
    (rf"(?P<year>{FOUR})(?P<sign>[-/])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}})\b", _day_in_digits),
    (rf"(?P<year>{FOUR})-(?P<month>\d\d)\b", _month_in_digits),
    (rf"(?P<month>\d{{1,2}})[-/](?P<year>{FOUR})\b", _month_in_digits),
)
