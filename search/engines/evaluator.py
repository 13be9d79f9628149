"""Plans evaluated over whole posting lists with numpy: what every query runs on.

A node becomes a mask (which documents match) and scores (0 where they do not), each as long as the index has
documents. The work of a query is so bounded by its terms times the documents, whatever is typed, where a
document-at-a-time matcher may take a hundred times as long. `reference` gives the same answers through
Whoosh's Searcher; tests hold the two together.
"""

from __future__ import annotations

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
        match plan:
            case Term():
                return self._term(plan)
            case All(nodes):
                mask, scores = self._columns.live.copy(), self._zeros()
                for node in nodes:
                    own_mask, own_scores = self.evaluate(node)
                    mask &= own_mask
                    scores += own_scores
                return mask, np.where(mask, scores, 0.0)
            case Any(nodes, least) if least > 1:
                return self._several(nodes, least)
            case Any(nodes):
                mask, scores = np.zeros(self._columns.documents, np.bool_), self._zeros()
                for node in nodes:
                    if isinstance(node, Term):
                        self._add_term(node, mask, scores)
                        continue
                    own_mask, own_scores = self.evaluate(node)
                    mask |= own_mask
                    scores += own_scores
                return mask, scores
            case Not(node):
                return self._columns.live & ~self.evaluate(node)[0], self._zeros()
            case Constant(node, score):
                mask = self.evaluate(node)[0]
                return mask, np.where(mask, score, 0.0)
            case Filter():
                return self.passing(plan), self._zeros()
            case Phrase():
                return self._phrase(plan)
        raise TypeError(plan)

    def _several(self, nodes: tuple[Node, ...], least: int) -> tuple[Mask, Scores]:
        """Documents that several of the nodes match, with the sum of those that do."""
        count, scores = np.zeros(self._columns.documents, np.int32), self._zeros()
        for node in nodes:
            own_mask, own_scores = self.evaluate(node)
            count += own_mask
            scores += own_scores
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
