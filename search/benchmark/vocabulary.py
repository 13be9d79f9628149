"""Words that are one mistake away from another, for engines that look these up outside of themselves."""

from __future__ import annotations

from collections.abc import Iterable

from search.dutch.spelling_lookup import Vocabulary


def vocabulary_of(counted: Iterable[tuple[str, int]]) -> Vocabulary:
    """What close words are found in.

    Args:
        counted: written forms with the number of documents of each.
    """
    words, counts = [], []
    for word, count in counted:
        words.append(word)
        counts.append(count)
    return Vocabulary(words, counts)


def close_words(vocabulary: Vocabulary, written: str) -> tuple[str, ...]:
    """The words within one insertion, deletion, replacement or exchange of neighbours; the word itself as
    well.
    """
    near = tuple(close.text for close in vocabulary.near(written, 1))
    return (written, *near) if vocabulary.count(written) else near
