"""Relevance sets: the forms that are read, what is written for the index, and what is said of a bad one."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from search.errors import BadSource
from search.evaluation.collection import Collection, Written, article_id, read_collection, write_documents
from tests.relevance_set import JUDGEMENTS, write_set


def grades(collection: Collection) -> dict[str, dict[str, float]]:
    return {query.id: query.grades for query in collection.queries}


EXPECTED = {"q1": {"fiets": 1.0}, "q2": {"4": 2.0, "auto": 1.0}, "q3": {"boot/2": 1.0}}


@pytest.mark.parametrize("packed", [False, True])
def test_only_queries_with_a_relevant_document_count(tmp_path: Path, packed: bool) -> None:
    collection = read_collection(write_set(tmp_path / "vervoer", packed=packed))
    assert (collection.name, collection.unknown) == ("vervoer", 0)
    assert grades(collection) == EXPECTED
    assert [query.text for query in collection.queries] == ["fiets", "motor", "trein"]


@pytest.mark.parametrize(
    "judgements",
    [
        JUDGEMENTS,
        JUDGEMENTS.split("\n", 1)[1],
        "\ufeff" + JUDGEMENTS.replace("\n", "\r\n"),
        JUDGEMENTS + "\n\n",
        "q1 0 fiets 1\nq2 0 4 2\nq2 0 auto 1\nq3 0 boot/2 1\n",
        "q1\t0\tfiets\t1\nq2\tQ0\t4\t2\nq2\t0\tauto\t1\nq3\t0\tboot/2\t1.0\n",
        "q1\tfiets\t0\n" + JUDGEMENTS.split("\n", 1)[1],
    ],
    ids=["header", "no header", "windows", "blank lines", "TREC", "TREC with tabs", "twice"],
)
def test_judgements_are_read_in_each_form(tmp_path: Path, judgements: str) -> None:
    assert grades(read_collection(write_set(tmp_path / "set", judgements=judgements))) == EXPECTED


def test_judgements_may_stand_in_a_folder_as_in_beir(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set")
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    assert grades(read_collection(folder)) == EXPECTED


def test_an_id_may_be_called_id(tmp_path: Path) -> None:
    folder = write_set(
        tmp_path / "set", [{"id": "a", "text": "Tekst."}], [{"id": "q", "text": "tekst"}], "q\ta\t1\n"
    )
    collection = read_collection(folder)
    assert grades(collection) == {"q": {"a": 1.0}}
    assert write_documents(collection, tmp_path / "d.jsonl") == Written(frozenset(), ())


def test_documents_are_written_under_neutral_ids(tmp_path: Path) -> None:
    """The id says nothing, so that it cannot be found as a title or put equal scores in an order that helps."""
    collection = read_collection(write_set(tmp_path / "set"))
    assert write_documents(collection, tmp_path / "d.jsonl") == Written(frozenset(), ())
    lines = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text().splitlines()]
    assert [line["id"] for line in lines] == [article_id(name) for name in ("fiets", "auto", "boot/2", "4")]
    assert lines[0] == {
        "id": article_id("fiets"),
        "title": "De fiets",
        "text": "Een fiets heeft twee wielen.",
    }
    assert not any(letter.isalnum() for letter in lines[2]["title"])


def test_judged_documents_and_queries_that_do_not_exist_are_counted(tmp_path: Path) -> None:
    judgements = JUDGEMENTS + "q1\tweg\t1\nq9\tauto\t1\nq8\tauto\t0\n"
    collection = read_collection(write_set(tmp_path / "set", judgements=judgements))
    assert collection.unknown == 1
    assert write_documents(collection, tmp_path / "d.jsonl").missing == {"weg"}


def test_every_document_keeps_its_line_and_of_one_id_the_first_is_written(tmp_path: Path) -> None:
    """So that what the index says of a line is true of the collection."""
    folder = write_set(tmp_path / "set")
    first, second, *_ = (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    content = f"{first}\n\n{first}\n{second}\n"
    (folder / "corpus.jsonl").write_text(content, encoding="utf-8")
    written = write_documents(read_collection(folder), tmp_path / "d.jsonl")
    assert written.repeated == (3,)
    lines = (tmp_path / "d.jsonl").read_text().split("\n")
    assert [bool(line) for line in lines] == [True, False, False, True, False]


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = write_set(tmp_path / "set")
    (folder / name).unlink()
    with pytest.raises(BadSource, match=name):
        read_collection(folder)


def test_what_is_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match=r"geen map.*corpus\.jsonl"):
        read_collection(tmp_path / "niets")


@pytest.mark.parametrize(
    ("name", "line", "problem"),
    [
        ("queries.jsonl", '{"_id": "q5", "text": }', "geen JSON"),
        ("queries.jsonl", "[" * 100_000, "geen JSON"),
        ("queries.jsonl", '["q5", "tekst"]', "geen object"),
        ("queries.jsonl", '{"text": "zonder id"}', "geen id"),
        ("queries.jsonl", '{"_id": "", "text": "leeg id"}', "geen id"),
        ("queries.jsonl", '{"_id": "q5"}', "geen tekst"),
        ("queries.jsonl", '{"_id": "q1", "text": "weer"}', "twee keer"),
        ("corpus.jsonl", '{"_id": "d5", "text": 5}', "horen teksten"),
        ("corpus.jsonl", '{"_id": true, "text": "a"}', "geen id"),
        ("corpus.jsonl", '{"_id": "d5"', "geen JSON"),
    ],
)
def test_a_bad_line_is_named_with_its_number(tmp_path: Path, name: str, line: str, problem: str) -> None:
    folder = write_set(tmp_path / "set")
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(line)
    with pytest.raises(BadSource, match=rf"{name}, regel 5: .*{problem}"):
        write_documents(read_collection(folder), tmp_path / "d.jsonl")


@pytest.mark.parametrize("line", ["q1\tfiets", "q1\tfiets\tgoed", "q1\tfiets\tnan", "q1", "a b c d e"])
def test_a_bad_judgement_is_named_with_its_number(tmp_path: Path, line: str) -> None:
    folder = write_set(tmp_path / "set", judgements=JUDGEMENTS + line)
    with pytest.raises(BadSource, match=r"qrels\.tsv, regel 7: schrijf zoekvraag, document en cijfer"):
        read_collection(folder)


def test_bytes_that_are_no_text_are_named_with_their_line(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set")
    with (folder / "queries.jsonl").open("ab") as file:
        file.write(b'{"_id": "q5", "text": "\xff"}')
    with pytest.raises(BadSource, match=r"regel 5: dit is geen UTF-8"):
        read_collection(folder)


def test_a_packed_file_that_breaks_off_is_told(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", packed=True)
    path = folder / "queries.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(BadSource, match="niet te lezen"):
        read_collection(folder)
    path.write_bytes(b"geen gzip")
    with pytest.raises(BadSource, match="niet te lezen"):
        read_collection(folder)


def test_a_set_in_which_nothing_is_relevant_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="relevant document"):
        read_collection(write_set(tmp_path / "set", judgements="q1\tfiets\t0\nandere\tauto\t1\n"))


def test_letters_that_json_alone_can_write_survive(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set")
    (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(b'{"_id": "\\ud800", "text": "half \\ud800"}\n'))
    (folder / "corpus.jsonl").unlink()
    write_documents(read_collection(folder), tmp_path / "d.jsonl")
    assert json.loads((tmp_path / "d.jsonl").read_text())["id"] == article_id("\ud800")
