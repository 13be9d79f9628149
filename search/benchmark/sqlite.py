"""SQLite FTS5 in the benchmark, as an expert would set it up.

Texts are stored once: the index is one of external content, whose view shows the text in the place of the
terms, so that `snippet()` finds in it what stands at the positions of the terms. Where the tokenizer takes a
word apart in another way than our analysis, marks behind it are some words off; about one in thirty is. There
are no indexes of prefixes (`prefix=`): they made the file half as large again and prefix queries a sixth
faster, as nearly all of that is ranking. Sorted by `+rank`, bm25() is computed once for a row, not twice.
Tags stand in a table, which counts them, and in the index, where an AND is fastest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any

from search.benchmark.corpus import FILLER, Analysis, Fed
from search.benchmark.engines import MAX_TAGS, TOP, Edit, Found, Opened, Shown
from search.benchmark.queries import Query
from search.benchmark.vocabulary import close_words, vocabulary_of
from search.dutch.spelling_lookup import Vocabulary

_FILE = "index.db"
_TABLES = """
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -262144;
PRAGMA temp_store = MEMORY;
CREATE TABLE article (number INTEGER PRIMARY KEY, day INTEGER, title TEXT, summary TEXT, text TEXT, tags
TEXT); CREATE TABLE tagged (tag TEXT, number INTEGER, PRIMARY KEY (number, tag)) WITHOUT ROWID; CREATE VIEW
shown (number, term, exact, part, tag) AS SELECT number, text, text, NULL, NULL FROM article; CREATE VIRTUAL
TABLE words USING fts5 (
    term, exact, part, tag, content = 'shown', content_rowid = 'number', detail = full,
    tokenize = "unicode61 remove_diacritics 0 tokenchars '''+#'"
);
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(1.0, 1.0, 1.0, 0.0)');
"""
_FINISH = """
INSERT INTO words (words) VALUES ('optimize');
ANALYZE;
PRAGMA wal_checkpoint (TRUNCATE);
"""
_OPEN = """
PRAGMA mmap_size = 4294967296;
PRAGMA cache_size = -262144;
PRAGMA temp_store = MEMORY;
CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, words, col);
"""
_ADD = "INSERT INTO words (rowid, term, exact, part, tag) VALUES (?, ?, ?, ?, ?)"
_DELETE = "INSERT INTO words (words, rowid, term, exact, part, tag) VALUES ('delete', ?, ?, ?, ?, ?)"
_MATCH, _DATED = "words MATCH ?", "words MATCH ? AND article.day BETWEEN ? AND ?"
_JOIN = " CROSS JOIN article ON article.number = words.rowid"
_TAGS = " CROSS JOIN tagged ON tagged.number = words.rowid"


class Fts5:
    """An open database."""

    def __init__(self, index: Path) -> None:
        self._connection = sqlite3.connect(f"{(index / _FILE).resolve().as_uri()}?mode=ro", uri=True)
        self._connection.executescript(_OPEN)

    def prepare_fuzzy(self) -> None:
        """Compute what close words are found by."""
        _ = self._words

    def answer(self, query: Query, *, facets: bool, passages: bool) -> Found:
        """Rank, count, group by tag and make snippets: a statement for each, which is fastest."""
        values = self._values(query)
        if values is None:
            return Found(0, ())
        where, join = (_DATED, _JOIN) if query.kind == "date range" else (_MATCH, "")
        top = self._rows(
            f"SELECT words.rowid FROM words{join} WHERE {where} ORDER BY +words.rank LIMIT {TOP}",  # noqa: S608
            *values,
        )
        numbers = tuple(int(number) for (number,) in top)
        ((total,),) = self._rows(f"SELECT count(*) FROM words{join} WHERE {where}", *values)  # noqa: S608
        tags: list[tuple[str, int]] = []
        if facets:
            tags = self._rows(
                f"SELECT tagged.tag, count(*) FROM words{join}{_TAGS} WHERE {where}"  # noqa: S608
                f" GROUP BY 1 ORDER BY 2 DESC LIMIT {MAX_TAGS}",
                *values,
            )
        column = 1 if query.kind in ("prefix", "fuzzy") else 0
        shown = self._shown(values[0], column, numbers) if passages else ()
        return Found(int(total), numbers, tuple(tags), shown)

    def numbers(self, query: Query, ids: Mapping[str, int]) -> frozenset[int]:
        """All that match."""
        del ids
        values = self._values(query)
        where, join = (_DATED, _JOIN) if query.kind == "date range" else (_MATCH, "")
        found = self._rows(f"SELECT words.rowid FROM words{join} WHERE {where}", *values) if values else []  # noqa: S608
        return frozenset(number for (number,) in found)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    @cached_property
    def _words(self) -> Vocabulary:
        rows = self._rows("SELECT term, doc FROM temp.vocabulary WHERE col = 'exact'")
        return vocabulary_of((str(word), int(count)) for word, count in rows)

    def _rows(self, statement: str, *values: object) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()

    def _values(self, query: Query) -> tuple[str | int, ...] | None:
        """What the statements are given; None when there is nothing to look for."""
        terms = [f'"{word.term}"' for word in query.words]
        written = query.words[0].written
        match query.kind:
            case "all words":
                return (f"term : ({' AND '.join(terms)})",)
            case "any word":
                return (f"term : ({' OR '.join(terms)})",)
            case "phrase":
                return (f'term : "{" ".join(word.term for word in query.words)}"',)
            case "prefix":
                return (f'exact : "{written}" *',)
            case "fuzzy":
                forms = close_words(self._words, written)
                return (f"exact : ({' OR '.join(map(_quoted, forms))})",) if forms else None
            case "tag filter":
                return (f'term : {terms[0]} AND tag : "{_tag_word(query.tag)}"',)
            case "date range":
                return (f"term : {terms[0]}", *query.days)
        return (f"term : {terms[0]}",)

    def _shown(self, match: str | int, column: int, numbers: tuple[int, ...]) -> tuple[Shown, ...]:
        """Titles and passages of the ten."""
        chosen = ", ".join(map(str, numbers))
        rows = self._rows(
            f"SELECT words.rowid, article.title, snippet(words, {column}, '[', ']', '…', 24)"  # noqa: S608
            f" FROM words{_JOIN} WHERE words MATCH ? AND +words.rowid IN ({chosen})",
            match,
        )
        shown = {number: Shown(title, passage) for number, title, passage in rows}
        return tuple(shown[number] for number in numbers)


class _Sqlite:
    takes_tokens = True
    takes_places = False

    def build(self, sources: Sequence[Path], documents: Sequence[Fed], index: Path) -> None:
        """Insert all in one transaction, then merge the index to one segment."""
        del sources
        index.mkdir()
        with closing(sqlite3.connect(index / _FILE, isolation_level=None)) as connection:
            connection.executescript(_TABLES)
            connection.execute("BEGIN")
            _insert(connection, documents)
            connection.execute("COMMIT")
            connection.executescript(_FINISH)

    def open(self, index: Path) -> Fts5:
        """Open the database for reading."""
        return Fts5(index)

    def editing(self, sources: Sequence[Path], index: Path) -> Callable[[Edit], Opened]:
        """Be ready to write. What leaves the index is told by its streams, which are taken to be at hand."""
        del sources
        connection = sqlite3.connect(index / _FILE, isolation_level=None)
        connection.executescript("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -262144;")
        analysis = Analysis()

        def change(edit: Edit) -> Opened:
            number = edit.before.number
            fed = analysis.fed(number, edit.read())
            connection.execute("BEGIN")
            connection.execute(_DELETE, _streams(edit.before))
            connection.execute("DELETE FROM article WHERE number = ?", (number,))
            connection.execute("DELETE FROM tagged WHERE number = ?", (number,))
            _insert(connection, [fed])
            connection.execute("COMMIT")
            return Fts5(index)

        return change


def _insert(connection: sqlite3.Connection, documents: Sequence[Fed]) -> None:
    connection.executemany(
        "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)",
        ((fed.number, fed.day, fed.title, fed.summary, fed.text, "\n".join(fed.tags)) for fed in documents),
    )
    tagged = ((key, fed.number) for fed in documents for key in fed.keys)
    connection.executemany("INSERT INTO tagged VALUES (?, ?)", tagged)
    connection.executemany(_ADD, map(_streams, documents))


def _streams(fed: Fed) -> tuple[int, str, str, str, str]:
    return fed.number, fed.terms, fed.exact, fed.parts, " ".join(map(_tag_word, fed.keys))


def _tag_word(key: str) -> str:
    """A tag's key as one word of letters and digits."""
    return "".join(character if character.isalnum() else f"{FILLER}{ord(character):x}" for character in key)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


ENGINE = _Sqlite()
