"""A build that is killed at any moment leaves a whole index, and the next build cleans up after it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from search.engines.base import EngineRequest
from search.engines.columnar import ColumnarEngine
from search.indexing import build_index
from search.query.plan import EVERYTHING, Term
from search.store import folders
from search.store.check import check_index
from tests.corpus import NOW, PLAIN_WORDS

ARTICLES, KILLS = 120, 12

BUILDER = """
import os, sys
from pathlib import Path
from search.indexing import build_index, update_files
content, index = map(Path, sys.argv[1:3])
changed = [content / f"{number}.md" for number in range(int(sys.argv[3]))]
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        if changed:
            update_files(changed, [content], index)
        else:
            build_index([content], index)
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("klaar", flush=True)
"""
"""Starts a real process for every build, without the imports that would take most of its time."""


def write_content(content: Path, version: int, changed: int) -> None:
    """Write articles, of which each one that changes has one word that only this version has."""
    chance = random.Random(version)
    content.mkdir(exist_ok=True)
    for number in range(changed if version else ARTICLES):
        words = " ".join(chance.choices(PLAIN_WORDS, k=100))
        (content / f"{number}.md").write_text(
            f"---\ntitle: Nummer {number}\n---\nversie{version} {words}\n", "utf-8"
        )


@pytest.fixture(params=[0, 5])
def updated(request: pytest.FixtureRequest) -> int:
    """How many files are named as changed; with none everything is read."""
    return int(request.param)


@pytest.fixture
def builder(tmp_path: Path, updated: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", BUILDER, *map(str, (tmp_path / "content", tmp_path / "index", updated))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def start_build(builder: subprocess.Popen[str]) -> int:
    assert builder.stdin is not None
    assert builder.stdout is not None
    builder.stdin.write("bouw\n")
    builder.stdin.flush()
    return int(builder.stdout.readline())


def wait_for_end(builder: subprocess.Popen[str]) -> None:
    assert builder.stdout is not None
    assert builder.stdout.readline() == "klaar\n"


def served_version(index: Path, versions: range, changed: int) -> int:
    """The one version of which every article that changes answers; checks all that a server would."""
    assert check_index(index) == []
    name = folders.current_name(index)
    engine = ColumnarEngine(folders.open_generation(index, name))
    counts = {
        version: engine.search(EngineRequest(Term("all.exact", f"versie{version}"), NOW)).total
        for version in versions
    }
    assert engine.search(EngineRequest(EVERYTHING, NOW)).total == ARTICLES
    assert counts.pop(0) == (ARTICLES if not any(counts.values()) else ARTICLES - changed)
    assert sorted(counts.values()) in ([0] * len(counts), [*[0] * (len(counts) - 1), changed])
    return max(counts, key=lambda version: counts[version]) if any(counts.values()) else 0


def test_a_build_killed_at_any_moment_leaves_the_old_index_or_the_new_one(
    tmp_path: Path, builder: subprocess.Popen[str], updated: int
) -> None:
    content, index = tmp_path / "content", tmp_path / "index"
    changed = updated or ARTICLES
    write_content(content, 0, changed)
    build_index([content], index)
    write_content(content, 1, changed)
    start_build(builder)
    started = time.perf_counter()
    wait_for_end(builder)
    duration = time.perf_counter() - started
    assert served_version(index, range(2), changed) == 1

    cut_short = 0
    for kill in range(KILLS):
        version = 2 + kill
        write_content(content, version, changed)
        child = start_build(builder)
        # Spread over the whole of a build, its last moments included.
        time.sleep(duration * (kill + random.Random(kill).random()) / KILLS)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        wait_for_end(builder)
        found = served_version(index, range(version + 1), changed)
        assert found in (version - 1, version)
        cut_short += found == version - 1

        report = build_index([content], index)
        assert served_version(index, range(version + 1), changed) == version
        assert {path.name for path in index.iterdir()} <= {"CURRENT", "CURRENT.new", "lock", "generations"}
        if report.changed:
            assert not (index / "CURRENT.new").exists()
            assert {path.name for path in (index / "generations").iterdir()} == set(
                folders.generation_names(index)
            )
            assert len(folders.generation_names(index)) == 2
    assert cut_short > 0
