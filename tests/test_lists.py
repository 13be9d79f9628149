"""Words of a list that share what they end with are completed, in articles and in queries."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.analyzer import analyze
from search.dutch.lists import completed, shortened
from search.query.request import read_request
from search.service import Service
from tests.small_site import build_site, markdown


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("Let op taal- en spelfouten.", ["taalfouten"]),
        ("voor- en nadelen", ["voordelen"]),
        ("zon- of feestdagen", ["zondagen"]),
        ("in- en uitloggen", ["inloggen"]),
        ("arbeids- en inkomensbeleid", ["arbeidsbeleid"]),
        ("gemeente-, provincie- en rijksbestuur", ["gemeentebestuur", "provinciebestuur"]),
        ("PDF- en Word-bestanden", ["pdfbestanden"]),
        ("bijna- en echte fouten", []),
        ("taal-, of niet", []),
        ("een - en ander", []),
        ("taal en spelfouten", []),
    ],
)
def test_a_shortened_word_is_completed_by_the_last_of_the_list(text: str, wholes: list[str]) -> None:
    assert [found.whole for found in shortened(text)] == wholes


def test_a_known_word_is_preferred_to_how_the_last_one_is_split() -> None:
    assert completed("hard", "software") == "hardware"
    assert completed("groei", "krimpgemeenten") == "groeigemeenten"
    assert completed("iets", "onbekend") == ""


@given(st.text(alphabet="taal- en,of\n\tspelfouten", max_size=60))
def test_places_lie_in_the_text(text: str) -> None:
    for found in shortened(text):
        assert text[found.start : found.end].isalpha()
        assert text[found.end] == "-"


def test_the_whole_word_stands_at_the_place_of_its_beginning() -> None:
    first, _, last = analyze("taal- en spelfouten")
    assert "taalfout" in first.terms
    assert "taalfout" not in last.terms


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    articles = {
        "lijst.md": markdown("Over schrijven", "Pas op voor taal- en spelfouten."),
        "heel.md": markdown("Over lezen", "Een taalfout en een spelfout."),
        "taal.md": markdown("Over spreken", "De taal."),
    }
    folder: Path = tmp_path_factory.mktemp("lijsten")
    return Service(build_site(folder, articles))


def test_the_whole_word_finds_the_list(service: Service) -> None:
    answer = service.search(read_request(text="taalfouten"))
    assert {hit.id for hit in answer.hits} == {"lijst", "heel"}


def test_a_list_finds_the_whole_words(service: Service) -> None:
    answer = service.search(read_request(text="taal- en spelfouten"))
    assert {hit.id for hit in answer.hits} == {"lijst", "heel"}
    assert answer.query.reading == "taalfouten en spelfouten"
