import gzip
import json
import os
import shutil
import socket
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.articles import MAX_BYTES
from search.errors import BadSource
from search.folder_source import MAX_FOLDERS, SourceItem
from search.model import Problem
from search.sources import MAX_LINE, duplicate_problem, iter_sources

AS_ROOT = os.geteuid() == 0


def write(path: Path, content: str | bytes = "---\ntitle: Kop\n---\ntekst") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def line(identity: str, text: str = "tekst") -> bytes:
    return json.dumps({"id": identity, "title": "Kop", "text": text}).encode() + b"\n"


def items(*paths: Path) -> list[SourceItem]:
    found = list(iter_sources(paths))
    return [item for item in found if isinstance(item, SourceItem)]


def problems(*paths: Path) -> list[Problem]:
    return [item for item in iter_sources(paths) if isinstance(item, Problem)]


def identity(item: SourceItem) -> str:
    article = item.read().article
    assert article
    return article.id


class TestAFolder:
    def test_its_markdown_files_come_in_the_order_of_their_paths(self, tmp_path: Path) -> None:
        names = ["b.md", "a.md", "a/b.md", "a-b.md", "a/é.MD", "Z.markdown", "a/b/c.md", "0/index.md"]
        for name in names:
            write(tmp_path / name)
        assert [item.relative for item in items(tmp_path)] == sorted(names, key=str.encode)

    def test_other_and_hidden_files_are_passed_over(self, tmp_path: Path) -> None:
        for name in ["a.txt", "md", ".b.md", ".git/c.md", "d/.e/f.md", "g.md~", "h.html"]:
            write(tmp_path / name)
        assert not list(iter_sources([tmp_path]))

    def test_an_item_says_what_it_is(self, tmp_path: Path) -> None:
        write(tmp_path / "map" / "stuk.md")
        (item,) = items(tmp_path)
        assert (item.path, item.line, item.place) == (
            str(tmp_path / "map/stuk.md"),
            1,
            str(tmp_path / "map/stuk.md"),
        )
        assert (item.relative, len(item.digest)) == ("map/stuk.md", 32)
        assert identity(item) == "map/stuk"

    def test_the_digest_is_that_of_what_is_read(self, tmp_path: Path) -> None:
        file = write(tmp_path / "a.md", "een")
        (before,) = items(tmp_path)
        file.write_text("twee")
        (after,) = items(tmp_path)
        assert before.digest != after.digest
        loaded = before.read()
        assert loaded.article
        assert loaded.article.text == "een"

    def test_an_empty_folder_has_nothing(self, tmp_path: Path) -> None:
        assert not list(iter_sources([tmp_path]))

    def test_links_are_not_followed(self, tmp_path: Path) -> None:
        secret = write(tmp_path / "buiten" / "geheim.md").parent
        inside = write(tmp_path / "binnen" / "a.md").parent
        (inside / "b.md").symlink_to(secret / "geheim.md")
        (inside / "c.md").symlink_to("bestaat-niet.md")
        (inside / "lus").symlink_to(inside)
        (inside / "map").symlink_to(secret)
        (inside / "plaatje.png").symlink_to("a.md")
        (inside / "zichzelf").symlink_to("zichzelf")
        assert [item.relative for item in items(inside)] == ["a.md"]
        assert [Path(problem.path).name for problem in problems(inside)] == ["b.md", "c.md", "lus", "map"]
        assert all(problem.severity == "rejected" for problem in problems(inside))

    def test_a_folder_that_is_named_through_a_link_is_read(self, tmp_path: Path) -> None:
        write(tmp_path / "echt" / "a.md")
        (tmp_path / "link").symlink_to(tmp_path / "echt")
        assert [item.relative for item in items(tmp_path / "link")] == ["a.md"]

    def test_pipes_and_sockets_are_never_opened(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        os.mkfifo("a.md")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("b.md")
            found = problems(tmp_path)
        assert [Path(problem.path).name for problem in found] == ["a.md", "b.md"]
        assert all("gewoon bestand" in problem.message for problem in found)

    def test_too_large_a_file_is_rejected(self, tmp_path: Path) -> None:
        with write(tmp_path / "a.md").open("wb") as file:
            file.truncate(50 * MAX_BYTES)
        assert "KiB" in problems(tmp_path)[0].message

    def test_a_name_that_is_no_utf8_is_rejected(self, tmp_path: Path) -> None:
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md"))).write_text("tekst")
        (problem,) = problems(tmp_path)
        assert problem.path.endswith("caf\\xe9.md")
        assert "UTF-8" in problem.message

    def test_a_name_with_a_line_end_is_shown_on_one_line(self, tmp_path: Path) -> None:
        write(tmp_path / "a\nb.md")
        (item,) = items(tmp_path)
        assert item.path.endswith("a\\nb.md")
        assert item.read().article is None

    def test_very_deep_folders_are_not_entered(self, tmp_path: Path) -> None:
        deep = tmp_path.joinpath(*["d"] * (MAX_FOLDERS + 1))
        write(deep / "a.md")
        write(tmp_path / "d" / "b.md")
        assert [item.relative for item in items(tmp_path)] == ["d/b.md"]
        assert "in elkaar" in problems(tmp_path)[0].message

    @pytest.mark.skipif(AS_ROOT, reason="root may read everything")
    def test_what_may_not_be_read_is_reported(self, tmp_path: Path) -> None:
        write(tmp_path / "a.md").chmod(0)
        write(tmp_path / "b" / "c.md").parent.chmod(0)
        assert ["niet te lezen" in problem.message for problem in problems(tmp_path)] == [True, True]
        (tmp_path / "b").chmod(0o700)


class TestAFolderThatChangesMeanwhile:
    """What is seen first and opened later may have been replaced in between."""

    @pytest.fixture
    def walk(self, tmp_path: Path) -> Iterator[SourceItem | Problem]:
        write(tmp_path / "a.md")
        write(tmp_path / "b.md")
        write(tmp_path / "c" / "d.md")
        found = iter_sources([tmp_path])
        assert isinstance(next(found), SourceItem)
        (tmp_path / "b.md").unlink()
        shutil.rmtree(tmp_path / "c")
        return found

    def test_a_file_that_is_gone_is_reported(self, walk: Iterator[SourceItem | Problem]) -> None:
        found = [item for item in walk if isinstance(item, Problem)]
        assert ["niet te lezen" in problem.message for problem in found] == [True, True]

    def test_a_link_in_its_place_is_not_followed(
        self, walk: Iterator[SourceItem | Problem], tmp_path: Path
    ) -> None:
        secret = write(tmp_path / ".buiten" / "geheim.md")
        (tmp_path / "b.md").symlink_to(secret)
        (tmp_path / "c").symlink_to(secret.parent)
        assert all(isinstance(item, Problem) for item in walk)

    def test_a_pipe_in_its_place_does_not_hang(
        self, walk: Iterator[SourceItem | Problem], tmp_path: Path
    ) -> None:
        os.mkfifo(tmp_path / "b.md")
        found = next(walk)
        assert isinstance(found, Problem)
        assert "gewoon bestand" in found.message


class TestAFileOfLines:
    @pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
    def test_every_line_is_an_item(self, tmp_path: Path, name: str) -> None:
        content = line("een") + b"\n  \n" + line("twee")
        path = write(tmp_path / name, gzip.compress(content) if name.endswith("gz") else content)
        found = items(path)
        assert [(item.line, item.relative, item.place) for item in found] == [
            (1, f"{name}:1", f"{path}:1"),
            (4, f"{name}:4", f"{path}:4"),
        ]
        assert [identity(item) for item in found] == ["een", "twee"]
        assert {item.path for item in found} == {str(path)}

    def test_a_last_line_may_lack_its_end(self, tmp_path: Path) -> None:
        assert len(items(write(tmp_path / "a.jsonl", line("a").rstrip()))) == 1

    def test_too_long_a_line_is_rejected_and_the_next_one_read(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.jsonl", line("a") + b"x" * (2 * MAX_LINE) + b"\n" + line("b"))
        assert [item.line for item in items(path)] == [1, 3]
        (problem,) = problems(path)
        assert (problem.line, problem.path) == (2, str(path))

    @pytest.mark.parametrize("cut", [-5, -12, 40])
    def test_a_compressed_file_that_was_cut_off_names_the_line(self, tmp_path: Path, cut: int) -> None:
        content = gzip.compress(b"".join(line(str(number), os.urandom(40).hex()) for number in range(2_000)))
        path = write(tmp_path / "a.jsonl.gz", content[:cut])
        read = len(items(path))
        (problem,) = problems(path)
        assert problem.line == read + 1
        assert f"na regel {read}" in problem.message

    @pytest.mark.parametrize("content", [b"geen gzip", b"\x1f\x8b\x08\x00rommel en meer rommel dan goed is"])
    def test_what_is_not_compressed_at_all_is_reported(self, tmp_path: Path, content: bytes) -> None:
        (problem,) = problems(write(tmp_path / "a.jsonl.gz", content))
        assert (problem.line, problem.severity) == (1, "rejected")

    def test_a_bomb_stays_small_and_ends(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl.gz"
        with gzip.open(path, "wb", compresslevel=1) as file:
            for _ in range(300):
                file.write(b"\x00" * MAX_BYTES)
            file.write(b"\n" + line("a"))
        tracemalloc.start()
        found = list(iter_sources([path]))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 4 * MAX_LINE
        assert all(isinstance(item, Problem) for item in found)
        assert "de rest is niet gelezen" in str(found[-1])

    def test_blank_lines_without_end_are_given_up(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl.gz"
        with gzip.open(path, "wb", compresslevel=1) as file:
            for _ in range(260):
                file.write((b" " * 1_023 + b"\n") * 1_024)
        (problem,) = problems(path)
        assert "de rest is niet gelezen" in problem.message


class TestSources:
    def test_they_come_in_the_order_they_are_named(self, tmp_path: Path) -> None:
        first = write(tmp_path / "z" / "a.md").parent
        second = write(tmp_path / "b.jsonl", line("x"))
        third = write(tmp_path / "c" / "a.md").parent
        found = items(first, second, third)
        assert [identity(item) for item in found] == ["a", "x", "a"]
        assert len({item.relative for item in found}) == len({item.place for item in found}) == 3

    def test_one_that_is_named_twice_counts_once(self, tmp_path: Path) -> None:
        write(tmp_path / "a.md")
        assert len(items(tmp_path, tmp_path / ".", tmp_path)) == 1

    @pytest.mark.parametrize("name", ["weg", "a.md", "a.json", "pijp.jsonl", "a\0b"])
    def test_one_that_cannot_be_used_is_refused_before_anything_is_read(
        self, tmp_path: Path, name: str
    ) -> None:
        write(tmp_path / "a.md")
        write(tmp_path / "a.json", "[]")
        os.mkfifo(tmp_path / "pijp.jsonl")
        with pytest.raises(BadSource) as caught:
            iter_sources([tmp_path, tmp_path / name])
        assert caught.value.title.startswith("De bron")
        assert caught.value.detail

    def test_one_that_disappears_before_its_turn_is_refused(self, tmp_path: Path) -> None:
        write(tmp_path / "a" / "a.md")
        file = write(tmp_path / "b.jsonl", line("x"))
        found = iter_sources([tmp_path / "a", file])
        next(found)
        file.unlink()
        with pytest.raises(BadSource, match="bestaat niet"):
            next(found)

    @pytest.mark.skipif(AS_ROOT, reason="root may read everything")
    def test_one_that_may_not_be_read_is_refused(self, tmp_path: Path) -> None:
        folder = tmp_path / "a"
        folder.mkdir(mode=0)
        with pytest.raises(BadSource, match="niet te lezen"):
            iter_sources([folder])
        folder.chmod(0o700)


def test_a_duplicate_names_the_article_that_keeps_the_id() -> None:
    problem = duplicate_problem("b.md", "stuk", "a.jsonl:3", 7)
    assert (problem.path, problem.line, problem.severity) == ("b.md", 7, "rejected")
    assert "stuk" in problem.message
    assert "a.jsonl:3" in problem.message
