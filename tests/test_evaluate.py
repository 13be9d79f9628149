"""Measuring on a relevance set: real indexes, the service's own search, and the command that shows it."""

from __future__ import annotations

import json
import math
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.articles import MAX_BYTES
from search.cli.commands import main
from search.errors import BadSource
from search.evaluation.evaluate import evaluate
from search.query.parse import MAX_LENGTH, MAX_WORD, MAX_WORDS, parse
from tests.relevance_set import DOCUMENTS, JUDGEMENTS, QUERIES, write_set


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    folder = tmp_path / "tijdelijk"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["eval", *map(str, words)])


def test_the_measures_are_means_over_the_queries(tmp_path: Path, scratch: Path) -> None:
    """`motor` is once in each of two short texts; whichever comes first, both are in the first two places."""
    found = evaluate(write_set(tmp_path / "vervoer"))
    assert (found.name, found.documents, found.problems) == ("vervoer", 4, ())
    fiets, motor, trein = found.scores
    assert (fiets.query, fiets.rank, fiets.ndcg, fiets.recall) == ("q1", 1, 1.0, 1.0)
    assert (motor.rank, motor.recall) == (1, 1.0)
    swapped = (1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3))
    assert motor.ndcg in (pytest.approx(1.0), pytest.approx(swapped))
    assert (trein.rank, trein.ndcg, trein.reciprocal_rank, trein.recall) == (0, 0.0, 0.0, 0.0)
    assert found.ndcg == pytest.approx((1 + motor.ndcg) / 3)
    assert found.mrr == found.recall == pytest.approx(2 / 3)
    assert list(scratch.iterdir()) == []


def test_the_temporary_folder_goes_when_something_is_wrong(tmp_path: Path, scratch: Path) -> None:
    folder = write_set(tmp_path / "set")
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write("kapot\n")
    with pytest.raises(BadSource, match="regel 5"):
        evaluate(folder)
    assert list(scratch.iterdir()) == []


def test_what_is_in_an_id_is_not_found(tmp_path: Path) -> None:
    found = evaluate(
        write_set(
            tmp_path / "set",
            [{"_id": "trein", "title": "", "text": "Iets anders."}],
            [{"_id": "q", "text": "trein"}],
            "q\ttrein\t1\n",
        )
    )
    assert found.scores[0].rank == 0


def test_recall_looks_at_a_hundred_documents_and_the_others_at_ten(tmp_path: Path) -> None:
    """The best document of 120 is judged not relevant ... the 50th and the 110th of the answer are."""
    documents = [{"_id": f"d{n}", "text": "appel " + "peer " * n} for n in range(120)]
    judgements = "q\td49\t1\nq\td109\t1\n"
    found = evaluate(write_set(tmp_path / "set", documents, [{"_id": "q", "text": "appel"}], judgements))
    assert (found.scores[0].rank, found.ndcg, found.mrr, found.recall) == (50, 0.0, 0.0, 0.5)


def test_queries_are_not_bound_in_length(tmp_path: Path) -> None:
    """The word that counts stands beyond every limit that a reader's query has."""
    words = " ".join(f"woord{n}" for n in range(MAX_LENGTH))
    queries = [{"_id": "q", "text": f"{words} fiets"}]
    found = evaluate(write_set(tmp_path / "set", queries=queries, judgements="q\tfiets\t1\n"))
    assert found.scores[0].rank == 1


@pytest.mark.parametrize(
    "text", ["a" * (MAX_WORD + 1), "woord " * (MAX_WORDS + 1), "lang " * MAX_LENGTH], ids=len
)
def test_limits_are_lifted_only_when_that_is_asked(text: str) -> None:
    assert parse(text).problems
    assert parse(text, bounded=False).problems == ()
    assert len(list(parse(text, bounded=False).tree.leaves())) == len(text.split())


def test_a_sample_is_a_part_of_the_whole_and_the_same_each_time(tmp_path: Path) -> None:
    queries = [{"_id": f"q{n}", "text": "fiets"} for n in range(60)]
    folder = write_set(
        tmp_path / "set", queries=queries, judgements="".join(f"q{n}\tfiets\t1\n" for n in range(60))
    )
    whole, part, again = evaluate(folder), evaluate(folder, sample=5), evaluate(folder, sample=5)
    assert 3 <= len(part.scores) <= 25
    assert set(part.scores) < set(whole.scores)
    assert part == again
    with pytest.raises(BadSource, match="--sample"):
        evaluate(folder, sample=10_000)


def test_what_lowers_the_measures_is_said(tmp_path: Path) -> None:
    documents = [*DOCUMENTS, DOCUMENTS[0], {"_id": "dik", "text": "x" * (MAX_BYTES + 1)}]
    folder = write_set(
        tmp_path / "set", documents, judgements=JUDGEMENTS + "q1\tweg\t1\nq1\took weg\t0\nq9\tauto\t1\n"
    )
    found = evaluate(folder)
    assert found.documents == 4
    assert found.scores[0].recall == 0.5
    rejected, repeated, missing, unknown = found.problems
    assert rejected.startswith("niet geïndexeerd uit corpus.jsonl: 1 document (regel 6: ")
    assert repeated.startswith(
        "overgeslagen in corpus.jsonl: 1 document met een _id dat eerder voorkomt (regel 5)"
    )
    assert missing.startswith("niet in corpus.jsonl: 1 goed document (weg)")
    assert unknown.startswith("niet in de lijst met zoekvragen: 1 beoordeelde zoekvraag")
    shown = run(folder, "--json")
    assert shown.exit_code == 1
    assert json.loads(shown.stdout)["problems"] == list(found.problems)
    assert "! set: niet in corpus.jsonl: 1 goed document" in shown.stderr


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    evaluate(write_set(tmp_path / "set"), tell=told.append)
    assert told == ["set: documenten lezen", "set: 0 van 3 zoekvragen"]


def test_the_command_gives_an_object_for_one_set_and_a_list_for_several(tmp_path: Path) -> None:
    one, other = write_set(tmp_path / "een"), write_set(tmp_path / "twee", packed=True)
    single = run(one, "--json")
    assert (single.exit_code, single.stderr) == (0, "")
    found = json.loads(single.stdout)
    assert set(found) >= {"name", "documents", "queries", "ndcg@10", "mrr@10", "recall@100"}
    assert (found["name"], found["documents"], found["queries"]) == ("een", 4, 3)
    assert found["recall@100"] == pytest.approx(2 / 3)
    both = json.loads(run(one, other, "--json").stdout)
    assert [measured["name"] for measured in both] == ["een", "twee"]
    assert {**both[1], "name": "een"} == both[0] == found


def test_the_command_shows_a_table(tmp_path: Path) -> None:
    heading, line = run(write_set(tmp_path / "vervoer")).stdout.splitlines()
    assert heading.split() == ["verzameling", "documenten", "zoekvragen", "ndcg@10", "mrr@10", "recall@100"]
    assert line.split()[:3] == ["vervoer", "4", "3"]
    assert line.split()[4:] == ["0.6667", "0.6667"]
    assert len(heading) == len(line)


def test_the_command_writes_what_each_query_got(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "een")
    assert run(folder, "--per-query", tmp_path / "q.tsv").exit_code == 0
    rows = [line.split("\t") for line in (tmp_path / "q.tsv").read_text().splitlines()]
    assert rows[0] == ["query", "rank", "ndcg@10"]
    assert rows[1] == ["q1", "1", "1.0000"]
    assert [row[0] for row in rows[1:]] == [str(query["_id"]) for query in QUERIES[:3]]
    assert rows[3] == ["q3", "0", "0.0000"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "COLLECTIONS ontbreekt"),
        (["nergens"], "is geen map"),
        (["a", "b", "--per-query", "q.tsv"], "noem er maar een"),
        (["a", "--per-query", "nergens/q.tsv"], "nergens/q.tsv"),
        (["a", "--sample", "0"], "van 1 tot en met"),
    ],
)
def test_bad_use_is_told_and_nothing_is_done(words: list[str], said: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
