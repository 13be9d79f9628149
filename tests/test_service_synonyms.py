"""Synonyms of the editors in a search: found as well, named as the reason, and changed while serving."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from search.config import Settings
from search.model import Answer, Hit
from search.query.request import read_request
from search.service import Service
from search.synonyms import CHECK_SECONDS
from tests.small_site import build_site, markdown

SYNONYMS = """\
groepen:
  - [taalmodel, LLM, large language model]
  - woorden: [EZK, ministerie van Economische Zaken]
    vanaf: 2017
    tot: 2024
eenrichting:
  - zoek: [overheid]
    vind: [gemeente, rijksdienst]
"""

ARTICLES = {
    "taalmodel.md": markdown("Voorspellen", "Taalmodellen voorspellen.", date="2021-01-01", tags="[ai]"),
    "llm.md": markdown("Groot", "De LLM is groot.", date="2022-01-01", tags="[ai]"),
    "engels.md": markdown("Engels", "This is a large language model.", date="2023-01-01"),
    "verspreid.md": markdown("Verspreid", "A model of a language, not so large.", date="2023-01-02"),
    "gemeente.md": markdown("Stad", "De gemeenten beslissen.", date="2020-01-01"),
    "overheid.md": markdown("Land", "De overheid beslist.", date="2020-02-01"),
    "voor.md": markdown("Voor", "Het ministerie van Economische Zaken.", date="2016-12-31"),
    "tijdens.md": markdown("Tijdens", "Het ministerie van Economische Zaken.", date="2017-01-01"),
    "laatst.md": markdown("Laatst", "Het ministerie van Economische Zaken.", date="2023-12-31"),
    "na.md": markdown("Na", "Het ministerie van Economische Zaken.", date="2024-01-01"),
    "ongedateerd.md": markdown("Ongedateerd", "Het ministerie van Economische Zaken."),
    "ezk.md": markdown("Afkorting", "Beleid van EZK.", date="2010-01-01"),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    settings = build_site(tmp_path_factory.mktemp("synoniemen"), ARTICLES)
    write_synonyms(settings, SYNONYMS)
    return Service(settings)


def write_synonyms(settings: Settings, text: str) -> None:
    settings.synonyms_file.write_text(text, encoding="utf-8")


def ask(service: Service, text: str, **choices: str) -> Answer:
    return service.search(read_request(text=text, **choices))


def why(answer: Answer) -> dict[str, tuple[str, ...]]:
    return {hit.id: hit.why for hit in answer.hits}


def marked(hit: Hit) -> list[str]:
    passages = (*hit.snippets.title, *hit.snippets.body)
    return [passage.text[start:end] for passage in passages for start, end in passage.marks]


@pytest.mark.parametrize(
    ("typed", "own", "reason"),
    [("taalmodel", "taalmodel", "inflection"), ("LLM", "llm", "exact"), ("llm", "llm", "exact")],
)
def test_each_word_of_a_group_finds_the_others(typed: str, own: str, reason: str, service: Service) -> None:
    answer = ask(service, typed)
    expected = dict.fromkeys(("taalmodel", "llm", "engels"), ("synonym",))
    assert why(answer) == {**expected, own: (reason,)}


def test_a_synonym_of_several_words_is_found_in_a_row_only(service: Service) -> None:
    answer = ask(service, "taalmodel")
    assert "verspreid" not in why(answer)
    hit = next(hit for hit in answer.hits if hit.id == "engels")
    assert marked(hit) == ["large", "language", "model"]


def test_several_words_in_a_query_have_synonyms_too(service: Service) -> None:
    answer = ask(service, "large language model")
    assert why(answer)["llm"] == ("synonym",)
    assert "taalmodel" in why(answer)
    # Typed without quotation marks the words may stand anywhere.
    assert {"engels", "verspreid"} <= why(answer).keys()
    assert answer.hits[0].id == "engels"


def test_one_way_is_not_the_other_way(service: Service) -> None:
    answer = ask(service, "overheid")
    assert why(answer) == {"overheid": ("exact",), "gemeente": ("synonym",)}
    assert answer.hits[0].id == "overheid"
    assert why(ask(service, "gemeente")) == {"gemeente": ("inflection",)}


def test_a_period_limits_the_synonym_and_not_the_word(service: Service) -> None:
    assert why(ask(service, "EZK")) == {"ezk": ("exact",), "tijdens": ("synonym",), "laatst": ("synonym",)}


def test_a_phrase_and_an_excluded_word_have_no_synonyms(service: Service) -> None:
    assert why(ask(service, '"LLM"')).keys() == {"llm"}
    assert why(ask(service, "taalmodel -LLM")).keys() == {"taalmodel", "engels"}


def test_a_synonym_counts_in_facets_and_can_be_narrowed(service: Service) -> None:
    answer = ask(service, "LLM")
    assert {tag.value: tag.count for tag in answer.facets.tags} == {"ai": 2}
    assert {year.value: year.count for year in answer.facets.years} == {"2021": 1, "2022": 1, "2023": 1}
    assert why(ask(service, "LLM datum:2021")).keys() == {"taalmodel"}


def test_a_synonym_that_was_not_typed_is_not_called_missing(service: Service) -> None:
    answer = ask(service, "overheid xyzzyq")
    assert [problem.message for problem in answer.query.problems] == [
        "Geen artikel bevat alle woorden; zonder: xyzzyq."
    ]


def test_the_file_is_followed_while_serving(tmp_path: Path) -> None:
    settings = build_site(tmp_path, ARTICLES)
    service = Service(settings)
    assert why(ask(service, "LLM")).keys() == {"llm"}
    before = service.cache_key()
    write_synonyms(settings, SYNONYMS)
    time.sleep(CHECK_SECONDS + 0.1)
    assert why(ask(service, "LLM")).keys() == {"llm", "taalmodel", "engels"}
    assert service.cache_key() != before
    settings.synonyms_file.unlink()
    time.sleep(CHECK_SECONDS + 0.1)
    assert why(ask(service, "LLM")).keys() == {"llm"}
    assert service.cache_key() == before


def test_a_mistake_in_the_file_leaves_the_last_good_version(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = build_site(tmp_path, ARTICLES)
    write_synonyms(settings, SYNONYMS)
    service = Service(settings)
    expected = why(ask(service, "LLM"))
    write_synonyms(settings, "groepen: [[LLM")
    time.sleep(CHECK_SECONDS + 0.1)
    assert why(ask(service, "LLM")) == expected
    assert "de vorige versie blijft" in caplog.text
