"""Common mistakes of writing are told even when the article is found all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.config import Settings
from search.indexing import build_index
from search.model import SearchRequest
from search.service import Service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("fouten")
    content = folder / "content"
    content.mkdir()
    for number, body in enumerate(
        ("Alles is geregeld.", "Zij regelt het zelf.", "Een nieuw aidsvaccin komt eraan.")
    ):
        (content / f"{number}.md").write_text(
            f"---\ntitle: Stuk {number}\ndate: 2024-01-01\n---\n\n{body}\n", "utf-8"
        )
    index = Path(folder / "index")
    build_index([content], index)
    return Service(Settings(content=content, index=index))


@pytest.mark.parametrize(("typed", "meant"), [("geregelt", "geregeld"), ("aids-vaccin", "aidsvaccin")])
def test_a_common_mistake_is_told_with_what_it_would_give(service: Service, typed: str, meant: str) -> None:
    answer = service.search(SearchRequest(typed))
    assert answer.suggestion is not None
    assert answer.suggestion.query == meant
    assert answer.suggestion.total == service.search(SearchRequest(meant)).total
    assert answer.total


def test_what_is_found_as_typed_is_not_replaced(service: Service) -> None:
    answer = service.search(SearchRequest("aids-vaccin"))
    assert answer.suggestion is not None
    assert not answer.suggestion.applied


def test_a_right_form_that_no_article_has_is_no_mistake(service: Service) -> None:
    assert service.search(SearchRequest("regelen")).suggestion is None


@pytest.mark.parametrize(
    "typed", ["-aids vaccin", "NIET aids vaccin", "aids|vaccin", "(aids)vaccin", "aids OF vaccin"]
)
def test_words_are_not_joined_over_what_stands_between_them(service: Service, typed: str) -> None:
    suggestion = service.search(SearchRequest(typed)).suggestion
    assert suggestion is None or "aidsvaccin" not in suggestion.query


def test_two_words_that_are_one_are_joined(service: Service) -> None:
    suggestion = service.search(SearchRequest("aids vaccin")).suggestion
    assert suggestion is not None
    assert suggestion.query == "aidsvaccin"
