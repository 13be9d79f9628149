"""tantivy in the benchmark, as an expert would set it up behind its Python binding.

Streams are split at spaces, without positions or frequencies where nothing asks for these. Queries are put
together of terms, not parsed.

Its generator of snippets tokenizes a stored text once more, and knows nothing of our inflections. So words
are kept with each body (`marked`), and passages are made from these. The generator, run over those words by
blanks, was slower, as are places written between the words, which also take more room. All text that is
shown is one stored value: a text is read faster than bytes, and one faster than several. The binding indexes
every text that it stores, so the tokenizer of that field finds no words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, TextAnalyzerBuilder, Tokenizer
from tantivy import Query as Asked

from search.benchmark.corpus import Fed, Reader
from search.benchmark.engines import MAX_TAGS, TOP, Edit, Found, Opened, Shown
from search.benchmark.marked import Marked
from search.benchmark.passages import marker_of
from search.benchmark.queries import Query

_HEAP = 512_000_000
"""Bytes that the writer may fill before it writes a segment: 50,000 articles then come in one, as merges
are work.
"""

_EDIT_HEAP = 16_000_000
_WRITTEN, _NO_WORDS = "written", "none"
_BETWEEN = "\x1f"
"""Between the texts of a stored value; a blank takes its place in a text that has it."""

_FACETS = {"tags": {"terms": {"field": "tag", "size": MAX_TAGS}}}


class Tantivy:
    """An open index."""

    def __init__(self, index: Path) -> None:
        self.index = tantivy.Index.open(str(index))
        self.index.config_reader("manual")
        self._schema = self.index.schema
        self._searcher = self.index.searcher()

    def prepare_fuzzy(self) -> None:
        """Nothing: its dictionary of terms is an automaton."""

    def answer(self, query: Query, *, facets: bool, passages: bool) -> Found:
        """Search, aggregate and make passages."""
        asked = self._asked(query)
        result = self._searcher.search(asked, TOP, count=True)
        tags: tuple[tuple[str, int], ...] = ()
        if facets:
            buckets = self._searcher.aggregate(asked, _FACETS)["tags"]["buckets"]
            tags = tuple((bucket["key"], bucket["doc_count"]) for bucket in buckets)
        shown = self._shown(query, [place for _, place in result.hits]) if passages else ()
        return Found(_count(result), tuple(place.doc for _, place in result.hits), tags, shown)

    def numbers(self, query: Query, ids: Mapping[str, int]) -> frozenset[int]:
        """All that match."""
        del ids
        places = [
            place for _, place in self._searcher.search(self._asked(query), self._searcher.num_docs).hits
        ]
        return frozenset(int(value or 0) for value in self._searcher.fast_field_values("number", places))

    def close(self) -> None:
        """Nothing to do: the files are mapped for as long as somebody looks at them."""

    def _term(self, word: str) -> Asked:
        return Asked.term_query(self._schema, "term", word, "freq")

    def _form(self, word: str) -> Asked:
        return Asked.term_query(self._schema, "exact", word, "freq")

    def _asked(self, query: Query) -> Asked:
        terms = [self._term(word.term) for word in query.words]
        written = query.words[0].written
        match query.kind:
            case "one word":
                return terms[0]
            case "all words":
                return _every(terms)
            case "any word":
                return _any(terms)
            case "phrase":
                return Asked.phrase_query(self._schema, "term", [word.term for word in query.words])
            case "prefix":
                found = self._searcher.terms_with_prefix("exact", written)
                return _any(self._form(form) for form, _ in found)
            case "fuzzy":
                return Asked.fuzzy_term_query(self._schema, "exact", written, 1, transposition_cost_one=True)
            case "tag filter":
                return _every((*terms, Asked.term_query(self._schema, "tag", query.tag, "basic")))
            case "date range":
                low, high = query.days
                span = Asked.range_query(self._schema, "day", tantivy.FieldType.Integer, low, high)
                return _every((*terms, span))

    def _shown(self, query: Query, places: Sequence[tantivy.DocAddress]) -> tuple[Shown, ...]:
        """Titles and passages."""
        passage_of = marker_of(query)
        shown = []
        for place in places:
            document = self._searcher.doc(place)
            record: str = document.get_first("record") or ""
            places_of_words: bytes = document.get_first("places") or b""
            title, text, terms, exact, _ = record.split(_BETWEEN, 4)
            passage, marks = passage_of(text, Marked(terms, exact, places_of_words))
            shown.append(Shown(title, passage, marks))
        return tuple(shown)


class _Tantivy:
    takes_tokens = True
    takes_places = True

    def build(self, sources: Sequence[Path], documents: Sequence[Fed], index: Path) -> None:
        """Write all documents by one thread, and wait until it is merged."""
        del sources
        index.mkdir()
        made = tantivy.Index(_schema(), path=str(index))
        _register(made)
        writer = made.writer(heap_size=_HEAP, num_threads=1)
        for fed in documents:
            writer.add_document(_document(fed))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, index: Path) -> Tantivy:
        """Open the index."""
        return Tantivy(index)

    def editing(self, sources: Sequence[Path], index: Path) -> Callable[[Edit], Opened]:
        """Be ready to write, with one thread."""
        del sources
        opened = tantivy.Index.open(str(index))
        _register(opened)
        writer = opened.writer(heap_size=_EDIT_HEAP, num_threads=1)
        reader = Reader()

        def change(edit: Edit) -> Opened:
            number = edit.before.number
            writer.delete_documents_by_term("number", number)
            writer.add_document(_document(reader.fed(number, edit.read())))
            writer.commit()
            return Tantivy(index)

        return change


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("term", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("exact", tokenizer_name=_WRITTEN, index_option="freq")
    builder.add_text_field("part", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("tag", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("day", indexed=False, fast=True)
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_text_field("record", stored=True, tokenizer_name=_NO_WORDS, index_option="basic")
    builder.add_bytes_field("places", stored=True)
    return builder.build()


def _document(fed: Fed) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("term", fed.terms)
    document.add_text("exact", fed.exact)
    document.add_text("part", fed.parts)
    for key in fed.keys:
        document.add_text("tag", key)
    document.add_integer("day", fed.day)
    document.add_integer("number", fed.number)
    rest = json.dumps((fed.summary, fed.tags), ensure_ascii=False)
    marked = fed.marked
    texts = (fed.title, fed.text, marked.terms, marked.exact)
    document.add_text("record", _BETWEEN.join([*(text.replace(_BETWEEN, " ") for text in texts), rest]))
    document.add_bytes("places", marked.places)
    return document


def _register(index: tantivy.Index) -> None:
    """The tokenizers that a writer needs and that tantivy does not have by itself."""
    index.register_tokenizer(_WRITTEN, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    index.register_tokenizer(_NO_WORDS, TextAnalyzerBuilder(Tokenizer.regex(r"[^\s\S]")).build())


def _every(queries: Iterable[Asked]) -> Asked:
    return Asked.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: Iterable[Asked]) -> Asked:
    return Asked.boolean_query([(Occur.Should, query) for query in queries])


def _count(result: tantivy.SearchResult) -> int:
    count: int = result.count  # type: ignore[attr-defined]  # missing in the binding's type information
    return count


ENGINE = _Tantivy()
