"""The service shows one sound generation, and moves to a newer one by itself while it answers."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from search.config import Settings
from search.errors import DamagedIndex, NoIndex, RebuildNeeded, TrefzekerError
from search.model import Answer, Article, SearchRequest
from search.service import Service
from search.store import folders
from tests.generations import publish_articles

THREADS = 16
BROWSE = SearchRequest(per_page=50)


def edition(number: int, count: int = 16) -> list[Article]:
    """Articles that all tell of which edition they are, some of them new in it."""
    return [
        Article(
            id=f"{place if place < count // 2 else f'{number}-{place}'}",
            title=f"Editie{number}q artikel",
            text=f"Gemeente editie{number}q met brieven en wetten.",
            tags=("Vast", f"Editie{number}q"),
        )
        for place in range(count - number % 5)
    ]


def service_of(index: Path, *, verify: bool = True) -> Service:
    return Service(Settings(index=index), verify=verify)


def wait_until(done: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.005)


def damage(index: Path, name: str) -> None:
    """Change one byte, which leaves every size as it was."""
    path = index / "generations" / name / "base" / "columns.bin"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def assert_consistent(answer: Answer, kinds: dict[str, int]) -> None:
    """Everything in an answer is of the one generation that it names."""
    number = kinds[answer.index.generation]
    size = len(edition(number))
    assert answer.total == answer.index.documents == size
    assert len(answer.hits) == min(size, answer.per_page)
    assert len({hit.id for hit in answer.hits}) == len(answer.hits)
    assert {hit.title for hit in answer.hits} == {f"Editie{number}q artikel"}
    assert {(tag.label, tag.count) for tag in answer.facets.tags} == {
        ("Vast", size),
        (f"Editie{number}q", size),
    }


def test_before_there_is_an_index_it_says_so_and_finds_one_that_comes(tmp_path: Path) -> None:
    service = service_of(tmp_path)
    with pytest.raises(NoIndex):
        service.search(BROWSE)
    name = publish_articles(tmp_path, edition(0))
    assert service.search(BROWSE).index.generation == name


def test_a_new_generation_is_served_without_a_restart(tmp_path: Path) -> None:
    kinds = {publish_articles(tmp_path, edition(0)): 0}
    service = service_of(tmp_path)
    for number in range(1, 4):
        assert_consistent(service.search(BROWSE), kinds)
        name = publish_articles(tmp_path, edition(number))
        kinds[name] = number
        wait_until(lambda: service.state().generation == name)  # noqa: B023
    assert_consistent(service.search(BROWSE), kinds)


def test_an_answer_does_not_wait_for_a_new_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish_articles(tmp_path, edition(0))
    service = service_of(tmp_path)
    service.search(BROWSE)
    checked, verify = threading.Event(), folders.verify

    def slow(index: Path, name: str) -> None:
        checked.wait(5)
        verify(index, name)

    monkeypatch.setattr(folders, "verify", slow)
    second = publish_articles(tmp_path, edition(1))
    for _ in range(3):
        assert service.search(BROWSE).index.generation == first
    checked.set()
    wait_until(lambda: service.state().generation == second)


def test_a_damaged_generation_is_not_switched_to(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    first = publish_articles(tmp_path, edition(0))
    service = service_of(tmp_path)
    assert service.state().generation == first
    second = publish_articles(tmp_path, edition(1))
    damage(tmp_path, second)
    with caplog.at_level(logging.ERROR):
        service.state()
        wait_until(lambda: second in caplog.text)
    assert service.search(BROWSE).index.generation == first
    third = publish_articles(tmp_path, edition(2))
    wait_until(lambda: service.state().generation == third)


def test_when_the_current_generation_is_damaged_the_one_before_it_is_served_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = (publish_articles(tmp_path, edition(number)) for number in (0, 1))
    damage(tmp_path, second)
    service = service_of(tmp_path)
    with caplog.at_level(logging.ERROR):
        assert_consistent(service.search(BROWSE), {first: 0})
    assert first in caplog.text
    assert second in caplog.text
    third = publish_articles(tmp_path, edition(2))
    wait_until(lambda: service.state().generation == third)


def test_a_truncated_generation_is_not_served_even_without_checksums(tmp_path: Path) -> None:
    first, second = (publish_articles(tmp_path, edition(number)) for number in (0, 1))
    path = tmp_path / "generations" / second / "base" / "texts.bin"
    path.write_bytes(path.read_bytes()[:-1])
    assert service_of(tmp_path, verify=False).state().generation == first


def test_when_nothing_is_sound_it_says_so(tmp_path: Path) -> None:
    for number in (0, 1):
        damage(tmp_path, publish_articles(tmp_path, edition(number)))
    service = service_of(tmp_path)
    with pytest.raises(DamagedIndex, match="trefzeker index"):
        service.search(BROWSE)
    name = publish_articles(tmp_path, edition(2))
    assert service.search(BROWSE).index.generation == name


def test_an_index_of_another_version_asks_for_a_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_articles(tmp_path, edition(0))
    monkeypatch.setattr(folders, "fingerprint", lambda: "anders")
    with pytest.raises(RebuildNeeded):
        service_of(tmp_path).search(BROWSE)


@pytest.mark.parametrize("content", [None, "onzin\n", "00000099-abc\n"])
def test_it_keeps_answering_when_current_is_lost_or_damaged(tmp_path: Path, content: str | None) -> None:
    name = publish_articles(tmp_path, edition(0))
    service = service_of(tmp_path)
    service.state()
    if content is None:
        (tmp_path / "CURRENT").unlink()
    else:
        (tmp_path / "CURRENT").write_text(content)
    for _ in range(3):
        assert_consistent(service.search(BROWSE), {name: 0})
        time.sleep(0.01)


def test_it_keeps_answering_when_its_generation_is_removed(tmp_path: Path) -> None:
    kinds = {publish_articles(tmp_path, edition(0)): 0}
    service = service_of(tmp_path)
    service.state()
    engine = service._engine
    for number in range(1, 4):
        kinds[publish_articles(tmp_path, edition(number))] = number
    assert engine is not None
    assert engine.public_documents(0) == len(edition(0))
    wait_until(lambda: service.state().generation == folders.current_name(tmp_path))
    assert_consistent(service.search(BROWSE), kinds)


def test_after_closing_it_opens_the_index_again_when_asked(tmp_path: Path) -> None:
    name = publish_articles(tmp_path, edition(0))
    service = service_of(tmp_path)
    service.close()
    assert service.state().generation == name
    service.close()
    assert service.state().generation == name


def test_the_cache_key_changes_with_the_generation(tmp_path: Path) -> None:
    publish_articles(tmp_path, edition(0))
    service = service_of(tmp_path)
    before = service.cache_key()
    assert service.cache_key() == before
    name = publish_articles(tmp_path, edition(1))
    wait_until(lambda: service.state().generation == name)
    assert service.cache_key() != before


def test_threads_get_answers_of_one_generation_while_generations_switch(tmp_path: Path) -> None:
    kinds = {publish_articles(tmp_path, edition(0)): 0}
    service = service_of(tmp_path)
    stop = threading.Event()
    seen: set[str] = set()

    def ask() -> int:
        asked = 0
        while not stop.is_set():
            answer = service.search(SearchRequest(("", "gemeente brieven", "wet*")[asked % 3], per_page=50))
            # The builder learns a name only after readers may have seen it.
            wait_until(partial(kinds.__contains__, answer.index.generation))
            assert_consistent(answer, kinds)
            seen.add(answer.index.generation)
            asked += 1
        return asked

    with ThreadPoolExecutor(THREADS) as pool:
        threads = [pool.submit(ask) for _ in range(THREADS)]
        try:
            for number in range(1, 6):
                name = publish_articles(tmp_path, edition(number))
                kinds[name] = number
                wait_until(lambda: name in seen or any(thread.done() for thread in threads), 20)  # noqa: B023
        finally:
            stop.set()
        counts = [thread.result() for thread in threads]
    assert min(counts) > 0
    assert seen == kinds.keys()


def test_an_unreadable_index_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "index").touch()
    with pytest.raises(TrefzekerError, match="niet te lezen"):
        service_of(tmp_path / "index").search(BROWSE)


def test_a_process_that_was_idle_shows_nothing_that_was_withdrawn(tmp_path: Path) -> None:
    publish_articles(tmp_path, edition(1))
    service = service_of(tmp_path)
    service.state()
    publish_articles(tmp_path, [article for article in edition(2) if article.id != "0"])
    long_ago = time.time() - 60
    os.utime(tmp_path / "CURRENT", (long_ago, long_ago))
    assert service.article("0") is None
