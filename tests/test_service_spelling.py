"""Another spelling in a search: applied when nothing is found, offered while there are hits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import Answer, Suggestion
from search.query.request import read_request
from search.service import Service
from tests.small_site import build_site, markdown

COUNT = 20
ARTICLES = {
    **{
        f"veel-{number}.md": markdown(
            f"Nummer {number}",
            "Het algoritme beslist over privacy en toezicht, en wordt gebruikt.",
            date=f"20{number + 1:02d}-01-01",
            tags="[ai]" if number < 3 else "[recht]",
        )
        for number in range(COUNT)
    },
    "vier.md": markdown("Vier woorden", "Bibliotheek, verkiezingen, kwaliteit en gemeenteraad samen."),
    "drie.md": markdown("Drie woorden", "Bibliotheek, verkiezingen en kwaliteit samen."),
    "fout.md": markdown("Verkeerd", "Het register wordt gebruikd.", date="2020-01-01"),
    "klad.md": markdown("Klad", "Het kladgeheim van de kwantumcomputer.", draft="true"),
    "later.md": markdown("Later", "Het dorpsreferendum.", date="2999-01-01"),
    "voorbij.md": markdown("Voorbij", "Het zonnepanelenpark.", date="2020-01-01", expiryDate="2021-01-01"),
}
WORDS = (
    "algortime",
    "algoritme",
    "toezigt",
    "gebruikd",
    "biblioteek",
    "verkizingen",
    "kwaliteit",
    "gemeenterad",
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return Service(build_site(tmp_path_factory.mktemp("spelling"), ARTICLES))


def ask(service: Service, text: str, **choices: str) -> Answer:
    return service.search(read_request(text=text, **choices))


def test_a_misspelled_word_without_hits_is_corrected_and_that_is_told(service: Service) -> None:
    answer = ask(service, "algortime")
    assert answer.suggestion == Suggestion("algoritme", COUNT, applied=True)
    assert answer.total == COUNT
    assert answer.query.text == "algortime"
    assert answer.query.reading == "algoritme"
    assert {hit.why for hit in answer.hits} == {("spelling",)}


def test_the_words_that_were_found_instead_are_marked(service: Service) -> None:
    (passage,) = ask(service, "algortime toezigt").hits[0].snippets.body
    assert [passage.text[start:end] for start, end in passage.marks] == ["algoritme", "toezicht"]


def test_while_there_are_hits_another_spelling_is_only_offered(service: Service) -> None:
    answer = ask(service, "gebruikd")
    assert [hit.id for hit in answer.hits] == ["fout"]
    assert answer.hits[0].why == ("exact",)
    assert answer.suggestion == Suggestion("gebruikt", COUNT, applied=False)


def test_a_correction_follows_what_was_chosen(service: Service) -> None:
    chosen = service.search(read_request(text="algortime", tags=["ai"]))
    assert chosen.total == 3
    assert chosen.suggestion == Suggestion("algoritme", 3, applied=True)
    # A choice that leaves nothing changes nothing about which query is answered, nor what else can be chosen.
    none = ask(service, "algortime", start="2030")
    assert none.suggestion == Suggestion("algoritme", 0, applied=True)
    assert none.facets.years == ask(service, "algoritme").facets.years


@pytest.mark.parametrize("year", ["2005", "2020", "2030"])
def test_a_choice_does_not_make_a_suggestion_come_or_go(service: Service, year: str) -> None:
    chosen = ask(service, "gebruikd", start=year, end=year)
    assert chosen.suggestion is not None
    assert chosen.suggestion.query == "gebruikt"
    assert chosen.suggestion.total == ask(service, "gebruikt", start=year, end=year).total


def test_another_word_is_offered_but_never_searched_unasked(service: Service) -> None:
    answer = ask(service, "privgpt")
    assert answer.total == 0
    assert answer.suggestion is None or not answer.suggestion.applied


def test_facets_and_pages_are_of_the_corrected_query(service: Service) -> None:
    answer = ask(service, "algortime", page="2")
    straight = ask(service, "algoritme", page="2")
    assert answer.facets == straight.facets
    assert [hit.id for hit in answer.hits] == [hit.id for hit in straight.hits]


def test_a_problem_with_the_query_is_told_once(service: Service) -> None:
    answer = ask(service, "toezigt (algoritme")
    assert answer.suggestion is not None
    assert answer.suggestion.applied
    assert len(answer.query.problems) == 1


def test_with_many_words_the_total_counts_articles_with_some_of_them(service: Service) -> None:
    answer = ask(service, "biblioteek verkiezingen kwaliteit gemeenteraad")
    assert answer.suggestion == Suggestion("bibliotheek verkiezingen kwaliteit gemeenteraad", 2, applied=True)
    assert [hit.id for hit in answer.hits] == ["vier", "drie"]


@pytest.mark.parametrize(
    "typed",
    ["kladgeheimn", "kwantumcomputr", "dorpsreferendm", "zonnepanelenprk", "kladgeheim", "dorpsreferendum"],
)
def test_a_word_of_an_article_that_is_not_public_is_never_given_away(typed: str, service: Service) -> None:
    answer = ask(service, typed)
    assert answer.total == 0
    assert answer.suggestion is None


@pytest.mark.parametrize("typed", ["fiets", "fietsen", "olifant", "schilderij", "wandelen"])
def test_a_dutch_word_that_nobody_wrote_about_is_not_corrected(typed: str, service: Service) -> None:
    answer = ask(service, typed)
    assert answer.suggestion is None
    assert answer.total == 0


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
def test_the_total_of_a_suggestion_is_what_that_query_gives(service: Service, typed: str) -> None:
    answer = ask(service, typed)
    if answer.suggestion is None:
        return
    followed = ask(service, answer.suggestion.query)
    assert followed.total == answer.suggestion.total > 0
    assert followed.suggestion is None or not followed.suggestion.applied
    if answer.suggestion.applied:
        assert answer.total == answer.suggestion.total
        assert [hit.id for hit in answer.hits] == [hit.id for hit in followed.hits]
