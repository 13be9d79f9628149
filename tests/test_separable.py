"""Separable verbs that stand in two: in texts, in queries, and through the service."""

from __future__ import annotations

from pathlib import Path

import marisa_trie
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query

from search.config import Settings
from search.dutch import lexicon
from search.dutch.analyzer import word_forms
from search.dutch.separable import PARTICLES, may_separate, separated
from search.indexing import build_index
from search.model import SearchRequest
from search.query.parse import ANY_FIELD
from search.query.spans import WholeWord, parted_verbs
from search.service import Service
from tests.small_site import build_site, markdown

PARTED = [
    ("De minister kondigt vrijdag nieuwe maatregelen aan.", "aankondigen", "kondigt", "aan"),
    ("Het kabinet kondigde aan dat het stopt.", "aankondigen", "kondigde", "aan"),
    ("De gemeente probeert het plan uit te voeren", "uitvoeren", "voeren", "uit"),
    ("Zij gaf de strijd op, maar bleef.", "opgeven", "gaf", "op"),
    ("Hij belt morgen terug", "terugbellen", "belt", "terug"),
    ("Sluit het venster en zet de computer uit!", "uitzetten", "zet", "uit"),
]


@pytest.mark.parametrize(("text", "infinitive", "verb", "particle"), PARTED)
def test_a_verb_and_its_particle_are_found_in_their_clause(
    text: str, infinitive: str, verb: str, particle: str
) -> None:
    (found,) = separated(text)
    assert found.infinitive == infinitive
    assert text[slice(*found.verb)] == verb
    assert text[slice(*found.particle)] == particle


@pytest.mark.parametrize("text", ["Hij komt aan de deur.", "Zij staat op een stoel.", "", "aan"])
def test_a_preposition_is_no_particle(text: str) -> None:
    assert separated(text) == []


def test_a_verb_of_another_clause_is_not_taken() -> None:
    found = separated("Hij kondigt het besluit; zij kijkt hem aan.")
    assert [verb.infinitive for verb in found] == ["aankijken"]


def test_the_whole_verb_is_a_term_at_the_place_of_its_half() -> None:
    forms = word_forms("De minister kondigt maatregelen aan.")
    assert "aankondigen" in forms[2].terms
    assert len(forms) == 5


@given(st.text(alphabet="aankondigt uit te zet. ,\n'é", max_size=80))
def test_places_lie_in_the_text_and_hold_letters(text: str) -> None:
    for found in separated(text):
        for start, end in (found.verb, found.particle):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("werkwoorden")
    content = folder / "content"
    content.mkdir()
    for name, body in {
        "gescheiden": "De minister kondigt vrijdag nieuwe maatregelen aan.",
        "heel": "Zij zal morgen een wet aankondigen.",
        "deelwoord": "Gisteren is een besluit aangekondigd.",
        "ander": "De gemeente kondigt een besluit af.",
    }.items():
        (content / f"{name}.md").write_text(f"---\ntitle: {name}\ndate: 2024-01-01\n---\n\n{body}\n", "utf-8")
    index = Path(folder / "index")
    build_index([content], index)
    return Service(Settings(content=content, index=index))


@pytest.mark.parametrize("query", ["aankondigen", "kondigt aan", "aangekondigd", "kondigde maatregelen aan"])
def test_every_form_finds_the_verb_in_one_and_in_two(service: Service, query: str) -> None:
    found = {hit.id for hit in service.search(SearchRequest(query)).hits}
    assert "gescheiden" in found
    if "maatregelen" not in query:
        assert {"gescheiden", "heel", "deelwoord"} <= found
        assert "ander" not in found or query == "kondigt aan"


@pytest.mark.parametrize("verb", ["aankondigen", "opgeven", "uitvoeren"])
def test_a_verb_with_a_particle_may_stand_in_two(verb: str) -> None:
    assert may_separate(verb)


@pytest.mark.parametrize("word", ["kondigen", "opera", "aandacht", "toetsen", "onderzoeken"])
def test_another_word_may_not(word: str) -> None:
    assert not may_separate(word)


def test_both_halves_are_marked(service: Service) -> None:
    hits = {hit.id: hit for hit in service.search(SearchRequest("aankondigen")).hits}
    (passage,) = hits["gescheiden"].snippets.body
    assert [passage.text[start:end] for start, end in passage.marks] == ["kondigt", "aan"]


def test_a_particle_that_says_something_by_itself_is_told() -> None:
    said, common = query.Term(ANY_FIELD, "terug"), query.Term(ANY_FIELD, "aan")
    give, announce = query.Term(ANY_FIELD, "geven"), query.Term(ANY_FIELD, "kondigt")
    giving, announcing = WholeWord("teruggeven", said), WholeWord("aankondigen", None)
    assert parted_verbs([give, said]) == ({id(give): giving}, frozenset({id(said)}))
    assert parted_verbs([announce, common]) == ({id(announce): announcing}, frozenset({id(common)}))


def words(text: str) -> list[query.Query]:
    return [query.Term(ANY_FIELD, word) for word in text.split()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kondigt vrijdag maatregelen aan", ["aankondigen"]),
        ("regels toe te passen in de praktijk", ["toepassen"]),
        ("wat zegt hij af", ["afzeggen"]),
        ("aan kondigt", []),
        ("lees hoe u in Windows werkt", []),
        ("aan", []),
        ("te", []),
    ],
)
def test_a_particle_stands_at_the_end_or_before_te(typed: str, found: list[str]) -> None:
    assert [verb.text for verb in parted_verbs(words(typed))[0].values()] == found


def test_a_particle_that_says_something_finds_the_whole_verb_and_both_halves(tmp_path: Path) -> None:
    bodies = {
        "heel": "Het feest zal plaatsvinden.",
        "half": "Op deze plaats vinden wij schelpen.",
        "verb": "Wij vinden schelpen.",
        "plaats": "Een mooie plaats.",
    }
    articles = {f"{name}.md": markdown(f"Over {name}", body) for name, body in bodies.items()}
    service = Service(build_site(tmp_path, articles))
    assert {hit.id for hit in service.search(SearchRequest("vindt plaats")).hits} == {"heel", "half"}


def test_every_particle_of_the_lexicon_is_looked_for_in_queries() -> None:
    """A word that is none of them is taken for no particle without a look in the lexicon."""
    words = marisa_trie.BytesTrie().mmap(str(lexicon.FILE)).iteritems()
    assert {word[: record[2]] for word, record in words if record[2]} <= PARTICLES
