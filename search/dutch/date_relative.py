"""Names of days and periods that are counted from today: `gisteren`, `vorige maand`, `afgelopen drie weken`.

`Vorige week` is a week of the calendar, from Monday; `afgelopen week` is the seven days up to today.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from search.dutch import calendar
from search.dutch.date_names import (
    LAST,
    NEXT,
    PART,
    PAST,
    RECURRING,
    THIS,
    WEEKDAY,
    Form,
    Kind,
    Named,
    any_of,
    fixed,
    one_day,
    recurring,
    step_of,
)

_AMOUNT = rf"(?P<amount>(?:{any_of(calendar.NUMBERS)}|\d{{1,3}})\b|(?:een )?half|anderhalf)"
_UNIT = rf"(?P<unit>{any_of(calendar.UNITS)})"


def _part_of_this_month(match: re.Match[str], today: date) -> Named:
    month = calendar.around(calendar.back(today, -step_of(match["which"]), "month"), "month")
    part = calendar.PARTS[match["part"]]
    return fixed(match, today, Kind.RELATIVE, calendar.part_of(month, part), ending=part == "end")


def _this_unit(match: re.Match[str], today: date) -> Named:
    """Deze, vorige and volgende are of the calendar: the whole week, month, quarter or year."""
    unit, step = calendar.UNITS[match["unit"]], step_of(match["which"])
    period = calendar.around(calendar.back(today, -step, unit), unit)
    return fixed(match, today, Kind.COMING if step > 0 else Kind.RELATIVE, period)


def _weekend(match: re.Match[str], today: date) -> Named:
    """Vorig and afgelopen are the weekend of the week before this one; komend is of this week if still to come."""
    step = step_of(match["which"])
    if match["which"].startswith("kom") and today.weekday() < 5:
        step = 0
    kind = Kind.COMING if match["which"].startswith(("kom", "vol")) else Kind.RELATIVE
    return fixed(match, today, kind, calendar.weekend(today + timedelta(weeks=step)))


def _weekday_of_week(match: re.Match[str], today: date) -> Named:
    monday = calendar.around(today, "week")[0] + timedelta(weeks=step_of(match["which"]))
    day = monday + timedelta(days=calendar.WEEKDAYS[match["weekday"]])
    return fixed(match, today, Kind.RELATIVE, one_day(day))


def _last_weekday(match: re.Match[str], today: date) -> Named:
    """Afgelopen and vorige maandag are the last Monday before today."""
    return fixed(match, today, Kind.RELATIVE, one_day(_weekday_before(match["weekday"], today)))


def _weekday(match: re.Match[str], today: date) -> Named:
    """Maandag on its own: today, or the last one before."""
    return fixed(
        match, today, Kind.WEEKDAY, one_day(_weekday_before(match["weekday"], today + timedelta(days=1)))
    )


def _weekday_before(name: str, day: date) -> date:
    return day - timedelta(days=(day.weekday() - calendar.WEEKDAYS[name] - 1) % 7 + 1)


def _last_time(match: re.Match[str], today: date) -> Named:
    """Afgelopen zomer, vorige maart, afgelopen kerst: the last that is over."""
    return fixed(match, today, Kind.RELATIVE, calendar.latest(recurring(match), today, ended=True))


def _this_time(match: re.Match[str], today: date) -> Named:
    """Deze zomer is that of this year, and deze winter up to May the one that began last year."""
    in_year = recurring(match)
    if step_of(match["which"]) > 0:
        begun = in_year(today.year)[0] <= today
        return fixed(match, today, Kind.COMING, in_year(today.year + begun))
    began_last_year = match["season"] == "winter" and today.month <= 5
    return fixed(match, today, Kind.RELATIVE, in_year(today.year - began_last_year))


def _past_units(match: re.Match[str], today: date) -> Named:
    """Afgelopen maand, laatste 30 dagen: up to today, from so many months or days ago."""
    return fixed(match, today, Kind.RELATIVE, (_ago(match, today), today))


def _past_hours(match: re.Match[str], today: date) -> Named:
    day = calendar.back(today, int(match["hours"]) // 24, "day")
    return fixed(match, today, Kind.RELATIVE, (day, today))


def _units_ago(match: re.Match[str], today: date) -> Named:
    """Twee weken geleden: the whole week two weeks ago; een half jaar geleden: that month."""
    unit = calendar.UNITS[match["unit"]]
    finer: calendar.Unit = "month" if _is_half(match) else unit
    return fixed(match, today, Kind.RELATIVE, calendar.around(_ago(match, today), finer))


def _is_half(match: re.Match[str]) -> bool:
    return match["amount"].endswith("half")


def _ago(match: re.Match[str], today: date) -> date:
    amount, unit = match["amount"] or "1", calendar.UNITS[match["unit"]]
    if _is_half(match):
        if unit != "year":
            raise ValueError("only years are halved")
        return calendar.back(today, 18 if amount == "anderhalf" else 6, "month")
    return calendar.back(today, calendar.NUMBERS.get(amount) or int(amount), unit)


def _day_word(match: re.Match[str], today: date) -> Named:
    day = today - timedelta(days=calendar.DAY_WORDS[match["word"]])
    return fixed(match, today, Kind.DAY_WORD, one_day(day))


def _now(match: re.Match[str], today: date) -> Named:
    return fixed(match, today, Kind.NOW, one_day(today))


RELATIVE: tuple[Form, ...] = (
    (rf"{PART}(?P<which>deze|vorige|verleden) maand\b", _part_of_this_month),
    (rf"(?P<which>{THIS}|{LAST}|{NEXT}) (?P<unit>week|maand|kwartaal|jaar)\b", _this_unit),
    (rf"(?P<which>{THIS}|{LAST}|{NEXT}|{PAST}) weekend\b", _weekend),
    (rf"(?P<which>deze|vorige|verleden) week (?P<weekday>{WEEKDAY})\b", _weekday_of_week),
    (rf"(?P<weekday>{WEEKDAY}) (?P<which>deze|vorige|verleden) week\b", _weekday_of_week),
    (rf"(?:{LAST}|{PAST}) (?P<weekday>{WEEKDAY})\b", _last_weekday),
    (rf"(?P<weekday>{WEEKDAY}) (?:jl\b\.?|jongstleden\b)", _last_weekday),
    (rf"(?P<weekday>{WEEKDAY})\b", _weekday),
    (rf"(?:{LAST}|{PAST}) {RECURRING}", _last_time),
    (rf"(?P<which>{THIS}|{NEXT}) {RECURRING}", _this_time),
    (rf"(?:{PAST}) (?P<amount>)(?P<unit>week|maand|kwartaal|jaar)\b", _past_units),
    (rf"(?:{PAST}) {_AMOUNT}(?: )?{_UNIT}\b", _past_units),
    (rf"laatste {_AMOUNT}(?: )?{_UNIT}\b(?! (?:van|voor)\b)", _past_units),
    (rf"(?:{PAST}|laatste) (?P<hours>24|48|72) uur\b", _past_hours),
    (rf"{_AMOUNT}(?: )?{_UNIT} geleden\b", _units_ago),
    (rf"(?P<word>{any_of(calendar.DAY_WORDS)})\b(?! de dag\b)", _day_word),
    (r"(?:nu|heden)\b", _now),
)
