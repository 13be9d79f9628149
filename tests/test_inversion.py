"""Occurrences of words to those of terms, at the sizes that large sites have."""

from __future__ import annotations

import numpy as np

from search.store.occurrences import Expansion, Placed, occurrences


def test_words_that_share_a_place_keep_it_in_a_large_site() -> None:
    """Numbers of words times numbers of terms do not fit in 32 bits."""
    words, terms, guest = 60_000, 80_000, 70_001
    documents = (np.arange(words) // 100).astype(np.int32)
    positions = (np.arange(words) % 100).astype(np.int32)
    expansion = Expansion(
        [b"%08d" % number for number in range(terms)],
        offsets=np.arange(terms + 1),
        terms=np.arange(terms, dtype=np.int32),
        places=np.zeros(terms, np.int32),
    )
    owners = np.array([5, 30_000, 59_999])
    placed = Placed(
        np.arange(words, dtype=np.int32),
        documents,
        positions,
        np.full(words // 100, 100),
        owners,
        np.full(owners.size, guest, np.int32),
    )
    found = occurrences(placed, expansion, guests=True)
    held = found.terms == guest
    assert sorted(zip(found.documents[held].tolist(), found.positions[held].tolist(), strict=True)) == [
        (0, 5),
        (300, 0),
        (599, 99),
    ]
