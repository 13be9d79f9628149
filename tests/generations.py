"""Indexes of given articles, built by the real builder without a source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from search import layout
from search.model import Article
from search.store import folders
from search.store.builder import SegmentBuilder, SegmentFiles
from search.store.generation import Generation
from search.store.publishing import publish
from search.store.records import Origin, record_of
from search.store.segment import Segment


@dataclass(frozen=True, slots=True)
class Built:
    """An opened generation with the articles that are in it and where it lies."""

    generation: Generation
    articles: tuple[Article, ...]
    index: Path


def write_segment(folder: Path, articles: Iterable[Article]) -> SegmentFiles:
    """Write articles as one segment."""
    with SegmentBuilder(folder) as builder:
        for article in articles:
            builder.add(article, record_of(article, Origin(article.id, article.id, "0" * 32), ()))
        return builder.finish(None, ())


def publish_articles(index: Path, articles: Sequence[Article]) -> str:
    """Make articles the current generation of an index; gives its name."""
    with folders.writing(index):
        building = folders.new_folder(index)
        return publish(index, building, {"base": write_segment(building / "base", articles)})


def build(index: Path, articles: Sequence[Article]) -> Built:
    """Publish articles and open them."""
    name = publish_articles(index, articles)
    return Built(folders.open_generation(index, name), tuple(articles), index)


def in_segments(
    folder: Path, parts: Sequence[Sequence[Article]], gone: frozenset[str] = frozenset()
) -> Generation:
    """A generation of several segments, from which the articles with the ids `gone` were deleted."""
    segments = []
    for number, part in enumerate(parts):
        files = write_segment(folder / str(number), part)
        whole = Generation("", [Segment(folder / str(number), files.documents, files.arrays)])
        deleted = tuple(d for d in range(files.documents) if whole.record(d).id in gone)
        segments.append(Segment(folder / str(number), files.documents, files.arrays, deleted))
    return Generation("00000001-delen", segments)


def ids(generation: Generation) -> list[str]:
    """The id of every document, by number."""
    return [generation.record(document).id for document in range(generation.documents)]


def in_words(generation: Generation) -> dict[str, object]:
    """All that a generation knows, by id instead of by number, so that two of them can be compared."""
    names = ids(generation)
    live = np.flatnonzero(generation.live).tolist()
    known: dict[str, object] = {}
    for field in layout.ALL_FIELDS:
        for term, frequency in generation.terms(field):
            postings = generation.postings(field, term)
            assert postings is not None
            assert frequency == len(postings.documents) == generation.document_frequency(field, term)
            ends = np.cumsum(postings.frequencies, dtype=np.int64)
            known[f"{field}:{term.decode()}"] = {
                names[document]: (
                    int(postings.frequencies[place]),
                    None
                    if postings.positions is None
                    else postings.positions[
                        (ends[place] - postings.frequencies[place]) : ends[place]
                    ].tolist(),
                )
                for place, document in enumerate(postings.documents.tolist())
            }
    for field in layout.SCORED_FIELDS:
        known[f"lengths {field}"] = {names[number]: int(generation.lengths(field)[number]) for number in live}
    for name in ("visible_from", "visible_until", "moments", "days", "months"):
        known[name] = {names[number]: int(getattr(generation, name)[number]) for number in live}
    known["stored"] = {
        names[number]: (
            generation.record(number),
            generation.text(number),
            generation.body(number),
            generation.tagged.of(number),
        )
        for number in live
    }
    known["order"] = [
        names[number] for number in np.argsort(generation.ranks).tolist() if generation.live[number]
    ]
    return known
