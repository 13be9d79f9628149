"""The engines of the benchmark held against each other, and the command; times are never looked at."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from search.benchmark import agreement, engines, report, tasks
from search.benchmark.corpus import read_fed, read_public, write_sources
from search.benchmark.engines import TOP, Engine, Found, Opened, engine_named, missing
from search.benchmark.measuring import PIECES, answer_in_turn, apart, resident, spread
from search.benchmark.names import MODULES, OURS
from search.benchmark.queries import KINDS, Query, Word, make_queries, share_of
from search.benchmark.run import Benchmark, benchmark
from search.benchmark.vocabulary import close_words, vocabulary_of
from search.cli.benchmarking import table
from search.cli.commands import main
from search.errors import TrefzekerError

CONTENT = Path(__file__).parents[1] / "content"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The sample articles, indexed by every engine."""

    sources: list[Path]
    fed: Path
    indexes: dict[str, tuple[Engine, Path]]
    queries: list[Query]
    ids: dict[str, int]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("meten")
    sources, fed = write_sources(read_public([CONTENT]), folder / "bron"), folder / "fed.jsonl"
    tasks.prepare(sources, fed)
    indexes = {name: (engine_named(name), folder / name) for name in MODULES if not missing(name)}
    for name, (_, index) in indexes.items():
        tasks.build(name, sources, fed, index)
    documents = list(read_fed(fed))
    others = frozenset(term for document in documents for term in document.others)
    queries = make_queries(read_public(sources), others, 160, 1)
    return Corpus(sources, fed, indexes, queries, {document.id: document.number for document in documents})


@pytest.fixture(scope="module")
def opened(corpus: Corpus) -> Iterator[dict[str, Opened]]:
    found = {name: engine.open(index) for name, (engine, index) in corpus.indexes.items()}
    yield found
    for one in found.values():
        one.close()


@pytest.fixture(scope="module")
def measured() -> Benchmark:
    """A small benchmark of our own engine and one other."""
    return benchmark(
        [CONTENT],
        documents=30,
        queries=16,
        seed=1,
        rounds=1,
        without=("whoosh", "tantivy"),
        tell=lambda _: None,
    )


def test_every_engine_is_here_and_takes_part(corpus: Corpus) -> None:
    assert list(corpus.indexes) == list(MODULES)


def test_all_engines_find_the_same_documents(corpus: Corpus) -> None:
    assert agreement.differences(corpus.indexes, corpus.queries, corpus.ids) == []


def test_a_difference_is_told(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that loses a document is found out."""
    fts5 = type(corpus.indexes["fts5"][0].open(corpus.indexes["fts5"][1]))
    whole = fts5.numbers
    monkeypatch.setattr(
        fts5, "numbers", lambda self, query, ids: frozenset(list(whole(self, query, ids))[1:])
    )
    query = corpus.queries[0]
    (found,) = agreement.differences(corpus.indexes, [query], corpus.ids)
    assert (found.engine, found.query, found.extra, found.tags_differ) == ("fts5", query, (), False)
    assert len(found.lacking) == 1


def test_every_kind_of_query_finds_something(corpus: Corpus, opened: dict[str, Opened]) -> None:
    assert {query.kind for query in corpus.queries} == set(KINDS)
    for query in corpus.queries:
        assert opened[OURS].numbers(query, corpus.ids), query


@pytest.mark.parametrize("name", MODULES)
def test_an_answer_holds_what_was_asked_for(name: str, corpus: Corpus, opened: dict[str, Opened]) -> None:
    for query in corpus.queries:
        bare = opened[name].answer(query, facets=False, passages=False)
        assert len(bare.top) == min(bare.total, TOP)
        assert (bare.tags, bare.shown) == ((), ())
        full = opened[name].answer(query, facets=True, passages=True)
        assert (full.total, full.top) == (bare.total, bare.top)
        counts = [count for _, count in full.tags]
        assert counts == sorted(counts, reverse=True)
        assert full.shown


@pytest.mark.parametrize("name", MODULES)
def test_passages_show_the_word_that_was_asked(name: str, opened: dict[str, Opened]) -> None:
    query = Query(0, "one word", (Word("privacy", "privacy"),))
    found = opened[name].answer(query, facets=False, passages=True)
    assert any("privacy" in shown.passage.lower() for shown in found.shown)
    for shown in found.shown:
        for start, end in shown.marks:
            marked = shown.passage[start:end]
            assert marked.lower().startswith("privacy")


@pytest.mark.parametrize("name", MODULES)
def test_a_word_that_nobody_wrote_finds_nothing(name: str, opened: dict[str, Opened]) -> None:
    for kind in ("one word", "prefix", "fuzzy"):
        query = Query(0, kind, (Word("xyzzyqq", "xyzzyqq"),))
        assert opened[name].answer(query, facets=True, passages=True) == Found(0, ())


@pytest.mark.parametrize("name", MODULES)
def test_a_changed_article_is_found(name: str, corpus: Corpus, tmp_path: Path) -> None:
    """Each engine on a corpus of its own, as this changes it."""
    sources, fed = write_sources(read_public([CONTENT], 12), tmp_path / "bron"), tmp_path / "fed.jsonl"
    tasks.prepare(sources, fed)
    tasks.build(name, sources, fed, tmp_path / "index")
    assert len(tasks.edits(name, sources, fed, tmp_path / "index")) == 5
    ids = {document.id: document.number for document in read_fed(fed)}
    opened = engine_named(name).open(tmp_path / "index")
    before = next(document for document in read_fed(fed) if document.id == "artikel-1")
    word = next(term for term in before.terms.split() if term.isalpha() and len(term) > 6)
    assert before.number in opened.numbers(Query(0, "one word", (Word(word, word),)), ids)
    opened.close()


def test_an_edit_that_is_not_found_is_an_error(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, index = corpus.indexes["fts5"]
    monkeypatch.setattr(type(engine), "editing", lambda *_: lambda _edit: engine.open(index))
    with pytest.raises(TrefzekerError, match="gewijzigd artikel niet"):
        tasks.edits("fts5", corpus.sources, corpus.fed, index)


def test_memory_is_told_in_bytes(corpus: Corpus) -> None:
    used = tasks.memory(OURS, corpus.indexes[OURS][1], corpus.queries[:8])
    assert used.resident >= 0
    whole, private = resident()
    assert whole > private > 1_000_000


def test_engines_take_turns_and_each_answers_every_query(corpus: Corpus) -> None:
    told: list[str] = []
    queries = corpus.queries[::20]
    timings = answer_in_turn(corpus.indexes, queries, 2, 1, told.append)
    assert list(timings) == list(MODULES)
    for name, timing in timings.items():
        assert set(timing.pieces) == set(PIECES)
        asked = {query.number for query in share_of(name, queries)}
        assert all(set(took) == asked for took in timing.pieces.values())
        assert len(timing.opening) == len(PIECES) * (1 if name == "whoosh" else 2)
    assert told[0] == "ronde 1 van 2: top10, 8 zoekvragen"


def test_a_process_of_its_own_gives_its_result() -> None:
    assert apart(sorted, [3, 1, 2], reverse=True) == [3, 2, 1]


def test_spread_takes_the_nearest_rank() -> None:
    found = spread([float(number) for number in range(100, 0, -1)])
    assert (found.median, found.p95, found.worst) == (50.5, 95.0, 100.0)
    assert spread([2.0]) == spread([2.0, 2.0])


def test_close_words_are_one_edit_away() -> None:
    vocabulary = vocabulary_of([("taal", 3), ("taak", 1), ("tala", 1), ("staal", 1), ("tal", 1), ("toon", 1)])
    assert set(close_words(vocabulary, "taal")) == {"taal", "taak", "tala", "staal", "tal"}
    assert set(close_words(vocabulary, "taaal")) == {"taal"}


def test_what_is_not_there_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    assert missing("tantivy").endswith("pip install 'trefzeker[bench]'")
    assert missing("whoosh") == ""


def test_rows_have_the_shape_of_the_contract(measured: Benchmark) -> None:
    found = report.as_json(measured)
    assert (found["documents"], found["agree"], found["differences"]) == (30, True, [])
    rows = found["rows"]
    assert {row["engine"] for row in rows} == {"trefzeker", "fts5"}
    assert {row["what"] for row in rows} == {
        "index", "index_text", "open", "edit", "disk", "memory", "top10", "facets", "snippets", "full",
    }  # fmt: skip
    for row in rows:
        assert set(row) >= {"engine", "documents", "what", "class", "median", "p95", "unit"}
        assert row["unit"] in ("ms", "s", "MB")
        assert row["documents"] == 30
        assert row["median"] <= row["p95"] <= row["worst"]
    for what in PIECES:
        assert {row["class"] for row in rows if row["what"] == what} == {None, *KINDS}
    assert len({(row["engine"], row["what"], row["class"]) for row in rows}) == len(rows)


def test_the_page_has_the_method_and_tables(measured: Benchmark) -> None:
    page = report.as_markdown(measured, "images/x.svg")
    assert "(images/x.svg)" in page
    assert "they agree" in page
    assert "|  | trefzeker | fts5 |" in page
    assert "| full answer, median | " in page
    assert "| date range | " in page
    assert max(len(line) for line in page.splitlines() if not line.startswith(("|", "By", "!"))) <= 118
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert all(line.count("|") in (3, 4) for line in rows)


def test_the_page_tells_what_differs_and_what_is_missing(measured: Benchmark) -> None:
    query = measured.queries[0]
    difference = agreement.Difference("fts5", query, 1, 2, (3,), (), False)
    other = replace(measured, differences=((30, difference),), missing=("tantivy is er niet",))
    page = report.as_markdown(other, "x.svg")
    assert "they differ in 1 cases" in page
    assert "Left out: tantivy is er niet." in page
    found = report.as_json(other)
    assert found["agree"] is False
    assert (found["differences"][0]["lacking"], found["differences"][0]["class"]) == ([3], query.kind)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["bench", *map(str, words)])


def test_the_command_writes_json_a_page_and_a_picture(tmp_path: Path) -> None:
    page = tmp_path / "snelheid.md"
    result = run(
        CONTENT, "--documents", "20", "--queries", "8", "--rounds", "1", "--without", "whoosh",
        "--without", "fts5", "--out", page, "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    assert (found["documents"], found["agree"], found["queries"]) == (20, True, 8)
    assert "tantivy-py" in found["versions"]
    picture = tmp_path / "images" / "snelheid.svg"
    assert ET.parse(picture).getroot().tag.endswith("svg")
    assert "(images/snelheid.svg)" in page.read_text("utf-8")
    assert f"Geschreven: {page}" in result.stderr
    assert "zoekvragen" in result.stderr


def test_a_person_is_shown_how_engines_compare(measured: Benchmark) -> None:
    head, *lines = table(measured)
    assert head.split() == ["30", "documenten", "trefzeker", "fts5"]
    assert {len(line) for line in lines} == {len(head)}
    assert all("(×" in line for line in lines if not line.startswith("indexeren uit termen"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "SOURCES ontbreekt"),
        (("nergens",), "bestaat niet"),
        ((CONTENT, "--out", "nergens/x.md"), "De map van nergens/x.md bestaat niet"),
        ((CONTENT, "--without", "lucene"), "kies uit: tantivy, fts5, whoosh"),
        ((CONTENT, "--queries", "1"), "--queries"),
    ],
)
def test_the_command_says_what_is_wrong_before_it_measures(words: tuple[str | Path, ...], told: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_picture_needs_matplotlib(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("search.benchmark.picture.find_spec", lambda _: None)
    result = run(CONTENT, "--out", tmp_path / "x.md")
    assert result.exit_code == 2
    assert "matplotlib" in result.stderr
    assert "pip install 'trefzeker[bench]'" in result.stderr
