import json
from pathlib import Path

import pytest

from search.errors import BadSource
from search.lint import lint


def test_everything_that_is_wrong_is_listed_by_path_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Goed\n---\ntekst")
    (tmp_path / "b.md").write_text("---\ntitle: Kop\nlastmod: ooit\ndraft: ja\ndate: straks\n---\ntekst")
    (tmp_path / "c.md").write_text("---\ntitle: open")
    (tmp_path / "d.md").write_text("tekst")
    found = [(Path(problem.path).name, problem.line, problem.severity) for problem in lint([tmp_path])]
    assert found == [
        ("b.md", 3, "warning"),
        ("b.md", 4, "withheld"),
        ("b.md", 5, "withheld"),
        ("c.md", 1, "rejected"),
        ("d.md", 1, "warning"),
    ]


def test_an_id_that_occurs_again_is_rejected_and_names_the_first(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_text("---\ntitle: Kop\nslug: zelfde\n---\n")
    found = list(lint([tmp_path]))
    assert [Path(problem.path).name for problem in found] == ["b.md", "c.md"]
    assert all(str(tmp_path / "a.md") in problem.message for problem in found)


def test_an_id_may_occur_again_within_one_file_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": identity, "text": "x"}) + "\n" for identity in ("a", "b", "a")))
    (problem,) = lint([path])
    assert (problem.path, problem.line) == (str(path), 3)
    assert f"{path}:1" in problem.message


def test_a_rejected_article_takes_no_id(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nslug: zelfde\ntitle: [\n---\n")
    (tmp_path / "b.md").write_text("---\nslug: zelfde\ntitle: Kop\n---\n")
    assert [Path(problem.path).name for problem in lint([tmp_path])] == ["a.md"]


def test_what_cannot_be_opened_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("b.md")
    (problem,) = lint([tmp_path])
    assert problem.severity == "rejected"


def test_a_source_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSource):
        list(lint([tmp_path / "weg"]))
