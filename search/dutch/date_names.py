"""What the names of days and periods have in common: the words they are made of and how a year is told.

The text is folded: lower case, no accents. Every form of a name is a regular expression with what builds its
days from a match. Two blanks at most stand between the words of a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from search.dutch import calendar
from search.dutch.calendar import InYear, Period

FIRST_YEAR, YEARS_AHEAD = 1900, 5
"""A number is a year from 1900 up to so many years from now."""


class Kind(Enum):
    """What kind of name it is, as far as that tells how sure a reader may be that a date is meant."""

    YEAR = "2024"
    MONTH = "maart"
    SEASON = "zomer, eerste kwartaal, tweede helft"
    WEEK = "week 12"
    DAY = "3 mei, begin maart"
    FEAST = "kerst"
    EVENT = "11 september"
    WEEKDAY = "maandag"
    RELATIVE = "vorige maand, afgelopen drie weken, twee jaar geleden"
    DAY_WORD = "gisteren"
    COMING = "volgende week"
    NOW = "nu"


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text that ends before code point `end`, and its days in a year.

    `year` is None when no year is told. `ending` marks the end of something (eind 2024): up to it is through it.
    """

    end: int
    kind: Kind
    in_year: InYear
    year: int | None
    ending: bool = False

    def period(self, today: date) -> Period:
        """The days meant; without a year those of the last time that has begun.

        Raises:
            ValueError, OverflowError: they are in no calendar.
        """
        return calendar.latest(self.in_year, today) if self.year is None else self.in_year(self.year)


Build = Callable[[re.Match[str], date], Named]
"""A name from a match and today; ValueError or OverflowError when it is none after all."""

Form = tuple[str, Build]
"""A regular expression as `pattern` reads it, and what makes a name of its matches."""


def pattern(source: str) -> re.Pattern[str]:
    """A regular expression in which a space stands for one or two blanks."""
    return re.compile(source.replace(" ", r"\s{1,2}"))


def any_of(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))


MONTH = rf"(?:{any_of(calendar.MONTHS)})\b\.?"
WEEKDAY = any_of(calendar.WEEKDAYS)
SEASON, FEAST = any_of(calendar.SEASONS), any_of(calendar.FEASTS)
PART = rf"(?:(?:aan )?het )?(?P<part>{any_of(calendar.PARTS)})(?: van)? "
FOUR = r"(?:19|20)\d\d"
THIS, LAST, NEXT, PAST = "deze|dit", "vorige?|verleden", "komende?|volgende?", "afgelopen|voorbije"
FIRST_WORDS = frozenset(
    re.split(r"\W", name, maxsplit=1)[0]
    for name in (
        *calendar.MONTHS, *calendar.WEEKDAYS, *calendar.SEASONS, *calendar.FEASTS, *calendar.PARTS,
        *calendar.ORDINALS, *calendar.NUMBERS, *calendar.DAY_WORDS,
        *"ma di wo do vr za zo week wk jaar maand de het aan een nu heden laatste deze dit".split(),
        *"vorig vorige verleden komend komende volgend volgende afgelopen voorbije".split(),
    )
)  # fmt: skip
"""What a name begins with, when not with a digit, half, anderhalf, or the q of a quarter."""

_NO_NUMBER = r"(?!\w|\s{0,2}'?\d)"
"""A name without a year is not one when a number follows: that may be its year, wrongly typed."""

IN_YEAR = (
    rf"(?:(?: van)?(?: (?:het )?jaar)? (?P<year>{FOUR})\b|(?: van)? '(?P<short>\d\d)\b"
    rf"|(?: van)? (?P<which>dit|{LAST}|{NEXT}) jaar\b| (?P<jl>jl|jongstleden)\b\.?|{_NO_NUMBER})"
)
RECURRING = rf"(?:(?P<season>{SEASON})|(?P<feast>{FEAST})|(?P<month>{MONTH})){_NO_NUMBER}"
NOT_A_YEAR = (
    # What is counted, also over a range, or one of a row of numbers.
    r"(?!(?:(?: (?:en|of|tot|a|-|t/m) |-)[\d.]+)? (?:euro|eur|dollar|pond|k?m2?|mm|cm|kilometers?|meters?|kg|kilo"
    r"|gram|g|ton|ml|liter|woorden|tekens|letters|pagina|mensen|personen|man|mannen|inwoners|leden|deelnemers"
    r"|bezoekers|stuks|keer|maal|x|procent|watt|k?wh?|mah|pk|k?cal|calorieen|uur|uren|minuten|seconden|dagen|weken"
    r"|maanden|jaar|jaren|pixels|px|dpi|[kmgt]b|punten|stappen)\b)"
    r"(?!(?: )?[€$%°])(?!,? \d{3})"
)


def told_year(match: re.Match[str], today: date) -> int | None:
    """The year of `IN_YEAR`; None when none is told.

    Raises:
        ValueError: it is a number, but no year.
    """
    if match["year"]:
        return checked_year(int(match["year"]), today)
    if match["short"]:
        return short_year(match["short"], today)
    if match["which"]:
        return today.year + step_of(match["which"])
    return None


def checked_year(year: int, today: date) -> int:
    """The same year, from `FIRST_YEAR` to `YEARS_AHEAD` years from now; ValueError for any other number."""
    if not FIRST_YEAR <= year <= today.year + YEARS_AHEAD:
        raise ValueError(f"{year} is a number")
    return year


def short_year(digits: str, today: date) -> int:
    """'24 and '99: in this century unless that lies too far ahead."""
    return 2000 + int(digits) - (100 if 2000 + int(digits) > today.year + YEARS_AHEAD else 0)


def step_of(which: str) -> int:
    """0 for this one, -1 for the one before, 1 for the next."""
    return 0 if which in ("dit", "deze") else 1 if which.startswith(("kom", "vol")) else -1


def month_number(written: str) -> int:
    """The number of a month, from 1, by its name or by an abbreviation with or without a full stop."""
    return calendar.MONTHS[written.rstrip(".")]


def dated(match: re.Match[str], today: date, kind: Kind, in_year: InYear, *, ending: bool = False) -> Named:
    """A name with the year behind it, if any."""
    if match["jl"]:
        period = calendar.latest(in_year, today)
        return Named(match.end(), kind, lambda _: period, today.year, ending)
    return Named(match.end(), kind, in_year, told_year(match, today), ending)


def fixed(match: re.Match[str], today: date, kind: Kind, period: Period, *, ending: bool = False) -> Named:
    """A name that tells its days whatever the year."""
    return Named(match.end(), kind, lambda _: period, today.year, ending)


def one_day(day: date) -> Period:
    """The period that is a single day."""
    return day, day


def spaced(name: str) -> str:
    """A name of several words with one space between them, as the tables have it."""
    return " ".join(name.split())


def recurring(match: re.Match[str]) -> InYear:
    """What a match of `RECURRING` stands for in a year."""
    if match["season"]:
        return calendar.SEASONS[match["season"]]
    if match["feast"]:
        return calendar.FEASTS[spaced(match["feast"])]
    month = month_number(match["month"])
    return lambda year: calendar.months(year, month, 1)
