"""Measures requests a second of the server with wrk, beside a Flask view that returns a constant of the same size.

Not a part of the test run: `python -m tests.measure_http SOURCE`. It needs wrk (`apt-get install wrk`). One
gunicorn, started as `trefzeker serve` does, serves under one port the product without a cache of answers, the
same with every search remembered (which leaves the cost of HTTP, JSON and pages), the same with its cache, and
the constant view: a Flask application of its own, with nothing registered on it. Runs are interleaved and their
medians compared.

With one process, that process is held to one core and wrk to another: each would otherwise take time of the other.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

import click
from flask import Flask, Response

from search.cli.server import run
from search.config import Settings, from_environment
from search.indexing import build_index
from search.model import SearchRequest
from search.service import Service
from web import create_app
from web.serving import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SCRIPT = """
local requests, place = {}, 0
for line in io.lines("@FILE@") do
  local path, tag = line:match("^([^\\t]*)\\t?(.*)$")
  local headers = {}
  if tag ~= "" then headers["If-None-Match"] = tag end
  if "@CODING@" ~= "" then headers["Accept-Encoding"] = "@CODING@" end
  requests[#requests + 1] = wrk.format("GET", path, headers)
end
function request()
  place = place % #requests + 1
  return requests[place]
end
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local p99 = latency:percentile(99)
  io.write(string.format("RESULT %d %d %d %d\\n", summary.requests, summary.duration, p99, failed))
end
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What is asked for: `lines` hold an address each, perhaps with an entity tag that is held already."""

    name: str
    lines: tuple[str, ...]
    against: str = ""
    coding: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of wrk: requests a second, 99th percentile of latency in ms, CPU of the server in ms a request."""

    rate: float
    p99: float
    cpu: float


def measured_app() -> WSGIApplication:
    """Make the application that is measured: the product in three forms, and the constant view."""
    settings = from_environment()
    plain = create_app(replace(settings, cache=0))
    remembered = create_app(replace(settings, cache=0))
    service = remembered.extensions[NAME]
    service.search = cache(service.search)
    forms: dict[str, WSGIApplication] = {
        "remembered": remembered,
        "kept": create_app(replace(settings, cache=256)),
        "constant": constant_app(),
    }

    def dispatch(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        form, _, rest = environ["PATH_INFO"][1:].partition("/")
        if form not in forms:
            return plain(environ, start_response)
        environ["PATH_INFO"] = f"/{rest}"
        return forms[form](environ, start_response)

    return dispatch


def constant_app() -> Flask:
    """Make an application with one view, of which the address tells how many bytes it returns."""
    app = Flask("constant")
    body = cache(lambda size: b"x" * size)

    @app.get("/<int:size>")
    def constant(size: int) -> Response:
        return Response(body(size), content_type="application/json")

    return app


def queries(service: Service, number: int, seed: int) -> list[str]:
    """Make queries from the texts of the index: one word, two, a phrase, a prefix, either of two, a period."""
    dice = random.Random(seed)
    pages = service.state().documents // 50
    texts: list[str] = []
    for page in dice.sample(range(1, min(pages, 200) + 1), k=min(pages, 40)):
        hits = service.search(SearchRequest(sort="newest", page=page, per_page=50)).hits
        found = (service.article(hit.id) for hit in hits)
        texts += [article.text for article in found if article]
    made: list[str] = []
    while len(made) < number:
        words = re.findall(r"\w{4,}", dice.choice(texts))
        if len(words) < 4:
            continue
        place = dice.randrange(len(words) - 1)
        one, two, other = words[place], words[place + 1], dice.choice(words)
        period = f"{one} sinds {dice.randrange(2010, 2025)}"
        made.append(
            dice.choice(
                (one, one, f"{one} {other}", f'"{one} {two}"', f"{one[:4]}*", f"{one} OF {other}", period)
            )
        )
    return made


def ask(port: int, path: str, coding: str = "identity") -> tuple[bytes, str]:
    """Give the body and the entity tag of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": coding})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status)
        return body, answer.headers.get("ETag", "")
    finally:
        connection.close()


def rows(port: int, asked: list[str]) -> list[Row]:
    """Make what is measured; every answer that should be remembered or kept has been asked for once then."""
    api = [f"/api/v1/search?q={quote_plus(query)}" for query in asked]
    pages = [f"/?q={quote_plus(query)}" for query in asked]
    few = 200
    answers = [ask(port, path) for path in api]
    api_size = int(statistics.median(len(body) for body, _ in answers))
    page_size = int(statistics.median(len(ask(port, path)[0]) for path in pages[:few]))
    held = [f"{path}\t{tag}" for path, (_, tag) in zip(api, answers, strict=True)]
    # Only for one process: of several each remembers by itself, and is warmed by the first run.
    for path in (*api, *pages):
        ask(port, "/remembered" + path)
    for path in (*api[:few], *pages[:few]):
        for coding in ("identity", "gzip"):
            ask(port, "/kept" + path, coding)
    api_constant, page_constant = f"constant, {api_size} bytes", f"constant, {page_size} bytes"
    return [
        Row(api_constant, (f"/constant/{api_size}",)),
        Row(page_constant, (f"/constant/{page_size}",)),
        Row("API", tuple(api), api_constant),
        Row("page", tuple(pages), page_constant),
        Row("API, search remembered", prefixed("/remembered", api), api_constant),
        Row("page, search remembered", prefixed("/remembered", pages), page_constant),
        Row("API, search remembered, gzip", prefixed("/remembered", api), api_constant, "gzip"),
        Row("page, search remembered, gzip", prefixed("/remembered", pages), page_constant, "gzip"),
        Row("API, search remembered, zstd", prefixed("/remembered", api), api_constant, "zstd"),
        Row("page, search remembered, zstd", prefixed("/remembered", pages), page_constant, "zstd"),
        Row("API, kept", prefixed("/kept", api[:few]), api_constant),
        Row("page, kept", prefixed("/kept", pages[:few]), page_constant),
        Row("page, kept, gzip", prefixed("/kept", pages[:few]), page_constant, "gzip"),
        Row("API, 304", tuple(held), api_constant),
    ]


def prefixed(form: str, paths: list[str]) -> tuple[str, ...]:
    """Give addresses in another form of the application."""
    return tuple(form + path for path in paths)


def load(server: Serving, row: Row, seconds: int, core: str) -> Run:
    """Run wrk once, with eight connections."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "lines").write_text("\n".join(row.lines) + "\n", "utf-8")
        script = SCRIPT.replace("@FILE@", str(folder / "lines")).replace("@CODING@", row.coding)
        (folder / "script.lua").write_text(script, "utf-8")
        address = f"http://127.0.0.1:{server.port}"
        command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-s", str(folder / "script.lua"), address]
        before = server.cpu()
        said = subprocess.run([*pinned(core), *command], check=True, capture_output=True, text=True).stdout
        used = server.cpu() - before
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+)", said)
    assert found, said
    requests, microseconds, p99, failed = map(int, found.groups())
    assert not failed, (row.name, failed)
    return Run(requests / (microseconds / 1e6), p99 / 1000, used / requests * 1000)


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that runs: its port and its first process."""

    port: int
    process: int

    def cpu(self) -> float:
        """Give the CPU time in seconds of the server's processes, as Linux counts it; 0 elsewhere."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent, *_, user, system = stat.read_text().rpartition(")")[2].split()[1:13]
            except OSError:
                continue
            if self.process in (int(parent), int(stat.parent.name)):
                ticks += int(user) + int(system)
        return ticks / os.sysconf("SC_CLK_TCK")


def pinned(core: str) -> list[str]:
    """Give the beginning of a command that is held to a core; nothing when it may use all."""
    return ["taskset", "-c", core] if core else []


@contextmanager
def serving(settings: Settings, workers: int) -> Iterator[Serving]:
    """Serve the measured application."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "tests.measure_http", "--serve", str(port), "--workers", str(workers)]
    environment = {
        **os.environ,
        "TREFZEKER_INDEX": str(settings.index),
        "TREFZEKER_CONTENT": str(settings.content),
    }
    server = subprocess.Popen([*pinned("0" if workers == 1 else ""), *command], env=environment)
    try:
        for _ in range(600):
            try:
                ask(port, "/readyz")
                break
            except OSError:
                assert server.poll() is None
                time.sleep(0.05)
        yield Serving(port, server.pid)
    finally:
        server.terminate()
        server.wait(30)


def take(source: Path, number: int, folder: Path) -> Path:
    """Write the first documents of a .jsonl or .jsonl.gz file to one of our own."""
    opened = gzip.open if source.suffix == ".gz" else open
    with (
        opened(source, "rt", encoding="utf-8") as lines,
        (folder / "taken.jsonl").open("w", encoding="utf-8") as taken,
    ):
        taken.writelines(islice(lines, number))
    return folder / "taken.jsonl"


def measure(
    settings: Settings, workers: int, asked: list[str], seconds: int, rounds: int
) -> dict[str, dict[str, float]]:
    """Measure every row, interleaved.

    Returns:
        For each row the medians of its requests a second (`rate`), of its 99th percentile in ms (`p99`) and of
        the CPU that the server takes for a request in ms (`cpu`); and the ratio of its rate to that of the
        constant of its size.
    """
    with serving(settings, workers) as server:
        measured = rows(server.port, asked)
        runs: dict[str, list[Run]] = {row.name: [] for row in measured}
        for _ in range(rounds):
            for row in measured:
                runs[row.name].append(load(server, row, seconds, "1" if workers == 1 else ""))
    result: dict[str, dict[str, float]] = {}
    for row in measured:
        rate = statistics.median(run.rate for run in runs[row.name])
        against = result[row.against]["rate"] if row.against else rate
        p99 = statistics.median(run.p99 for run in runs[row.name])
        cpu = statistics.median(run.cpu for run in runs[row.name])
        result[row.name] = {"rate": rate, "p99": p99, "cpu": cpu, "ratio": rate / against}
    return result


@click.command()
@click.argument("source", required=False, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--index", "index_folder", type=click.Path(path_type=Path, exists=True), help="An index that is there."
)
@click.option("--documents", default=20_000, show_default=True, help="How many documents of SOURCE to index.")
@click.option("--workers", default=(1, 2), multiple=True, show_default=True, help="Processes of the server.")
@click.option("--queries", "number", default=3000, show_default=True, help="How many different queries.")
@click.option("--seed", default=5, show_default=True)
@click.option("--seconds", default=3, show_default=True, help="Length of a run.")
@click.option("--rounds", default=3, show_default=True, help="Runs of each row.")
@click.option("--json", "as_json", is_flag=True)
@click.option("--serve", "port", type=int, hidden=True)
def main(
    source: Path | None,
    index_folder: Path | None,
    documents: int,
    workers: tuple[int, ...],
    number: int,
    seed: int,
    seconds: int,
    rounds: int,
    as_json: bool,
    port: int | None,
) -> None:
    """Measure the server over SOURCE (.jsonl or .jsonl.gz) or over an index that is there."""
    if port is not None:
        run(from_environment(), "127.0.0.1", port, workers[0], "tests.measure_http:measured_app()")
        return
    if shutil.which("wrk") is None:
        raise click.ClickException("wrk is not installed: apt-get install wrk, or https://github.com/wg/wrk")
    with tempfile.TemporaryDirectory() as name:
        index = index_folder or Path(name) / "index"
        if index_folder is None:
            if source is None:
                raise click.UsageError("name a SOURCE, or an index with --index")
            build_index([take(source, documents, Path(name))], index)
        settings = Settings(content=Path(name), index=index)
        asked = queries(Service(settings, verify=False), number, seed)
        results = {count: measure(settings, count, asked, seconds, rounds) for count in workers}
    if as_json:
        click.echo(json.dumps(results, indent=2))
        return
    for count, result in results.items():
        click.echo(f"\n{count} process(es)\n")
        click.echo("| what | requests/s | ratio to the constant | server CPU, ms a request | p99, ms |")
        click.echo("|---|---|---|---|---|")
        for what, row in result.items():
            click.echo(
                f"| {what} | {row['rate']:.0f} | {row['ratio']:.2f} | {row['cpu']:.2f} | {row['p99']:.0f} |"
            )


if __name__ == "__main__":
    main()
