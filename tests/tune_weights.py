"""Looks for better weights of ranking (`search.query.weights`) on relevance sets.

    make tune COLLECTIONS="A B"      python tests/tune_weights.py COLLECTION… [--sample N] [--rounds N]

One weight at a time is made smaller and larger, and what raises the mean nDCG@10 over the sets by more than a
little is kept, until a round changes nothing (coordinate ascent; Metzler and Croft, "Linear feature-based models
for information retrieval", 2007). Half of the queries, drawn by their ids, are looked at; the other half tells at
the end what was won and what was only learned by heart. It prints the weights; nothing is written.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search import clock
from search.asking import ask
from search.config import Settings
from search.engines.base import Engine
from search.evaluation.collection import Query, article_id, read_collection, write_documents
from search.evaluation.evaluate import DEPTH
from search.evaluation.measures import ndcg
from search.indexing import build_index
from search.model import SearchRequest
from search.query import weights
from search.synonyms import Synonyms
from tests.small_site import open_engine

TUNED = "TITLE LEAD EXACT DERIVED PART CONSTITUENT AS_ONE NEAR ALL_WORDS".split()
STEPS = (0.7, 1.4)
LEAST_GAIN = 0.0004
"""Of the mean; less than this is chance on some thousands of queries."""


@dataclass(frozen=True, slots=True)
class Set:
    """A relevance set, indexed, with the queries to tune on and those kept apart."""

    name: str
    engine: Engine
    seen: tuple[Query, ...]
    unseen: tuple[Query, ...]


def main() -> None:
    """Tune on the sets that are named, and tell what it gave."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collections", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=1, help="one in so many queries")
    parser.add_argument("--rounds", type=int, default=3, help="times that all weights are tried")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        sets = [_indexed(folder, Path(scratch) / folder.name, asked.sample) for folder in asked.collections]
        before = _told(sets)
        _tune(sets, asked.rounds)
        after = _told(sets)
    for name in before:
        print(f"{name}: {before[name]:.4f} before, {after[name]:.4f} after")
    print(*(f"{name} = {getattr(weights, name)}" for name in TUNED), sep="\n")


def _tune(sets: Sequence[Set], rounds: int) -> None:
    """Set the weights to the best found."""
    best = _mean(sets)
    for number in range(rounds):
        changed = False
        for name in TUNED:
            own = getattr(weights, name)
            for step in STEPS:
                value = round(own * step, 3)
                if name == "PART" and value > 1:
                    continue
                setattr(weights, name, value)
                found = _mean(sets)
                print(f"round {number + 1}, {name} = {value}: {found:.4f} ({found - best:+.4f})", flush=True)
                if found > best + LEAST_GAIN:
                    best, own, changed = found, value, True
                    break
            setattr(weights, name, own)
        if not changed:
            return


def _mean(sets: Sequence[Set]) -> float:
    return sum(_ndcg(own.engine, own.seen) for own in sets) / len(sets)


def _told(sets: Sequence[Set]) -> dict[str, float]:
    """The measure of both halves of each set."""
    return {f"{own.name}, tuned on": _ndcg(own.engine, own.seen) for own in sets} | {
        f"{own.name}, kept apart": _ndcg(own.engine, own.unseen) for own in sets
    }


def _ndcg(engine: Engine, queries: Sequence[Query]) -> float:
    now, total = clock.now_ms(), 0.0
    for query in queries:
        request = SearchRequest(text=query.text, per_page=DEPTH, bounded=False, marked=False)
        ranked = ask(engine, request, query.text, now, Synonyms()).matches.ranked
        answer = [engine.record(one.document).id for one in ranked]
        grades = {article_id(document): grade for document, grade in query.grades.items()}
        total += ndcg(answer, grades, DEPTH)
    return total / len(queries)


def _indexed(folder: Path, scratch: Path, sample: int) -> Set:
    collection = read_collection(folder)
    source, index = scratch.with_suffix(".jsonl"), scratch
    write_documents(collection, source)
    build_index([source], index)
    halves: tuple[list[Query], list[Query]] = ([], [])
    for query in collection.queries:
        number = int.from_bytes(blake2b(query.id.encode(), digest_size=8).digest())
        if number % sample == 0:
            halves[number // sample % 2].append(query)
    return Set(collection.name, open_engine(Settings(index=index)), tuple(halves[0]), tuple(halves[1]))


if __name__ == "__main__":
    main()
