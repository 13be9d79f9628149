"""What a node of a plan finds: documents in order with their scores, and how such findings are combined.

A finding is small where its words are rare, so that most of a query costs what it finds and not what the index
holds. Where many documents are found, one array of flags over all of them beats searching (`_DENSE`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from search.store.arrays import Array

Documents = npt.NDArray[np.intp]
"""Numbers of documents, ascending, each once; of the type that numpy takes indices in."""

Scores = npt.NDArray[np.float64]
Found = tuple[Documents, Scores | None]
"""Documents and the score of each; None when all score 0."""

NOTHING: Found = (np.zeros(0, np.intp), None)

_DENSE = 400
"""From so many documents on, flags over all documents are cheaper than a binary search for each."""

_SPARSE_SHARE = 128
"""Below one in so many documents of the index, sorting what is found is cheaper than flags over all."""


def restricted(found: Found, within: Documents, size: int) -> Found:
    """What is found among some documents only.

    Args:
        found: documents with scores.
        within: the only ones that count.
        size: how many documents the index has.
    """
    documents, scores = found
    if documents.size > _DENSE and within.size > _DENSE:
        flags = np.zeros(size, np.bool_)
        flags[within] = True
        kept = flags[documents]
    elif documents.size <= within.size:
        kept = among(documents, within)
    else:
        places = documents.searchsorted(within)
        kept = documents.take(places, mode="clip") == within
        return within[kept], None if scores is None else scores[places[kept]]
    return documents[kept], None if scores is None else scores[kept]


def among(wanted: Documents, documents: Documents) -> npt.NDArray[np.bool_]:
    """Which of the wanted numbers are among others, which are in order."""
    if not documents.size:
        return np.zeros(wanted.size, np.bool_)
    found: npt.NDArray[np.bool_] = documents.take(documents.searchsorted(wanted), mode="clip") == wanted
    return found


def looked_up(wanted: Documents, listed: Array) -> tuple[npt.NDArray[np.bool_], Documents]:
    """Which of some documents a posting list has, and where in it.

    A list is of the smallest type that holds its own numbers: what is wanted may be beyond that, and then is not
    in it. Looked up in another type the whole list would be copied.

    Args:
        wanted: documents in order.
        listed: the documents of a posting list, one or more.

    Returns:
        A flag for each document that is wanted, and the place in the list of each that is there.
    """
    kept = np.zeros(wanted.size, np.bool_)
    largest = np.iinfo(listed.dtype).max
    if wanted.size and wanted[-1] > largest:
        wanted = wanted[: wanted.searchsorted(largest, side="right")]
    own = wanted.astype(listed.dtype, copy=False)
    places = listed.searchsorted(own)
    held = listed.take(places, mode="clip") == own
    kept[: wanted.size] = held
    return kept, places[held]


def united(findings: Sequence[Found], size: int) -> Found:
    """Every document of some findings, scores added up."""
    findings = [found for found in findings if found[0].size]
    if len(findings) < 2:
        return findings[0] if findings else NOTHING
    return merged(np.concatenate([documents for documents, _ in findings]), _weights(findings), size)


def merged(documents: Documents, scores: Scores | None, size: int) -> Found:
    """Documents in any order as a finding, the scores of those that occur more than once added up."""
    if documents.size * _SPARSE_SHARE < size:
        different, places = np.unique(documents, return_inverse=True)
        return different, None if scores is None else _sums(places, scores, different.size)
    flags = np.zeros(size, np.bool_)
    flags[documents] = True
    different = flags.nonzero()[0]
    return different, None if scores is None else _sums(documents, scores, size)[different]


def counted(findings: Sequence[Found], times: Sequence[int], least: int, size: int) -> Found:
    """Documents that several findings have, scores added up.

    Args:
        findings: what each of some nodes finds.
        times: how often each of them counts and scores.
        least: how often a document must count.
        size: how many documents the index has.
    """
    every = np.concatenate([documents for documents, _ in findings]) if findings else NOTHING[0]
    weights = np.repeat(np.array(times, np.float64), [documents.size for documents, _ in findings])
    documents = (np.bincount(every, weights=weights, minlength=1) >= least).nonzero()[0]
    weighted = [
        (found, None if scores is None else scores * count)
        for (found, scores), count in zip(findings, times, strict=True)
    ]
    scores = _weights(weighted)
    return documents, None if scores is None else _sums(every, scores, size)[documents]


def without(documents: Documents, excluded: Documents, size: int) -> Documents:
    """The documents that are not among others."""
    if not excluded.size:
        return documents
    if documents.size <= _DENSE:
        return documents[~among(documents, excluded)]
    flags = np.zeros(size, np.bool_)
    flags[excluded] = True
    return documents[~flags[documents]]


def _weights(findings: Sequence[Found]) -> Scores | None:
    """The scores of several findings behind each other; None when nothing scores."""
    if all(scores is None for _, scores in findings):
        return None
    return np.concatenate(
        [np.zeros(documents.size) if scores is None else scores for documents, scores in findings]
    )


def _sums(places: npt.NDArray[np.intp], scores: Scores, size: int) -> Scores:
    """Scores added up by place."""
    return np.bincount(places, weights=scores, minlength=size).astype(np.float64, copy=False)
