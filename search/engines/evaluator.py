"""Plans evaluated over posting lists with numpy: what every query runs on.

A node becomes the documents that it matches, in order, and their scores. Of what must all hold, words are looked
at first, and everything else only among the documents that are left: a phrase then reads the positions of few.
The work of a query is bounded by the posting lists of its terms, whatever is typed, where a document-at-a-time
matcher may take a hundred times as long. `reference` gives the same answers through Whoosh's Searcher; tests
hold the two together.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from search import layout
from search.engines.bm25 import K1, FieldStatistics, field_statistics, idf
from search.engines.found import (
    NOTHING,
    Documents,
    Found,
    Scores,
    counted,
    restricted,
    united,
    without,
)
from search.engines.phrases import phrase_documents
from search.engines.recent import Recent
from search.query.plan import EVERYTHING, All, Any, Constant, Filter, Node, Not, Phrase, Term
from search.store.generation import Generation, Mask

_RECENT_POSTINGS = 1 << 21
"""How many documents with scores stay at hand of words that were asked (16 bytes each)."""

_FIRST = {Filter: 0, Any: 1, All: 1, Constant: 2, Phrase: 3, Not: 4}
"""In which order nodes that must all hold are looked at, after words: what is cheap first."""


class Evaluator:
    """Evaluates plans over one generation. Threads may share it: what it keeps is never changed once made."""

    def __init__(self, generation: Generation) -> None:
        self._columns = generation
        self._size = generation.documents
        self._statistics: dict[str, FieldStatistics] = {}
        self._live = generation.live.nonzero()[0]
        self._words: Recent[Node, Found] = Recent(_RECENT_POSTINGS)

    def evaluate(self, plan: Node) -> Found:
        """The documents that a plan matches, in order, and the score of each; None when all score 0."""
        return self._found(plan, None, scored=True)

    def matching(self, plan: Node, within: Documents | None = None) -> Documents:
        """The documents that a plan matches, in order; of some only, when given."""
        return self._found(plan, within, scored=False)[0]

    def passing(self, wanted: Filter) -> Mask:
        """Which documents pass a filter."""
        mask: Mask = self._columns.live & filter_mask(self._columns, wanted)
        return mask

    def _found(self, node: Node, within: Documents | None, *, scored: bool) -> Found:
        """Evaluate a node, among some documents only when these are given."""
        match node:
            case Term():
                return self._among(self._term(node), within)
            case Any(nodes, least):
                if least > 1:
                    return self._several(nodes, least, within, scored=scored)
                return self._any(node, within, scored=scored)
            case All(nodes):
                return self._all(nodes, within, scored=scored)
            case Constant(child, score):
                documents = self._found(child, within, scored=False)[0]
                return documents, np.full(documents.size, score) if scored and score else None
            case Phrase():
                return self._phrase(node, within, scored=scored)
            case Filter():
                return self._filter(node, within), None
            case Not(child):
                base = self._live if within is None else within
                return without(base, self._found(child, within, scored=False)[0], self._size), None
        raise TypeError(node)

    def _among(self, found: Found, within: Documents | None) -> Found:
        return found if within is None else restricted(found, within, self._size)

    def _any(self, node: Any, within: Documents | None, *, scored: bool) -> Found:
        """What any of the nodes matches. A word, which is any of its terms in some fields, stays at hand."""
        word = self._words.get(node)
        if word is None and _is_word(node):
            word = united([self._term(child) for child in node.nodes if type(child) is Term], self._size)
            self._words.keep(node, word, word[0].size)
        if word is not None:
            return self._among(word, within)
        return united([self._found(child, within, scored=scored) for child in node.nodes], self._size)

    def _several(
        self, nodes: tuple[Node, ...], least: int, within: Documents | None, *, scored: bool
    ) -> Found:
        """What several of the nodes match; one that is given more than once counts and scores as often."""
        times = Counter(nodes)
        findings = [self._found(node, within, scored=scored) for node in times]
        return counted(findings, list(times.values()), least, self._size)

    def _all(self, nodes: tuple[Node, ...], within: Documents | None, *, scored: bool) -> Found:
        """What all of the nodes match; those that only add to the score come last."""
        words = [node for node in nodes if _is_word(node)]
        others = [node for node in nodes if not (_is_word(node) or _is_optional(node))]
        documents, scores = within, None
        findings = [self._found(word, None, scored=scored) for word in words]
        for found in sorted(findings, key=lambda found: found[0].size):
            documents, scores = _narrowed(documents, scores, self._among(found, documents), scored=scored)
        for node in sorted(others, key=lambda node: _FIRST[type(node)]):
            if documents is not None and not documents.size:
                return NOTHING
            found = self._found(node, documents, scored=scored)
            documents, scores = _narrowed(documents, scores, found, scored=scored)
        if documents is None:
            documents = self._live
        if scored and documents.size:
            for node in nodes:
                if isinstance(node, Any) and _is_optional(node):
                    scores = self._raised(documents, scores, node)
        return documents, scores

    def _raised(self, documents: Documents, scores: Scores | None, node: Any) -> Scores | None:
        """Scores with those of nodes that need not match."""
        for child in node.nodes:
            if child == EVERYTHING:
                continue
            found, more = self._found(child, documents, scored=True)
            if more is not None and found.size:
                scores = np.zeros(documents.size) if scores is None else scores.copy()
                scores[documents.searchsorted(found)] += more
        return scores

    def _filter(self, wanted: Filter, within: Documents | None) -> Documents:
        if within is None:
            return self.passing(wanted).nonzero()[0]
        if wanted.column == "day":
            days = self._columns.days[within]
            return within[(days >= wanted.low) & (days <= wanted.high) & (days > 0)]
        return within[self.passing(wanted)[within]]

    def _term(self, term: Term) -> Found:
        """The posting list of a term with its BM25."""
        postings = self._columns.postings(term.field, term.text)
        if postings is None:
            return NOTHING
        statistics = self._statistics_of(term.field)
        documents, frequencies = postings.documents.astype(np.intp), postings.frequencies
        weight = idf(statistics.documents, documents.size) * (K1 + 1) * term.boost
        return documents, (weight * frequencies) / (frequencies + statistics.norms[documents])

    def _phrase(self, phrase: Phrase, within: Documents | None, *, scored: bool) -> Found:
        """The documents that hold the phrase, with the sum of BM25 over its different terms."""
        documents = phrase_documents(self._columns, phrase, within)
        if not (scored and documents.size):
            return documents, None
        scores = np.zeros(documents.size)
        for term in dict.fromkeys(term for slot in phrase.slots for term in slot):
            found, own = restricted(self._term(Term(phrase.field, term, phrase.boost)), documents, self._size)
            if own is not None:
                scores[documents.searchsorted(found)] += own
        return documents, scores

    def _statistics_of(self, field: str) -> FieldStatistics:
        """What BM25 needs of a field; worked out at its first query, and the same for all its views."""
        base = layout.base(field) if field in layout.SCORED_FIELDS else ""
        statistics = self._statistics.get(base)
        if statistics is None:
            if base:
                statistics = field_statistics(self._columns.lengths(field))
            else:
                statistics = FieldStatistics(self._live.size, np.full(self._size, K1))
            self._statistics[base] = statistics
        return statistics


def _narrowed(documents: Documents | None, scores: Scores | None, found: Found, *, scored: bool) -> Found:
    """What was found so far, with what was found among it, scores added up."""
    fewer, more = found
    if not scored:
        return fewer, None
    if documents is None or scores is None:
        return found
    if fewer.size < documents.size:
        scores = scores[documents.searchsorted(fewer)]
    return fewer, scores if more is None else scores + more


def _is_word(node: Node) -> bool:
    """Whether a node is a posting list, or any of several, which costs least as a whole."""
    if type(node) is Any:
        return node.least == 1 and all(type(child) is Term for child in node.nodes)
    return type(node) is Term


def _is_optional(node: Node) -> bool:
    """Whether a node matches everything, and only adds to the score of what one of its nodes matches."""
    return type(node) is Any and node.least == 1 and EVERYTHING in node.nodes


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
