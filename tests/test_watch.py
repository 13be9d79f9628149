"""`trefzeker watch` as a process: it indexes at once, and again when files change."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from search.config import Settings
from search.errors import IndexLocked, TooMuchRemoved
from search.indexing import build_index
from search.query.request import read_request
from search.service import Service
from search.store import folders, revision
from tests.small_site import ARTICLES, TREFZEKER, environment, markdown, write_articles

PATIENCE = 15.0
"""Seconds that a change may take on a busy machine."""


@contextmanager
def watching(settings: Settings, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as stderr:
        process = subprocess.Popen([TREFZEKER, "watch"], env=environment(settings), stderr=stderr)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def total(settings: Settings, text: str) -> int:
    # In quotation marks, so that nothing is corrected to another word.
    if not (settings.index / "CURRENT").exists():
        return -1
    return Service(settings, verify=False).search(read_request(text=f'"{text}"')).total


def test_watch_indexes_what_is_there_and_follows_every_change(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "content", tmp_path / "index")
    write_articles(settings, ARTICLES)
    log = tmp_path / "log"
    with watching(settings, log) as process:
        wait_until(lambda: total(settings, "taalmodel") == 1)
        write_articles(settings, {"nieuw/vers.md": markdown("Vers", "Een nieuwigheidje.")})
        wait_until(lambda: total(settings, "nieuwigheidje") == 1)
        write_articles(settings, {"nieuw/vers.md": "---\ntitle: [kapot\n---\n"})
        wait_until(lambda: total(settings, "nieuwigheidje") == 0)
        wait_until(lambda: "vers.md" in log.read_text(encoding="utf-8"))
        (settings.content / "taalmodel.md").unlink()
        wait_until(lambda: total(settings, "taalmodel") == 0)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_watch_goes_on_after_a_build_that_was_refused(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "content", tmp_path / "index")
    many = {f"{number:02}.md": markdown(f"Artikel {number}", "Tekst.") for number in range(20)}
    write_articles(settings, many)
    log = tmp_path / "log"
    with watching(settings, log):
        wait_until(lambda: total(settings, "tekst") == 20)
        for name in list(many)[:11]:
            (settings.content / name).unlink()
        advice = f"trefzeker index {settings.content} --index {settings.index} --yes"
        wait_until(lambda: advice in log.read_text(encoding="utf-8"))
        assert total(settings, "tekst") == 20
        write_articles(settings, {"12.md": markdown("Artikel 12", "Tekst.", draft="true")})
        wait_until(lambda: total(settings, "tekst") == 19)
        (settings.content / "13.md").unlink()
        wait_until(lambda: total(settings, "tekst") == 18)
        assert log.read_text(encoding="utf-8").count("--yes") == 1
        write_articles(settings, many)
        write_articles(settings, {"20.md": markdown("Artikel 20", "Tekst.")})
        wait_until(lambda: total(settings, "tekst") == 21)


def test_watch_goes_on_after_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "content", tmp_path / "index")
    write_articles(settings, {**ARTICLES, "diep/in.md": markdown("Diep", "Tekst.")})
    log = tmp_path / "log"
    bad = os.fsencode(settings.content / "diep") + b"/fout\xff.md"
    with watching(settings, log) as process:
        wait_until(lambda: total(settings, "taalmodel") == 1)
        for number, word in enumerate(("eerstewoordje", "tweedewoordje")):
            Path(os.fsdecode(bad)).write_text("x", "utf-8")
            write_articles(settings, {f"{number}.md": markdown("Vers", word)})
            wait_until(partial(lambda word: total(settings, word) == 1, word))
        write_articles(settings, {"rustig.md": markdown("Vers", "Derdewoordje.")})
        wait_until(lambda: total(settings, "derdewoordje") == 1)
        assert process.poll() is None
    said = log.read_text(encoding="utf-8")
    assert f"In de map {settings.content / 'diep'} veranderde iets met een naam die geen UTF-8 is" in said
    assert "Traceback" not in said


def test_watch_goes_on_while_a_file_of_which_the_name_is_not_utf_8_is_being_written(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "content", tmp_path / "index")
    write_articles(settings, ARTICLES)
    bad = Path(os.fsdecode(os.fsencode(settings.content) + b"/fout\xff.log"))

    def written_and_found() -> bool:
        with bad.open("a") as file:
            file.write("x")
        return total(settings, "nieuwigheidje") == 1

    with watching(settings, tmp_path / "log"):
        wait_until(lambda: total(settings, "taalmodel") == 1)
        write_articles(settings, {"vers.md": markdown("Vers", "Een nieuwigheidje.")})
        wait_until(written_and_found)


def test_watch_goes_on_after_a_build_that_could_not_be_written(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "content", tmp_path / "index")
    write_articles(settings, ARTICLES)
    log = tmp_path / "log"
    with watching(settings, log) as process:
        wait_until(lambda: total(settings, "taalmodel") == 1)
        limits = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (2048, limits[1]))
        write_articles(settings, {"vers.md": markdown("Vers", "Een nieuwigheidje.")})
        wait_until(lambda: "ulimit -f" in log.read_text(encoding="utf-8"))
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, limits)
        wait_until(lambda: total(settings, "nieuwigheidje") == 1)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_watch_says_so_when_there_is_nothing_to_watch(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "nergens", tmp_path / "index")
    refused = subprocess.run(
        [TREFZEKER, "watch"],
        env=environment(settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert refused.returncode == 2
    assert "nergens" in refused.stderr


def test_when_all_is_quiet_everything_is_looked_at_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.cli import watching as watcher  # noqa: PLC0415  # it starts threads when imported

    settings = Settings(tmp_path / "content", tmp_path / "index")
    write_articles(settings, {"a.md": markdown("Een", "Tekst."), "b.md": markdown("Twee", "Tekst.")})
    first = build_index([settings.content], settings.index)
    follower = watcher._Follower([settings.content], settings.index, set(first.problems))
    assert follower.rest() is None
    write_articles(settings, {"a.md": markdown("Een", "Anders."), "b.md": markdown("Twee", "Ongemeld.")})
    assert follower.take_in([settings.content / "a.md"]).changed == 1
    assert follower.rest() is None
    monkeypatch.setattr(watcher, "REST_SECONDS", 0.0)
    monkeypatch.setattr(revision, "FEW_STALE", 0)
    late = follower.rest()
    assert late is not None
    assert late.changed == 1
    assert len(folders.open_generation(settings.index, folders.current_name(settings.index)).segments) == 1
    assert follower.rest() is None


def test_what_could_not_be_done_while_another_was_writing_is_done_when_all_is_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.cli import watching as watcher  # noqa: PLC0415  # it starts threads when imported

    settings = Settings(tmp_path / "content", tmp_path / "index")
    write_articles(settings, {"a.md": markdown("Een", "Tekst.")})
    build_index([settings.content], settings.index)
    monkeypatch.setattr(watcher, "REST_SECONDS", 0.0)
    follower = watcher._Follower([settings.content], settings.index, set())
    write_articles(settings, {"a.md": markdown("Een", "Anders.")})
    with folders.writing(settings.index):
        for _ in range(3):
            with pytest.raises(IndexLocked):
                follower.take_in([settings.content / "a.md"])
            with pytest.raises(IndexLocked):
                follower.rest()
    assert len(follower._pending) == 1
    late = follower.rest()
    assert late is not None
    assert late.changed == 1
    assert follower.rest() is None


def test_while_most_would_go_only_that_is_withheld(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.cli import watching as watcher  # noqa: PLC0415  # it starts threads when imported

    settings = Settings(tmp_path / "content", tmp_path / "index")
    many = {f"{number:02}.md": markdown(f"Artikel {number}", "Tekst.") for number in range(30)}
    write_articles(settings, many)
    build_index([settings.content], settings.index)
    monkeypatch.setattr(watcher, "REST_SECONDS", 0.0)
    follower = watcher._Follower([settings.content], settings.index, set())
    gone = [settings.content / name for name in list(many)[:16]]
    for path in gone:
        path.unlink()
    draft = settings.content / "20.md"
    write_articles(settings, {draft.name: markdown("Klad", "Tekst.", draft="true")})
    with pytest.raises(TooMuchRemoved):
        follower.take_in([*gone, draft])
    with folders.writing(settings.index), pytest.raises(IndexLocked):
        follower.take_in_apart([])
    drafted = follower.rest()
    assert drafted is not None
    assert (drafted.changed, drafted.removed, drafted.public) == (1, 0, 29)
    assert follower.rest() is None  # told before
    two = [settings.content / name for name in ("21.md", "22.md")]
    for path in two:
        path.unlink()
    assert follower.take_in_apart(two) is None
    (settings.content / "23.md").unlink()
    by_name = follower.take_in_apart([settings.content / "23.md"])
    assert by_name is not None
    assert (by_name.removed, by_name.documents) == (1, 29)
    write_articles(settings, many)
    assert follower.take_in_apart(gone) is not None
    everything = follower.rest()
    assert everything is not None
    assert everything.documents == everything.public == 30
    assert not follower.withheld


def test_a_problem_that_was_solved_is_told_again_when_it_returns(tmp_path: Path) -> None:
    from search.cli import watching as watcher  # noqa: PLC0415  # it starts threads when imported

    settings = Settings(tmp_path / "content", tmp_path / "index")
    write_articles(settings, {"a.md": markdown("Een", "Tekst."), "b.md": markdown("Twee", "Tekst.")})
    build_index([settings.content], settings.index)
    follower = watcher._Follower([settings.content], settings.index, set())
    told = []
    for text in ("---\ntitle: [kapot\n---\n", markdown("Heel", "Tekst."), "---\ntitle: [kapot\n---\n"):
        write_articles(settings, {"b.md": text})
        told.append(len(follower.take_in([settings.content / "b.md"]).problems))
        told.append(len(follower.take_in([settings.content / "b.md"]).problems))
    assert told == [1, 0, 0, 0, 1, 0]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_watch_ends_when_asked(tmp_path: Path, end: signal.Signals) -> None:
    settings = Settings(tmp_path / "content", tmp_path / "index")
    write_articles(settings, ARTICLES)
    with watching(settings, tmp_path / "log") as process:
        wait_until(lambda: total(settings, "taalmodel") == 1)
        process.send_signal(end)
        assert process.wait(timeout=PATIENCE) in (0, -end)
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
