"""The measures against sums done by hand, and against a plain reading of what trec_eval computes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation.measures import first_relevant, ndcg, recall, reciprocal_rank

DOCUMENTS = "abcdefghijklmnop"
ANSWERS = st.lists(st.sampled_from(DOCUMENTS), unique=True)
GRADES = st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(-1, 3).map(float))
DEPTHS = st.integers(1, 12)


def test_ndcg_of_grades_2_0_3_is_done_by_hand() -> None:
    """DCG = 2/1 + 0/log2(3) + 3/2 = 3.5; the best order gives 3/1 + 2/log2(3) = 4.2619."""
    found = ndcg("abc", {"a": 2.0, "b": 0.0, "c": 3.0}, 10)
    assert found == pytest.approx(3.5 / (3 + 2 / 1.5849625))
    assert found == pytest.approx(0.82124, abs=1e-5)


def test_the_ideal_holds_relevant_documents_that_were_not_found() -> None:
    """Found at rank 2 only: 1/log2(3) = 0.63093; the ideal of three is 1 + 0.63093 + 0.5."""
    assert ndcg("xa", {"a": 1.0, "b": 1.0, "c": 1.0}, 10) == pytest.approx(0.63093 / 2.13093, abs=1e-5)


def test_the_ideal_is_cut_at_the_same_depth() -> None:
    assert ndcg("ab", dict.fromkeys("abcdef", 1.0), 2) == pytest.approx(1.0)


def test_what_comes_after_the_depth_does_not_count() -> None:
    assert ndcg("xxa", {"a": 1.0}, 2) == 0
    assert reciprocal_rank("wxyza", {"a": 1.0}, 4) == 0
    assert reciprocal_rank("wxyza", {"a": 1.0}, 5) == pytest.approx(0.2)
    assert recall("abxyz", {"a": 1.0, "z": 1.0}, 4) == pytest.approx(0.5)


def test_recall_counts_relevant_documents_only() -> None:
    """Of a and c, which are relevant, a is found; b was judged not relevant and d not judged."""
    assert recall("abd", {"a": 1.0, "b": 0.0, "c": 2.0}, 100) == pytest.approx(0.5)


def test_the_first_relevant_document_decides_the_rank() -> None:
    assert first_relevant("xyab", {"a": 1.0, "b": 3.0, "y": 0.0}) == 3
    assert reciprocal_rank("xyab", {"a": 1.0, "b": 3.0}, 10) == pytest.approx(1 / 3)
    assert first_relevant("xy", {"a": 1.0}) == 0


def test_a_grade_below_0_gains_nothing_and_costs_nothing() -> None:
    assert ndcg("ba", {"a": 1.0, "b": -1.0}, 10) == pytest.approx(1 / math.log2(3))


@pytest.mark.parametrize("grades", [{}, {"a": 0.0}, {"a": -1.0}])
def test_without_relevant_documents_every_measure_is_0(grades: dict[str, float]) -> None:
    assert ndcg("ab", grades, 10) == reciprocal_rank("ab", grades, 10) == recall("ab", grades, 10) == 0


@given(ANSWERS, GRADES, DEPTHS)
def test_ndcg_is_what_trec_eval_computes(answer: list[str], grades: dict[str, float], depth: int) -> None:
    """m_ndcg_cut.c: sum gain / log2(rank + 1) up to the cut-off, divided by the same over the sorted gains."""
    total = ideal = 0.0
    for place, document in enumerate(answer):
        if place < depth and document in grades and grades[document] > 0:
            total += grades[document] * math.log(2) / math.log(place + 2)
    for place, grade in enumerate(sorted((grade for grade in grades.values() if grade > 0), reverse=True)):
        if place < depth:
            ideal += grade * math.log(2) / math.log(place + 2)
    assert ndcg(answer, grades, depth) == pytest.approx(total / ideal if ideal else 0.0)


@given(ANSWERS, GRADES, DEPTHS)
def test_every_measure_is_a_share(answer: list[str], grades: dict[str, float], depth: int) -> None:
    for measure in (ndcg, reciprocal_rank, recall):
        assert 0 <= measure(answer, grades, depth) <= 1 + 1e-12


@given(GRADES, DEPTHS)
def test_the_best_order_scores_1(grades: dict[str, float], depth: int) -> None:
    best = sorted(grades, key=lambda document: -grades[document])
    expected = 1.0 if any(grade > 0 for grade in grades.values()) else 0.0
    assert ndcg(best, grades, depth) == pytest.approx(expected)


@given(ANSWERS, GRADES, DEPTHS)
def test_looking_deeper_never_lowers_recall_or_the_reciprocal_rank(
    answer: list[str], grades: dict[str, float], depth: int
) -> None:
    assert recall(answer, grades, depth) <= recall(answer, grades, depth + 1)
    assert reciprocal_rank(answer, grades, depth) <= reciprocal_rank(answer, grades, depth + 1)
