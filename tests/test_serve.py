"""`trefzeker serve` as a process: it answers over HTTP, shows a new index by itself, and stops when told to."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from search.config import Settings
from tests.small_site import ARTICLES, PUBLIC, TREFZEKER, build_site, environment, markdown, write_articles

PATIENCE = 20.0
"""Seconds that a server may take to start or stop on a busy machine."""

SWITCHED = 5.0
"""Seconds within which an article that was withdrawn is gone."""


@dataclass(slots=True)
class Site:
    """A server on this machine."""

    settings: Settings
    port: int
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def search(self, text: str) -> Any:
        status, body = self.get(f"/api/v1/search?q={quote(text)}")
        assert status == 200
        return json.loads(body)


@dataclass(slots=True)
class Readers:
    """Threads that keep asking until told to stop, and remember whatever went wrong."""

    site: Site
    stop: threading.Event = field(default_factory=threading.Event)
    failures: list[str] = field(default_factory=list)
    totals: set[int] = field(default_factory=set)
    answered: int = 0

    def ask(self) -> None:
        while not self.stop.is_set():
            try:
                self.totals.add(self.site.search("nieuwsbericht")["total"])
                status, _ = self.site.get("/?q=nieuwsbericht")
                assert status == 200
                self.answered += 1
            except (OSError, AssertionError, http.client.HTTPException) as failure:
                self.failures.append(repr(failure))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(settings: Settings) -> Iterator[Site]:
    port = free_port()
    command = [TREFZEKER, "serve", "--port", str(port), "--workers", "2"]
    site = Site(settings, port, subprocess.Popen(command, env=environment(settings), stderr=subprocess.PIPE))
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                if site.get("/readyz")[0] == 200:
                    break
            except OSError:
                pass
            assert site.process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield site
    finally:
        site.process.terminate()
        try:
            site.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            site.process.kill()
        site.process.communicate()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    articles = {
        f"nieuws/{number:02}.md": markdown(
            f"Nieuws {number}", "Een nieuwsbericht over iets.", date="2024-01-01"
        )
        for number in range(30)
    }
    with serving(build_site(tmp_path_factory.mktemp("server"), {**ARTICLES, **articles})) as started:
        yield started


def index(settings: Settings, *options: str) -> None:
    subprocess.run([TREFZEKER, "index", *options], env=environment(settings), check=True, capture_output=True)


def test_a_server_answers_on_pages_and_api(site: Site) -> None:
    assert site.search("taalmodellen")["hits"][0]["id"] == "taalmodel"
    assert site.search("taalmodellen")["index"]["documents"] == PUBLIC + 30
    status, page = site.get("/?q=taalmodellen")
    assert status == 200
    assert "Het <mark>taalmodel</mark>" in page.decode()
    assert site.get("/artikel/taalmodel")[0] == 200
    assert site.get("/artikel/concept")[0] == 404
    assert site.get("/healthz")[0] == 200


@pytest.mark.parametrize(
    ("path", "headers", "status", "told"),
    [
        ("/?q=" + "a" * 9000, {}, 414, "Dit adres is te lang"),
        ("/", {"X-Lang": "a" * 9000}, 431, "kopregels"),
    ],
)
def test_what_is_too_long_to_read_is_told_in_dutch(
    site: Site, path: str, headers: dict[str, str], status: int, told: str
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    assert answer.status == status
    assert '<html lang="nl">' in page
    assert told in page
    assert site.get("/healthz")[0] == 200


def test_a_withdrawn_article_is_gone_within_seconds_without_a_failed_request(site: Site) -> None:
    readers = Readers(site)
    threads = [threading.Thread(target=readers.ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        (site.settings.content / "nieuws" / "07.md").unlink()
        write_articles(
            site.settings, {"nieuws/08.md": markdown("Concept", "Een nieuwsbericht.", draft="true")}
        )
        index(site.settings)
        deadline = time.monotonic() + SWITCHED
        # Each process moves on by itself: only when all of many requests agree have they all done so.
        while any(site.search("nieuwsbericht")["total"] != 28 for _ in range(10)):
            assert time.monotonic() < deadline
        assert site.get("/artikel/nieuws/07")[0] == 404
        assert site.get("/artikel/nieuws/08")[0] == 404
        assert site.get("/artikel/nieuws/09")[0] == 200
    finally:
        readers.stop.set()
        for thread in threads:
            thread.join()
    assert readers.failures == []
    assert readers.answered > 0
    assert readers.totals <= {30, 28}


def test_many_builds_in_a_row_are_followed_without_a_failed_request(site: Site) -> None:
    readers = Readers(site)
    thread = threading.Thread(target=readers.ask)
    thread.start()
    try:
        for number in range(4):
            write_articles(site.settings, {"ronde.md": markdown("Ronde", f"rondenummer{number}")})
            index(site.settings)
        deadline = time.monotonic() + SWITCHED
        while any(site.search("rondenummer3")["total"] != 1 for _ in range(10)):
            assert time.monotonic() < deadline
    finally:
        readers.stop.set()
        thread.join()
    assert readers.failures == []


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_a_server_stops_when_told_to(tmp_path: Path, end: signal.Signals) -> None:
    with serving(build_site(tmp_path)) as started:
        started.process.send_signal(end)
        _, said = started.process.communicate(timeout=PATIENCE)
        assert started.process.returncode == 0
        assert b"Traceback" not in said
        assert f"http://127.0.0.1:{started.port}".encode() in said
        with pytest.raises(OSError, match="refused"):
            started.get("/healthz")
