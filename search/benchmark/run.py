"""The whole benchmark: corpora of several sizes, every engine built, asked, compared and changed."""

from __future__ import annotations

import platform
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import Literal

from search.benchmark import tasks
from search.benchmark.agreement import Difference, differences
from search.benchmark.corpus import read_fed, read_public, sample, write_sources
from search.benchmark.engines import engine_named, missing
from search.benchmark.measuring import PIECES, Piece, Spread, Tell, Timings, answer_in_turn, apart, spread
from search.benchmark.names import MODULES, OURS
from search.benchmark.queries import KINDS, Query, make_queries, share_of

SIZES = (1_000, 5_000, 10_000, 50_000)
"""Documents at which growth is looked at, as far as the source has them."""

What = Literal["index", "index_text", "open", "edit", "disk", "memory"] | Piece
_MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Row:
    """A figure: of an engine, at a number of documents, of one kind of query or (None) of all together.

    `open` has a second row of the class `fuzzy`: what is computed for misspelled words after opening. That of
    `memory` is `private`: what another process that has the same index open cannot share.
    """

    engine: str
    documents: int
    what: What
    kind: str | None
    spread: Spread
    unit: str


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What was measured; `prepared` are reading and analysis at each size, `versions` those of what took
    part.
    """

    documents: int
    queries: tuple[Query, ...]
    rounds: int
    seed: int
    rows: tuple[Row, ...]
    prepared: dict[int, tasks.Prepared]
    differences: tuple[tuple[int, Difference], ...]
    missing: tuple[str, ...]
    versions: dict[str, str]

    @property
    def engines(self) -> list[str]:
        """The names of those that took part."""
        return list(dict.fromkeys(row.engine for row in self.rows))

    def value(
        self, engine: str, what: What, kind: str | None = None, documents: int | None = None
    ) -> Spread | None:
        """A figure, at the largest size when none is given."""
        wanted = (engine, documents or self.documents, what, kind)
        for row in self.rows:
            if (row.engine, row.documents, row.what, row.kind) == wanted:
                return row.spread
        return None


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The files of one size."""

    folder: Path
    sources: tuple[Path, ...]
    prepared: tasks.Prepared

    @property
    def fed(self) -> Path:
        return self.folder / "fed.jsonl"


def benchmark(
    sources: Sequence[Path],
    *,
    documents: int | None,
    queries: int,
    seed: int,
    rounds: int,
    without: Sequence[str],
    tell: Tell,
) -> Benchmark:
    """Measure every engine that is there.

    Args:
        sources: as `trefzeker index` takes them.
        documents: at most so many articles.
        queries: at least so many, over all kinds.
        seed: of queries and their order.
        rounds: how often each query is answered.
        without: engines that are left out.
        tell: hears how far it is.

    Raises:
        BadSource: there is nothing to measure with.
    """
    reasons = {name: missing(name) for name in MODULES if name not in without}
    names = [name for name, reason in reasons.items() if not reason]
    with tempfile.TemporaryDirectory(prefix="trefzeker-bench-") as scratch:
        tell("artikelen lezen")
        corpora = _corpora(sources, documents, seed, Path(scratch), tell)
        smallest, largest = corpora[min(corpora)], corpora[max(corpora)]
        others = frozenset(term for fed in read_fed(largest.fed) for term in fed.others)
        asked = make_queries(read_public(smallest.sources), others, queries, seed)
        rows: list[Row] = []
        found: list[tuple[int, Difference]] = []
        for size, corpus in sorted(corpora.items()):
            own_rows, differing = _measured(size, corpus, names, asked, rounds, seed, tell)
            rows += own_rows
            found += [(size, one) for one in differing]
    return Benchmark(
        max(corpora),
        tuple(asked),
        rounds,
        seed,
        tuple(rows),
        {size: corpus.prepared for size, corpus in corpora.items()},
        tuple(found),
        tuple(filter(None, reasons.values())),
        _versions(names),
    )


def _corpora(
    sources: Sequence[Path], documents: int | None, seed: int, scratch: Path, tell: Tell
) -> dict[int, _Corpus]:
    """A corpus of each size, read and analysed; each is part of the larger ones."""
    articles = read_public(sources, documents)
    corpora = {}
    for size in (*(size for size in SIZES if size < len(articles)), len(articles)):
        tell(f"{size} artikelen ontleden")
        folder = scratch / str(size)
        written = tuple(write_sources(sample(articles, size, seed), folder))
        prepared = apart(tasks.prepare, written, folder / "fed.jsonl")
        corpora[prepared.documents] = _Corpus(folder, written, prepared)
    return corpora


def _measured(
    size: int,
    corpus: _Corpus,
    names: Sequence[str],
    queries: Sequence[Query],
    rounds: int,
    seed: int,
    tell: Tell,
) -> tuple[list[Row], list[Difference]]:
    """All figures of one size."""
    rows: list[Row] = []
    folders = {name: corpus.folder / name for name in names}
    for name, index in folders.items():
        tell(f"{size} documenten: de index van {name} bouwen")
        rows += _built(
            name, size, corpus.prepared, apart(tasks.build, name, corpus.sources, corpus.fed, index)
        )
    engines = {name: (engine_named(name), index) for name, index in folders.items()}
    tell(f"{size} documenten: antwoorden vergelijken")
    differing = differences(engines, queries, {fed.id: fed.number for fed in read_fed(corpus.fed)})
    timings = answer_in_turn(engines, queries, rounds, seed, lambda text: tell(f"{size} documenten: {text}"))
    for name, timing in timings.items():
        rows += _answered(name, size, timing, queries)
    for name, index in folders.items():
        tell(f"{size} documenten: geheugen en wijzigingen van {name}")
        used = apart(tasks.memory, name, index, share_of(name, queries))
        for kind, amount in ((None, used.resident), ("private", used.private)):
            rows.append(Row(name, size, "memory", kind, _once(amount / _MEGABYTE), "MB"))
        took = apart(tasks.edits, name, corpus.sources, corpus.fed, index)
        if took:
            rows.append(Row(name, size, "edit", None, spread(took), "ms"))
    return rows, differing


def _built(name: str, size: int, prepared: tasks.Prepared, built: tasks.Built) -> Iterator[Row]:
    """What indexing took, from text and from tokens: one of these is measured, the other follows."""
    engine = engine_named(name)
    before = prepared.reading + prepared.analysis + (prepared.places if engine.takes_places else 0)
    from_tokens = engine.takes_tokens
    tokens = built.seconds if from_tokens else built.seconds - before
    text = built.seconds + before if from_tokens else built.seconds
    yield Row(name, size, "index", None, _once(tokens), "s")
    yield Row(name, size, "index_text", None, _once(text), "s")
    yield Row(name, size, "disk", None, _once(built.size / _MEGABYTE), "MB")


def _answered(name: str, size: int, timing: Timings, queries: Sequence[Query]) -> Iterator[Row]:
    """What opening and answering took, over all queries and for each kind."""
    yield Row(name, size, "open", None, spread(timing.opening), "ms")
    yield Row(name, size, "open", "fuzzy", spread(timing.fuzzy), "ms")
    for piece in PIECES:
        took = timing.pieces[piece]
        yield Row(name, size, piece, None, spread(list(took.values())), "ms")
        for kind in KINDS:
            own = [took[query.number] for query in queries if query.kind == kind and query.number in took]
            if own:
                yield Row(name, size, piece, kind, spread(own), "ms")


def _once(value: float) -> Spread:
    return Spread(value, value, value)


def _versions(names: Sequence[str]) -> dict[str, str]:
    known = {
        "Python": platform.python_version(),
        "cores": str(cpu_count() or 1),
        "numpy": version("numpy"),
        OURS: version("trefzeker"),
    }
    if "tantivy" in names:
        known["tantivy-py"] = version("tantivy")
    if "fts5" in names:
        known["SQLite"] = sqlite3.sqlite_version
    if "whoosh" in names:
        known["Whoosh"] = version("whoosh")
    return known
