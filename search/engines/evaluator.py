"""Plans evaluated over whole posting lists with numpy: what every query runs on.

A node becomes a mask (which documents match) and scores (0 where they do not), each as long as the index has
documents. The work of a query is so bounded by its terms times the documents, whatever is typed, where a
document-at-a-time matcher may take a hundred times as long. `reference` gives the same answers through
Whoosh's Searcher; tests hold the two together.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from search import layout
from search.engines.bm25 import K1, FieldStatistics, field_statistics, idf
from search.engines.phrases import phrase_documents
from search.query.plan import All, Any, Constant, Filter, Node, Not, Phrase, Term
from search.store.generation import Generation, Mask

Scores = npt.NDArray[np.float64]


class Evaluator:
    """Evaluates plans over one generation; immutable, so that threads may share it."""

    def __init__(self, generation: Generation) -> None:
        self._columns = generation
        self._statistics = {
            field: field_statistics(generation.lengths(field)) for field in layout.SCORED_FIELDS
        }
        live = int(generation.live.sum())
        self._without_lengths = FieldStatistics(live, np.full(generation.documents, K1))

    def evaluate(self, plan: Node) -> tuple[Mask, Scores]:
        """Which documents a plan matches, and the score of each.

        Returns:
            A mask and scores over all D documents; both are new arrays.
        """
        return self._evaluate(plan, {})

    def _evaluate(self, plan: Node, phrases: dict[Phrase, tuple[Mask, Scores]]) -> tuple[Mask, Scores]:
        """Evaluate a node; a phrase that stands in a plan more than once is looked for once."""
        match plan:
            case Term():
                return self._term(plan)
            case All(nodes):
                mask, scores = self._columns.live.copy(), self._zeros()
                for node in nodes:
                    own_mask, own_scores = self._evaluate(node, phrases)
                    mask &= own_mask
                    scores += own_scores
                return mask, np.where(mask, scores, 0.0)
            case Any(nodes, least):
                return self._several(nodes, least, phrases) if least > 1 else self._any(nodes, phrases)
            case Not(node):
                return self._columns.live & ~self._evaluate(node, phrases)[0], self._zeros()
            case Constant(node, score):
                mask = self._evaluate(node, phrases)[0]
                return mask, np.where(mask, score, 0.0)
            case Filter():
                return self.passing(plan), self._zeros()
            case Phrase():
                if plan not in phrases:
                    phrases[plan] = self._phrase(plan)
                return phrases[plan]
        raise TypeError(plan)

    def _any(
        self, nodes: tuple[Node, ...], phrases: dict[Phrase, tuple[Mask, Scores]]
    ) -> tuple[Mask, Scores]:
        mask, scores = np.zeros(self._columns.documents, np.bool_), self._zeros()
        for node in nodes:
            if isinstance(node, Term):
                self._add_term(node, mask, scores)
                continue
            own_mask, own_scores = self._evaluate(node, phrases)
            mask |= own_mask
            scores += own_scores
        return mask, scores

    def _several(
        self, nodes: tuple[Node, ...], least: int, phrases: dict[Phrase, tuple[Mask, Scores]]
    ) -> tuple[Mask, Scores]:
        """A node that is given more than once counts and scores as often."""
        count, scores = np.zeros(self._columns.documents, np.int32), self._zeros()
        for node, times in Counter(nodes).items():
            own_mask, own_scores = self._evaluate(node, phrases)
            count += times * own_mask
            scores += times * own_scores
        mask = count >= least
        return mask, np.where(mask, scores, 0.0)

    def passing(self, wanted: Filter) -> Mask:
        """Which documents pass a filter."""
        return self._columns.live & filter_mask(self._columns, wanted)

    def _zeros(self) -> Scores:
        return np.zeros(self._columns.documents, np.float64)

    def _term(self, term: Term) -> tuple[Mask, Scores]:
        mask, scores = np.zeros(self._columns.documents, np.bool_), self._zeros()
        self._add_term(term, mask, scores)
        return mask, scores

    def _add_term(self, term: Term, mask: Mask, scores: Scores) -> None:
        """Add a term's documents and BM25 to a mask and scores."""
        postings = self._columns.postings(term.field, term.text)
        if postings is None:
            return
        statistics = self._statistics.get(term.field, self._without_lengths)
        documents, frequencies = postings.documents, postings.frequencies
        weight = idf(statistics.documents, len(documents)) * (K1 + 1) * term.boost
        mask[documents] = True
        scores[documents] += weight * frequencies / (frequencies + statistics.norms[documents])

    def _phrase(self, phrase: Phrase) -> tuple[Mask, Scores]:
        """The documents that hold the phrase, with the sum of BM25 over its different terms."""
        mask, scores = np.zeros(self._columns.documents, np.bool_), self._zeros()
        found = np.zeros(self._columns.documents, np.bool_)
        for term in dict.fromkeys(term for slot in phrase.slots for term in slot):
            self._add_term(Term(phrase.field, term, phrase.boost), found, scores)
        mask[phrase_documents(self._columns, phrase)] = True
        return mask, np.where(mask, scores, 0.0)


def filter_mask(generation: Generation, wanted: Filter) -> Mask:
    """Which documents have one of a filter's tags, or a day in its period."""
    if wanted.column == "day":
        return (generation.days >= wanted.low) & (generation.days <= wanted.high) & (generation.days > 0)
    mask = np.zeros(generation.documents, np.bool_)
    for value in wanted.values:
        postings = generation.postings(layout.TAG, value)
        if postings is not None:
            mask[postings.documents] = True
    return mask
