"""The queries of the benchmark, and what engines are fed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.benchmark.corpus import (
    FILLER,
    Analysis,
    Fed,
    articles_of,
    read_fed,
    read_public,
    sample,
    texts_of,
    write_fed,
    write_sources,
)
from search.benchmark.queries import KINDS, Query, make_queries, share_of
from search.dutch.analyzer import View, word_forms
from search.dutch.stopwords import is_stop_word
from search.errors import BadSource
from search.model import Article
from tests.small_site import ARTICLES, PUBLIC, markdown

CONTENT = Path(__file__).parents[1] / "content"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return read_public([CONTENT])


@pytest.fixture(scope="module")
def documents(articles: list[Article]) -> list[Fed]:
    analysis = Analysis()
    return [analysis.fed(number, article) for number, article in enumerate(articles)]


@pytest.fixture(scope="module")
def others(documents: list[Fed]) -> frozenset[str]:
    return frozenset(term for fed in documents for term in fed.others)


def forms(article: Article, view: View) -> Counter[str]:
    """How often each form stands in an article, by the analysis that the index uses."""
    return Counter(
        form for text in texts_of(article) for position in word_forms(text) for form in position.of(view)
    )


def plain(stream: str) -> Counter[str]:
    counts = Counter(stream.split())
    del counts[FILLER]
    return counts


def test_streams_hold_what_the_analysis_gives(articles: list[Article], documents: list[Fed]) -> None:
    for article, fed in zip(articles, documents, strict=True):
        for view, stream in (("term", fed.terms), ("exact", fed.exact), ("part", fed.parts)):
            expected = forms(article, view)  # type: ignore[arg-type]
            found = plain(stream)
            assert {form for form in found if form.isalpha()} == {form for form in expected if form.isalpha()}
            assert found.total() == expected.total()


def test_a_stream_follows_the_positions_of_each_text(articles: list[Article], documents: list[Fed]) -> None:
    fed, article = documents[0], articles[0]
    body = [position.terms[0] for position in word_forms(article.text)]
    stream = fed.terms.split()
    assert [term for term in stream[: len(body)] if term.isalpha()] == [t for t in body if t.isalpha()]
    assert stream[len(body)] == FILLER


def test_terms_that_share_a_position_come_last() -> None:
    article = Article(id="a", title="Nieuws", text="De minister kondigt maatregelen aan.")
    fed = Analysis().fed(3, article)
    assert "aankondigen" in fed.others
    assert "aankondigen" not in fed.terms.split()[: -len(fed.others)]
    assert (fed.number, fed.id, fed.day) == (3, "a", 0)


def test_names_with_a_full_stop_stay_one_word() -> None:
    fed = Analysis().fed(0, Article(id="a", title="", text="Met node.js of 3.14 meer."))
    assert "." not in fed.terms.replace("3.14", "")
    assert "3.14" in fed.terms


def test_what_is_fed_comes_back_from_its_file(documents: list[Fed], tmp_path: Path) -> None:
    write_fed(documents, tmp_path / "fed.jsonl")
    assert list(read_fed(tmp_path / "fed.jsonl")) == documents


def test_written_sources_give_the_same_articles(articles: list[Article], tmp_path: Path) -> None:
    again = list(articles_of(write_sources(articles, tmp_path)))
    assert [article.title for article in again] == [article.title for article in articles]
    assert [article.date for article in again] == [article.date for article in articles]
    assert [article.tags for article in again] == [article.tags for article in articles]
    lines = [article for article in again if not article.body]
    assert [article.text for article in lines] == [article.text for article in articles[: len(lines)]]
    assert 0 < len(articles) - len(lines) < 10


def test_dates_of_before_1937_are_kept(tmp_path: Path) -> None:
    """Offsets of then have seconds, which front matter does not know."""
    old = Article(id="a", title="Wet", text="Oud.", date=datetime(1891, 4, 14, 12, tzinfo=UTC))
    new = Article(id="b", title="Wet", text="Oud.", date=datetime(1891, 4, 15, 12, tzinfo=UTC))
    again = list(articles_of(write_sources([old, new, old, new], tmp_path)))
    assert [article.date is not None for article in again] == [True] * len(again)


def test_only_public_articles_take_part(tmp_path: Path) -> None:
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(read_public([tmp_path])) == PUBLIC
    assert len(read_public([tmp_path], 2)) == 2


def test_a_source_without_public_articles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "klad.md").write_text(markdown("Klad", "Tekst.", draft="true"), encoding="utf-8")
    with pytest.raises(BadSource, match="geen openbaar artikel"):
        read_public([tmp_path])


def test_a_smaller_sample_is_part_of_a_larger_one(articles: list[Article]) -> None:
    small, large = sample(articles, 10, 1), sample(articles, 40, 1)
    assert len(small) == 10
    assert [article for article in large if article in small] == small
    assert sample(articles, 10, 2) != small
    assert sample(articles, len(articles), 1) == articles


def test_a_seed_gives_the_same_queries_each_time(articles: list[Article], others: frozenset[str]) -> None:
    first = make_queries(articles, others, 80, 1)
    assert make_queries(articles, others, 80, 1) == first
    assert make_queries(articles, others, 80, 2) != first


def test_queries_are_of_every_kind_in_equal_shares(articles: list[Article], others: frozenset[str]) -> None:
    queries = make_queries(articles, others, 160, 3)
    assert Counter(query.kind for query in queries) == dict.fromkeys(KINDS, 20)
    assert [query.number for query in queries] == list(range(160))
    assert len({(query.kind, query.words, query.tag, query.days) for query in queries}) == 160


def test_queries_ask_what_readers_ask(articles: list[Article], others: frozenset[str]) -> None:
    for query in make_queries(articles, others, 320, 4):
        for word in query.words:
            assert word.written.isalpha()
            assert len(word.written) >= 4 or query.kind == "fuzzy"
            assert not is_stop_word(word.written) or query.kind in ("prefix", "fuzzy")


def test_every_query_finds_an_article(
    articles: list[Article], documents: list[Fed], others: frozenset[str]
) -> None:
    for query in make_queries(articles, others, 160, 5):
        assert any(matches(query, fed) for fed in documents), query


def matches(query: Query, fed: Fed) -> bool:
    """What a query means, on plain words; of one with a mistake, that it is close is another's test."""
    terms, written = set(fed.terms.split()), query.words[0].written
    match query.kind:
        case "prefix":
            return any(form.startswith(written) for form in fed.exact.split())
        case "fuzzy":
            return True
        case "phrase":
            return f" {' '.join(word.term for word in query.words)} " in f" {fed.terms} "
        case "any word":
            return any(word.term in terms for word in query.words)
    narrowed = not query.tag or query.tag in fed.keys
    dated = query.days == (0, 0) or query.days[0] <= fed.day <= query.days[1]
    return narrowed and dated and all(word.term in terms for word in query.words)


def test_no_phrase_asks_a_term_that_shares_its_position(
    articles: list[Article], others: frozenset[str]
) -> None:
    phrases = [query for query in make_queries(articles, others, 320, 6) if query.kind == "phrase"]
    assert phrases
    assert not {word.term for query in phrases for word in query.words} & others


def test_without_tags_and_dates_there_are_no_such_queries() -> None:
    articles = [Article(id=str(n), title="Een titel", text=f"{'woord' * n} staat hier") for n in range(1, 9)]
    kinds = {query.kind for query in make_queries(articles, frozenset(), 30, 1)}
    assert kinds == set(KINDS) - {"tag filter", "date range"}


def test_a_slow_engine_is_asked_an_eighth_of_each_kind(
    articles: list[Article], others: frozenset[str]
) -> None:
    queries = make_queries(articles, others, 160, 7)
    assert share_of("fts5", queries) == queries
    assert Counter(query.kind for query in share_of("whoosh", queries)) == dict.fromkeys(KINDS, 3)
