"""What a result page says of how a query was understood, with the link that undoes each of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from search.config import Settings
from search.indexing import build_index
from web import create_app
from web.serving import NAME


def text_of(page: str) -> str:
    """Give the words of a page, those for screen readers included, each space one."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


def head(page: str) -> str:
    """Give what stands above the results."""
    return page[page.index('class="list-head"') : page.index('class="columns"')]


def link(page: str, name: str) -> list[tuple[str, str]]:
    """Give the parameters of the link whose accessible name begins so."""
    for address, content in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL):
        if text_of(re.sub(r'<span [^>]*aria-hidden="true">.*?</span>', "", content)).startswith(name):
            return parse_qsl(urlsplit(unescape(address)).query)
    raise AssertionError(f"no link {name!r}")


@pytest.fixture(scope="module")
def misspelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A visitor of a site on which one article has a word misspelled that forty have right."""
    folder = tmp_path_factory.mktemp("fout")
    rows = [{"id": str(number), "title": "Over", "text": "Dit wordt gebruikt."} for number in range(40)]
    rows.append({"id": "fout", "title": "Fout", "text": "Dit wordt gebruikd.", "date": "2024-01-01"})
    (folder / "alles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    build_index([folder / "alles.jsonl"], folder / "index")
    application = create_app(Settings(content=folder, index=folder / "index"))
    yield application.test_client()
    application.extensions[NAME].close()


def test_articles_with_the_word_in_a_longer_one_are_counted_and_can_be_left_out(client: FlaskClient) -> None:
    page = client.get("/?q=model&tag=privacy&van=2020&sorteer=oudste").text
    assert "ook als deel van een woord (2 artikelen) · alleen hele woorden" in text_of(head(page))
    kept = [("q", "model"), ("tag", "privacy"), ("van", "2020"), ("sorteer", "oudste")]
    assert link(page, "alleen hele woorden") == [*kept, ("delen", "0")]


def test_whole_words_only_says_so_and_leads_back(client: FlaskClient) -> None:
    page = client.get("/?q=model&tag=privacy&delen=0").text
    assert "<h1>1 artikel voor" in page
    assert "alleen hele woorden · zoek ook in delen van woorden" in text_of(head(page))
    assert link(page, "zoek ook in delen van woorden") == [("q", "model"), ("tag", "privacy")]


def test_whole_words_only_finds_as_many_fewer_as_was_said(client: FlaskClient) -> None:
    with_parts, without = (client.get(f"/api/v1/search?q=model&parts={parts}").get_json() for parts in "10")
    assert with_parts["parts"] == {"included": True, "hits": with_parts["total"] - without["total"]}
    assert with_parts["parts"]["hits"] > 0
    assert without["parts"] == {"included": False, "hits": 0}


@pytest.mark.parametrize("query", ["q=herhaling", "tag=privacy", "tag=privacy&delen=0", "q=bestaatniet"])
def test_parts_of_words_are_not_spoken_of_when_they_make_no_difference(
    client: FlaskClient, query: str
) -> None:
    assert "woorden ·" not in text_of(client.get(f"/?{query}").text)
    assert "deel van een woord" not in text_of(client.get(f"/?{query}").text)


def test_whole_words_only_is_kept_by_a_new_query_a_facet_and_a_period(client: FlaskClient) -> None:
    page = client.get("/?q=model&delen=0").text
    assert page.count('<input type="hidden" name="delen" value="0">') == 2
    facets = page[page.index('id="verfijnen"') :]
    addresses = re.findall(r'class="facet" href="([^"]+)"', facets)
    assert addresses
    assert all("delen=0" in address for address in addresses)


@pytest.mark.parametrize("query", ["delen=0", "delen=1", "q=&delen=0"])
def test_whole_words_of_nothing_is_the_front_page(client: FlaskClient, query: str) -> None:
    assert "Wat zoekt u?" in client.get(f"/?{query}").text


@pytest.mark.parametrize(
    ("typed", "said", "undone"),
    [
        (
            "taalmodel juni 2024 t/m juli 2024",
            "juni 2024 t/m juli 2024: 1 juni 2024 t/m 31 juli 2024",
            'taalmodel "juni 2024 t/m juli 2024"',
        ),
        ("taalmodel sinds juni 2024", "sinds juni 2024: vanaf 1 juni 2024", 'taalmodel "sinds juni 2024"'),
        ("wet op 1 juli 2024", "op 1 juli 2024: 1 juli 2024", 'wet "op 1 juli 2024"'),
    ],
)
def test_a_period_in_the_query_is_shown_and_can_be_made_words(
    client: FlaskClient, typed: str, said: str, undone: str
) -> None:
    asked = {"q": typed, "tag": "privacy", "sorteer": "oudste", "delen": "0"}
    page = client.get("/", query_string=asked).text
    periods = page[page.index('class="periods"') : page.index("</ul>", page.index('class="periods"'))]
    assert link(periods, f"{said} als gewone woorden zoeken") == list({**asked, "q": undone}.items())
    words = client.get("/", query_string={**asked, "q": undone}).text
    assert 'class="periods"' not in words


def test_every_period_in_a_query_has_a_link_of_its_own(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": "vanaf maart 2024 wet voor 2025"}).text
    answer = client.get("/api/v1/search", query_string={"q": "vanaf maart 2024 wet voor 2025"}).get_json()
    assert len(answer["query"]["periods"]) == page.count("als gewone woorden zoeken") == 2
    for period in answer["query"]["periods"]:
        assert answer["query"]["text"][period["start"] : period["end"]] == period["text"]
        assert link(page, f"{period['text']}: ") == [("q", period["undo"])]


def test_a_query_that_finds_nothing_is_corrected_and_the_links_go_on_from_there(client: FlaskClient) -> None:
    page = client.get("/?q=privcy&tag=recht&sorteer=oudste").text
    assert "<h1>1 artikel voor <q>privacy</q></h1>" in page
    assert "Geen resultaten voor privcy; dit zijn de resultaten voor privacy." in text_of(head(page))
    assert 'value="privcy"' in page
    assert "Gelezen als" not in page
    assert link(page, "Verwijder filter recht") == [("q", "privacy"), ("sorteer", "oudste")]
    assert link(page, "nieuwste")[0] == ("q", "privacy")
    assert '<span class="why">andere spelling</span>' in page


def test_a_better_spelling_is_offered_with_its_number_and_keeps_the_choices(misspelled: FlaskClient) -> None:
    page = misspelled.get("/?q=gebruikd&sorteer=nieuwste").text
    assert "<h1>1 artikel voor <q>gebruikd</q></h1>" in page
    suggestion = misspelled.get("/api/v1/search?q=gebruikd").get_json()["suggestion"]
    assert suggestion == {"query": "gebruikt", "total": 40, "applied": False}
    assert "Bedoelde u gebruikt (40 artikelen)?" in text_of(head(page))
    assert link(page, "gebruikt") == [("q", "gebruikt"), ("sorteer", "nieuwste")]
    assert "<h1>40 artikelen voor" in misspelled.get("/?q=gebruikt&sorteer=nieuwste").text


def test_what_is_typed_stays_text_in_every_line_about_it(misspelled: FlaskClient) -> None:
    query = '<b>gebruikd</b> vorig jaar "<i>"'
    page = misspelled.get("/", query_string={"q": query, "delen": '0"><script>'}).text
    assert "<script" not in page
    assert "<b>" not in page
    page = misspelled.get("/", query_string={"q": query, "delen": "0"}).text
    assert "<b>" not in page
    assert "<i>" not in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("inwoner", "andere vorm"),
        ("voorsp*", "begint zo"),
        ("gegevns", "andere spelling"),
    ],
)
def test_a_hit_says_why_when_the_word_is_not_in_it_as_typed(
    client: FlaskClient, query: str, said: str
) -> None:
    page = client.get("/", query_string={"q": query}).text
    assert re.findall(r'class="why">([^<]*)<', page) == [said]


def test_only_hits_without_the_word_itself_say_why(client: FlaskClient) -> None:
    page = client.get("/?q=model").text
    hits = dict(re.findall(r'class="hit-title"><a href="([^"]+)">.*?</h2>(.*?)</li>', page, re.DOTALL))
    labels = {address: re.findall(r'class="why">([^<]*)<', hit) for address, hit in hits.items()}
    assert labels == {
        "/artikel/privacy": [],
        "/artikel/taal": ["als deel van een woord"],
        "/artikel/wet": ["als deel van een woord"],
    }


def test_a_synonym_is_found_and_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Fiets\n---\nEen rijwiel staat buiten.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: Anders\n---\nEen rijwiel.\n", encoding="utf-8")
    (tmp_path / "woorden.yml").write_text("groepen:\n  - [fiets, rijwiel]\n", encoding="utf-8")
    build_index([tmp_path], tmp_path / "index")
    settings = Settings(content=tmp_path, index=tmp_path / "index", synonyms=tmp_path / "woorden.yml")
    application = create_app(settings)
    page = application.test_client().get("/?q=fiets").text
    application.extensions[NAME].close()
    assert page.count('class="hit-title"') == 2
    assert page.count('<span class="why">synoniem</span>') == 1
