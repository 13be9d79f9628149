"""The order of answers: an exact title first, then score, ties by date and id."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.config import Settings
from search.indexing import build_index
from search.query.request import read_request
from search.query.weights import EXACT_TITLE
from search.service import Service
from tests.small_site import ARTICLES, build_site, markdown


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return Service(build_site(tmp_path_factory.mktemp("volgorde")))


def found(service: Service, text: str, **choices: str) -> list[str]:
    return [hit.id for hit in service.search(read_request(text=text, **choices)).hits]


@pytest.mark.parametrize(
    "typed", ["De Staat", "de staat", '"De Staat"', "DE STAAT!", "“de staat”", "de staat #muziek"]
)
def test_an_exact_title_is_first(typed: str, service: Service) -> None:
    assert found(service, typed)[0] == "staat"


def test_an_exact_title_scores_above_all_others(service: Service) -> None:
    first, second = service.search(read_request(text="de staat")).hits
    assert first.score > EXACT_TITLE > second.score


@pytest.mark.parametrize("typed", ["Open source in de praktijk", "Codes en namen", "Het taalmodel"])
def test_every_title_finds_its_article_first(typed: str, service: Service) -> None:
    answer = service.search(read_request(text=typed))
    assert answer.hits[0].title == typed


def test_every_title_of_the_sample_articles_finds_its_article_first(tmp_path: Path) -> None:
    build_index([Path(__file__).parent.parent / "content"], tmp_path)
    service = Service(Settings(index=tmp_path))
    pages = [service.search(read_request(page=page, per_page="50")) for page in ("1", "2")]
    titles = [hit.title for answer in pages for hit in answer.hits]
    assert len(titles) >= 60
    for title in titles:
        assert service.search(read_request(text=title)).hits[0].title == title


@pytest.mark.parametrize(
    "title",
    [
        "Open source (en waarom)",
        "Kiezen OF delen",
        "Wat is AI? EN waarom",
        "Kort*",
        "Met korting naar performance.now()",
        "#metoo en verder",
        "Een titel van meer dan zestien woorden die net zo gevonden wil worden als hij daar in de bron staat",
    ],
)
def test_a_title_with_signs_or_many_words_is_first(title: str, tmp_path: Path) -> None:
    articles = {
        "titel.md": markdown(title, "Kort.", date="2020-01-01"),
        "rivaal.md": markdown(f"Over {title} en meer", f"{title} {title} {title}", date="2024-01-01"),
    }
    service = Service(build_site(tmp_path, articles))
    assert service.search(read_request(text=title)).hits[0].id == "titel"


def test_a_title_of_stop_words_is_found(tmp_path: Path) -> None:
    articles = {**ARTICLES, "tobe.md": markdown("Wie zijn wij", "Over ons.", date="2020-01-01")}
    assert found(Service(build_site(tmp_path, articles)), "wie zijn wij?")[0] == "tobe"


def test_ties_are_newest_first_and_then_by_id(tmp_path: Path) -> None:
    dates = {"b": "2024-01-01", "a": "2024-01-01", "c": "2025-06-01", "d": "2020-01-01"}
    articles = {f"{name}.md": markdown("Fietsen", "Een fiets.", date=date) for name, date in dates.items()}
    articles["e.md"] = markdown("Fietsen", "Een fiets.")
    service = Service(build_site(tmp_path, articles))
    assert found(service, "fiets") == ["c", "a", "b", "d", "e"]
    assert found(service, "") == ["c", "a", "b", "d", "e"]
    assert found(service, "fiets", sort="newest") == ["c", "a", "b", "d", "e"]
    assert found(service, "fiets", sort="oldest") == ["d", "a", "b", "c", "e"]


def test_a_word_in_the_title_counts_more_than_one_in_the_text(tmp_path: Path) -> None:
    articles = {
        "titel.md": markdown("Fietsen in de stad", "Over het verkeer en de wegen.", date="2020-01-01"),
        "tekst.md": markdown("Verkeer in de stad", "Over fietsen en de wegen.", date="2024-01-01"),
    }
    assert found(Service(build_site(tmp_path, articles)), "fietsen") == ["titel", "tekst"]


def test_all_words_are_needed_when_an_article_has_them_all(service: Service) -> None:
    assert found(service, "taalmodel privacy") == ["taalmodel"]
    assert set(found(service, "taalmodel OF privacy")) == {"taalmodel", "privacy"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("taalmodels", {"taalmodel"}),
        ("aimodel", {"codes"}),
        ("AI model", {"codes", "taalmodel"}),
        ("gpt4o", {"codes"}),
        ("gpt 4o", {"codes"}),
        ("c++", {"codes"}),
        ("C#", {"codes"}),
        ("foto's", {"codes"}),
        ("email", {"codes"}),
        ("dwz", {"codes"}),
        ('"open source"', {"open"}),
        ('"source open"', set()),
        ('"open bron"', {"open"}),
        ("titel:staat", {"staat", "staat-van"}),
        ("samenvatting:licentie", {"open"}),
        ("tag:recht", {"privacy"}),
        ("#Open-Source", {"open"}),
        ("#AI OF #recht", {"taalmodel", "privacy"}),
        ("staat -onderwijs", {"staat"}),
        ("staat NIET titel:onderwijs", {"staat"}),
        ("staat datum:2022", {"staat"}),
        ("datum:2024-03..2024-05", {"taalmodel", "privacy"}),
        ("datum:..2022", {"staat", "codes"}),
        ("-datum:..2024", {"staat-van"}),
        ("werkne*", {"privacy"}),
        ("kladgeheim", set()),
        ("#kladtag", set()),
        ("kladg*", set()),
    ],
)
def test_a_query_finds_what_a_reader_expects(typed: str, expected: set[str], service: Service) -> None:
    assert set(found(service, typed)) == expected


def test_a_draft_is_never_public(service: Service) -> None:
    assert "concept" not in found(service, "", per_page="50")
    assert service.article("concept") is None
    assert service.tag("kladtag") is None
