"""Answers that are kept: used again until anything changes, and never a moment longer."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search import clock
from search.config import Settings, from_environment
from search.errors import TrefzekerError
from search.indexing import build_index
from search.model import Answer, SearchRequest
from search.service import Service
from web import create_app
from web.answers import OVERHEAD, AnswerCache, EncodedAnswer
from web.serving import ANSWERS, NAME

EXPIRES = datetime(2026, 6, 1, 12, tzinfo=UTC)
ARTICLE = (
    "---\ntitle: Tijdelijk\ndate: 2026-01-01\nexpiryDate: 2026-06-01T12:00:00Z\ntags: [actie]\n---\nActie!\n"
)


class Counted(Service):
    """The real service, which counts its searches."""

    searches = 0

    def search(self, request: SearchRequest) -> Answer:
        self.searches += 1
        return super().search(request)


@pytest.fixture
def own_settings(tmp_path: Path) -> Settings:
    """Settings of a site with an article that expires, and one that stays."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "tijdelijk.md").write_text(ARTICLE, "utf-8")
    (content / "blijvend.md").write_text("---\ntitle: Blijvend\ndate: 2026-01-02\n---\nActie.\n", "utf-8")
    build_index([content], tmp_path / "index")
    return Settings(content=content, index=tmp_path / "index")


@pytest.fixture
def own_app(own_settings: Settings) -> Iterator[Flask]:
    """An application of that site, its service counting."""
    application = create_app(own_settings)
    application.extensions[NAME] = Counted(own_settings)
    yield application
    application.extensions[NAME].close()


def at(monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    """Set the clock."""
    monkeypatch.setattr(clock, "now_ms", lambda: moment)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/", "Tijdelijk"),
        ("/?q=actie", "Tijdelijk"),
        ("/tags", "/tags/actie"),
        ("/tags/actie", "Tijdelijk"),
        ("/artikel/tijdelijk", "Tijdelijk"),
        ("/api/v1/search?q=actie", "Tijdelijk"),
        ("/api/v1/tags", "actie"),
        ("/api/v1/articles/tijdelijk", "Tijdelijk"),
    ],
)
def test_nothing_expired_is_served_for_a_moment(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch, path: str, shown: str
) -> None:
    client, expiry = own_app.test_client(), clock.to_ms(EXPIRES)
    at(monkeypatch, expiry - 1)
    before = client.get(path)
    assert client.get(path).data == before.data
    assert shown in before.text
    at(monkeypatch, expiry)
    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code in (200, 404)
    assert shown not in after.text


def test_a_kept_answer_is_used_again_for_the_same_address_only(own_app: Flask) -> None:
    client, service = own_app.test_client(), own_app.extensions[NAME]
    first = client.get("/api/v1/search?q=actie")
    assert client.get("/api/v1/search?q=actie").data == first.data
    assert service.searches == 1
    for other in ("/api/v1/search?q=acties", "/api/v1/search?q=actie&page=2", "/?q=actie"):
        assert client.get(other).data != first.data
    assert service.searches == 4


def test_a_new_index_and_a_new_day_make_new_answers(
    own_app: Flask, own_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, service = own_app.test_client(), own_app.extensions[NAME]
    noon = clock.to_ms(datetime(2026, 3, 1, 12, tzinfo=UTC))
    at(monkeypatch, noon)
    first = client.get("/api/v1/search?q=actie").get_json()
    at(monkeypatch, noon + 86_400_000)
    client.get("/api/v1/search?q=actie")
    assert service.searches == 2
    (own_settings.content / "nieuw.md").write_text(
        "---\ntitle: Nieuw\ndate: 2026-01-03\n---\nActie.\n", "utf-8"
    )
    build_index([own_settings.content], own_settings.index)
    while (answer := client.get("/api/v1/search?q=actie").get_json())["total"] == first["total"]:
        assert answer["index"] == first["index"]
    assert answer["total"] == first["total"] + 1


def test_an_answer_made_while_the_index_changed_is_not_kept(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, service = own_app.test_client(), own_app.extensions[NAME]
    keys = iter(("een", "twee", "een", "een", "een"))
    monkeypatch.setattr(service, "cache_key", lambda: next(keys))
    for searches in (1, 2, 2):
        client.get("/api/v1/search?q=actie")
        assert service.searches == searches


@pytest.mark.parametrize("path", ["/?q=actie", "/artikel/blijvend", "/api/v1/search", "/static/style.css"])
def test_who_holds_anything_is_sent_nothing_where_there_is_something(own_app: Flask, path: str) -> None:
    client = own_app.test_client()
    for _ in range(2):
        answer = client.get(path, headers={"If-None-Match": "*"}, buffered=True)
        assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == client.get(path, buffered=True).headers["ETag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/artikel/niets", 404),
        ("/?pagina=abc", 400),
        ("/artikel/blijvend/", 301),
        ("/api/v1/search?page=0", 400),
    ],
)
def test_who_holds_anything_is_told_where_there_is_nothing(own_app: Flask, path: str, status: int) -> None:
    assert own_app.test_client().get(path, headers={"If-None-Match": "*"}).status_code == status


@pytest.mark.parametrize("path", ["/?pagina=abc", "/artikel/niets", "/tags/ACTIE", "/api/v1/search?page=0"])
def test_what_is_no_answer_is_not_kept(own_app: Flask, path: str) -> None:
    client = own_app.test_client()
    assert client.get(path).status_code in (301, 400, 404)
    assert own_app.extensions[ANSWERS].size == 0


def test_nothing_is_kept_when_there_is_no_room_for_it(own_settings: Settings) -> None:
    application = create_app(Settings(own_settings.content, own_settings.index, cache=0))
    client = application.test_client()
    for _ in range(2):
        assert client.get("/?q=actie").status_code == 200
    assert application.extensions[ANSWERS].size == 0


def test_each_content_coding_is_kept_by_itself(own_app: Flask) -> None:
    client = own_app.test_client()
    for _ in range(2):
        plain = client.get("/tags")
        packed = client.get("/tags", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert zlib.decompress(packed.data, wbits=31) == plain.data


def test_the_cache_may_be_set() -> None:
    assert from_environment({}).cache == 16
    assert from_environment({"TREFZEKER_CACHE": "0"}).cache == 0
    for wrong in ("veel", "-1", "1.5", "1000000"):
        with pytest.raises(TrefzekerError, match="TREFZEKER_CACHE"):
            from_environment({"TREFZEKER_CACHE": wrong})


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 900)), max_size=60))
def test_the_cache_holds_the_answers_used_last_within_its_size(steps: list[tuple[int, int]]) -> None:
    capacity = 8 * (OVERHEAD + 600)
    kept, order = AnswerCache(capacity), dict[tuple[str, str], EncodedAnswer]()
    for number, size in steps:
        key = (str(number), "gzip")
        held = kept.get(key)
        assert held == order.get(key)
        if held is not None:
            order[key] = order.pop(key)
        answer = EncodedAnswer(bytes(size), "text/plain")
        kept.put(key, answer)
        if size <= 600:
            order.pop(key, None)
            order[key] = answer
        while sum(len(value.body) + OVERHEAD for value in order.values()) > capacity:
            del order[next(iter(order))]
        assert kept.size == sum(len(value.body) + OVERHEAD for value in order.values())
    assert all(kept.get(key) == answer for key, answer in order.items())


def test_the_cache_can_be_used_by_many_threads() -> None:
    kept = AnswerCache(64 * 1024)
    failures: list[str] = []

    def use(seed: int) -> None:
        for step in range(2000):
            number = (step * (seed + 3)) % 97
            held = kept.get((str(number), ""))
            if held is not None and held.body != bytes([number]) * 1000:
                failures.append(f"{number}: {held.body[:1]!r}")
            kept.put((str(number), ""), EncodedAnswer(bytes([number]) * 1000, "text/plain"))

    threads = [threading.Thread(target=use, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert 0 < kept.size <= kept.capacity


def test_a_kept_answer_tells_how_long_its_search_took(own_app: Flask, client: FlaskClient) -> None:
    first = json.loads(client.get("/api/v1/search?q=privacy").data)
    assert json.loads(client.get("/api/v1/search?q=privacy").data)["took_ms"] == first["took_ms"] >= 0
