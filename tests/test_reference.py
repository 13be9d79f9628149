"""Whoosh's Searcher over the columns, against plain sets for every node.

Against a stock index too, for what that gets right: words, all, any, and phrases of single terms.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any as Untyped

import numpy as np
import pytest
from whoosh import index, query
from whoosh.searching import Searcher

from search import layout
from search.engines.bm25 import K1, B, FieldStatistics, LuceneBM25, field_statistics, idf, quantised
from search.engines.reference import Reference
from search.query.plan import All, Any, Constant, Filter, Node, Not, Phrase, Term, nodes_of
from tests.corpus import make_articles
from tests.generations import Built, build, ids
from tests.oracle import Oracle, byte4_to_int, int_to_byte4
from tests.plans import Plans
from tests.stock import write_stock_index

PLANS_PER_SEED = 60


@pytest.fixture(scope="module")
def oracle(built: Built) -> Oracle:
    return Oracle(built.articles)


@pytest.fixture(scope="module")
def reference(built: Built) -> Reference:
    return Reference(built.generation)


@pytest.fixture(scope="module")
def names(built: Built) -> list[str]:
    return ids(built.generation)


@pytest.fixture(scope="module")
def stock(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Untyped:
    """A searcher on a stock index, with our weighting from lengths that were counted apart from the store."""
    folder = tmp_path_factory.mktemp("stock")
    oracle = Oracle(built.articles)
    order = ids(built.generation)
    write_stock_index(folder, [oracle.articles[name] for name in order])
    weighting = LuceneBM25({field: _counted(oracle, field, order) for field in oracle.lengths})
    with index.open_dir(str(folder)).searcher(weighting=weighting) as searcher:
        assert searcher.is_atomic()
        yield searcher


def _counted(oracle: Oracle, field: str, order: list[str]) -> FieldStatistics:
    statistics = oracle.statistics[field]
    lengths = [byte4_to_int(int_to_byte4(oracle.lengths[field][name])) for name in order]
    norms = [K1 * (1 - B + B * length / statistics.average) for length in lengths]
    return FieldStatistics(statistics.documents, np.array(norms))


def assert_same(reference: Reference, names: list[str], plan: Node, expected: dict[str, float]) -> None:
    documents, scores = reference.evaluate(plan)
    found = {names[document]: float(score) for document, score in zip(documents, scores, strict=True)}
    assert len(found) == len(documents), plan
    assert found.keys() == expected.keys(), plan
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-12), plan


@pytest.mark.parametrize("seed", range(15))
def test_every_plan_gives_the_documents_and_scores_of_its_definition(
    reference: Reference, oracle: Oracle, names: list[str], seed: int
) -> None:
    plans = Plans(oracle, seed)
    for _ in range(PLANS_PER_SEED):
        plan = plans.plan(4)
        assert_same(reference, names, plan, oracle.evaluate(plan))


@pytest.mark.parametrize("seed", range(3))
def test_every_node_within_a_plan_gives_what_its_definition_gives(
    reference: Reference, oracle: Oracle, names: list[str], seed: int
) -> None:
    plans = Plans(oracle, 100 + seed)
    kinds: Counter[type] = Counter()
    for _ in range(PLANS_PER_SEED // 2):
        for node in nodes_of(plans.plan(4)):
            kinds[type(node)] += 1
            assert_same(reference, names, node, oracle.evaluate(node))
    assert kinds.keys() == {Term, All, Any, Not, Phrase, Constant, Filter}


def test_generated_plans_ask_for_constituents(oracle: Oracle) -> None:
    plans = Plans(oracle, 0)
    asked = {node.field for _ in range(200) for node in nodes_of(plans.plan(4)) if isinstance(node, Term)}
    assert asked >= {layout.ALL_PART, "title.part"}
    assert len(oracle.holders[layout.ALL_PART]["taal"]) > 1


def test_generated_plans_are_not_idle(oracle: Oracle) -> None:
    plans = Plans(oracle, 0)
    answers = [oracle.evaluate(plans.plan(4)) for _ in range(300)]
    assert sum(0 < len(answer) < len(oracle.articles) for answer in answers) > 100
    assert sum(any(answer.values()) for answer in answers) > 80


@pytest.mark.parametrize("seed", range(8))
def test_words_phrases_and_their_combinations_score_as_on_a_stock_index(
    reference: Reference, oracle: Oracle, stock: Searcher, seed: int
) -> None:
    plans = Plans(oracle, 200 + seed)
    for _ in range(PLANS_PER_SEED):
        plan = _stock_plan(plans, 3)
        documents, scores = reference.evaluate(plan)
        found = dict(zip(documents.tolist(), scores.tolist(), strict=True))
        results = stock.search(_stock_query(plan), limit=None)
        expected = {document: score for score, document in results.top_n}
        assert found.keys() == expected.keys() == set(results.docs()), plan
        assert found == pytest.approx(expected, rel=1e-4), plan


def _stock_plan(plans: Plans, depth: int) -> Node:
    """A plan of what stock Whoosh gets right: terms, all, any, phrases of different single terms."""
    chance = plans.chance
    if depth > 1 and chance.random() < 0.7:
        children = tuple(
            _stock_plan(plans, chance.randint(1, depth - 1)) for _ in range(chance.randint(2, 4))
        )
        return chance.choice((All, Any))(children)
    phrase = plans.phrase()
    words = dict.fromkeys(slot[0] for slot in phrase.slots)
    if chance.random() < 0.4 and len(words) > 1:
        return Phrase(phrase.field, tuple((word,) for word in words))
    return plans.term()


def _stock_query(plan: Node) -> query.Query:
    match plan:
        case Term():
            return query.Term(plan.field, plan.text, boost=plan.boost)
        case All(nodes):
            return query.And([_stock_query(node) for node in nodes])
        case Any(nodes):
            return query.Or([_stock_query(node) for node in nodes])
        case Phrase():
            return query.Phrase(plan.field, [slot[0] for slot in plan.slots])
    raise TypeError(plan)


def test_all_of_nothing_is_everything_and_any_of_nothing_is_nothing(
    reference: Reference, names: list[str]
) -> None:
    documents, scores = reference.evaluate(All())
    assert documents.tolist() == list(range(len(names)))
    assert not scores.any()
    assert reference.evaluate(Any())[0].size == 0


def test_a_node_that_stands_twice_counts_twice(reference: Reference) -> None:
    once = Term("all.term", "gemeent")
    single, double = reference.evaluate(once), reference.evaluate(All((once, once)))
    assert double[0].tolist() == single[0].tolist()
    assert double[1] == pytest.approx(2 * single[1])


def test_a_document_that_scores_nothing_still_matches_any(reference: Reference, oracle: Oracle) -> None:
    silent = Any((Filter("tag", ("privacy",)), Filter("tag", ("c++",)), Not(Term("all.term", "de"))))
    assert len(reference.evaluate(silent)[0]) == len(oracle.evaluate(silent))


def test_a_phrase_in_a_field_without_positions_matches_nothing(reference: Reference) -> None:
    assert reference.evaluate(Phrase("all.term", (("de",), ("het",))))[0].size == 0


@pytest.mark.parametrize("field", ["title.whole", "tag", "id"])
def test_a_field_without_lengths_scores_as_if_every_document_had_one_word(
    reference: Reference, oracle: Oracle, names: list[str], field: str
) -> None:
    for word in list(oracle.holders[field])[:20]:
        plan = Term(field, word)
        assert_same(reference, names, plan, oracle.evaluate(plan))


def test_an_index_without_documents_answers_with_none(tmp_path: Path) -> None:
    empty = Reference(build(tmp_path, []).generation)
    for plan in (All(), Not(Any()), Term("all.term", "de"), Phrase("body.term", (("de",), ("het",)))):
        assert empty.evaluate(plan)[0].size == 0


def test_more_documents_than_whoosh_holds_in_one_part_give_the_same(tmp_path: Path) -> None:
    articles = make_articles(9, 3_000)
    large, oracle = build(tmp_path, articles), Oracle(articles)
    reference, names, plans = Reference(large.generation), ids(large.generation), Plans(oracle, 9)
    for _ in range(15):
        plan = plans.plan(3)
        assert_same(reference, names, plan, oracle.evaluate(plan))


def test_lengths_are_quantised_as_lucene_does() -> None:
    lengths = np.arange(100_001)
    assert quantised(lengths).tolist() == [byte4_to_int(int_to_byte4(length)) for length in range(100_001)]
    generator = np.random.default_rng(1)
    larger = np.concatenate([generator.integers(0, 2**bits, 500) for bits in range(17, 32)])
    assert quantised(larger).tolist() == [byte4_to_int(int_to_byte4(int(length))) for length in larger]


def test_lucenes_own_values_come_out() -> None:
    # The codes of 0 to 255 give values that go up; up to 40 every length is exact.
    values = [byte4_to_int(code) for code in range(256)]
    assert values == sorted(set(values))
    assert values[:42] == [*range(41), 42]
    assert values[255] == 2_013_265_944


def test_statistics_count_only_documents_that_have_the_field() -> None:
    statistics = field_statistics(np.array([0, 4, 0, 8]))
    assert statistics.documents == 2
    assert statistics.norms.tolist() == [K1 * (1 - B + B * length / 6) for length in (0, 4, 0, 8)]


def test_the_inverse_document_frequency_is_above_zero_even_for_a_word_that_all_have() -> None:
    assert 0 < idf(10, 10) < idf(10, 9) < idf(10, 0)


def test_every_scored_field_has_statistics(reference: Reference, oracle: Oracle) -> None:
    assert set(oracle.lengths) >= set(layout.SCORED_FIELDS)
