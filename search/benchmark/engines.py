"""What the benchmark asks of an engine, and which engines there are."""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from search.benchmark.corpus import Fed
from search.benchmark.names import MODULES
from search.benchmark.queries import Query
from search.model import Article

TOP = 10
MAX_TAGS = 100
"""Hits of an answer, and tags of a facet, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a hit: its title, a passage and its marks.

    A mark is `[start, end)` in the passage, in code points. FTS5 writes its marks in the passage itself.
    """

    title: str
    passage: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: how many match, the engine's own numbers of the best ten, counts per tag key, ten
    passages.
    """

    total: int
    top: tuple[int, ...]
    tags: tuple[tuple[str, int], ...] = ()
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A file that was just changed: what its article was before, and what reads it now."""

    path: Path
    before: Fed
    read: Callable[[], Article]


class Opened(Protocol):
    """An index that is open for reading."""

    def prepare_fuzzy(self) -> None:
        """Make ready what misspelled words need; nothing where the engine has it on disk."""

    def answer(self, query: Query, *, facets: bool, passages: bool) -> Found:
        """The best ten with the exact count, and on demand the tags of all that match and passages of the
        ten.
        """

    def numbers(self, query: Query, ids: Mapping[str, int]) -> frozenset[int]:
        """All that match, by their numbers in the corpus; `ids` tells these by id."""

    def close(self) -> None:
        """Let go of the index."""


class Engine(Protocol):
    """A way to index and to search."""

    takes_tokens: bool
    """Whether it is fed what our analysis gives; else it builds from sources."""

    takes_places: bool
    """Whether it is fed the words of bodies with their places, to mark what was found."""

    def build(self, sources: Sequence[Path], documents: Sequence[Fed], index: Path) -> None:
        """Make a durable index in a folder: of the documents, or of sources when it does not take tokens."""

    def open(self, index: Path) -> Opened:
        """Open an index for reading."""

    def editing(self, sources: Sequence[Path], index: Path) -> Callable[[Edit], Opened]:
        """Be ready for changes: what is given one of them gives the index in which it is found."""


def engine_named(name: str) -> Engine:
    """One of the engines."""
    return cast(Engine, importlib.import_module(MODULES[name]).ENGINE)


def missing(name: str) -> str:
    """Why an engine cannot take part and how to mend that, in Dutch; empty when it can."""
    if name == "tantivy" and find_spec("tantivy") is None:
        return "tantivy is er niet: pip install 'trefzeker[bench]'"
    if name == "fts5":
        with closing(sqlite3.connect(":memory:")) as connection:
            try:
                connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
            except sqlite3.OperationalError:
                return "SQLite is er zonder FTS5: neem een Python waarvan SQLite dat wel heeft"
    return ""
