"""Hold the engine to the reference over many typed queries on real text: `make measure-equality SOURCES=…`.

Prints how many plans were compared and every difference; ends with 1 when there is one.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from search import clock
from search.indexing import build_index
from search.query.parse import parse
from search.query.planning import plan_query
from search.store import folders
from search.synonyms import SynonymsFile
from tests.equality import Judge, plans_of
from tests.typed_queries import TypedQueries

TEXTS = 2_000
"""Articles that the queries are made from."""


def main() -> int:
    """Compare, and tell."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sources", nargs="+", type=Path)
    arguments.add_argument("--queries", type=int, default=5_000)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        name = build_index(asked.sources, Path(folder)).generation
        judge = Judge(folders.open_generation(Path(folder), name), clock.now_ms())
        return compare(judge, asked.queries, asked.seed)


def compare(judge: Judge, count: int, seed: int) -> int:
    """Compare the answers to so many queries; 1 when one differs."""
    engine, now = judge.engine, clock.now_ms()
    documents = random.Random(seed).sample(
        range(engine.public_documents(now)), min(TEXTS, engine.public_documents(now))
    )
    records = [engine.record(document) for document in documents]
    texts = [f"{record.title} {engine.text(n)}" for record, n in zip(records, documents, strict=True)]
    queries = TypedQueries(texts, [tag for record in records for tag in record.tags], seed)
    synonyms = SynonymsFile(Path("content/synoniemen.yml")).current()
    plans = found = wrong = 0
    started = time.perf_counter()
    for number in range(count):
        text = queries.query()
        planned = plan_query(
            parse(text, today=clock.local_date(now)), engine, now, synonyms=synonyms, parts=number % 4 > 0
        )
        for plan in plans_of(planned):
            plans += 1
            differences = judge.differences(plan)
            wrong += bool(differences)
            for difference in differences[:3]:
                print(f"{text!r}: {difference}", flush=True)
        found += engine.count(planned.plan, now) > 0
        if number % 500 == 499:
            print(f"{number + 1} queries, {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    print(
        f"{count} queries ({found} find something), {plans} plans over {engine.public_documents(now)} "
        f"documents: {wrong} differ from the reference"
    )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
