"""The best documents are those that sorting everything would put first."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.ranking import best, by_rank, least_of_best

COUNTS = st.sampled_from((0, 1, 9, 64, 65, 300, 1_500, 20_000))
WANTED = st.sampled_from((0, 1, 10, 16, 17, 50, 200, 10_000))


def drawn_scores(count: int, seed: int, values: int) -> np.ndarray:
    """Scores of which few are the same, or very many; 0 for all when `values` is 1."""
    return np.random.default_rng(seed).integers(0, values, count).astype(np.float32)


@given(COUNTS, WANTED, st.integers(0, 99), st.sampled_from((1, 3, 1_000_000)), st.booleans())
def test_the_best_come_first_and_ties_by_rank(
    count: int, wanted: int, seed: int, values: int, ranked: bool
) -> None:
    scores = drawn_scores(count, seed, values)
    ranks = np.random.default_rng(seed + 1).permutation(count).astype(np.int64) if ranked else None
    ties = np.arange(count) if ranks is None else ranks
    expected = np.lexsort((ties, -scores))[:wanted]
    assert best(scores, ranks, wanted).tolist() == expected.tolist()


@given(st.sampled_from((20, 300, 5_000)), st.integers(1, 20), st.integers(0, 99), st.sampled_from((2, 10**6)))
def test_so_many_scores_reach_the_least_of_the_best(count: int, wanted: int, seed: int, values: int) -> None:
    scores = drawn_scores(count, seed, values)
    assert np.count_nonzero(scores >= least_of_best(scores, wanted)) >= wanted


@given(COUNTS, WANTED, st.integers(0, 99), st.booleans())
def test_by_rank_gives_the_first(count: int, wanted: int, seed: int, ranked: bool) -> None:
    ranks = np.random.default_rng(seed).permutation(count).astype(np.int64) if ranked else None
    expected = (np.arange(count) if ranks is None else np.argsort(ranks))[:wanted]
    assert by_rank(ranks, count, wanted).tolist() == expected.tolist()
