"""Periods in words, as a search answers them: certain ones filter, uncertain ones find the words as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from search import clock
from search.clock import to_ms
from search.model import Answer
from search.query.request import read_request
from search.service import Service
from tests.small_site import build_site, markdown

NOW = to_ms(datetime(2026, 3, 1, 12, tzinfo=UTC))

ARTICLES = {
    "maart.md": markdown("Nieuws uit de stad", "Privacy bij ons.", date="2024-03-05", tags="[ai]"),
    "april.md": markdown("Nieuws van het land", "Privacy bij ons.", date="2024-04-05", tags="[recht]"),
    "terug.md": markdown("Terugblik", "Het jaar 2024 en privacy.", date="2025-06-01", tags="[ai]"),
    "oud.md": markdown("Lang geleden", "Privacy toen.", date="2020-01-01", tags="[recht]"),
    "titel.md": markdown("Privacy sinds maart 2024", "Een verhaal.", date="2019-01-01"),
    "kop.md": markdown("Wat er van mei 2023 bleef", "Over privacy.", date="2018-01-01"),
    "tekst.md": markdown("Later gezegd", "Privacy van mei 2023, en van gisteren.", date="2018-02-01"),
    "mei.md": markdown("Toen", "Privacy.", date="2023-05-31"),
    "februari.md": markdown("Kort geleden", "Over iets anders.", date="2026-02-28"),
    "zonder.md": markdown("Zonder datum", "Privacy altijd."),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = build_site(tmp_path_factory.mktemp("perioden"), ARTICLES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now_ms", lambda: NOW)
        yield Service(settings)


def ask(service: Service, text: str, **choices: str) -> Answer:
    return service.search(read_request(text=text, **choices))


def ids(answer: Answer) -> set[str]:
    return {hit.id for hit in answer.hits}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("privacy van maart 2024", {"maart"}),
        ("privacy tussen april 2024 en juli 2025", {"april", "terug"}),
        ("privacy tot en met 2020", {"oud", "titel", "kop", "tekst"}),
        ("vorige maand", {"februari"}),
        ("gisteren", {"februari"}),
    ],
)
def test_a_certain_period_filters(typed: str, expected: set[str], service: Service) -> None:
    answer = ask(service, typed)
    assert ids(answer) == expected
    assert len(answer.query.periods) == 1


def test_words_of_a_certain_period_are_found_in_titles_and_not_in_texts(service: Service) -> None:
    assert ids(ask(service, "privacy van mei 2023")) == {"mei", "kop"}


def test_a_period_is_told_with_its_place_and_days(service: Service) -> None:
    typed = "privacy sinds maart 2024"
    answer = ask(service, typed)
    (period,) = answer.query.periods
    assert (period.low, period.high) == ("2024-03-01", None)
    assert typed[period.start : period.end] == period.text == "sinds maart 2024"
    assert answer.query.reading == "privacy, vanaf maart 2024"


def test_a_certain_period_narrows_the_facets(service: Service) -> None:
    answer = ask(service, "privacy april 2024")
    assert ids(answer) == {"april"}
    assert [(tag.value, tag.count) for tag in answer.facets.tags] == [("recht", 1)]
    assert [(year.value, year.count) for year in answer.facets.years] == [("2024", 1)]


def test_an_article_whose_title_is_the_query_is_found_although_it_is_of_another_date(
    service: Service,
) -> None:
    answer = ask(service, "privacy sinds maart 2024")
    assert answer.hits[0].id == "titel"
    assert ids(answer) == {"titel", "maart", "april", "terug"}


def test_an_uncertain_year_finds_both_that_year_and_the_word(service: Service) -> None:
    answer = ask(service, "privacy 2024")
    assert ids(answer) == {"maart", "april", "terug", "titel"}
    assert "of als woord" in answer.query.reading


def test_the_word_comes_before_the_year(service: Service) -> None:
    assert [hit.id for hit in ask(service, "privacy 2024").hits][:2] == ["titel", "terug"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("privacy sinds maart 2024", {"titel"}), ("privacy 2024", {"terug", "titel"}), ("vorige maand", set())],
)
def test_undoing_a_period_makes_words_of_it(typed: str, expected: set[str], service: Service) -> None:
    (period,) = ask(service, typed).query.periods
    undone = ask(service, period.undo)
    assert undone.query.periods == ()
    assert ids(undone) == expected


def test_quoted_words_are_no_period(service: Service) -> None:
    answer = ask(service, 'privacy "2024"')
    assert answer.query.periods == ()
    assert ids(answer) == {"terug", "titel"}


def test_a_period_and_a_chosen_period_both_hold(service: Service) -> None:
    assert ids(ask(service, "privacy van 2024", start="2024-04")) == {"april"}
    assert ids(ask(service, "vorige maand", end="2025")) == set()


def test_the_same_words_are_another_period_on_another_day(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now_ms", lambda: to_ms(datetime(2024, 5, 2, tzinfo=UTC)))
    before = service.cache_key()
    assert ids(ask(service, "vorige maand")) == {"april"}
    # Midnight in Amsterdam comes before that in UTC.
    monkeypatch.setattr(clock, "now_ms", lambda: to_ms(datetime(2024, 4, 30, 21, 59, tzinfo=UTC)))
    assert ids(ask(service, "vorige maand")) == {"maart"}
    assert service.cache_key() != before
    monkeypatch.setattr(clock, "now_ms", lambda: to_ms(datetime(2024, 4, 30, 22, tzinfo=UTC)))
    assert ids(ask(service, "vorige maand")) == {"april"}


def test_relaxing_keeps_the_period(service: Service) -> None:
    answer = ask(service, "privacy xyzzyq april 2024")
    assert ids(answer) == {"april"}
    assert answer.query.problems[0].message == "Geen artikel bevat alle woorden; zonder: xyzzyq."
