"""A thorough look at an index: checksums, and everything that reading takes for granted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from search import layout
from search.errors import DamagedIndex, TrefzekerError
from search.store import folders
from search.store.generation import Generation
from search.store.order import ids_of
from search.store.segment import Segment


def check_index(index: Path) -> list[str]:
    """What is wrong with an index, in Dutch; nothing when it is sound.

    Raises:
        NoIndex: there is no index here.
    """
    name = folders.current_name(index)
    try:
        folders.verify(index, name, again=True)
        generation = folders.open_generation(index, name)
    except TrefzekerError as error:
        return [str(error)]
    found = [problem for segment in generation.segments for problem in _segment_problems(segment)]
    return found + list(_document_problems(generation))


def _segment_problems(segment: Segment) -> Iterator[str]:
    used: dict[str, set[bytes]] = defaultdict(set)
    for field in (*layout.ALL_FIELDS, *layout.LOOK_UPS):
        postings = segment.whole_field(field)
        used[layout.VOCABULARIES[field]].update(postings.terms)
        if any(a >= b for a, b in zip(postings.terms, postings.terms[1:], strict=False)):
            yield f"{field}: de termen staan niet op volgorde"
        documents = postings.documents
        if documents.size and (documents.min() < 0 or documents.max() >= segment.documents):
            yield f"{field}: een vindplaats in een document dat niet bestaat"
        same_term = np.ones(max(documents.size - 1, 0), np.bool_)
        same_term[postings.offsets[1:-1] - 1] = False
        if np.any(np.diff(documents)[same_term] <= 0):
            yield f"{field}: de vindplaatsen staan niet op volgorde"
        if postings.positions is not None and postings.positions.size != postings.frequencies.sum():
            yield f"{field}: het aantal posities klopt niet met de frequenties"
    for vocabulary, terms in used.items():
        if len(terms) != len(segment.arrays[f"{vocabulary}.ends"]) - 1:
            yield f"{vocabulary}: een term zonder vindplaatsen"
    order = list(zip((-segment.arrays["moments"]).tolist(), ids_of(segment), strict=True))
    if any(a >= b for a, b in pairwise(order)):
        yield "de documenten staan niet op volgorde"
    for name in layout.MEASURED:
        if len(segment.arrays[f"{name}.lengths"]) != segment.documents:
            yield f"{name}: niet elk document heeft een lengte"


def _document_problems(generation: Generation) -> Iterator[str]:
    seen: set[str] = set()
    for document in np.flatnonzero(generation.live).tolist():
        try:
            record = generation.record(document)
            generation.text(document)
            generation.body(document)
        except DamagedIndex as error:
            yield error.title
            continue
        if record.id in seen:
            yield f"document {document}: de id {record.id!r} komt twee keer voor"
        seen.add(record.id)
        if generation.document_of(record.id) != document:
            yield f"document {document}: niet te vinden onder zijn id {record.id!r}"
