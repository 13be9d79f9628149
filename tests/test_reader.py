"""ColumnReader is a complete IndexReader: each method answers as a stock reader of the same documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import index
from whoosh.reading import IndexReader, TermNotFound
from whoosh.searching import Searcher

from search import layout
from search.store.reader import ColumnReader
from tests.corpus import make_articles
from tests.generations import Built, ids, in_segments
from tests.oracle import Oracle
from tests.stock import write_stock_index

PREFIXES = ("", "g", "gem", "qq", "zz", "é", "c++")
WORDS = ("gemeent", "taalmodel", "cafe", "gpt4o", "nergens")
FIELDS = sorted(layout.ALL_FIELDS)


@pytest.fixture(scope="module")
def ours(built: Built) -> ColumnReader:
    return ColumnReader(built.generation)


@pytest.fixture(scope="module")
def stock(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("stock")
    articles = {article.id: article for article in built.articles}
    write_stock_index(folder, [articles[name] for name in ids(built.generation)])
    with index.open_dir(str(folder)).reader() as reader:
        yield reader


@pytest.fixture(scope="module")
def oracle(built: Built) -> Oracle:
    return Oracle(built.articles)


def _postings(reader: Any, field: str, text: str | bytes) -> list[tuple[Any, ...]]:
    matcher = reader.postings(field, text)
    found = []
    while matcher.is_active():
        positions = tuple(matcher.value_as("positions")) if matcher.supports("positions") else None
        found.append(
            (matcher.id(), matcher.weight(), matcher.value_as("frequency"), positions, matcher.value())
        )
        matcher.next()
    return found


def _info(info: Any) -> tuple[Any, ...]:
    return info.weight(), info.doc_frequency(), info.max_weight(), info.min_id(), info.max_id()


def _infos(found: Any) -> list[tuple[Any, ...]]:
    return [
        (*[part for part in found_term if not hasattr(part, "min_id")], _info(found_term[-1]))
        for found_term in found
    ]


def _stored(fields: dict[str, Any]) -> tuple[str, str]:
    return fields["title"], fields["text"]


def _all(reader: Any, method: str, texts: tuple[str, ...], read: Callable[[Any], Any]) -> list[Any]:
    return [read(getattr(reader, method)(field, text)) for field in FIELDS for text in texts]


def _first_ids(reader: Any) -> dict[str, int]:
    return {text: reader.first_id("all.term", text) for text in WORDS if ("all.term", text) in reader}


COMPARED: dict[str, Callable[[Any], Any]] = {
    "all_doc_ids": lambda reader: list(reader.all_doc_ids()),
    "all_stored_fields": lambda reader: [_stored(fields) for fields in reader.all_stored_fields()],
    "all_terms": lambda reader: list(reader.all_terms()),
    "doc_count": lambda reader: reader.doc_count(),
    "doc_count_all": lambda reader: reader.doc_count_all(),
    "doc_frequency": lambda reader: _all(reader, "doc_frequency", WORDS, int),
    "expand_prefix": lambda reader: _all(reader, "expand_prefix", PREFIXES, list),
    "field_terms": lambda reader: [list(reader.field_terms(field)) for field in FIELDS],
    "first_id": _first_ids,
    "frequency": lambda reader: _all(reader, "frequency", WORDS, float),
    "has_column": lambda reader: [bool(reader.has_column(field)) for field in FIELDS],
    "has_deletions": lambda reader: bool(reader.has_deletions()),
    "has_vector": lambda reader: [bool(reader.has_vector(0, field)) for field in FIELDS],
    "indexed_field_names": lambda reader: sorted(reader.indexed_field_names()),
    "is_atomic": lambda reader: reader.is_atomic(),
    "is_deleted": lambda reader: [reader.is_deleted(number) for number in range(reader.doc_count_all())],
    "iter_docs": lambda reader: [(number, _stored(fields)) for number, fields in reader.iter_docs()],
    "iter_field": lambda reader: _all(reader, "iter_field", ("", "gem"), _infos),
    "iter_from": lambda reader: _all(reader, "iter_from", ("", "gem"), _infos),
    "iter_postings": lambda reader: list(reader.iter_postings()),
    "iter_prefix": lambda reader: _all(reader, "iter_prefix", ("ge", "qq"), _infos),
    "leaf_readers": lambda reader: [base for _, base in reader.leaf_readers()],
    "lexicon": lambda reader: [list(reader.lexicon(field)) for field in FIELDS],
    "most_distinctive_terms": lambda reader: [
        reader.most_distinctive_terms(field, 7, prefix) for field in FIELDS for prefix in PREFIXES
    ],
    "most_frequent_terms": lambda reader: [
        reader.most_frequent_terms(field, 7, prefix) for field in FIELDS for prefix in PREFIXES
    ],
    "postings": lambda reader: [
        _postings(reader, field, text) for field, text in reader.all_terms() if not text.startswith(b"qq")
    ],
    "stored_fields": lambda reader: [_stored(reader.stored_fields(n)) for n in range(reader.doc_count_all())],
    "supports_caches": lambda reader: reader.supports_caches(),
    "term_info": lambda reader: [_info(reader.term_info(field, text)) for field, text in reader.all_terms()],
    "terms_from": lambda reader: _all(reader, "terms_from", PREFIXES, list),
    "terms_within": lambda reader: [
        sorted(reader.terms_within("all.exact", text, distance, prefix))
        for text in ("gemeente", "taalmodl", "cafe")
        for distance in (1, 2)
        for prefix in (0, 1, 3)
    ],
}

LENGTHS = {"field_length", "min_field_length", "max_field_length", "doc_field_length"}
"""Compared with counted lengths: a stock index keeps a rough code of each, and counts alternatives apart."""

OF_FILES = {
    "codec",
    "segment",
    "storage",
    "generation",
    "close",
    "vector",
    "vector_as",
    "column_reader",
    "corrector",
}
"""About files, vectors and columns that Whoosh would have; `corrector` is tested through `suggest`."""


@pytest.mark.parametrize("method", COMPARED)
def test_a_method_answers_as_that_of_a_stock_reader(method: str, ours: ColumnReader, stock: Any) -> None:
    assert COMPARED[method](ours) == COMPARED[method](stock)


def test_no_method_of_a_reader_is_forgotten() -> None:
    methods = {name for name in vars(IndexReader) if not name.startswith("_")}
    assert methods == COMPARED.keys() | LENGTHS | OF_FILES


def test_a_reader_goes_through_terms_with_their_statistics_in_order(ours: ColumnReader, stock: Any) -> None:
    assert _infos(ours) == _infos(stock)


def test_a_term_is_in_the_reader_or_not(ours: ColumnReader, stock: Any) -> None:
    for field in (*FIELDS, "onbekend"):
        for text in (*WORDS, b"gemeent"):
            assert ((field, text) in ours) == ((field, text) in stock)


@pytest.mark.parametrize("method", ["postings", "term_info", "first_id"])
@pytest.mark.parametrize("term", [("all.term", "nergens"), ("onbekend", "de")])
def test_a_term_that_does_not_occur_is_said_so(
    method: str, term: tuple[str, str], ours: Any, stock: Any
) -> None:
    for reader in (ours, stock):
        with pytest.raises(TermNotFound):
            getattr(reader, method)(*term)


@pytest.mark.parametrize("method", ["lexicon", "expand_prefix", "terms_from"])
def test_terms_of_an_unknown_field_are_not_found(method: str, ours: Any, stock: Any) -> None:
    arguments = () if method == "lexicon" else ("",)
    for reader in (ours, stock):
        with pytest.raises(TermNotFound):
            list(getattr(reader, method)("onbekend", *arguments))


@pytest.mark.parametrize("field", layout.SCORED_FIELDS)
def test_lengths_are_exact(field: str, ours: ColumnReader, oracle: Oracle, built: Built) -> None:
    lengths = [oracle.lengths[field][name] for name in ids(built.generation)]
    assert [ours.doc_field_length(number, field) for number in range(len(lengths))] == lengths
    assert ours.field_length(field) == sum(lengths)
    assert ours.min_field_length(field) == min(lengths)
    assert ours.max_field_length(field) == max(lengths)


def test_lengths_of_a_term_are_those_of_its_documents(ours: ColumnReader, oracle: Oracle) -> None:
    for field in layout.SCORED_FIELDS:
        for text, holders in oracle.holders[field].items():
            lengths = [oracle.lengths[field][name] for name in holders]
            info = ours.term_info(field, text)
            assert (info.min_length(), info.max_length()) == (min(lengths), max(lengths))


def test_a_field_of_keywords_has_no_lengths(ours: ColumnReader) -> None:
    assert ours.field_length("tag") == 0
    assert ours.doc_field_length(0, "tag", default=7) == 7


def test_key_terms_are_those_of_a_stock_searcher(ours: ColumnReader, stock: Any) -> None:
    text = "De gemeente schreef brieven aan bewoners van de stad over privacy en algoritmes"
    for numbers in (3, 10):
        expected = Searcher(stock, closereader=False).key_terms_from_text(
            "summary.term", text, numterms=numbers
        )
        assert expected
        assert Searcher(ours).key_terms_from_text("summary.term", text, numterms=numbers) == expected


@pytest.mark.parametrize("typed", ["gemeete", "taalmodl", "kaffe", "zzzz"])
def test_suggestions_are_those_of_a_stock_searcher(typed: str, ours: ColumnReader, stock: Any) -> None:
    for distance in (1, 2):
        expected = Searcher(stock, closereader=False).suggest("all.exact", typed, maxdist=distance)
        assert Searcher(ours).suggest("all.exact", typed, maxdist=distance) == expected


def test_documents_are_found_by_their_fields(ours: ColumnReader, stock: Any, built: Built) -> None:
    searchers = [Searcher(reader, closereader=False) for reader in (ours, stock)]
    for number, name in enumerate(ids(built.generation)[:20]):
        assert [searcher.document_number(id=name) for searcher in searchers] == [number, number]
        first, second = ([_stored(found) for found in searcher.documents(id=name)] for searcher in searchers)
        assert first == second
        assert len(first) == 1
    for tag in ("privacy", "c++", "nergens"):
        first, second = ([_stored(found) for found in searcher.documents(tag=tag)] for searcher in searchers)
        assert first == second
    assert [searcher.document(id="nergens") for searcher in searchers] == [None, None]


def test_stored_fields_hold_the_id(ours: ColumnReader, built: Built) -> None:
    assert [fields["id"] for fields in ours.all_stored_fields()] == ids(built.generation)


def test_a_reader_names_its_generation_and_can_be_closed(built: Built) -> None:
    with ColumnReader(built.generation) as reader:
        assert reader.generation() == built.generation.name
    assert reader.is_closed


def test_vectors_are_not_kept(ours: ColumnReader) -> None:
    with pytest.raises(KeyError):
        ours.vector(0, "body.term")


def test_a_deleted_document_is_nowhere_in_the_reader(tmp_path: Path) -> None:
    articles = make_articles(3, 60)
    gone = frozenset(article.id for article in articles[::3])
    generation = in_segments(tmp_path, [articles[:25], articles[25:]], gone)
    reader, oracle = ColumnReader(generation), Oracle(a for a in articles if a.id not in gone)
    assert reader.has_deletions()
    assert reader.doc_count() == len(oracle.articles) == reader.doc_count_all() - len(gone)
    assert {fields["id"] for fields in reader.all_stored_fields()} == oracle.articles.keys()
    for field in layout.ALL_FIELDS:
        assert {t.decode(): reader.doc_frequency(field, t) for t in reader.lexicon(field)} == {
            term: len(holders) for term, holders in oracle.holders[field].items()
        }
    for field, lengths in oracle.lengths.items():
        if field in layout.SCORED_FIELDS:
            assert reader.field_length(field) == sum(lengths.values())
            assert reader.min_field_length(field) == min(lengths.values())
            assert reader.max_field_length(field) == max(lengths.values())
