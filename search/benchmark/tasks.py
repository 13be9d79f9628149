"""What is measured in a process of its own: analysing a corpus; for one engine building, memory, single
edits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time

from search.articles import read_article
from search.benchmark.corpus import Analysis, Fed, articles_of, read_fed, words_of, write_fed
from search.benchmark.engines import Edit, engine_named
from search.benchmark.marked import Marking
from search.benchmark.measuring import cpu_seconds, resident, timed, uncollected
from search.benchmark.queries import Query, Word
from search.dutch.analyzer import analyze
from search.errors import TrefzekerError
from search.model import Article

_NEW_WORD = "proefwijziging"
"""Followed by letters: a word that no article has."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What reading and analysing a corpus gave: how many articles, and the CPU seconds of both.

    `places` are the seconds that the places of words took besides, for engines that mark by them.
    """

    documents: int
    reading: float
    analysis: float
    places: float


@dataclass(frozen=True, slots=True)
class Built:
    """CPU seconds of a build, and the bytes of what it wrote."""

    seconds: float
    size: int


@dataclass(frozen=True, slots=True)
class Memory:
    """How many bytes a process grew by opening an index and answering queries: all, and those not shared."""

    resident: int
    private: int


def prepare(sources: Sequence[Path], fed: Path) -> Prepared:
    """Read and analyse a corpus, and write what engines are fed."""
    with uncollected():
        started = cpu_seconds()
        articles = list(articles_of(sources))
        read = cpu_seconds()
        analysis, marking = Analysis(), Marking()
        documents: list[Fed] = []
        places = 0.0
        for number, article in enumerate(articles):
            words = words_of(article)
            document = analysis.fed(number, article, words)
            before = process_time()
            marked = marking.marked(article.text, words[0])
            places += process_time() - before
            documents.append(replace(document, marked=marked))
        analysed = cpu_seconds()
    write_fed(documents, fed)
    return Prepared(len(documents), read - started, analysed - read - places, places)


def build(name: str, sources: Sequence[Path], fed: Path, index: Path) -> Built:
    """Build an index."""
    engine = engine_named(name)
    documents = list(read_fed(fed)) if engine.takes_tokens else ()
    with uncollected():
        started = cpu_seconds()
        engine.build(sources, documents, index)
        seconds = cpu_seconds() - started
    return Built(seconds, sum(path.stat().st_size for path in index.rglob("*") if path.is_file()))


def memory(name: str, index: Path, queries: Sequence[Query]) -> Memory:
    """Open an index and answer every query in full."""
    engine = engine_named(name)
    before = resident()
    opened = engine.open(index)
    for query in queries:
        opened.answer(query, facets=True, passages=True)
    after = resident()
    opened.close()
    return Memory(after[0] - before[0], after[1] - before[1])


def edits(name: str, sources: Sequence[Path], fed: Path, index: Path) -> list[float]:
    """Change the files of their own one after the other; for each the CPU time in ms until that is found.

    Raises:
        TrefzekerError: a change is not found.
    """
    engine = engine_named(name)
    folder = sources[-1]
    known = {document.id: document for document in read_fed(fed)}
    change = engine.editing(sources, index)
    took = []
    for number, path in enumerate(sorted(folder.glob("*.md"))):
        word = f"{_NEW_WORD}{chr(ord('a') + number)}"
        before = _read(path, folder)
        if before.id not in known:
            continue
        path.write_text(f"{path.read_text('utf-8')}\n\n{word}\n", encoding="utf-8")
        edit = Edit(path, known[before.id], lambda path=path: _read(path, folder))  # type: ignore[misc]
        (token,) = analyze(word)
        query = Query(0, "one word", (Word(token.exact, token.terms[0]),))

        def until_found(edit: Edit = edit, query: Query = query) -> int:
            opened = change(edit)
            found = opened.answer(query, facets=False, passages=False).total
            opened.close()
            return found

        with uncollected():
            found, milliseconds = timed(until_found)
        if found != 1:
            raise TrefzekerError(f"{name} vindt een gewijzigd artikel niet", f"gevonden: {found}")
        took.append(milliseconds)
    return took


def _read(path: Path, folder: Path) -> Article:
    article = read_article(str(path), path.relative_to(folder).as_posix(), path.read_bytes()).article
    if article is None:
        raise TrefzekerError(f"{path} is niet meer te lezen", "meet opnieuw")
    return article
