"""Whether the engine answers a plan as the reference does: Whoosh's Searcher over the same columns."""

from __future__ import annotations

import numpy as np

from search.engines.base import EngineRequest
from search.engines.columnar import ColumnarEngine
from search.engines.evaluator import Evaluator
from search.engines.reference import Reference
from search.query.plan import Node
from search.query.planned import PlannedQuery
from search.store.generation import Generation

SCORES, SWAPS = 1e-4, 1e-6
"""How far scores may be apart, relative; and how close two must be for their documents to change places."""


class Judge:
    """Compares answers over one generation."""

    def __init__(self, generation: Generation, now: int) -> None:
        self.engine = ColumnarEngine(generation)
        self._evaluator = Evaluator(generation)
        self._reference = Reference(generation)
        self._generation = generation
        self._now = now

    def differences(self, plan: Node) -> list[str]:
        """In what the answer to a plan differs from that of the reference; nothing when it is right."""
        expected, scores = self._reference.evaluate(plan)
        found, own = self._evaluator.evaluate(plan)
        if found.tolist() != expected.tolist():
            return [f"{found.size} documents instead of {expected.size}"]
        own = np.zeros(found.size) if own is None else own
        told = []
        if not np.allclose(own, scores, rtol=SCORES, atol=1e-9):
            told.append(f"scores differ by {np.abs(own - scores).max()}")
        return told + self._ranking(plan, expected, scores)

    def _ranking(self, plan: Node, documents: np.ndarray, scores: np.ndarray) -> list[str]:
        public = self._generation.visible(self._now)[documents]
        documents, scores = documents[public], scores[public]
        matches = self.engine.search(EngineRequest(plan, self._now))
        if matches.total != documents.size:
            return [f"{matches.total} public documents instead of {documents.size}"]
        ranks = self._generation.ranks[documents]
        order = np.lexsort((ranks, -scores.astype(np.float32)))[: len(matches.ranked)]
        by_document = dict(zip(documents.tolist(), scores.tolist(), strict=True))
        told = []
        for ranked, place in zip(matches.ranked, order.tolist(), strict=True):
            score = by_document[ranked.document]
            if abs(ranked.score - score) > SCORES * max(score, 1e-9):
                told.append(f"document {ranked.document} scores {ranked.score} instead of {score}")
            if ranked.document != documents[place] and abs(score - scores[place]) > SWAPS * score:
                told.append(f"document {ranked.document} stands where {documents[place]} belongs")
        return told


def plans_of(planned: PlannedQuery) -> list[Node]:
    """All the plans that a query may be answered by."""
    return [plan for plan in (planned.plan, planned.several, planned.relaxed) if plan is not None]
