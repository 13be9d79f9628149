"""What a person types, on real text: the engine finds, scores and ranks as the reference does."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import clock
from search.indexing import build_index
from search.query.parse import parse
from search.query.planning import plan_query
from search.store import folders
from search.synonyms import SynonymsFile
from tests.equality import Judge, plans_of
from tests.typed_queries import TypedQueries

CONTENT = Path(__file__).parents[1] / "content"
QUERIES_PER_SEED = 80
SYNONYMS = (
    "AVG",
    "KI",
    "thuiswerken",
    "toegangssleutel",
    "tweestapsverificatie",
    "telewerken",
    "algemene verordening",
)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    index = tmp_path_factory.mktemp("getypt") / "index"
    name = build_index([CONTENT], index).generation
    return Judge(folders.open_generation(index, name), clock.now_ms())


@pytest.mark.parametrize("seed", range(8))
def test_a_typed_query_is_answered_as_by_whooshs_searcher(judge: Judge, seed: int) -> None:
    engine, now = judge.engine, clock.now_ms()
    documents = range(engine.public_documents(now))
    texts = [f"{engine.record(document).title} {engine.text(document)}" for document in documents]
    tags = [tag for document in documents for tag in engine.record(document).tags]
    synonyms = SynonymsFile(CONTENT / "synoniemen.yml").current()
    queries = TypedQueries(texts, tags, seed, SYNONYMS)
    found = 0
    for _ in range(QUERIES_PER_SEED):
        text = queries.query()
        planned = plan_query(
            parse(text, today=clock.local_date(now)), engine, now, synonyms=synonyms, parts=seed % 4 > 0
        )
        for plan in plans_of(planned):
            assert judge.differences(plan) == [], text
        found += engine.count(planned.plan, now) > 0
    assert found > QUERIES_PER_SEED // 2
