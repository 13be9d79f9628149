"""nDCG, reciprocal rank and recall of one ranked answer, as trec_eval defines them.

A judgement is a grade: 0 or less is not relevant, and a document that was not judged has grade 0. Ranks are those
of the answer itself; trec_eval would order equal scores anew, by document.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence


def ndcg(answer: Sequence[str], grades: Mapping[str, float], depth: int) -> float:
    """Normalised discounted cumulative gain.

    The gain is the grade itself and the discount log2(rank + 1) (Järvelin and Kekäläinen, "Cumulated gain-based
    evaluation of IR techniques", ACM TOIS 20(4), 2002, with the discount that trec_eval's `ndcg_cut` takes).

    Args:
        answer: ids of documents, the best first, each at most once.
        grades: the grade of each document that was judged.
        depth: how many documents of the answer count.

    Returns:
        From 0 to 1, as a share of what the best possible order of all judged documents gives; 0 when none of
        them is relevant.
    """
    ideal = _discounted(sorted(grades.values(), reverse=True)[:depth])
    return _discounted(grades.get(document, 0.0) for document in answer[:depth]) / ideal if ideal else 0.0


def reciprocal_rank(answer: Sequence[str], grades: Mapping[str, float], depth: int) -> float:
    """1 / the rank of the first relevant document among the first `depth`; 0 when there is none."""
    rank = first_relevant(answer[:depth], grades)
    return 1 / rank if rank else 0.0


def recall(answer: Sequence[str], grades: Mapping[str, float], depth: int) -> float:
    """The share of the relevant documents that are among the first `depth`; 0 when none is relevant."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(answer[:depth])) / len(relevant) if relevant else 0.0


def first_relevant(answer: Sequence[str], grades: Mapping[str, float]) -> int:
    """The rank, from 1, of the first relevant document; 0 when there is none."""
    return next((rank for rank, document in enumerate(answer, 1) if grades.get(document, 0.0) > 0), 0)


def _discounted(gains: Iterable[float]) -> float:
    return math.fsum(max(gain, 0.0) / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
