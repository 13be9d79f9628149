"""A word is found in a compound and a compound in words written apart, unless that is turned off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import Answer, Hit, PartsUse
from search.query.request import read_request
from search.service import Service
from tests.small_site import build_site, markdown

ARTICLES = {
    "taal.md": markdown("Over taal", "De taal leeft.", date="2020-01-01"),
    "taalmodel.md": markdown(
        "Woorden raden", "Een taalmodel voorspelt. Grote Taalmodellen leren.", date="2021-01-01"
    ),
    "los.md": markdown("Los geschreven", "In het Engels is het een taal model.", date="2022-01-01"),
    "ver.md": markdown("Ver uiteen", "Het model leert. Een mens spreekt een taal.", date="2022-02-01"),
    "titel.md": markdown("Het belastingstelsel", "Wat wij betalen.", date="2023-01-01"),
    "vlieg.md": markdown("Lawaai", "Het vliegverkeer neemt toe.", date="2023-02-01"),
    "begin.md": markdown("Vergissing", "Het is verkeerd.", date="2023-03-01"),
    "water.md": markdown("Polder", "Er staat water.", date="2024-01-01"),
}
WORDS = "taal model taalmodel taalmodellen belasting stelsel water leert verkeer -taal OF".split()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return Service(build_site(tmp_path_factory.mktemp("delen"), ARTICLES))


def ask(service: Service, text: str, parts: str = "1") -> Answer:
    return service.search(read_request(text=text, parts=parts))


def ids(answer: Answer) -> set[str]:
    return {hit.id for hit in answer.hits}


def hit_of(answer: Answer, article: str) -> Hit:
    return next(hit for hit in answer.hits if hit.id == article)


def marked(hit: Hit) -> list[str]:
    passages = (*hit.snippets.title, *hit.snippets.body)
    return [passage.text[start:end] for passage in passages for start, end in passage.marks]


def test_a_word_finds_the_compounds_that_it_is_a_part_of(service: Service) -> None:
    answer = ask(service, "taal")
    assert ids(answer) == {"taal", "los", "ver", "taalmodel"}
    assert answer.parts == PartsUse(included=True, hits=1)


def test_only_the_part_is_marked_and_named_as_the_reason(service: Service) -> None:
    hit = hit_of(ask(service, "taal"), "taalmodel")
    assert hit.why == ("part",)
    assert marked(hit) == ["taal", "Taal"]


def test_the_last_part_is_marked_with_its_ending(service: Service) -> None:
    assert marked(hit_of(ask(service, "model"), "taalmodel")) == ["model", "modellen"]


def test_a_whole_word_comes_before_a_part(service: Service) -> None:
    assert ask(service, "taal").hits[-1].id == "taalmodel"


@pytest.mark.parametrize("typed", ["taal model", "model taal", "talen modellen"])
def test_words_apart_find_the_compound_of_them(typed: str, service: Service) -> None:
    hit = hit_of(ask(service, typed), "taalmodel")
    assert hit.why == ("part",)
    assert marked(hit) == ["taal", "model", "Taal", "modellen"]


@pytest.mark.parametrize("typed", ["taalmodel", "taalmodellen", "Taalmodel"])
def test_a_compound_finds_its_parts_written_behind_each_other(typed: str, service: Service) -> None:
    answer = ask(service, typed)
    assert [hit.id for hit in answer.hits] == ["taalmodel", "los"]
    hit = hit_of(answer, "los")
    assert marked(hit) == ["taal", "model"]
    assert hit.why == ("part",)
    assert answer.parts.hits == 0


def test_a_named_field_is_searched_for_parts_as_well(service: Service) -> None:
    assert ids(ask(service, "titel:stelsel")) == {"titel"}
    assert ids(ask(service, "titel:stelsel", parts="0")) == set()


def test_a_phrase_is_searched_as_it_is_written(service: Service) -> None:
    assert ids(ask(service, '"taal model"')) == {"los"}
    assert ids(ask(service, '"een taalmodel"')) == {"taalmodel"}


def test_without_parts_only_whole_words_are_found(service: Service) -> None:
    answer = ask(service, "taal", parts="0")
    assert ids(answer) == {"taal", "los", "ver"}
    assert answer.parts == PartsUse(included=False, hits=0)


def test_an_article_that_has_the_word_only_as_a_part_is_kept_out_by_excluding_it(service: Service) -> None:
    assert ids(ask(service, "-taal")) == {"titel", "vlieg", "begin", "water"}


def test_a_last_word_that_others_begin_with_is_still_found_as_a_part(service: Service) -> None:
    answer = ask(service, "verkeer")
    assert ids(answer) == {"vlieg", "begin"}
    assert answer.parts.hits == 1
    assert hit_of(answer, "begin").why == ("prefix",)
    assert hit_of(answer, "vlieg").why == ("part",)


def test_a_word_that_is_there_only_as_a_part_is_not_called_missing(service: Service) -> None:
    problems = ask(service, "stelsel xyzzyq").query.problems
    assert [problem.message for problem in problems] == ["Geen artikel bevat alle woorden; zonder: xyzzyq."]


def test_facets_count_what_is_found_as_a_part(service: Service) -> None:
    answer = ask(service, "taal")
    assert {year.value: year.count for year in answer.facets.years} == {"2022": 2, "2021": 1, "2020": 1}


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join))
def test_parts_are_exactly_what_leaving_them_out_leaves_out(service: Service, typed: str) -> None:
    both, whole = ask(service, typed), ask(service, typed, parts="0")
    corrected = any(answer.suggestion and answer.suggestion.applied for answer in (both, whole))
    if both.query.problems == whole.query.problems == () and not corrected:
        assert both.parts.hits == both.total - whole.total
    assert 0 <= both.parts.hits <= both.total
    assert whole.parts.hits == 0
    for hit in both.hits:
        # What is found because a word is not there has nothing to show for it.
        assert hit.why or "-taal" in typed or both.query.problems


def test_a_compound_typed_apart_is_found_as_if_it_were_written_as_one(service: Service) -> None:
    apart = [hit.id for hit in ask(service, "taal model").hits]
    one = [hit.id for hit in ask(service, "taalmodel").hits]
    assert apart[0] == one[0]


@pytest.mark.parametrize("typed", ["(taal OF model) EN titel:stelsel", "titel:stelsel EN (taal OF model)"])
def test_words_of_which_either_will_do_are_not_read_as_one_compound(typed: str, service: Service) -> None:
    assert ids(ask(service, typed)) == set()


def test_words_in_quotation_marks_are_not_read_as_one_compound(service: Service) -> None:
    assert ids(ask(service, '"taal" "model"')) == {"los", "ver"}


def test_a_compound_typed_apart_is_a_whole_word(service: Service) -> None:
    assert ids(ask(service, "taal model", parts="0")) == {"taalmodel", "los", "ver"}


def test_an_unknown_compound_is_said_to_be_found_in_part(service: Service) -> None:
    answer = ask(service, "taalwater")
    assert answer.total
    assert [problem.message for problem in answer.query.problems] == [
        "Geen artikel bevat ‘taalwater’; dit zijn artikelen met een deel van dat woord."
    ]
    assert all(hit.why == ("part",) for hit in answer.hits)
