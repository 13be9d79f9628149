"""Findings of nodes, and how they are combined: held to plain dictionaries, for few and for many documents."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.found import NOTHING, Found, among, counted, merged, restricted, united, without

SIZES = (30, 2_000, 200_000)
"""Few documents, several, and so many that what is found is always a small part."""


@st.composite
def findings(draw: st.DrawFn) -> tuple[int, list[dict[int, float]]]:
    """How many documents an index has, and some findings in it."""
    size = draw(st.sampled_from(SIZES))
    seed = draw(st.integers(0, 1_000))
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(draw(st.integers(1, 5))):
        count = draw(st.sampled_from((0, 1, 3, 20, min(size, 1_500))))
        documents = chance.choice(size, min(count, size), replace=False).tolist()
        scored = draw(st.booleans())
        found.append({number: float(chance.integers(1, 8)) if scored else 0.0 for number in documents})
    return size, found


def as_found(finding: dict[int, float]) -> Found:
    documents = np.array(sorted(finding), np.intp)
    if not any(finding.values()):
        return documents, None
    return documents, np.array([finding[number] for number in sorted(finding)])


def as_dict(found: Found) -> dict[int, float]:
    documents, scores = found
    assert documents.dtype == np.intp
    assert np.all(np.diff(documents) > 0)
    values = [0.0] * documents.size if scores is None else scores.tolist()
    return dict(zip(documents.tolist(), values, strict=True))


@given(findings())
def test_a_union_has_every_document_with_its_scores_added_up(
    drawn: tuple[int, list[dict[int, float]]],
) -> None:
    size, found = drawn
    expected: dict[int, float] = {}
    for finding in found:
        for number, score in finding.items():
            expected[number] = expected.get(number, 0.0) + score
    assert as_dict(united([as_found(finding) for finding in found], size)) == expected
    every = np.array([number for finding in found for number in finding], np.intp)
    scores = np.array([score for finding in found for score in finding.values()])
    assert as_dict(merged(every, scores, size)) == expected


@given(findings())
def test_restricted_keeps_what_is_in_both(drawn: tuple[int, list[dict[int, float]]]) -> None:
    size, (first, *others) = drawn
    within = others[0] if others else first
    kept = restricted(as_found(first), as_found(within)[0], size)
    assert as_dict(kept) == {number: score for number, score in first.items() if number in within}


@given(findings())
def test_without_leaves_out_what_is_excluded(drawn: tuple[int, list[dict[int, float]]]) -> None:
    size, (first, *others) = drawn
    excluded = others[0] if others else {}
    left = without(as_found(first)[0], as_found(excluded)[0], size)
    assert left.tolist() == sorted(first.keys() - excluded.keys())


@given(findings(), st.integers(2, 4), st.integers(1, 3))
def test_counted_wants_a_document_often_enough(
    drawn: tuple[int, list[dict[int, float]]], least: int, times: int
) -> None:
    size, found = drawn
    repeated = [times, *[1] * (len(found) - 1)]
    counts: dict[int, int] = {}
    sums: dict[int, float] = {}
    for finding, count in zip(found, repeated, strict=True):
        for number, score in finding.items():
            counts[number] = counts.get(number, 0) + count
            sums[number] = sums.get(number, 0.0) + score * count
    kept = counted([as_found(finding) for finding in found], repeated, least, size)
    assert as_dict(kept) == {number: sums[number] for number, count in counts.items() if count >= least}


def test_nothing_is_nothing_everywhere() -> None:
    some = (np.array([1, 4], np.intp), np.array([1.0, 2.0]))
    assert united([NOTHING, NOTHING], 10) == NOTHING
    assert as_dict(united([NOTHING, some], 10)) == as_dict(some)
    assert restricted(some, NOTHING[0], 10)[0].size == 0
    assert restricted(NOTHING, some[0], 10)[0].size == 0
    assert without(some[0], NOTHING[0], 10).tolist() == [1, 4]
    assert counted([], [], 2, 10)[0].size == 0


@pytest.mark.parametrize("wanted", [[], [0], [3, 9], [0, 2, 9, 11]])
def test_among_tells_which_numbers_are_there(wanted: list[int]) -> None:
    documents = np.array([2, 3, 11], np.intp)
    expected = [number in (2, 3, 11) for number in wanted]
    assert among(np.array(wanted, np.intp), documents).tolist() == expected
