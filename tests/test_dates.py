"""Dutch dates and periods in a query: which are read, which days they are, and which words are left alone."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.dutch import calendar
from search.dutch.date_absolute import ABSOLUTE
from search.dutch.date_expressions import named
from search.dutch.date_names import Named, pattern
from search.dutch.date_relative import RELATIVE
from search.dutch.dates import MAX_PERIODS, SpokenPeriod, read_periods, undone
from search.dutch.normalise import fold

TODAY = date(2026, 11, 25)
"""A Wednesday."""

READINGS = """
gisteren                                  | 2026-11-24 !
eergisteren                               | 2026-11-23 !
vandaag                                   | 2026-11-25 !
vanochtend                                | 2026-11-25 !
gisteravond                               | 2026-11-24 !
nieuws [van gisteren]                     | 2026-11-24 !
de wereld [van gisteren]                  | 2026-11-24 ?
deze week                                 | 2026-11-23..2026-11-29 !
vorige week                               | 2026-11-16..2026-11-22 !
verleden week                             | 2026-11-16..2026-11-22 !
afgelopen week                            | 2026-11-18..2026-11-25 !
komende week                              | 2026-11-30..2026-12-06 ?
deze maand                                | 2026-11-01..2026-11-30 !
vorige maand                              | 2026-10-01..2026-10-31 !
de afgelopen maand                        | 2026-10-25..2026-11-25 !
volgende maand                            | 2026-12-01..2026-12-31 ?
dit kwartaal                              | 2026-10-01..2026-12-31 !
vorig kwartaal                            | 2026-07-01..2026-09-30 !
dit jaar                                  | 2026-01-01..2026-12-31 !
vorig jaar                                | 2025-01-01..2025-12-31 !
het afgelopen jaar                        | 2025-11-25..2026-11-25 !
volgend jaar                              | 2027-01-01..2027-12-31 ?
klimaat [van vorige week]                 | 2026-11-16..2026-11-22 !
afgelopen drie maanden                    | 2026-08-25..2026-11-25 !
in de afgelopen 2 weken                   | 2026-11-11..2026-11-25 !
laatste 30 dagen                          | 2026-10-26..2026-11-25 !
de laatste twee jaar                      | 2024-11-25..2026-11-25 !
afgelopen half jaar                       | 2026-05-25..2026-11-25 !
de afgelopen anderhalf jaar               | 2025-05-25..2026-11-25 !
afgelopen 24 uur                          | 2026-11-24..2026-11-25 !
drie dagen geleden                        | 2026-11-22 !
twee weken geleden                        | 2026-11-09..2026-11-15 !
2 maanden geleden                         | 2026-09-01..2026-09-30 !
een jaar geleden                          | 2025-01-01..2025-12-31 !
één jaar geleden                          | 2025-01-01..2025-12-31 !
een half jaar geleden                     | 2026-05-01..2026-05-31 !
anderhalf jaar geleden                    | 2025-05-01..2025-05-31 !
honderd jaar geleden                      | 1926-01-01..1926-12-31 ?
vorig weekend                             | 2026-11-21..2026-11-22 !
dit weekend                               | 2026-11-28..2026-11-29 ?
komend weekend                            | 2026-11-28..2026-11-29 ?
afgelopen maandag                         | 2026-11-23 !
afgelopen woensdag                        | 2026-11-18 !
vorige vrijdag                            | 2026-11-20 !
vrijdag jl.                               | 2026-11-20 !
vorige week vrijdag                       | 2026-11-20 !
maandag vorige week                       | 2026-11-16 !
sinds maandag                             | 2026-11-23.. !
sinds woensdag                            | 2026-11-25.. !
2024                                      | 2024-01-01..2024-12-31 ?
windows [2019]                            | 2019-01-01..2019-12-31 ?
1984                                      | 1984-01-01..1984-12-31 ?
agenda [2030]                             | 2030-01-01..2030-12-31 ?
gpt 4 [2024], nieuw                       | 2024-01-01..2024-12-31 ?
[2024] AI                                 | 2024-01-01..2024-12-31 ?
klimaat [in 2024]                         | 2024-01-01..2024-12-31 !
uit 2024                                  | 2024-01-01..2024-12-31 !
wet [van 2012]                            | 2012-01-01..2012-12-31 ?
artikelen [van 2024]                      | 2024-01-01..2024-12-31 !
in het jaar 2024                          | 2024-01-01..2024-12-31 !
persoon [van het jaar 2024]               | 2024-01-01..2024-12-31 ?
terugblik [op 2024]                       | 2024-01-01..2024-12-31 ?
in 1953                                   | 1953-01-01..1953-12-31 ?
in 2027                                   | 2027-01-01..2027-12-31 ?
in de loop van 2024                       | 2024-01-01..2024-12-31 !
begin 2024                                | 2024-01-01..2024-04-30 !
half 2024                                 | 2024-05-01..2024-08-31 !
medio 2024                                | 2024-05-01..2024-08-31 !
eind 2024                                 | 2024-09-01..2024-12-31 !
einde 2024                                | 2024-09-01..2024-12-31 !
aan het begin van 2024                    | 2024-01-01..2024-04-30 !
eind vorig jaar                           | 2025-09-01..2025-12-31 !
begin '24                                 | 2024-01-01..2024-04-30 !
begin maart                               | 2026-03-01..2026-03-10 ?
half maart 2024                           | 2024-03-11..2024-03-20 !
eind februari 2024                        | 2024-02-21..2024-02-29 !
begin deze maand                          | 2026-11-01..2026-11-10 !
eind vorige maand                         | 2026-10-21..2026-10-31 !
maart 2024                                | 2024-03-01..2024-03-31 !
MAART 2024                                | 2024-03-01..2024-03-31 !
ｍａａｒｔ ２０２４                       | 2024-03-01..2024-03-31 !
maart  2024                               | 2024-03-01..2024-03-31 !
mrt '24                                   | 2024-03-01..2024-03-31 !
mrt ’24                                   | 2024-03-01..2024-03-31 !
mrt. 2024                                 | 2024-03-01..2024-03-31 !
jan 2024                                  | 2024-01-01..2024-01-31 !
sept. 2023                                | 2023-09-01..2023-09-30 !
okt '99                                   | 1999-10-01..1999-10-31 !
mei van dit jaar                          | 2026-05-01..2026-05-31 !
maart vorig jaar                          | 2025-03-01..2025-03-31 !
vorig jaar maart                          | 2025-03-01..2025-03-31 !
in de maand maart 2024                    | 2024-03-01..2024-03-31 !
afgelopen mei                             | 2026-05-01..2026-05-31 !
[maart 2024]: klimaat                     | 2024-03-01..2024-03-31 !
sinds maart 2024                          | 2024-03-01.. !
sedert maart 2024                         | 2024-03-01.. !
vanaf maart 2024                          | 2024-03-01.. !
na maart 2024                             | 2024-04-01.. !
later dan maart 2024                      | 2024-04-01.. !
voor maart 2024                           | ..2024-02-29 ?
vóór maart 2024                           | ..2024-02-29 !
berichten [voor maart 2024]               | ..2024-02-29 !
van voor 2024                             | ..2023-12-31 !
ouder dan 2024                            | ..2023-12-31 !
plannen [voor 2024]                       | ..2023-12-31 ?
tot maart 2024                            | ..2024-02-29 !
tot en met maart 2024                     | ..2024-03-31 !
t/m maart 2024                            | ..2024-03-31 !
tot eind 2024                             | ..2024-12-31 !
tot 2030                                  | ..2029-12-31 ?
sinds 2024                                | 2024-01-01.. !
sinds begin dit jaar                      | 2026-01-01.. !
sinds vorige maand                        | 2026-10-01.. !
sinds 1950                                | 1950-01-01.. ?
sinds maart                               | 2026-03-01.. !
sinds december                            | 2025-12-01.. !
sinds november                            | 2026-11-01.. !
in maart                                  | 2026-03-01..2026-03-31 ?
vanaf maart                               | 2026-03-01.. ?
tussen 2023 en 2025                       | 2023-01-01..2025-12-31 !
tussen 2025 en 2023                       | 2023-01-01..2025-12-31 !
tussen maart en mei 2024                  | 2024-03-01..2024-05-31 !
tussen 10 en 20 mei 2024                  | 2024-05-10..2024-05-20 !
van maart tot juni 2024                   | 2024-03-01..2024-05-31 !
van maart tot en met juni 2024            | 2024-03-01..2024-06-30 !
van november tot februari 2024            | 2023-11-01..2024-01-31 !
van maart tot juni                        | 2026-03-01..2026-05-31 ?
van 3 tot 10 mei 2024                     | 2024-05-03..2024-05-09 !
van 3 mei tot 10 juni 2024                | 2024-05-03..2024-06-09 !
3 t/m 10 mei                              | 2026-05-03..2026-05-10 ?
3-10 mei 2024                             | 2024-05-03..2024-05-10 !
in de periode van 2020 tot en met 2022    | 2020-01-01..2022-12-31 !
van 2020 tot nu                           | 2020-01-01..2026-11-25 !
2020-heden                                | 2020-01-01..2026-11-25 !
2020-2023                                 | 2020-01-01..2023-12-31 ?
2020–2023                                 | 2020-01-01..2023-12-31 ?
2020 - 2023                               | 2020-01-01..2023-12-31 ?
in 2020-2023                              | 2020-01-01..2023-12-31 !
2020 t/m 2023                             | 2020-01-01..2023-12-31 !
van 2020 tot en met 2030                  | 2020-01-01..2030-12-31 ?
maart-mei 2024                            | 2024-03-01..2024-05-31 !
maart 2023 - mei 2024                     | 2023-03-01..2024-05-31 !
1 januari 2024 t/m 31 maart 2024          | 2024-01-01..2024-03-31 !
van 1-1-2024 t/m 31-3-2024                | 2024-01-01..2024-03-31 !
2023 en 2024                              | 2023-01-01..2024-12-31 ?
in 2023 en 2024                           | 2023-01-01..2024-12-31 !
maart en april 2024                       | 2024-03-01..2024-04-30 !
3 en 4 mei 2024                           | 2024-05-03..2024-05-04 !
3 mei 2024                                | 2024-05-03 !
3e mei 2024                               | 2024-05-03 !
op vrijdag 3 mei 2024                     | 2024-05-03 !
vr 3 mei 2024                             | 2024-05-03 !
wet [van 3 mei 2024]                      | 2024-05-03 ?
3 mei                                     | 2026-05-03 ?
3 december                                | 2025-12-03 ?
29 februari                               | 2024-02-29 ?
3 mei jl.                                 | 2026-05-03 !
sinds 3 mei                               | 2026-05-03.. !
5-3-2024                                  | 2024-03-05 !
5/3/2024                                  | 2024-03-05 !
2024-03-05                                | 2024-03-05 !
2024-03                                   | 2024-03-01..2024-03-31 ?
1e kwartaal 2024                          | 2024-01-01..2024-03-31 !
eerste kwartaal van 2024                  | 2024-01-01..2024-03-31 !
laatste kwartaal van 2024                 | 2024-10-01..2024-12-31 !
Q1 2024                                   | 2024-01-01..2024-03-31 !
2024 Q3                                   | 2024-07-01..2024-09-30 !
Q2-2024                                   | 2024-04-01..2024-06-30 !
eerste helft van 2024                     | 2024-01-01..2024-06-30 !
tweede halfjaar 2024                      | 2024-07-01..2024-12-31 !
week 12                                   | 2026-03-16..2026-03-22 ?
week 12 2024                              | 2024-03-18..2024-03-24 !
week 48                                   | 2026-11-23..2026-11-29 ?
week 49                                   | 2025-12-01..2025-12-07 ?
zomer 2025                                | 2025-06-01..2025-08-31 !
de zomer van 2025                         | 2025-06-01..2025-08-31 !
in het voorjaar van 2025                  | 2025-03-01..2025-05-31 !
lente '24                                 | 2024-03-01..2024-05-31 !
herfst 2024                               | 2024-09-01..2024-11-30 !
najaar 2024                               | 2024-09-01..2024-11-30 !
winter 2024                               | 2024-12-01..2025-02-28 !
winter van 2023                           | 2023-12-01..2024-02-29 !
winter 2024-2025                          | 2024-12-01..2025-02-28 !
winter 2024/25                            | 2024-12-01..2025-02-28 !
afgelopen zomer                           | 2026-06-01..2026-08-31 !
vorig voorjaar                            | 2026-03-01..2026-05-31 !
afgelopen winter                          | 2025-12-01..2026-02-28 !
deze winter                               | 2026-12-01..2027-02-28 ?
vorig jaar zomer                          | 2025-06-01..2025-08-31 !
sinds de zomer                            | 2026-06-01.. !
kerst 2024                                | 2024-12-25..2024-12-26 ?
sinds kerst 2024                          | 2024-12-25.. !
sinds kerst                               | 2025-12-25.. !
afgelopen kerst                           | 2025-12-25..2025-12-26 !
komende kerst                             | 2026-12-25..2026-12-26 ?
sinds nieuwjaar                           | 2026-01-01.. !
oud en nieuw 2024                         | 2024-12-31..2025-01-01 ?
oudjaar 2024                              | 2024-12-31 ?
sinds Pasen 2024                          | 2024-03-31.. !
na Pinksteren 2024                        | 2024-05-21.. !
sinds Hemelvaart                          | 2026-05-14.. !
koningsdag 2024                           | 2024-04-27 ?
koningsdag 2025                           | 2025-04-26 ?
bevrijdingsdag 2024                       | 2024-05-05 ?
sinterklaas 2024                          | 2024-12-05 ?
carnaval 2024                             | 2024-02-11..2024-02-13 ?
prinsjesdag 2024                          | 2024-09-17 ?
moederdag 2024                            | 2024-05-12 ?
sinds prinsjesdag                         | 2026-09-15.. !
sinds 7 oktober                           | 2026-10-07.. ?
11 september 2001                         | 2001-09-11 !
(hond OF kat) [sinds 2024]                | 2024-01-01.. !
hond OF kat [sinds 2024]                  | 2024-01-01.. !
#ai [sinds 2024] -hond                    | 2024-01-01.. !
sinds     [2024]                          | 2024-01-01..2024-12-31 ?
NIET hond [in 2024]                       | 2024-01-01..2024-12-31 !
"""


def _days(written: str) -> tuple[date | None, date | None]:
    low, dots, high = written.partition("..")
    first = date.fromisoformat(low) if low else None
    last = date.fromisoformat(high) if high else None
    return (first, last) if dots else (first, first)


def _rows() -> list[tuple[str, SpokenPeriod]]:
    """Texts of the table; brackets stand around the expression where it is not the whole text."""
    rows = []
    for line in READINGS.strip().splitlines():
        text, _, meaning = line.rpartition("|")
        text = text.strip()
        if "[" in text:
            start, end = text.index("["), text.index("]") - 1
            text = text.replace("[", "").replace("]", "")
        else:
            start, end = 0, len(text)
        days, sign = meaning.split()
        rows.append((text, SpokenPeriod(start, end, *_days(days), sign == "!")))
    return rows


NOTHING = """
mei
maart
augustus
jan
april
mei 's huis
jan jansen
moestuin maart
jaren negentig
de jaren 90
eind jaren 90
sinds de jaren 90
19e eeuw
vorige eeuw
de week
dag van de arbeid
een jaar
maand
seconde
weekend
voor het weekend
na 2 weken
over twee weken
binnen 2 jaar
voor 18 jaar
tot 2 jaar
ouder dan 2 jaar
niet ouder dan een jaar
langer dan een jaar geleden
zo'n drie maanden geleden
duizend jaar geleden
paar weken geleden
afgelopen jaren
de laatste jaren
laatste maand
laatste vijf minuten
de laatste twee jaar van zijn leven
eerste drie maanden
vandaag de dag
vanavond
morgen
voor vandaag
voor deze week
maandag
op maandag
kerst
cadeaus voor kerst
recepten met Pasen
rond kerst
zomer
in de zomer
eerste kwartaal
Q1
tweede helft
11 september
5 mei
sinds jan
voorjaarsnota
zomervakantie
1234 AB
2024 AB Haarlem
2000 euro
€ 2000
2000 km
2000 woorden
tot 2000 euro
tussen 1900 en 2000 euro
1900-2000 euro
ruim 2000
meer dan 2000
artikel 2012
top 2000
NEN 2008
iso 2015
06 2024 1234
2024 2025
2022, 2023
2050
1850
2024x
gpt-2024
covid-2020
3.11.2024
24/7
2023/2024
2025-2023
31-02-2024
2024-13-01
5-13-2024
31 februari 2024
29 februari 2023
week 54
week 53 2024
maart-2024
maart 2024x
sinds maart 2024*
sinds maart 3 artikelen
maart 2050
koningsdag 2012
2020 en 2024
maart en mei 2024
per 1 juli 2024
rond 2020
omstreeks maart 2024
niet in 2024
zonder 2024
behalve maart 2024
voor en na 2020
voor 3 of 4 mei 2024
-2024
-maart 2024
-3 mei 2024
zomer -2024
NIET 2024
NIET sinds maart 2024
NIET    2024
#2024
#zomer 2024
datum:2024
datum:3 mei 2024
titel: 2024
titel:zomer 2024
(2024)
(sinds maart 2024)
hond (kat (in 2024))
2024 OF hond
hond OF 2024
hond | 2024
2023 OF 2024
hond EN 2024
tussen 2023 EN 2025
mei    2024x
3    mei
(2024
2024)
"""


@pytest.mark.parametrize(("text", "expected"), _rows())
def test_a_period_is_read_with_its_days(text: str, expected: SpokenPeriod) -> None:
    assert read_periods(text, TODAY) == [expected]


@pytest.mark.parametrize("text", NOTHING.strip().splitlines())
def test_what_is_not_a_period_is_left_as_words(text: str) -> None:
    assert read_periods(text, TODAY) == []


@pytest.mark.parametrize(
    ("today", "text", "days"),
    [
        ("2026-03-31", "vorige maand", "2026-02-01..2026-02-28"),
        ("2026-03-31", "afgelopen maand", "2026-02-28..2026-03-31"),
        ("2024-03-31", "afgelopen maand", "2024-02-29..2024-03-31"),
        ("2024-02-29", "een jaar geleden", "2023-01-01..2023-12-31"),
        ("2024-02-29", "afgelopen jaar", "2023-02-28..2024-02-29"),
        ("2024-02-29", "29 februari", "2024-02-29"),
        ("2024-02-28", "29 februari", "2020-02-29"),
        ("1904-02-28", "29 februari", "1896-02-29"),
        ("2026-01-01", "gisteren", "2025-12-31"),
        ("2026-01-01", "vorige maand", "2025-12-01..2025-12-31"),
        ("2026-01-01", "vorig jaar", "2025-01-01..2025-12-31"),
        ("2026-01-01", "deze week", "2025-12-29..2026-01-04"),
        ("2026-01-01", "vorig kwartaal", "2025-10-01..2025-12-31"),
        ("2026-01-01", "sinds december", "2025-12-01.."),
        ("2026-01-01", "sinds januari", "2026-01-01.."),
        ("2026-01-01", "sinds kerst", "2025-12-25.."),
        ("2026-01-01", "deze winter", "2025-12-01..2026-02-28"),
        ("2026-01-01", "afgelopen winter", "2024-12-01..2025-02-28"),
        ("2026-01-01", "sinds de winter", "2025-12-01.."),
        ("2026-07-15", "afgelopen zomer", "2025-06-01..2025-08-31"),
        ("2026-07-15", "deze zomer", "2026-06-01..2026-08-31"),
        ("2026-11-29", "vorig weekend", "2026-11-21..2026-11-22"),
        ("2026-11-30", "vorig weekend", "2026-11-28..2026-11-29"),
        ("2026-11-29", "deze week", "2026-11-23..2026-11-29"),
        ("2026-11-30", "deze week", "2026-11-30..2026-12-06"),
        ("2026-11-29", "afgelopen zondag", "2026-11-22"),
        ("2026-11-30", "afgelopen zondag", "2026-11-29"),
        ("2026-11-30", "afgelopen maandag", "2026-11-23"),
        ("2026-11-30", "sinds maandag", "2026-11-30.."),
        ("2026-12-31", "komende maand", "2027-01-01..2027-01-31"),
        ("2021-01-02", "week 53", "2020-12-28..2021-01-03"),
    ],
)
def test_the_day_it_is_counts(today: str, text: str, days: str) -> None:
    (period,) = read_periods(text, date.fromisoformat(today))
    assert (period.low, period.high) == _days(days)


@pytest.mark.parametrize("today", [date.min, date.max])
@pytest.mark.parametrize(
    "text",
    ["gisteren", "vorig jaar", "volgend jaar", "sinds kerst", "29 februari", "afgelopen zomer", "week 53"],
)
def test_the_ends_of_the_calendar_are_no_error(today: date, text: str) -> None:
    assert len(read_periods(text, today)) <= 1


def test_periods_that_contradict_each_other_are_subjects() -> None:
    periods = read_periods("vergelijk maart 2023 met maart 2024", TODAY)
    assert [period.certain for period in periods] == [False, False]
    assert all(period.certain for period in read_periods("sinds 2023, tot maart 2024", TODAY))


def test_no_more_than_four_periods_are_read() -> None:
    text = "maart 2024, april 2024, mei 2024, juni 2024, juli 2024"
    assert len(read_periods(text, TODAY)) == MAX_PERIODS


def test_a_decomposed_accent_counts_as_one_that_is_composed() -> None:
    text = "vo\u0301o\u0301r maart 2024"
    assert read_periods(text, TODAY) == [SpokenPeriod(0, len(text), None, date(2024, 2, 29), True)]


def test_invisible_characters_are_part_of_the_word_they_stand_in() -> None:
    text = "in 20\u00ad24\u200b ai"
    assert read_periods(text, TODAY) == [SpokenPeriod(0, 9, date(2024, 1, 1), date(2024, 12, 31), True)]


@pytest.mark.parametrize("name", calendar.FEASTS)
def test_every_feast_is_read_in_some_year(name: str) -> None:
    year = 2012 if name == "koninginnedag" else 2024
    (period,) = read_periods(f"sinds {name} {year}", TODAY)
    assert period.low is not None
    assert period.low.year == year


@pytest.mark.parametrize("year", [1980, 1999, 2000, 2024, 2100])
def test_the_quarters_and_seasons_of_a_year_follow_each_other(year: int) -> None:
    quarters = [calendar.share_of_year(year, number, 4) for number in (1, 2, 3, 4)]
    assert quarters[0][0] == date(year, 1, 1)
    assert quarters[3][1] == date(year, 12, 31)
    seasons = [calendar.SEASONS[name](year) for name in ("lente", "zomer", "herfst", "winter")]
    for following in (quarters, seasons):
        assert all(one[1] + timedelta(days=1) == next_one[0] for one, next_one in pairwise(following))


def _without_quoted(text: str) -> str:
    """What is given to be read: blanks in the place of quoted parts and of a quote without a partner."""
    text = re.sub('["“”„‟«»＂]', '"', text)
    if text.count('"') % 2:
        place = text.rindex('"')
        text = f"{text[:place]} {text[place + 1 :]}"
    return re.sub('"[^"]*"', lambda match: " " * len(match.group()), text)


@pytest.mark.parametrize("text", [text for text, _ in _rows()])
def test_a_period_undone_is_read_no_more(text: str) -> None:
    (period,) = read_periods(text, TODAY)
    quoted = undone(text, period)
    assert quoted.replace('"', "") == text
    assert read_periods(_without_quoted(quoted), TODAY) == []


@pytest.mark.parametrize("text", ['24" scherm in 2024', 'in 2024 een 24" scherm', '"a b" „c in 2024 d'])
def test_a_quote_without_a_partner_does_not_pair_with_those_of_an_undone_period(text: str) -> None:
    (period,) = read_periods(_without_quoted(text), TODAY)
    quoted = undone(text, period)
    assert '"in 2024"' in quoted
    assert read_periods(_without_quoted(quoted), TODAY) == []


_WORDS = st.sampled_from(
    [text for text, _ in _rows()]
    + NOTHING.split()
    + [
        "en",
        "of",
        "tot",
        "van",
        "de",
        "'24",
        "2024",
        "mei",
        '"',
        "(",
        ")",
        "-",
        "–",
        "vóór",
        "  ",
        "OF",
        "NIET",
    ]
)
_QUERIES = st.lists(_WORDS, max_size=8).map(" ".join)
_DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31))


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=80), _QUERIES), st.one_of(st.dates(), _DAYS))
def test_any_text_is_read_on_any_day(text: str, today: date) -> None:
    periods = read_periods(text, today)
    assert len(periods) <= MAX_PERIODS
    last = 0
    for period in periods:
        assert last <= period.start < period.end <= len(text)
        assert text[period.start : period.end].strip() == text[period.start : period.end]
        assert period.low or period.high
        assert period.low is None or period.high is None or period.low <= period.high
        last = period.end


@settings(max_examples=300)
@given(_QUERIES, _DAYS)
def test_undoing_one_after_the_other_leaves_nothing_to_read_and_every_word(text: str, today: date) -> None:
    undoing = text
    while periods := read_periods(_without_quoted(undoing), today):
        quoted = undone(undoing, periods[0])
        assert quoted.count('"') // 2 == undoing.count('"') // 2 + 1
        undoing = quoted
    assert re.sub(r'["\s]', "", undoing) == re.sub(r'["\s]', "", text)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=40), _QUERIES), _DAYS)
def test_no_name_begins_with_a_word_that_is_not_tried(text: str, today: date) -> None:
    """Names are only looked for where they can begin."""
    folded = fold(text)
    for start in range(len(folded)):
        assert (named(folded, start, today) is None) == (_any_rule(folded, start, today) is None)


def _any_rule(text: str, at: int, today: date) -> Named | None:
    for source, build in ABSOLUTE + RELATIVE:
        match = pattern(source).match(text, at)
        if match:
            with suppress(ValueError, OverflowError):
                return build(match, today)
    return None


def test_a_query_without_dates_costs_next_to_nothing() -> None:
    text = "hoe werkt een zoekmachine voor nederlandse artikelen"
    times = []
    for _ in range(5):
        begun = perf_counter()
        for _ in range(200):
            read_periods(text, TODAY)
        times.append((perf_counter() - begun) / 200)
    assert min(times) < 100e-6


def test_the_time_grows_with_the_length_of_a_text_and_no_faster() -> None:
    for text in (
        "sinds " * 5_000,
        "(" * 20_000 + "2024",
        "2024-" * 5_000,
        "a:" * 10_000 + "2024 ",
        "' " * 10_000 + "1",
    ):
        begun = perf_counter()
        read_periods(text, TODAY)
        assert perf_counter() - begun < 5
