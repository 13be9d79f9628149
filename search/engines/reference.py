"""A plan as a Whoosh query, so that Whoosh's own Searcher evaluates it over the columns.

Term, all and any are Whoosh's Term, And and Or. Not, phrase, constant, filter and which documents match several
of many are queries of our own that give Whoosh a list of documents, as its own go wrong (AndNot loses documents,
a Not inside an And adds 1.0 to the score, slop counts for each gap, minmatch is not looked at). Nothing is
skipped for quality: Whoosh's limits lose documents.
"""

from __future__ import annotations

from typing import Any as Untyped

import numpy as np
import numpy.typing as npt
from whoosh import collectors, query
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.searching import Searcher

from search import layout
from search.engines.bm25 import K1, LuceneBM25, field_statistics
from search.engines.bm25 import idf as _idf
from search.engines.evaluator import filter_mask
from search.engines.phrases import phrase_documents
from search.query.plan import All, Any, Constant, Filter, Node, Not, Phrase, Term
from search.store.generation import Generation
from search.store.postings import Ints
from search.store.reader import ColumnReader

Scores = npt.NDArray[np.float64]


class Reference:
    """Evaluates plans over one generation; threads may share it, as each search has its own Searcher."""

    def __init__(self, generation: Generation) -> None:
        self._reader = ColumnReader(generation)
        self._weighting = LuceneBM25(
            {field: field_statistics(generation.lengths(field)) for field in layout.SCORED_FIELDS}
        )

    def evaluate(self, plan: Node) -> tuple[Ints, Scores]:
        """All documents that a plan matches, in order, and their scores."""
        searcher = Searcher(self._reader, weighting=self._weighting, closereader=False)
        collector = AllDocuments()
        # Without needs_current Whoosh may run ahead of the document that is being scored.
        searcher.search_with_collector(to_whoosh(plan), collector, searcher.context(needs_current=True))
        return np.array(collector.documents, np.int64), np.array(collector.scores, np.float64)


class AllDocuments(collectors.Collector):  # type: ignore[misc]  # Whoosh is untyped
    """Collects every document with its score, and leaves ranking to the engine."""

    def __init__(self) -> None:
        self.documents: list[int] = []
        self.scores: list[float] = []

    def collect(self, sub_docnum: int) -> None:
        """Keep the document that the matcher is at."""
        self.documents.append(self.offset + sub_docnum)
        self.scores.append(self.matcher.score())


def to_whoosh(node: Node) -> query.Query:
    """The Whoosh query with a node's meaning."""
    match node:
        case Term():
            return query.Term(node.field, node.text, boost=node.boost)
        case All(nodes) if nodes:
            return query.And([to_whoosh(child) for child in nodes])
        case Any(nodes, least) if least > 1:
            return query.And([DocumentList(node), query.Or([to_whoosh(child) for child in nodes])])
        case Any(nodes) if nodes:
            return query.Or([to_whoosh(child) for child in nodes])
        case _:
            return DocumentList(node)


class DocumentList(query.Query):  # type: ignore[misc]  # Whoosh is untyped
    """A node that is evaluated to a list of documents before Whoosh goes through them."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.boost = 1.0

    def __repr__(self) -> str:
        return f"DocumentList({self.node!r})"

    def estimate_size(self, ixreader: Untyped) -> int:
        """An upper bound, which is all that Whoosh asks for."""
        return int(ixreader.doc_count())

    def matcher(self, searcher: Untyped, context: Untyped = None) -> Untyped:
        """A matcher over the documents, with their scores as weights."""
        generation: Generation = searcher.reader().columns
        documents, scores = self._evaluated(searcher, generation, context)
        kept = generation.live[documents] if documents.size else np.zeros(0, np.bool_)
        if not kept.any():
            return NullMatcher()
        return ListMatcher(documents[kept].tolist(), weights=scores[kept].tolist())

    def _evaluated(self, searcher: Untyped, generation: Generation, context: Untyped) -> tuple[Ints, Scores]:
        match self.node:
            case All():
                documents = np.arange(generation.documents)
            case Any(nodes, least):
                counts = np.zeros(generation.documents, np.int64)
                for child in nodes:
                    counts[_documents(child, searcher, context)] += 1
                documents = np.flatnonzero(counts >= least)
            case Not(node):
                mask = np.ones(generation.documents, np.bool_)
                mask[_documents(node, searcher, context)] = False
                documents = np.flatnonzero(mask)
            case Constant(node, score):
                documents = _documents(node, searcher, context)
                return documents, np.full(documents.size, score)
            case Filter():
                documents = np.flatnonzero(filter_mask(generation, self.node))
            case Phrase():
                documents = phrase_documents(generation, self.node)
                return documents, _phrase_scores(self.node, documents, searcher, generation)
            case _:
                raise TypeError(self.node)
        return documents, np.zeros(documents.size)


def _documents(node: Node, searcher: Untyped, context: Untyped) -> Ints:
    return np.array(list(to_whoosh(node).matcher(searcher, context).all_ids()), np.int64)


def _phrase_scores(phrase: Phrase, documents: Ints, searcher: Untyped, generation: Generation) -> Scores:
    """The sum of BM25 over the different terms of a phrase, for documents that hold it."""
    scores = np.zeros(documents.size)
    statistics = searcher.weighting.statistics[phrase.field]
    for term in dict.fromkeys(term for slot in phrase.slots for term in slot):
        postings = generation.postings(phrase.field, term)
        if postings is None:
            continue
        places = np.minimum(np.searchsorted(postings.documents, documents), len(postings.documents) - 1)
        frequencies = np.where(postings.documents[places] == documents, postings.frequencies[places], 0)
        weight = _idf(statistics.documents, len(postings.documents)) * (K1 + 1) * phrase.boost
        scores += weight * frequencies / (frequencies + statistics.norms[documents])
    return scores
