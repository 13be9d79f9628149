"""From sources to a generation: what changed is read again, and the outcome is that of a full build."""

from __future__ import annotations

import dataclasses
import json
import resource
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from search import indexing, scanning
from search.errors import BadSource, IndexLocked, TooMuchRemoved, TrefzekerError
from search.folder_source import SourceItem
from search.indexing import build_index, merge_index, update_files
from search.model import IndexReport, Problem
from search.sources import iter_sources
from search.store import folders, writer
from search.store.generation import Generation
from tests.edits import PATHS, Edit, Sources, edits, write_up
from tests.generations import in_words


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    found = Sources(tmp_path)
    for number, relative in enumerate(PATHS[:4]):
        found.apply(("write", relative, number, number))
    return found


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places of the articles that were read, as a list that grows."""
    read: list[str] = []

    def watched(paths: Sequence[Path]) -> Iterator[SourceItem | Problem]:
        for item in iter_sources(paths):
            yield item if isinstance(item, Problem) else dataclasses.replace(item, read=noting(item))

    def noting(item: SourceItem):  # type: ignore[no-untyped-def]
        def read_it():  # type: ignore[no-untyped-def]
            read.append(item.relative)
            return item.read()

        return read_it

    monkeypatch.setattr(scanning, "iter_sources", watched)
    return read


def current(index: Path) -> Generation:
    name = folders.current_name(index)
    folders.verify(index, name)
    return folders.open_generation(index, name)


def origins(index: Path) -> dict[str, tuple[str, str]]:
    """Where each article of the current generation came from."""
    if not (index / "CURRENT").exists():
        return {}
    generation = current(index)
    records = [generation.record(number) for number in np.flatnonzero(generation.live).tolist()]
    return {record.id: (record.origin.relative, record.origin.digest) for record in records}


@given(changes=edits)
def test_a_build_after_any_edits_equals_a_full_build(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Edit]
) -> None:
    folder = tmp_path_factory.mktemp("bewerkt")
    sources, index = Sources(folder), folder / "index"
    for number, edit in enumerate(changes):
        sources.apply(edit)
        before = origins(index)
        report = build_index(sources.paths, index, yes=True)
        full = build_index(sources.paths, folder / f"vol{number}", yes=True)
        assert in_words(current(index)) == in_words(current(folder / f"vol{number}"))
        assert report.problems == full.problems
        assert report.documents == full.documents == full.added == len(origins(index))
        after = origins(index)
        assert report.added == len(after.keys() - before.keys())
        assert report.removed == len(before.keys() - after.keys())
        assert report.changed == sum(after[name] != before[name] for name in before.keys() & after.keys())
        assert report.generation == folders.current_name(index)


@given(changes=edits)
def test_the_same_sources_twice_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Edit]
) -> None:
    folder = tmp_path_factory.mktemp("onveranderd")
    sources = Sources(folder)
    for edit in changes:
        sources.apply(edit)
    first = build_index(sources.paths, folder / "index")
    second = build_index(sources.paths, folder / "index")
    assert second.generation == first.generation
    assert second.problems == first.problems
    assert (second.added, second.changed, second.removed) == (0, 0, 0)
    assert second.documents == first.documents


def test_only_files_that_changed_are_read_again(sources: Sources, tmp_path: Path, reads: list[str]) -> None:
    build_index(sources.paths, tmp_path / "index")
    assert sorted(reads) == sorted(PATHS[:4])
    reads.clear()
    build_index(sources.paths, tmp_path / "index")
    assert reads == []
    sources.apply(("write", "b.md", 0, 1))
    report = build_index(sources.paths, tmp_path / "index")
    assert reads == ["b.md"]
    assert (report.added, report.changed, report.removed) == (0, 1, 0)


def test_a_file_that_was_touched_but_not_changed_is_not_read_again(
    sources: Sources, tmp_path: Path, reads: list[str]
) -> None:
    first = build_index(sources.paths, tmp_path / "index")
    reads.clear()
    for path in sources.content.rglob("*.md"):
        path.touch()
    assert build_index(sources.paths, tmp_path / "index").generation == first.generation
    assert reads == []


def test_of_two_files_with_one_id_the_first_in_path_order_is_served(sources: Sources, tmp_path: Path) -> None:
    sources.apply(("write", "map.md", 0, 0))
    report = build_index(sources.paths, tmp_path / "index")
    assert origins(tmp_path / "index")["map"][0] == "map.md"
    rejected = [problem for problem in report.problems if problem.severity == "rejected"]
    assert [Path(problem.path).name for problem in rejected] == ["index.md"]
    assert "map.md" in rejected[0].message

    (sources.content / "map.md").unlink()
    report = build_index(sources.paths, tmp_path / "index")
    assert origins(tmp_path / "index")["map"][0] == "map/index.md"
    assert not [problem for problem in report.problems if problem.severity == "rejected"]


def test_of_two_lines_with_one_id_the_first_is_served(tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    rows = [{"id": "x", "title": "Eerste", "text": ""}, {"id": "x", "title": "Tweede", "text": ""}]
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = build_index([lines], tmp_path / "index")
    assert report.documents == 1
    assert current(tmp_path / "index").record(0).title == "Eerste"
    assert [(problem.line, "a.jsonl:1" in problem.message) for problem in report.problems] == [(2, True)]


def test_a_source_that_is_no_longer_named_leaves_the_index(sources: Sources, tmp_path: Path) -> None:
    sources.apply(("lines", "", 1, 3))
    both = build_index(sources.paths, tmp_path / "index")
    one = build_index([sources.content], tmp_path / "index")
    assert one.removed == both.documents - one.documents == 3


def test_what_cannot_be_opened_is_reported_and_the_rest_is_indexed(sources: Sources, tmp_path: Path) -> None:
    (sources.content / "koppeling.md").symlink_to(sources.content / "a.md")
    report = build_index(sources.paths, tmp_path / "index")
    assert report.documents == 4
    assert "koppeling.md" in {Path(problem.path).name for problem in report.problems}


def test_problems_of_unchanged_files_are_reported_every_time(sources: Sources, tmp_path: Path) -> None:
    for head in (6, 7):
        sources.apply(("write", f"{head}.md", head, 0))
    first = build_index(sources.paths, tmp_path / "index")
    assert {problem.severity for problem in first.problems} >= {"rejected", "withheld"}
    assert list(first.problems) == sorted(first.problems, key=lambda problem: (problem.path, problem.line))
    assert build_index(sources.paths, tmp_path / "index").problems == first.problems


def many(folder: Path, count: int) -> Path:
    content = folder / "veel"
    content.mkdir(exist_ok=True)
    for path in content.iterdir():
        path.unlink()
    for number in range(count):
        (content / f"{number}.md").write_text(write_up(0, 0), "utf-8")
    return content


@pytest.mark.parametrize(
    ("before", "after", "stopped"),
    [
        (20, 9, True),
        (20, 10, False),
        (20, 0, True),
        (21, 10, True),
        (21, 11, False),
        (19, 0, False),
        (30, 14, True),
    ],
)
def test_a_build_that_would_drop_more_than_half_of_a_real_index_stops(
    tmp_path: Path, before: int, after: int, stopped: bool
) -> None:
    index = tmp_path / "index"
    build_index([many(tmp_path, before)], index)
    name = folders.current_name(index)
    content = many(tmp_path, after)
    if stopped:
        with pytest.raises(TooMuchRemoved, match=rf"{before - after} van de {before} .*--yes"):
            build_index([content], index)
        assert folders.current_name(index) == name
        assert not (index / "building").exists()
    report: IndexReport = build_index([content], index, yes=stopped)
    assert (report.documents, report.removed) == (after, before - after)


def test_a_source_that_is_missing_leaves_the_index_as_it_was(sources: Sources, tmp_path: Path) -> None:
    index = tmp_path / "index"
    name = build_index(sources.paths, index).generation
    with pytest.raises(BadSource, match="weg"):
        build_index([tmp_path / "weg"], index)
    assert folders.current_name(index) == name
    assert {path.name for path in index.iterdir()} == {"CURRENT", "lock", "generations"}


def test_a_damaged_index_is_built_anew(sources: Sources, tmp_path: Path, reads: list[str]) -> None:
    index = tmp_path / "index"
    first = build_index(sources.paths, index)
    (index / "generations" / first.generation / "base" / "texts.bin").write_bytes(b"")
    reads.clear()
    report = build_index(sources.paths, index)
    assert sorted(reads) == sorted(PATHS[:4])
    assert report.generation > first.generation
    assert report.documents == first.documents == len(origins(index))


def test_an_index_that_cannot_be_opened_for_want_of_files_is_not_built_anew(
    sources: Sources, tmp_path: Path, reads: list[str]
) -> None:
    index = tmp_path / "index"
    name = build_index(sources.paths, index).generation
    reads.clear()
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    spare = len(list(Path("/proc/self/fd").iterdir()))
    for most in range(spare, spare + 4):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, limits[1]))
        try:
            with suppress(TrefzekerError):
                build_index(sources.paths, index)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert reads == []
    assert folders.current_name(index) == name


def test_an_index_of_another_analysis_is_built_anew(
    sources: Sources, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    with monkeypatch.context() as other_version:
        other_version.setattr(folders, "fingerprint", lambda: "anders")
        first = build_index(sources.paths, index)
    reads.clear()
    assert build_index(sources.paths, index).generation > first.generation
    assert sorted(reads) == sorted(PATHS[:4])


def test_a_second_build_at_the_same_time_is_refused(sources: Sources, tmp_path: Path) -> None:
    with folders.writing(tmp_path / "index"), pytest.raises(IndexLocked):
        build_index(sources.paths, tmp_path / "index")


def test_a_file_that_may_not_grow_so_large_is_said_and_leaves_the_index_as_it_was(
    sources: Sources, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    name = build_index(sources.paths, index).generation
    many(sources.content, 30)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        for _ in range(2):
            with pytest.raises(TrefzekerError, match=r"kan niet worden geschreven: .*'ulimit -f'"):
                build_index(sources.paths, index)
            with pytest.raises(TrefzekerError, match=r"kan niet worden geschreven: .*'ulimit -f'"):
                update_files([sources.content], sources.paths, index)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert folders.current_name(index) == name
    assert not (index / "building").exists()
    assert build_index(sources.paths, index).added


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_full_disk_is_said_with_what_to_do(tmp_path: Path) -> None:
    with (
        pytest.raises(TrefzekerError, match="de schijf is vol: maak ruimte vrij"),
        folders.writing(tmp_path / "index"),
        Path("/dev/full").open("w") as full,
    ):
        full.write("x")
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "lock").symlink_to("/dev/full")
    with pytest.raises(TrefzekerError, match="kan niet worden geschreven"), folders.writing(tmp_path / "vol"):
        pass


def test_progress_is_told_now_and_then(tmp_path: Path) -> None:
    told: list[int] = []
    build_index([many(tmp_path, 250)], tmp_path / "index", progress=told.append)
    assert told == [100, 200]


def test_sources_without_articles_give_an_empty_index(tmp_path: Path) -> None:
    report = build_index([many(tmp_path, 0)], tmp_path / "index")
    assert report.documents == 0
    assert current(tmp_path / "index").documents == 0
    assert build_index([many(tmp_path, 0)], tmp_path / "index").generation == report.generation


def test_articles_read_by_other_rules_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "bron"
    source.mkdir()
    (source / "a.md").write_text("---\ntitle: Kop\n---\ntekst")
    build_index([source], tmp_path / "index")
    monkeypatch.setattr(indexing, "reading_version", lambda: "anders")
    assert build_index([source], tmp_path / "index").changed == 1


def test_a_damaged_index_still_guards_against_an_empty_source(tmp_path: Path) -> None:
    source, empty, index = tmp_path / "bron", tmp_path / "leeg", tmp_path / "index"
    source.mkdir()
    empty.mkdir()
    for number in range(30):
        (source / f"{number}.md").write_text(f"---\ntitle: Kop {number}\n---\ntekst")
    name = build_index([source], index).generation
    records = index / "generations" / name / "base" / "records.bin"
    records.write_bytes(b"x" * records.stat().st_size)
    with pytest.raises(TooMuchRemoved):
        build_index([empty], index)


def test_with_little_memory_an_index_is_written_in_pieces_and_answers_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    for number in range(60):
        (content / f"{number}.md").write_text(write_up(number % 3, number), "utf-8")
    whole = build_index([content], tmp_path / "heel")
    with monkeypatch.context() as little:
        little.setattr(writer, "_FEWEST_WORDS", 150)
        pieces = build_index([content], tmp_path / "stukken", memory=0)
        found = current(tmp_path / "stukken")
        assert len(found.segments) > 3
        assert (pieces.documents, pieces.public, pieces.problems) == (60, whole.public, whole.problems)
        assert in_words(found) == in_words(current(tmp_path / "heel"))
        assert build_index([content], tmp_path / "stukken", memory=0).generation == pieces.generation
        (content / "0.md").unlink()
        after = build_index([content], tmp_path / "stukken", memory=0)
        assert (after.documents, after.removed) == (59, 1)
        assert not merge_index(tmp_path / "stukken", memory=0)
    assert in_words(current(tmp_path / "stukken")) == in_words(built_anew(content, tmp_path / "anders"))


def built_anew(content: Path, index: Path) -> Generation:
    build_index([content], index)
    return current(index)
