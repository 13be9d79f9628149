"""The search measured on a relevance set: its documents indexed, its queries asked, the answers judged."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from search.config import Settings
from search.errors import BadSource
from search.evaluation.collection import (
    Collection,
    Query,
    Written,
    article_id,
    read_collection,
    write_documents,
)
from search.evaluation.measures import first_relevant, ndcg, recall, reciprocal_rank
from search.indexing import build_index
from search.model import Problem, SearchRequest
from search.service import Service

DEPTH, RECALL_DEPTH = 10, 100
"""Documents of an answer that nDCG and the reciprocal rank look at, and those that recall looks at."""

_TOLD_EVERY = 20
_MAX_NAMED = 3

Tell = Callable[[str], None]
"""Is told now and then, in Dutch, how far an evaluation is."""


@dataclass(frozen=True, slots=True)
class QueryScore:
    """How one query was answered; `rank` is that of the first relevant document, 0 when not in the first 100."""

    query: str
    rank: int
    ndcg: float
    reciprocal_rank: float
    recall: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The measures of a relevance set, each the mean over its queries.

    `documents` is how many were indexed; `problems` say, in Dutch, what in the set makes the measures less sure.
    """

    name: str
    documents: int
    scores: tuple[QueryScore, ...]
    ndcg: float
    mrr: float
    recall: float
    problems: tuple[str, ...] = ()


def evaluate(folder: Path, *, sample: int = 1, tell: Tell | None = None) -> Evaluation:
    """Measure the search on a relevance set.

    Every query is asked of the service as any interface asks it, only for 100 documents, without passages and
    without the limits on length. So what is measured is what a reader gets: the query language counts, and so
    does asking for any of the words when all together find nothing.

    Args:
        folder: a relevance set of BEIR's form (`collection`).
        sample: take one in so many of the queries, chosen by their ids and so the same ones each time.
        tell: hears how far it is.

    Returns:
        nDCG@10, MRR@10 and recall@100 over the queries with a relevant document. A document that was judged but
        is not in the set counts as not found, as in trec_eval.

    Raises:
        BadSource: the set cannot be read, or the sample leaves no query.
    """
    say = tell or (lambda _: None)
    collection = read_collection(folder)
    queries = [query for query in collection.queries if _number(query.id) % sample == 0]
    if not queries:
        raise BadSource(f"Van {folder} blijft geen zoekvraag over", "neem een lager getal bij --sample")
    with tempfile.TemporaryDirectory(prefix="trefzeker-eval-") as scratch:
        settings = Settings(index=Path(scratch) / "index")
        source = Path(scratch) / "documents.jsonl"
        say(f"{collection.name}: documenten lezen")
        written = write_documents(collection, source)
        report = build_index(
            [source],
            settings.index,
            progress=lambda count: say(f"{collection.name}: {count} documenten gelezen"),
        )
        source.unlink()
        scores: list[QueryScore] = []
        with closing(Service(settings, verify=False)) as service:
            for query in queries:
                if len(scores) % _TOLD_EVERY == 0:
                    say(f"{collection.name}: {len(scores)} van {len(queries)} zoekvragen")
                scores.append(_score(service, query))
    return Evaluation(
        name=collection.name,
        documents=report.documents,
        scores=tuple(scores),
        ndcg=_mean([score.ndcg for score in scores]),
        mrr=_mean([score.reciprocal_rank for score in scores]),
        recall=_mean([score.recall for score in scores]),
        problems=tuple(_problems(collection, written, report.problems)),
    )


def _score(service: Service, query: Query) -> QueryScore:
    found = service.search(SearchRequest(text=query.text, per_page=RECALL_DEPTH, bounded=False, marked=False))
    answer = [hit.id for hit in found.hits]
    grades = {article_id(document): grade for document, grade in query.grades.items()}
    return QueryScore(
        query=query.id,
        rank=first_relevant(answer, grades),
        ndcg=ndcg(answer, grades, DEPTH),
        reciprocal_rank=reciprocal_rank(answer, grades, DEPTH),
        recall=recall(answer, grades, RECALL_DEPTH),
    )


def _problems(collection: Collection, written: Written, found: tuple[Problem, ...]) -> Iterator[str]:
    """What is wrong with a set, in Dutch, with what it does to the measures and how to mend it."""
    file = collection.documents.name
    rejected = [problem for problem in found if problem.severity == "rejected"]
    if rejected:
        named = _named([f"regel {problem.line}: {problem.message}" for problem in rejected], "; ")
        yield f"niet geïndexeerd uit {file}: {_counted(len(rejected), 'document', 'documenten')} ({named})"
    if written.repeated:
        lines = _named([str(number) for number in written.repeated], ", ")
        yield (
            f"overgeslagen in {file}: {_counted(len(written.repeated), 'document', 'documenten')} met een _id dat "
            f"eerder voorkomt (regel {lines}): geef elk document een eigen _id"
        )
    if written.missing:
        yield (
            f"niet in {file}: {_counted(len(written.missing), 'goed document', 'goede documenten')} "
            f"({_named(sorted(written.missing), ', ')}); dat telt als niet gevonden: vul aan of haal het oordeel "
            "weg"
        )
    if collection.unknown:
        yield (
            "niet in de lijst met zoekvragen: "
            f"{_counted(collection.unknown, 'beoordeelde zoekvraag', 'beoordeelde zoekvragen')}; "
            "dat telt niet mee: vul aan of haal het oordeel weg"
        )


def _named(items: Sequence[str], separator: str) -> str:
    """The first few of many."""
    return separator.join(items[:_MAX_NAMED]) + (" …" if len(items) > _MAX_NAMED else "")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _number(query: str) -> int:
    """A number that belongs to a query's id and to nothing else."""
    return int.from_bytes(blake2b(query.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)
