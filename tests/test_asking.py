"""What is asked when not all words can be had: some of many, a part of a compound, any of them, any time."""

from __future__ import annotations

import pytest

from search.asking import FEW
from search.model import Answer
from search.query.request import read_request
from search.service import Service
from tests.small_site import build_site, markdown

CROWD = 12


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    articles = {
        "alle.md": markdown("Over de raad", "Privacy van bewoners bij camera's.", date="2024-05-01"),
        "helft.md": markdown("Over de raad", "Privacy bij camera's.", date="2024-05-02"),
        "zeldzaam.md": markdown("Over de raad", "Een trema.", date="2024-05-03"),
        "een.md": markdown("Over de raad", "Alleen bewoners.", date="2024-05-04"),
        "site.md": markdown("Over sites", "De site wordt gebouwd.", date="2024-05-05"),
        "groepssite.md": markdown("Over iets", "De groepssite wordt gebouwd.", date="2020-05-05"),
        "video.md": markdown("Beeld", "Foto's en video's.", date="2024-05-06"),
        **{
            f"menigte-{number:02}.md": markdown("Over de raad", "Privacy en camera's.", date="2023-01-01")
            for number in range(CROWD)
        },
    }
    return Service(build_site(tmp_path_factory.mktemp("vragen"), articles))


def ask(service: Service, text: str) -> Answer:
    return service.search(read_request(text=text, per_page="50"))


def ids(answer: Answer) -> set[str]:
    return {hit.id for hit in answer.hits if not hit.id.startswith("menigte")}


def test_of_three_words_two_will_do_and_all_three_come_first(service: Service) -> None:
    answer = ask(service, "privacy bewoners camera")
    assert answer.hits[0].id == "alle"
    assert ids(answer) == {"alle", "helft", "een"}
    assert answer.query.problems[0].message.startswith(
        "1 artikel bevat alle woorden, de andere een deel ervan"
    )


def test_the_rarest_word_alone_will_do(service: Service) -> None:
    assert "zeldzaam" in ids(ask(service, "privacy camera trema"))


@pytest.mark.parametrize("typed", ["privacy EN bewoners EN camera", "privacy bewoners AND camera"])
def test_all_words_are_needed_when_that_is_said(service: Service, typed: str) -> None:
    answer = ask(service, typed)
    assert (ids(answer), answer.total, answer.query.problems) == ({"alle"}, 1, ())


def test_the_word_en_in_quotes_says_nothing(service: Service) -> None:
    assert "helft" in ids(ask(service, 'privacy bewoners camera "a EN b"'))


def test_two_words_are_both_needed(service: Service) -> None:
    assert ids(ask(service, "privacy bewoners")) == {"alle"}


def test_a_part_of_a_compound_will_do_beside_another_word_when_none_has_the_whole(service: Service) -> None:
    assert ids(ask(service, "groepssite bouwen")) == {"groepssite"}
    answer = ask(service, "teamsite bouwen")
    assert ids(answer) == {"groepssite", "site"}
    assert answer.parts.hits == 2
    assert ids(service.search(read_request(text="teamsite bouwen", parts="0"))) == {"groepssite", "site"}


def test_without_parts_a_compound_is_not_found_by_its_constituents(service: Service) -> None:
    assert ids(ask(service, "teamsite")) == {"groepssite", "site"}
    assert service.search(read_request(text="teamsite", parts="0")).total == 0


def test_a_question_of_two_words_that_count_needs_the_rarest_only(service: Service) -> None:
    assert "zeldzaam" in ids(ask(service, "wat is de privacy van een trema"))


def test_when_few_have_half_of_the_words_those_with_any_follow(service: Service) -> None:
    answer = ask(service, "trema site video")
    assert {"zeldzaam", "site", "groepssite", "video"} <= ids(answer)
    assert answer.total <= FEW
    many = ask(service, "privacy bewoners camera")
    assert many.total > FEW
    assert "een" in ids(many)
    assert ids(ask(service, "privacy camera raad")).isdisjoint({"site", "video"})


def test_a_choice_in_a_facet_does_not_change_what_is_asked(service: Service) -> None:
    chosen = service.search(read_request(text="privacy bewoners camera", start="2024"))
    assert chosen.total == len(ids(ask(service, "privacy bewoners camera")))


def test_a_hyphen_in_a_list_stands_for_what_both_words_begin_with(service: Service) -> None:
    assert ids(ask(service, "foto's en -video's")) == {"video"}
    assert ids(ask(service, "foto's, -video's")) == {"video"}
    assert ids(ask(service, "foto's of  -video's")) == {"video"}


@pytest.mark.parametrize(
    "typed", ["foto's -video's", "foto's EN -video's", "foto's AND -video's", "foto's, beeld -video's"]
)
def test_any_other_hyphen_before_a_word_excludes_it(service: Service, typed: str) -> None:
    assert "video" not in ids(ask(service, typed))


def test_when_nothing_is_of_that_time_articles_of_any_time_are_shown(service: Service) -> None:
    answer = ask(service, "trema sinds maart 2025")
    assert ids(answer) == {"zeldzaam"}
    (problem,) = answer.query.problems
    assert problem.message == "Uit deze periode is er niets; dit zijn artikelen uit elke tijd."
    assert (problem.start, problem.end) == (len("trema "), len("trema sinds maart 2025"))
    assert answer.query.periods == ()


@pytest.mark.parametrize("typed", ["sinds maart 2025", "xyzzyq sinds maart 2025"])
def test_a_period_by_itself_or_with_unknown_words_finds_nothing(service: Service, typed: str) -> None:
    answer = ask(service, typed)
    assert answer.total == 0
    assert not any("elke tijd" in problem.message for problem in answer.query.problems)
