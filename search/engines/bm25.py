"""BM25 in Lucene's form, as a Whoosh weighting model.

    idf   = ln(1 + (N - n + 0.5) / (n + 0.5))
    score = boost · idf · (k1 + 1) · f / (f + k1 · (1 - b + b · length / average))

N counts the documents that have the field, n those with the term, f is the frequency; the average is over
those N. The length goes through Lucene's one-byte code first, so that an engine on Lucene gives the same
scores (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; Lucene's
BM25Similarity and SmallFloat.intToByte4).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.scoring import BaseScorer, WeightingModel

K1, B = 1.2, 0.75
_EXACT = 24
"""Lengths below this are stored as they are: 255 less the code of the largest 32-bit number."""


@dataclass(frozen=True, slots=True)
class FieldStatistics:
    """What BM25 needs of one field: N, and for each document k1 · (1 - b + b · length / average)."""

    documents: int
    norms: npt.NDArray[np.float64]


def field_statistics(lengths: npt.NDArray[np.int64]) -> FieldStatistics:
    """Statistics from the length of the field in each document, in positions; 0 where it is empty."""
    documents = int(np.count_nonzero(lengths))
    average = float(lengths.sum()) / documents if documents else 1.0
    return FieldStatistics(documents, K1 * (1 - B + B * quantised(lengths) / average))


def idf(documents: int, with_term: int) -> float:
    """Inverse document frequency, always above 0."""
    return math.log(1 + (documents - with_term + 0.5) / (with_term + 0.5))


def idfs(documents: int, with_term: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The same of many terms."""
    found: npt.NDArray[np.float64] = np.log(1 + (documents - with_term + 0.5) / (with_term + 0.5))
    return found


def quantised(lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Each length as it comes back from Lucene's byte: exact below 40, then four significant bits."""
    rest = np.maximum(lengths - _EXACT, 0)
    bits = np.frexp(rest.astype(np.float64))[1]
    shift = np.maximum(bits - 4, 0)
    return np.where(lengths < _EXACT, lengths, _EXACT + ((rest >> shift) << shift)).astype(np.float64)


class LuceneBM25(WeightingModel):  # type: ignore[misc]  # Whoosh is untyped
    """Scores with statistics that it is handed, as a stock index keeps only a rough code of its lengths."""

    def __init__(self, statistics: Mapping[str, FieldStatistics]) -> None:
        self.statistics = statistics

    def idf(self, searcher: Any, fieldname: str, text: str | bytes) -> float:
        """Inverse document frequency over the documents that have the field."""
        return idf(self.statistics[fieldname].documents, searcher.doc_frequency(fieldname, text))

    def scorer(self, searcher: Any, fieldname: str, text: str | bytes, qf: float = 1) -> BaseScorer:
        """A scorer of one term. A field without lengths scores as if every document had one word."""
        statistics = self.statistics.get(fieldname)
        if statistics is None:
            statistics = FieldStatistics(searcher.doc_count(), np.full(searcher.doc_count_all(), K1))
        weight = idf(statistics.documents, searcher.doc_frequency(fieldname, text)) * (K1 + 1) * qf
        return BM25Scorer(weight, statistics.norms)


class BM25Scorer(BaseScorer):  # type: ignore[misc]  # Whoosh is untyped
    """Scores the postings of one term."""

    def __init__(self, weight: float, norms: npt.NDArray[np.float64]) -> None:
        self._weight = weight
        self._norms = norms

    def score(self, matcher: Any) -> float:
        """Score of the document that a matcher is at."""
        frequency = matcher.weight()
        return float(self._weight * frequency / (frequency + self._norms[matcher.id()]))
