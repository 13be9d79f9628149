"""Generations on disk: nothing damaged is taken for whole, nothing half is ever served, one writer at a time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import layout
from search.engines.base import EngineRequest
from search.engines.columnar import ColumnarEngine
from search.errors import DamagedIndex, IndexLocked, NoIndex, RebuildNeeded, TrefzekerError
from search.query.plan import EVERYTHING
from search.store import folders
from tests.corpus import NOW, make_articles
from tests.generations import Built, build, publish_articles

OF_A_GENERATION = (
    "manifest.json",
    "base/columns.bin",
    "base/records.bin",
    "base/texts.bin",
    "base/bodies.bin",
)

HOLD_THE_LOCK = """
import sys
from pathlib import Path
from search.store import folders
with folders.writing(Path(sys.argv[1])):
    print("bezig", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("klein") / "index", make_articles(2, 12))


@pytest.fixture
def index(small: Built, tmp_path: Path) -> Path:
    """A copy that a test may damage."""
    return Path(shutil.copytree(small.index, tmp_path / "index"))


def generation_folder(index: Path) -> Path:
    return index / "generations" / folders.current_name(index)


def open_current(index: Path) -> int:
    """Do what a server does before it answers: verify, open, search. Gives how many articles answer."""
    name = folders.current_name(index)
    folders.verify(index, name)
    engine = ColumnarEngine(folders.open_generation(index, name))
    return engine.search(EngineRequest(EVERYTHING, NOW)).total


def test_a_generation_consists_of_these_files(small: Built) -> None:
    folder = generation_folder(small.index)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == set(OF_A_GENERATION)


def test_the_files_of_a_sound_generation_are_all_verified(small: Built) -> None:
    folders.verify(small.index, small.generation.name)
    listed = folders.read_manifest(small.index, small.generation.name)["files"]
    assert set(listed) == set(OF_A_GENERATION) - {"manifest.json"}


@pytest.mark.parametrize("relative", OF_A_GENERATION)
@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
def test_a_change_of_any_byte_is_found(small: Built, relative: str, place: float, change: int) -> None:
    path = generation_folder(small.index) / relative
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[int(place * len(whole))] ^= change
    path.write_bytes(damaged)
    try:
        with pytest.raises(DamagedIndex, match=path.name.partition(".")[0]):
            folders.verify(small.index, small.generation.name)
    finally:
        path.write_bytes(whole)


@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
def test_a_change_of_any_byte_of_current_leads_to_no_other_generation(
    small: Built, place: float, change: int
) -> None:
    path = small.index / "CURRENT"
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[int(place * len(whole))] ^= change
    path.write_bytes(damaged)
    try:
        name = folders.current_name(small.index)
        if name != small.generation.name:
            folders.verify(small.index, name)
            pytest.fail(f"{damaged!r} was taken for a generation")
    except DamagedIndex:
        pass
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("relative", [name for name in OF_A_GENERATION if name != "manifest.json"])
@given(left=st.floats(0, 1, exclude_max=True))
def test_a_truncated_file_is_found_when_opening(small: Built, relative: str, left: float) -> None:
    path = generation_folder(small.index) / relative
    whole = path.read_bytes()
    path.write_bytes(whole[: int(left * len(whole))])
    try:
        with pytest.raises(DamagedIndex, match=path.name):
            folders.open_generation(small.index, small.generation.name)
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("relative", OF_A_GENERATION)
def test_a_missing_file_is_found_when_opening_and_when_verifying(index: Path, relative: str) -> None:
    name = folders.current_name(index)
    (generation_folder(index) / relative).unlink()
    with pytest.raises(DamagedIndex):
        folders.open_generation(index, name)
    with pytest.raises(DamagedIndex):
        folders.verify(index, name)


@pytest.mark.parametrize(
    "content",
    ["", "\n", "elders", "../../etc/passwd", "1-", "-a", "00000001", "0000000１-ab", "1-a/b", "1-ä"],
)
def test_current_with_something_else_than_a_name_is_damage(index: Path, content: str) -> None:
    (index / "CURRENT").write_text(content, "utf-8")
    with pytest.raises(DamagedIndex, match="CURRENT"):
        folders.current_name(index)


def test_current_that_is_no_text_is_damage(index: Path) -> None:
    (index / "CURRENT").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DamagedIndex):
        folders.current_name(index)


def test_current_that_points_nowhere_is_damage(index: Path) -> None:
    folders.switch(index, "00000009-abcdef")
    with pytest.raises(DamagedIndex, match="00000009-abcdef"):
        open_current(index)


@pytest.mark.parametrize("what", ["format", "analyzer"])
def test_an_index_of_another_version_asks_for_a_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    with monkeypatch.context() as other_version:
        if what == "format":
            other_version.setattr(layout, "FORMAT", layout.FORMAT + 1)
        else:
            other_version.setattr(folders, "fingerprint", lambda: "anders")
        name = publish_articles(tmp_path, make_articles(2, 3))
        folders.open_generation(tmp_path, name)
    for look in (folders.open_generation, folders.verify):
        with pytest.raises(RebuildNeeded, match="trefzeker index"):
            look(tmp_path, name)


def test_a_folder_without_an_index_is_said_so_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="trefzeker index"):
        folders.current_name(tmp_path / "nieuw")
    assert list(tmp_path.iterdir()) == []
    assert folders.generation_names(tmp_path / "nieuw") == []


def test_a_folder_that_may_not_be_read_is_not_taken_for_no_index(index: Path) -> None:
    if os.geteuid() == 0:
        # Permissions do not hold root back; a file in place of the folder does.
        shutil.rmtree(index)
        index.touch()
    else:
        index.chmod(0)
    try:
        with pytest.raises(TrefzekerError, match="niet te lezen") as caught:
            folders.current_name(index)
        assert not isinstance(caught.value, NoIndex)
    finally:
        index.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "index").touch()
    with (
        pytest.raises(TrefzekerError, match="kan niet worden geschreven"),
        folders.writing(tmp_path / "index"),
    ):
        pass


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the index in `tmp_path` for writing."""
    command = [sys.executable, "-c", HOLD_THE_LOCK, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "bezig\n"
        yield process
        process.kill()


def test_a_second_writer_is_told_which_process_is_writing(
    tmp_path: Path, writer: subprocess.Popen[str]
) -> None:
    with pytest.raises(IndexLocked, match=str(writer.pid)), folders.writing(tmp_path):
        pass


def test_the_lock_of_a_killed_writer_is_gone(tmp_path: Path, writer: subprocess.Popen[str]) -> None:
    writer.kill()
    writer.wait()
    with folders.writing(tmp_path):
        assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_the_lock_is_let_go_after_a_failure(tmp_path: Path) -> None:
    def fail() -> None:
        with folders.writing(tmp_path):
            folders.new_folder(tmp_path)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not (tmp_path / "building").exists()
    with folders.writing(tmp_path):
        pass


def test_names_sort_by_age_and_tell_contents_apart(tmp_path: Path) -> None:
    names = [publish_articles(tmp_path, make_articles(seed, 3)) for seed in range(3)]
    assert names == sorted(names)
    assert len({name.partition("-")[2] for name in names}) == 3
    assert folders.current_name(tmp_path) == names[-1]


def test_the_generation_before_the_current_one_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    names = [publish_articles(tmp_path, make_articles(seed, 3)) for seed in range(4)]
    assert folders.generation_names(tmp_path) == names[-2:]
    assert {path.name for path in (tmp_path / "generations").iterdir()} == set(names[-2:])
    assert {path.name for path in tmp_path.iterdir()} == {"CURRENT", "lock", "generations"}


def test_readers_of_a_generation_that_was_removed_keep_answering(tmp_path: Path) -> None:
    articles = make_articles(2, 30)
    old = ColumnarEngine(build(tmp_path, articles).generation)
    for seed in range(3):
        publish_articles(tmp_path, make_articles(seed, 2))
    assert not (tmp_path / "generations" / old.generation).exists()
    matches = old.search(EngineRequest(EVERYTHING, NOW, limit=30))
    found = {old.record(ranked.document).id for ranked in matches.ranked}
    assert found == {a.id for a in articles if a.visible_from <= NOW < a.visible_until}
    assert {old.text(ranked.document) for ranked in matches.ranked} <= {article.text for article in articles}


def test_what_a_killed_build_left_is_removed_by_the_next(index: Path) -> None:
    (index / "building" / "base").mkdir(parents=True)
    (index / "building" / "base" / "columns.bin").write_bytes(b"half")
    (index / "CURRENT.new").write_text("0000")
    half_removed = index / "generations" / "00000000-half"
    half_removed.mkdir()
    (half_removed / "columns.bin").write_bytes(b"half")
    before = folders.current_name(index)
    after = publish_articles(index, make_articles(4, 5))
    assert {path.name for path in index.iterdir()} == {"CURRENT", "lock", "generations"}
    assert {path.name for path in (index / "generations").iterdir()} == {before, after}


def test_a_generation_that_was_never_switched_to_does_not_get_in_the_way(index: Path) -> None:
    before = folders.current_name(index)
    late = publish_articles(index, make_articles(4, 5))
    folders.switch(index, before)
    assert open_current(index) > 0
    after = publish_articles(index, make_articles(5, 5))
    assert after > late > before
    assert folders.current_name(index) == after
