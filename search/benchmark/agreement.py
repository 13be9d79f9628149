"""Whether all engines found the same documents, and counted the same tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.benchmark.engines import TOP, Engine
from search.benchmark.names import OURS
from search.benchmark.queries import Query, share_of

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """A query for which an engine gave other documents, or other counts of tags, than ours.

    `lacking` and `extra` are numbers of documents in the corpus, a few of each; `found` and `expected` how
    many were found by it and by ours.
    """

    engine: str
    query: Query
    found: int
    expected: int
    lacking: tuple[int, ...]
    extra: tuple[int, ...]
    tags_differ: bool


def differences(
    engines: Mapping[str, tuple[Engine, Path]], queries: Sequence[Query], ids: Mapping[str, int]
) -> list[Difference]:
    """Hold every engine against ours: all documents of every query that it is asked.

    Scores differ, so the order is not compared. Of tags, the counts are: which tag comes first of those that
    are as frequent is up to an engine. The total and the ten of the answer that is measured must fit what was
    found.

    Args:
        engines: by name, with the folder of its index; ours is among them.
        queries: to be compared.
        ids: the number of each document in the corpus.
    """
    opened = {name: engine.open(index) for name, (engine, index) in engines.items()}
    asked = {name: frozenset(share_of(name, queries)) for name in engines}
    found: list[Difference] = []
    for query in queries:
        expected = opened[OURS].numbers(query, ids)
        tags = sorted(count for _, count in opened[OURS].answer(query, facets=True, passages=False).tags)
        for name, one in opened.items():
            if query not in asked[name]:
                continue
            numbers = expected if name == OURS else one.numbers(query, ids)
            answer = one.answer(query, facets=True, passages=False)
            fits = answer.total == len(numbers) and len(answer.top) == min(len(numbers), TOP)
            same_tags = sorted(count for _, count in answer.tags) == tags
            if numbers != expected or not same_tags or not fits:
                found.append(
                    Difference(
                        name,
                        query,
                        answer.total,
                        len(expected),
                        tuple(sorted(expected - numbers)[:_SHOWN]),
                        tuple(sorted(numbers - expected)[:_SHOWN]),
                        not same_tags,
                    )
                )
    for one in opened.values():
        one.close()
    return found
