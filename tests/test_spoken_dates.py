"""Periods in words inside a query: what becomes a limit, what may as well be words, and how it is said back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from whoosh import query

from search.characters import has_control, one_line
from search.dutch.dates import SpokenPeriod, undone
from search.query.parse import MAX_LENGTH, ParsedQuery, parse
from search.query.reading import read_aloud
from search.query.shape import (
    conjuncts,
    excludes,
    has_content_words,
    is_plain,
    last_word,
    names_field,
    only_narrows,
)
from search.query.syntax import DAY, FIRST_DAY, LAST_DAY, SpokenPeriodQuery
from tests.test_query import FORGIVEN, GRAMMAR, NASTY, PERIODS, PIECES

TODAY = date(2026, 10, 14)
"""A Wednesday."""

CERTAIN = {
    "vorige maand": "uit september 2026",
    "deze maand": "uit oktober 2026",
    "zorg sinds maart 2024": "zorg, vanaf maart 2024",
    "zorg vanaf 5 maart 2024": "zorg, vanaf 5 maart 2024",
    "zorg sinds 2020": "zorg, vanaf 2020",
    "zorg tot en met 2023": "zorg, tot en met 2023",
    "zorg tot 1 maart 2024": "zorg, tot en met februari 2024",
    "zorg tot 5 maart 2024": "zorg, tot en met 4 maart 2024",
    "zorg in 2024": "zorg, uit 2024",
    "dit jaar": "uit 2026",
    "mei 2024": "uit mei 2024",
    "tussen 2023 en 2025": "uit de periode 2023 tot en met 2025",
    "van maart tot juni 2024": "uit de periode maart tot en met mei 2024",
    "winter 2024": "uit de periode december 2024 tot en met februari 2025",
    "vorige week": "van 5 oktober 2026 tot en met 11 oktober 2026",
    "nieuws van gisteren": "nieuws, op 13 oktober 2026",
    "5 maart 2024": "op 5 maart 2024",
    "vorige week, zorg": "zorg, van 5 oktober 2026 tot en met 11 oktober 2026",
    "afgelopen jaar #ai -wet": "van 14 oktober 2025 tot en met 14 oktober 2026, met tag ai, niet wet",
    "sinds 2020 zorg tot en met 2023": "zorg, vanaf 2020, tot en met 2023",
    '"a b"~3 maart 2024': "‘a b’, uit maart 2024",
    "(zorg OF wet) in 2024": "(zorg of wet), uit 2024",
    "titel:zorg in 2024": "in de titel zorg, uit 2024",
    "sinds\u200b maart 20\u00ad24": "vanaf maart 2024",
    "maart 2024)": "uit maart 2024",
}
"""Periods that only limit the date of articles."""

UNCERTAIN = {
    "2024": "2024 (uit dat jaar of als woord)",
    "privacy 2024": "privacy en 2024 (uit dat jaar of als woord)",
    "wet 2024 -zorg": "wet en 2024 (uit dat jaar of als woord), niet zorg",
    "in maart": "in maart (uit die maand of als woorden)",
    "de wereld van gisteren": "wereld en van gisteren (van die dag of als woorden)",
    "kerst 2024": "kerst 2024 (uit die periode of als woorden)",
    "plannen voor 2024": "plannen en voor 2024 (uit die periode of als woorden)",
    "zorg OF wet 2024": "(zorg of wet) en 2024 (uit dat jaar of als woord)",
    "honderd  jaar geleden": "honderd jaar geleden (uit dat jaar of als woorden)",
}
"""Periods that may as well be words."""

NONE_READ = {
    '"vorige week" zorg': "‘vorige week’ en zorg",
    "“vorige week” zorg": "‘vorige week’ en zorg",
    'zorg "in 2024"': "zorg en ‘in 2024’",
    'zorg "2024"': "zorg en ‘2024’",
    "-2024": "niet 2024",
    "zorg NIET 2024": "zorg, niet 2024",
    "#2024": "met tag 2024",
    '#"maart 2024"': "met tag maart 2024",
    "titel:2024": "in de titel 2024",
    "titel: 2024": "in de titel 2024",
    "titel:    2024": "in de titel 2024",
    "datum:2024": "van 1 januari 2024 tot en met 31 december 2024",
    "(zorg 2024)": "zorg en 2024",
    "2024 OF 2023": "(2024 of 2023)",
    "2024 | zorg": "(2024 of zorg)",
    "2024*": "woorden met 2024…",
    "kerst": "kerst",
    "vitamine b12": "vitamine en b12",
}
"""What stays as it is read without a day."""


def periods_of(parsed: ParsedQuery) -> list[SpokenPeriodQuery]:
    return [leaf for leaf in parsed.tree.leaves() if isinstance(leaf, SpokenPeriodQuery)]


def said(parsed: ParsedQuery) -> str:
    return read_aloud(parsed.tree, has_content_words(parsed.tree))


def only_period(typed: str) -> SpokenPeriodQuery:
    (period,) = periods_of(parse(typed, today=TODAY))
    return period


@pytest.mark.parametrize(("typed", "reading"), CERTAIN.items())
def test_a_certain_period_is_said_as_a_condition(typed: str, reading: str) -> None:
    parsed = parse(typed, today=TODAY)
    assert said(parsed) == reading
    assert periods_of(parsed)
    assert all(period.certain and only_narrows(period) for period in periods_of(parsed))


@pytest.mark.parametrize(("typed", "reading"), UNCERTAIN.items())
def test_an_uncertain_period_is_said_as_period_and_as_words(typed: str, reading: str) -> None:
    parsed = parse(typed, today=TODAY)
    assert said(parsed) == reading
    assert not any(period.certain or only_narrows(period) for period in periods_of(parsed))
    assert periods_of(parsed)


@pytest.mark.parametrize(("typed", "reading"), NONE_READ.items())
def test_what_is_quoted_excluded_joined_or_of_a_field_is_no_period(typed: str, reading: str) -> None:
    parsed = parse(typed, today=TODAY)
    assert said(parsed) == reading
    assert parsed.periods == ()
    assert parsed == parse(typed)


@pytest.mark.parametrize("typed", [*GRAMMAR, *PERIODS, *FORGIVEN])
def test_the_language_is_the_same_with_and_without_a_day(typed: str) -> None:
    assert parse(typed, today=TODAY) == parse(typed)


@pytest.mark.parametrize("typed", [*CERTAIN, *UNCERTAIN])
def test_without_a_day_every_word_is_a_word(typed: str) -> None:
    parsed = parse(typed)
    assert parsed.periods == ()
    assert periods_of(parsed) == []


def test_a_period_knows_its_days_its_words_and_its_place() -> None:
    period = only_period("zorg  Sinds Maart 2024, wet")
    assert (period.fieldname, period.label) == (DAY, "Sinds Maart 2024")
    assert (period.start, period.end) == (date(2024, 3, 1).toordinal(), LAST_DAY)
    assert (period.startchar, period.endchar) == (6, 22)
    assert only_period("tot en met 2023").start == FIRST_DAY


def test_the_periods_are_told_in_the_order_of_the_text() -> None:
    parsed = parse("wet 2024 sinds maart 2023", today=TODAY)
    assert parsed.periods == (
        SpokenPeriod(4, 8, date(2024, 1, 1), date(2024, 12, 31), False),
        SpokenPeriod(9, 25, date(2023, 3, 1), None, True),
    )


def test_a_period_past_the_limit_on_length_does_not_count() -> None:
    assert parse("zorg " + " " * MAX_LENGTH + "vorige week", today=TODAY).periods == ()


def test_a_letter_that_is_two_in_lower_case_moves_no_place() -> None:
    typed = "tİtel:zorg vorige week"
    period = only_period(typed)
    assert typed[period.startchar : period.endchar] == period.label == "vorige week"


def test_the_form_of_a_certain_period_is_that_of_a_condition() -> None:
    parsed = parse("is vorige week", today=TODAY)
    assert [only_narrows(child) for child in conjuncts(parsed.tree)] == [False, True]
    assert not has_content_words(parsed.tree)
    assert not names_field(parsed.tree)
    assert not excludes(parsed.tree)
    assert last_word(parsed) is None


def test_the_form_of_an_uncertain_period_is_that_of_words_in_any_field() -> None:
    parsed = parse("de 2024", today=TODAY)
    assert not any(map(only_narrows, conjuncts(parsed.tree)))
    assert has_content_words(parsed.tree)
    assert not names_field(parsed.tree)
    assert not excludes(parsed.tree)
    assert not is_plain(periods_of(parsed)[0])
    assert last_word(parsed) is None


def test_the_last_word_behind_a_period_may_still_be_typed() -> None:
    word = last_word(parse("vorige week zor", today=TODAY))
    assert isinstance(word, query.Term)
    assert word.text == "zor"


@pytest.mark.parametrize("typed", [*CERTAIN, *UNCERTAIN, 'vorige week "zorg', '"a" 2024 "'])
def test_an_undone_period_is_words_in_that_place(typed: str) -> None:
    parsed = parse(typed, today=TODAY)
    first, *others = parsed.periods
    again = parse(undone(typed, first), today=TODAY)
    assert len(again.periods) == len(others)
    phrases = [leaf.words for leaf in again.tree.leaves() if isinstance(leaf, query.Phrase)]
    assert one_line(periods_of(parsed)[0].label) in [one_line(" ".join(words)) for words in phrases]


def check_anything(typed: str, today: date) -> None:
    """What holds for whatever is typed: periods that are in the tree, with their words, apart and unquoted."""
    parsed = parse(typed, today=today)
    found = periods_of(parsed)
    assert [(leaf.startchar, leaf.endchar, leaf.certain) for leaf in found] == [
        (period.start, period.end, period.certain) for period in parsed.periods
    ]
    at = 0
    for leaf in found:
        assert at <= leaf.startchar < leaf.endchar <= len(typed)
        assert typed[leaf.startchar : leaf.endchar] == leaf.label
        assert FIRST_DAY <= leaf.start <= leaf.end <= LAST_DAY
        at = leaf.endchar
    for problem in parsed.problems:
        assert 0 <= problem.start < problem.end <= len(typed)
    assert not has_control(said(parsed))
    without = parse(typed)
    assert without.problems == parsed.problems
    if not found:
        assert str(parsed.tree) == str(without.tree)


SPOKEN = st.sampled_from(
    [
        "vorige week",
        "sinds",
        "maart",
        "2024",
        "tussen 2023 en",
        "voor",
        "5 mei",
        "gisteren",
        "'24",
        "tot en met",
    ]
)
DAYS = st.dates()


@pytest.mark.parametrize("typed", NASTY, ids=[ascii(typed[:20]) for typed in NASTY])
def test_what_breaks_parsers_breaks_no_period(typed: str) -> None:
    check_anything(typed, TODAY)
    check_anything(f"{typed} vorige week", TODAY)
    check_anything(f"in 2024 {typed}", TODAY)


@given(st.text(alphabet=st.characters(), max_size=400), DAYS)
def test_any_text_is_read_on_any_day(typed: str, today: date) -> None:
    check_anything(typed, today)


@given(st.lists(SPOKEN | PIECES, max_size=30), st.sampled_from(["", " "]), DAYS)
@example(pieces=["sinds", '""', "2024"], glue="", today=TODAY)
@example(pieces=["tag:", "maart", "\u00a8", "2024"], glue="", today=TODAY)
@example(pieces=["titel:", "EN", "2024"], glue=" ", today=TODAY)
def test_any_mixture_of_periods_signs_and_operators_is_read(
    pieces: list[str], glue: str, today: date
) -> None:
    check_anything(glue.join(pieces), today)
