"""Stock Whoosh in the benchmark: its own files, matchers and BM25F, fed lists of words.

A search has no limit, as Whoosh loses documents when it has one; the best ten are then the first ten. Tags
are counted from a column: Whoosh's own facet with overlap walks through every posting list of the field anew
for each search. Its highlighter takes a text apart anew and knows one form of a word, so passages are made
from words that are kept with each body (`marked`), as they are for tantivy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh import analysis, columns, fields, index, query, scoring

from search.benchmark.corpus import Fed, Reader
from search.benchmark.engines import MAX_TAGS, TOP, Edit, Found, Opened, Shown
from search.benchmark.marked import Marked
from search.benchmark.passages import marker_of
from search.benchmark.queries import Query
from search.benchmark.vocabulary import close_words, vocabulary_of
from search.dutch.spelling_lookup import Vocabulary

_MEMORY = 512
"""Megabytes that the writer may fill, so that it sorts as little as possible on disk."""


class Whoosh:
    """An open index."""

    def __init__(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher(weighting=scoring.BM25F())
        self._tags = self._searcher.reader().column_reader("tags")

    def prepare_fuzzy(self) -> None:
        """Compute what close words are found by."""
        _ = self._words

    def answer(self, query: Query, *, facets: bool, passages: bool) -> Found:
        """Search without a limit, count tags, make passages."""
        results = self._searcher.search(self._asked(query), limit=None)
        tags: list[tuple[str, int]] = []
        if facets:
            counts: Counter[bytes] = Counter()
            for number in results.docs():
                counts.update(self._tags[number].split(b"\n"))
            del counts[b""]
            tags = [(key.decode(), count) for key, count in counts.most_common(MAX_TAGS)]
        top = tuple(number for _, number in results.top_n[:TOP])
        return Found(len(results.top_n), top, tuple(tags), self._shown(query, top) if passages else ())

    def numbers(self, query: Query, ids: Mapping[str, int]) -> frozenset[int]:
        """All that match."""
        del ids
        found = self._searcher.search(self._asked(query), limit=None).docs()
        return frozenset(self._searcher.stored_fields(number)["number"] for number in found)

    def close(self) -> None:
        """Close the files."""
        self._searcher.close()

    @cached_property
    def _words(self) -> Vocabulary:
        """From its terms; its own automaton knows no exchange of neighbours."""
        terms = [term.decode("utf-8") for term in self._searcher.reader().lexicon("exact")]
        return vocabulary_of((term, 1) for term in terms)

    def _asked(self, asked: Query) -> Any:
        terms = [query.Term("term", word.term) for word in asked.words]
        written = asked.words[0].written
        match asked.kind:
            case "one word":
                return terms[0]
            case "all words":
                return query.And(terms)
            case "any word":
                return query.Or(terms)
            case "phrase":
                return query.Phrase("term", [word.term for word in asked.words])
            case "prefix":
                found = self._searcher.reader().expand_prefix("exact", written)
                return _any_form(term.decode("utf-8") for term in found)
            case "fuzzy":
                return _any_form(close_words(self._words, written))
            case "tag filter":
                return query.And([*terms, query.Term("tag", asked.tag, boost=0.0)])
            case "date range":
                return query.And([*terms, query.NumericRange("day", *asked.days)])

    def _shown(self, asked: Query, numbers: Sequence[int]) -> tuple[Shown, ...]:
        """Titles and passages."""
        passage_of = marker_of(asked)
        shown = []
        for number in numbers:
            stored = self._searcher.stored_fields(number)
            passage, marks = passage_of(stored["text"], Marked(*stored["marked"]))
            shown.append(Shown(stored["title"], passage, marks))
        return tuple(shown)


class _Whoosh:
    takes_tokens = True
    takes_places = True

    def build(self, sources: Sequence[Path], documents: Sequence[Fed], index_folder: Path) -> None:
        """Write all documents as one segment."""
        del sources
        index_folder.mkdir()
        with index.create_in(str(index_folder), _schema()).writer(limitmb=_MEMORY) as writer:
            for fed in documents:
                writer.add_document(**_document(fed))

    def open(self, index_folder: Path) -> Whoosh:
        """Open the index."""
        return Whoosh(index_folder)

    def editing(self, sources: Sequence[Path], index_folder: Path) -> Callable[[Edit], Opened]:
        """Be ready to write: each change is a segment of its own."""
        del sources
        opened = index.open_dir(str(index_folder))
        reader = Reader()

        def change(edit: Edit) -> Opened:
            number = edit.before.number
            writer = opened.writer()
            writer.delete_by_query(query.Term("identity", str(number)))
            writer.add_document(**_document(reader.fed(number, edit.read())))
            writer.commit(merge=False)
            return Whoosh(index_folder)

        return change


def _schema() -> fields.Schema:
    words = analysis.SpaceSeparatedTokenizer()
    return fields.Schema(
        term=fields.TEXT(analyzer=words, phrase=True),
        exact=fields.TEXT(analyzer=words, phrase=False),
        part=fields.TEXT(analyzer=words, phrase=False),
        tag=fields.ID(),
        tags=fields.COLUMN(columns.RefBytesColumn()),
        day=fields.NUMERIC(int, bits=32),
        identity=fields.ID(),
        number=fields.STORED(),
        title=fields.STORED(),
        summary=fields.STORED(),
        text=fields.STORED(),
        marked=fields.STORED(),
        labels=fields.STORED(),
    )


def _document(fed: Fed) -> dict[str, object]:
    return {
        "term": fed.terms.split(),
        "exact": fed.exact.split(),
        "part": fed.parts.split(),
        "tag": list(fed.keys),
        "tags": "\n".join(fed.keys).encode(),
        "day": fed.day,
        "identity": [str(fed.number)],
        "number": fed.number,
        "title": fed.title,
        "summary": fed.summary,
        "text": fed.text,
        "marked": astuple(fed.marked),
        "labels": fed.tags,
    }


def _any_form(forms: Any) -> Any:
    return query.Or([query.Term("exact", form) for form in forms])


ENGINE = _Whoosh()
