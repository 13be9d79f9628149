"""Typing on: what a reader has found by the beginning of a title is not lost by typing more of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.config import Settings
from search.indexing import build_index
from search.model import SearchRequest
from search.service import Service

TITLES = {
    "vaas": "Werken met vazen en verf",
    "model": "Werken met modellen",
    "katoen": "Katoen uit Egypte",
    "kat": "Over dieren",
    "impact": "Impactanalyse van wetten",
    "zeusmonitor": "Zeusmonitor in gebruik",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("typen")
    content = folder / "content"
    content.mkdir()
    for name, title in TITLES.items():
        body = "Een kat, een zeus met impact en een v." if name == "kat" else "Tekst."
        (content / f"{name}.md").write_text(
            f"---\ntitle: {title}\ndate: 2024-01-01\n---\n\n{body}\n", "utf-8"
        )
    hidden = content / "geheim.md"
    hidden.write_text("---\ntitle: Werken met vuur\ndraft: true\n---\n\nTekst.\n", "utf-8")
    index = Path(folder / "index")
    build_index([content], index)
    return Service(Settings(content=content, index=index))


def found(service: Service, text: str) -> list[str]:
    return [hit.id for hit in service.search(SearchRequest(text)).hits]


@pytest.mark.parametrize("name", ["vaas", "model"])
def test_a_title_stays_found_while_it_is_typed(service: Service, name: str) -> None:
    title = TITLES[name]
    seen = [name in found(service, title[:end]) for end in range(len("Werken "), len(title) + 1)]
    assert all(seen)


@pytest.mark.parametrize(("typed", "name"), [("impact", "impact"), ("zeus", "zeusmonitor")])
def test_one_word_may_go_on_when_it_is_long_or_no_dutch_word(service: Service, typed: str, name: str) -> None:
    first, second = service.search(SearchRequest(typed)).hits
    assert (first.id, second.id) == (name, "kat")
    assert first.why
    assert first.snippets.title


def test_after_a_blank_one_word_does_not_go_on(service: Service) -> None:
    assert "zeusmonitor" not in found(service, "zeus ")


def test_one_word_alone_does_not_put_a_longer_word_first(service: Service) -> None:
    assert found(service, "kat")[0] == "kat"


def test_a_blank_ends_the_last_word(service: Service) -> None:
    assert "vaas" not in found(service, "werken met v ")[:1]


def test_the_title_of_a_draft_is_not_begun(service: Service) -> None:
    answer = service.search(SearchRequest("werken met vu"))
    assert "geheim" not in repr(answer.hits)
    assert "vuur" not in repr(answer.suggestion)


def test_what_is_excluded_stays_out(service: Service) -> None:
    assert "model" not in found(service, "werken met -modellen")
