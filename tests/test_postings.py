"""Posting lists against plain dictionaries: inverted, and merged with documents that move or go."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.store.postings import Postings, invert, merge

TERMS = sorted(["aap", "één", "noot", "mies", "wim", "zus", "a", "aa"])
Lists = dict[bytes, dict[int, list[int]]]
"""For each term the positions in each document that has it."""

documents = st.lists(st.lists(st.sampled_from(TERMS), max_size=12), max_size=8)


def as_lists(postings: Postings) -> Lists:
    """What posting lists say, as dictionaries; also checks that they are well formed."""
    assert postings.terms == sorted(set(postings.terms))
    assert postings.offsets.tolist()[0] == 0
    assert postings.offsets[-1] == postings.documents.size == postings.frequencies.size
    assert postings.positions is not None
    ends = np.cumsum(postings.frequencies)
    assert postings.positions.size == (ends[-1] if ends.size else 0)
    found: Lists = {}
    for number, term in enumerate(postings.terms):
        span = range(postings.offsets[number], postings.offsets[number + 1])
        assert len(span) > 0
        found[term] = {
            int(postings.documents[place]): postings.positions[
                ends[place] - postings.frequencies[place] : ends[place]
            ].tolist()
            for place in span
        }
        assert list(found[term]) == sorted(found[term])
    return found


def expected_lists(texts: list[list[str]], numbers: dict[int, int] | None = None) -> Lists:
    """The same by hand; `numbers` gives documents that stay their new number."""
    found: defaultdict[bytes, dict[int, list[int]]] = defaultdict(dict)
    for document, words in enumerate(texts):
        moved = document if numbers is None else numbers.get(document)
        if moved is not None:
            for position, word in enumerate(words):
                found[word.encode()].setdefault(moved, []).append(position)
    return dict(found)


def inverted(texts: list[list[str]], *, positions: bool = True) -> Postings:
    places = [
        (TERMS.index(word), document, position)
        for document, words in enumerate(texts)
        for position, word in enumerate(words)
    ]
    columns = np.array(places, np.int64).reshape(-1, 3)
    vocabulary = [term.encode() for term in TERMS]
    return invert(vocabulary, columns[:, 0], columns[:, 1], positions=columns[:, 2] if positions else None)


def assert_equal(first: Postings, second: Postings) -> None:
    assert first.terms == second.terms
    for name in ("offsets", "documents", "frequencies", "positions"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name), name)


@given(documents)
def test_inverting_gives_for_each_term_its_documents_and_positions(texts: list[list[str]]) -> None:
    assert as_lists(inverted(texts)) == expected_lists(texts)


@given(documents, st.data(), st.sampled_from([0, 2**20, *(2**power for power in range(55, 63))]))
def test_occurrences_come_in_any_order_and_as_far_as_numbers_go(
    texts: list[list[str]], data: st.DataObject, far: int
) -> None:
    places = [
        (TERMS.index(word), document, position + far)
        for document, words in enumerate(texts)
        for position, word in enumerate(words)
    ]
    columns = np.array(data.draw(st.permutations(places)), np.int64).reshape(-1, 3)
    vocabulary = [term.encode() for term in TERMS]
    found = as_lists(invert(vocabulary, columns[:, 0], columns[:, 1], positions=columns[:, 2]))
    assert found == {
        term: {document: [place + far for place in positions] for document, positions in lists.items()}
        for term, lists in expected_lists(texts).items()
    }


@given(documents, st.data())
def test_a_weight_says_how_often_an_occurrence_counts(texts: list[list[str]], data: st.DataObject) -> None:
    places = [(TERMS.index(word), document) for document, words in enumerate(texts) for word in words]
    weights = data.draw(st.lists(st.integers(1, 9), min_size=len(places), max_size=len(places)))
    expected: defaultdict[tuple[bytes, int], int] = defaultdict(int)
    for (term, document), weight in zip(places, weights, strict=True):
        expected[TERMS[term].encode(), document] += weight
    columns = np.array(places, np.int64).reshape(-1, 2)
    vocabulary = [term.encode() for term in TERMS]
    found = invert(vocabulary, columns[:, 0], columns[:, 1], weights=np.array(weights, np.int64))
    terms = np.repeat(np.arange(len(found.terms)), np.diff(found.offsets)).tolist()
    counts = {
        (found.terms[term], document): frequency
        for term, document, frequency in zip(
            terms, found.documents.tolist(), found.frequencies.tolist(), strict=True
        )
    }
    assert counts == expected
    assert found.positions is None


@given(st.lists(documents, min_size=1, max_size=3), st.data())
def test_merging_without_some_documents_equals_inverting_those_that_are_left(
    parts: list[list[list[str]]], data: st.DataObject
) -> None:
    whole = [text for part in parts for text in part]
    kept = [number for number in range(len(whole)) if data.draw(st.booleans())]
    moved = dict(zip(kept, data.draw(st.permutations(range(len(kept)))), strict=True))
    inputs, before = [], 0
    for part in parts:
        numbers = [moved.get(before + number, -1) for number in range(len(part))]
        inputs.append((inverted(part), np.array(numbers, np.int64)))
        before += len(part)
    merged = merge(inputs, len(kept))
    left: list[list[str]] = [[] for _ in kept]
    for old, new in moved.items():
        left[new] = whole[old]
    assert_equal(merged, inverted(left))
    assert as_lists(merged) == expected_lists(whole, moved)


@given(documents, documents)
def test_merging_without_positions_keeps_the_frequencies(
    first: list[list[str]], second: list[list[str]]
) -> None:
    together = merge(
        [
            (inverted(first, positions=False), np.arange(len(first))),
            (inverted(second, positions=False), np.arange(len(second)) + len(first)),
        ],
        len(first) + len(second),
    )
    assert_equal(together, inverted([*first, *second], positions=False))


def test_terms_are_in_the_order_of_their_bytes() -> None:
    found = inverted([["één", "zus", "aap", "aa"]])
    assert found.terms == [b"aa", b"aap", b"zus", "één".encode()]


def test_nothing_gives_no_postings() -> None:
    empty = inverted([])
    assert (empty.terms, empty.offsets.tolist(), empty.documents.size) == ([], [0], 0)
    assert merge([(empty, np.zeros(0, np.int64))], 0).terms == []
