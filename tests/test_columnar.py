"""What every engine does: the contract of `engines.base.Engine`, against plain sets.

Each engine of the product stands in `ENGINES`; all of these tests run over each.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Engine, EngineRequest, Matches
from search.engines.columnar import ColumnarEngine
from search.model import ALWAYS, NEVER, Article, Sort
from search.query.plan import EVERYTHING, All, Any, Constant, Filter, Node, Not, Phrase, Term
from search.tags import tag_key
from tests.corpus import DAY_MS, NOW, make_articles
from tests.generations import build, in_segments
from tests.oracle import Oracle, best_first, local_day
from tests.plans import Plans

COUNT = 160


def _one_segment(folder: Path, articles: Sequence[Article]) -> Engine:
    return ColumnarEngine(build(folder, articles).generation)


def _segments_with_deletions(folder: Path, articles: Sequence[Article]) -> Engine:
    """The same articles in three segments, among others that were deleted."""
    deleted = [
        Article(f"weg/{article.id}", article.title, article.text, tags=article.tags, date=article.date)
        for article in articles[::4]
    ]
    parts = [[*articles[:50], *deleted[:20]], articles[50:90], [*deleted[20:], *articles[90:]]]
    return ColumnarEngine(in_segments(folder, parts, frozenset(article.id for article in deleted)))


ENGINES: dict[str, Callable[[Path, Sequence[Article]], Engine]] = {
    "columnar": _one_segment,
    "columnar, in segments": _segments_with_deletions,
}

ARTICLES = make_articles(7, COUNT)
NOWS = (NOW, NOW - DAY_MS, NOW + 5 * DAY_MS, NOW + 11 * DAY_MS)


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return ENGINES[request.param](tmp_path_factory.mktemp("motor") / "index", ARTICLES)


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(ARTICLES)


def public(now: int) -> dict[str, Article]:
    return {a.id: a for a in ARTICLES if a.visible_from <= now < a.visible_until}


def ranked_ids(engine: Engine, matches: Matches) -> list[str]:
    return [engine.record(ranked.document).id for ranked in matches.ranked]


def expected_order(found: dict[str, float], sort: Sort) -> list[str]:
    """Ids as they must be ranked, given the scores that an engine found."""
    newest = best_first(ARTICLES)
    if sort == "relevance":
        return sorted(found, key=lambda name: (-found[name], newest.index(name)))
    if sort == "newest":
        return sorted(found, key=newest.index)
    dates = {a.id: a.date for a in ARTICLES}
    latest = max(moment for moment in dates.values() if moment).timestamp() + 1
    return sorted(found, key=lambda name: (getattr(dates[name], "timestamp", lambda: latest)(), name))


def matching_tags(articles: Sequence[Article]) -> Counter[str]:
    return Counter(tag_key(tag) for article in articles for tag in article.tags)


def matching_months(articles: Sequence[Article]) -> Counter[int]:
    days = [date.fromordinal(day) for day in map(local_day, articles) if day]
    return Counter(day.year * 12 + day.month - 1 for day in days)


def assert_answers(engine: Engine, oracle: Oracle, request: EngineRequest) -> None:
    """Compare an answer with one that is counted by hand."""
    visible = public(request.now)
    scores = {name: score for name, score in oracle.evaluate(request.plan).items() if name in visible}
    in_tags = {
        name
        for name in scores
        if not request.tags or {tag_key(tag) for tag in visible[name].tags} & set(request.tags)
    }
    in_days = {
        name
        for name in scores
        if not request.days
        or ((day := local_day(visible[name])) and request.days[0] <= day <= request.days[1])
    }
    matches = engine.search(request)
    expected = in_tags & in_days
    assert matches.total == len(expected)
    assert matches.without_choices == len(scores)
    assert dict(matches.tags) == matching_tags([visible[n] for n in in_days])
    assert dict(matches.months) == matching_months([visible[n] for n in in_tags])

    everything = engine.search(
        EngineRequest(
            request.plan,
            request.now,
            request.tags,
            request.days,
            request.sort,
            limit=COUNT,
        )
    )
    names = ranked_ids(engine, everything)
    found = {name: ranked.score for name, ranked in zip(names, everything.ranked, strict=True)}
    assert found == pytest.approx({name: scores[name] for name in expected}, rel=1e-4)
    assert names == expected_order(found, request.sort)
    window = slice(request.offset, request.offset + request.limit)
    assert ranked_ids(engine, matches) == names[window]


@pytest.mark.parametrize("seed", range(6))
def test_answers_counts_and_order_are_those_of_plain_sets(engine: Engine, oracle: Oracle, seed: int) -> None:
    chance, plans = random.Random(seed), Plans(oracle, seed)
    for _ in range(40):
        days = tuple(sorted(chance.choices(plans.days, k=2)))
        assert_answers(
            engine,
            oracle,
            EngineRequest(
                plan=plans.plan(chance.randint(1, 4)),
                now=chance.choice(NOWS),
                tags=tuple(plans.filter_tags()) if chance.random() < 0.5 else (),
                days=(days[0], days[1]) if chance.random() < 0.4 else None,
                sort=chance.choice(get_args(Sort)),
                offset=chance.choice((0, 0, 3, 500)),
                limit=chance.choice((0, 1, 10, COUNT)),
            ),
        )


@pytest.mark.parametrize("sort", get_args(Sort))
def test_browsing_goes_by_date_then_id_and_leaves_undated_articles_to_the_end(
    engine: Engine, oracle: Oracle, sort: Sort
) -> None:
    assert_answers(engine, oracle, EngineRequest(EVERYTHING, NOW, sort=sort, limit=COUNT))
    names = ranked_ids(engine, engine.search(EngineRequest(EVERYTHING, NOW, sort=sort, limit=COUNT)))
    dated = [local_day(oracle.articles[name]) is not None for name in names]
    assert dated == sorted(dated, reverse=True)
    assert not all(dated)


PLAIN_PLANS: dict[str, Node] = {
    "term": Term("all.term", "gemeent"),
    "term that nobody has": Term("all.term", "nergens"),
    "boosted term": Term("title.term", "gemeent", 0.5),
    "keyword as a word": Term("tag", "privacy"),
    "all": All((Term("all.term", "gemeent"), Term("all.term", "wet"))),
    "all of nothing": EVERYTHING,
    "any": Any((Term("all.term", "gemeent"), Term("all.term", "wet"))),
    "any of nothing": Any(),
    "two of three": Any((Term("all.term", "gemeent"), Term("all.term", "wet"), Term("lead.term", "de")), 2),
    "one that counts twice": Any(
        (Term("all.term", "gemeent"), *(Constant(Term("all.term", "wet"), 0.0),) * 2), 2
    ),
    "more than there are": Any((Term("all.term", "gemeent"),), 2),
    "not": Not(Term("all.term", "gemeent")),
    "all with not": All((Term("all.term", "wet"), Not(Term("all.term", "gemeent")))),
    "phrase": Phrase("body.term", (("gemeent",), ("wet", "de", "het"))),
    "phrase with a gap": Phrase("body.term", (("gemeent",), ("de",)), gap=3),
    "constant": Constant(Term("tag", "privacy"), 1000.0),
    "filter on tags": Filter("tag", ("privacy", "c++")),
    "filter on days": Filter("day", low=1, high=date(2024, 6, 1).toordinal()),
}


@pytest.mark.parametrize("name", PLAIN_PLANS)
def test_each_node_alone(engine: Engine, oracle: Oracle, name: str) -> None:
    assert_answers(engine, oracle, EngineRequest(PLAIN_PLANS[name], NOW, limit=COUNT))


def test_a_filter_on_days_leaves_out_articles_without_a_date(engine: Engine) -> None:
    always = Filter("day", low=0, high=2**31 - 1)
    matches = engine.search(EngineRequest(always, NOW, limit=COUNT))
    assert matches.total == sum(article.date is not None for article in public(NOW).values())


def test_scores_are_single_precision(engine: Engine) -> None:
    for ranked in engine.search(EngineRequest(Term("all.term", "de"), NOW, limit=COUNT)).ranked:
        assert ranked.score == float(np.float32(ranked.score))


@pytest.mark.parametrize("now", NOWS)
def test_public_articles_and_their_turning_points_are_counted(engine: Engine, now: int) -> None:
    assert engine.public_documents(now) == len(public(now))
    before = engine.turning_points(now)
    moments = sorted({m for a in ARTICLES for m in (a.visible_from, a.visible_until) if now < m < NEVER})
    if moments:
        assert engine.turning_points(moments[0] - 1) == before
        assert engine.turning_points(moments[0]) > before


@pytest.mark.parametrize("now", NOWS)
@pytest.mark.parametrize("name", PLAIN_PLANS)
def test_public_matches_are_counted(engine: Engine, oracle: Oracle, name: str, now: int) -> None:
    plan = PLAIN_PLANS[name]
    assert engine.count(plan, now) == len(oracle.evaluate(plan).keys() & public(now).keys())


@pytest.mark.parametrize("now", NOWS)
@pytest.mark.parametrize("field", ["all.term", "all.exact", "title.exact", "tag", "title.whole"])
def test_words_are_counted_in_public_articles_only(
    engine: Engine, oracle: Oracle, field: str, now: int
) -> None:
    visible = public(now)
    for term, holders in oracle.holders[field].items():
        assert engine.public_frequency(field, term, now) == len(holders.keys() & visible.keys())
    assert engine.public_frequency(field, "nergens", now) == 0


@pytest.mark.parametrize("now", NOWS)
@pytest.mark.parametrize("prefix", ["", "g", "gem", "qq", "café", "c+", "zzz", "\ud800"])
def test_a_prefix_expands_to_words_of_public_articles_only(
    engine: Engine, oracle: Oracle, prefix: str, now: int
) -> None:
    visible = public(now)
    counts = {
        term: len(holders.keys() & visible.keys())
        for term, holders in oracle.holders["all.exact"].items()
        if term.startswith(prefix)
    }
    found = engine.expand_prefix("all.exact", prefix, now)
    assert dict(found) == {term: count for term, count in counts.items() if count}
    assert len(found) == len(dict(found))
    for most in (1, 3, 1_000):
        frequent = sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]
        assert engine.expand_prefix("all.exact", prefix, now, most) == sorted(frequent)


def test_it_tells_which_documents_hold_a_term(engine: Engine, oracle: Oracle) -> None:
    ranked = engine.search(EngineRequest(EVERYTHING, NOW, limit=50)).ranked
    documents = tuple(one.document for one in reversed(ranked))
    for field, term in (("all.term", "gemeent"), ("title.exact", "de"), ("all.term", "nergens")):
        holders = oracle.holders[field].get(term, {})
        expected = tuple(engine.record(document).id in holders for document in documents)
        assert engine.holds(field, term, documents) == expected
    assert engine.holds("all.term", "gemeent", ()) == ()


def test_it_tells_which_documents_hold_one_of_some_terms(engine: Engine, oracle: Oracle) -> None:
    ranked = engine.search(EngineRequest(EVERYTHING, NOW, limit=50)).ranked
    documents = tuple(one.document for one in reversed(ranked))
    for field in ("all.term", "title.exact", "summary.part"):
        some = sorted(oracle.holders[field])
        for terms in ((), ("nergens",), tuple(some[:1]), tuple(some[::3]), tuple(some)):
            each = [engine.holds(field, term, documents) for term in terms]
            assert engine.holds_any(field, terms, documents) == tuple(
                any(held[place] for held in each) for place in range(len(documents))
            )


@pytest.mark.parametrize("now", NOWS)
def test_spellings_of_tags_are_counted_in_public_articles_only(engine: Engine, now: int) -> None:
    expected: dict[str, Counter[str]] = {}
    for article in public(now).values():
        for tag in article.tags:
            expected.setdefault(tag_key(tag), Counter())[tag] += 1
    assert engine.spellings(now) == expected


@pytest.mark.parametrize("now", NOWS)
def test_an_article_is_found_by_its_id_while_it_is_public(engine: Engine, now: int) -> None:
    for article in ARTICLES:
        document = engine.find(article.id, now)
        assert (document is not None) == (article.id in public(now))
        if document is not None:
            assert engine.record(document).id == article.id
            assert engine.text(document) == article.text
            assert engine.body(document) == article.body
    assert engine.find("nergens", now) is None
    assert engine.find("\ud800", now) is None


@pytest.mark.parametrize("now", NOWS)
def test_an_old_address_leads_to_the_newest_public_article_that_lists_it(engine: Engine, now: int) -> None:
    visible = public(now)
    order = [name for name in best_first(ARTICLES) if name in visible]
    for path in {alias for article in ARTICLES for alias in article.aliases} | {"/nergens"}:
        listing = [name for name in order if path in visible[name].aliases]
        assert engine.find_alias(path, now) == (listing[0] if listing else None)


def test_a_generation_has_a_name(engine: Engine) -> None:
    assert engine.generation


@given(now=st.integers(NOW - 20 * DAY_MS, NOW + 20 * DAY_MS))
def test_at_every_moment_only_what_is_public_then_is_found(engine: Engine, oracle: Oracle, now: int) -> None:
    assert_answers(engine, oracle, EngineRequest(EVERYTHING, now, limit=COUNT))


@pytest.mark.parametrize("edge", [ALWAYS, NEVER - 1])
def test_the_ends_of_time_are_moments_too(engine: Engine, oracle: Oracle, edge: int) -> None:
    assert_answers(engine, oracle, EngineRequest(EVERYTHING, edge, limit=COUNT))
