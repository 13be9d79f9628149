"""Builds one segment: articles come in one by one, texts go to disk at once, postings are inverted at the end.

Documents are numbered newest first, then by id, so that ties in score and browsing need no sorting.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from search import layout
from search.dutch.analyzer import View, whole
from search.model import Article
from search.store.arrays import Array, Entry, smallest, write_arrays
from search.store.blobs import BlobWriter
from search.store.documents import DocumentColumns
from search.store.fields import compact, field_arrays
from search.store.generation import BLOBS, Generation
from search.store.occurrences import (
    Numbering,
    WrittenWords,
    beginning,
    counts,
    expand,
    inverted,
    meanings,
    occurrences,
    place,
    uncollected,
)
from search.store.postings import Ints, Postings, invert, merge
from search.store.records import Record, encode
from search.store.surfaces import SurfaceCollector, joined_arrays
from search.tags import tag_key

_VIEWS: tuple[View, ...] = ("part", "exact", "term")
_WEIGHTS = [field.weight for field in layout.TEXT_FIELDS]

_DIFFERENT = 16
"""A different word takes about as much memory as so many occurrences of words."""


@dataclass(frozen=True, slots=True)
class SegmentFiles:
    """What the manifest keeps of a segment: how many documents, where each array lies."""

    documents: int
    arrays: dict[str, Entry]


class SegmentBuilder:
    """Collects articles and writes them as a segment into an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self._blobs: dict[str, BlobWriter] = {}
        try:
            for name in BLOBS:
                self._blobs[name] = BlobWriter(folder, name)
        except OSError:
            self._close()
            raise
        self._written = Numbering()
        self._words = {field.name: WrittenWords(self._written) for field in layout.TEXT_FIELDS}
        self._keywords: dict[str, list[tuple[str, int]]] = {
            name: [] for name in (layout.TITLE_WHOLE, layout.TAG, layout.ID, *layout.LOOK_UPS)
        }
        self._columns = DocumentColumns()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        for blob in self._blobs.values():
            blob.close()

    def __len__(self) -> int:
        """How many articles were added."""
        return len(self._columns)

    @property
    def held(self) -> int:
        """How many words are held in memory; each different one counts for more, as its forms are kept."""
        return sum(map(len, self._words.values())) + _DIFFERENT * len(self._written)

    def add(self, article: Article, record: Record) -> None:
        """Add an article that was just read."""
        document = len(self._columns)
        title = whole(article.title)
        texts = {
            "title": article.title,
            "summary": article.summary,
            "tags": "\n".join((*article.tags, *article.categories)),
            "body": article.text,
            "alt": article.cover.alt if article.cover else "",
            "caption": article.cover.caption if article.cover else "",
        }
        for name, text in texts.items():
            self._words[name].add(text)
        if title:
            self._keywords[layout.TITLE_WHOLE].append((title, document))
        self._keywords[layout.ID].append((article.id, document))
        self._keywords[layout.TAG] += [(tag_key(tag), document) for tag in article.tags]
        self._keywords[layout.ORIGIN].append((record.origin.relative, document))
        self._keywords[layout.ALIAS] += [(alias, document) for alias in article.aliases]
        self._columns.add(article, record)
        self._blobs["records"].add(encode(record))
        self._blobs["texts"].add(article.text.encode())
        self._blobs["bodies"].add(article.body.encode())

    def discard(self) -> None:
        """Remove the folder, when there is nothing to write."""
        self._close()
        shutil.rmtree(self.folder)

    def finish(self, previous: Generation | None, kept: Sequence[int] | Ints) -> SegmentFiles:
        """Write the segment: the articles that were added and, of the generation before it, those that stay.

        Args:
            previous: the generation that `kept` refers to.
            kept: numbers of documents in it that are unchanged.
        """
        stay = np.asarray(kept, np.int64)
        order = self._columns.order(previous, stay)
        numbers = np.empty(order.size, np.int64)
        numbers[order] = np.arange(order.size)
        with uncollected():
            arrays = self._field_arrays(previous, stay, numbers, order)
        arrays |= self._columns.arrays(previous, stay, order)
        earlier = () if previous is None else previous.segments
        which, local = (stay, stay) if previous is None else previous.places(stay)
        for name, blob in self._blobs.items():
            arrays |= blob.finish([segment.blobs[name] for segment in earlier], which, local, order)
        return SegmentFiles(order.size, write_arrays(self.folder / "columns.bin", arrays))

    def _field_arrays(
        self, previous: Generation | None, kept: Ints, numbers: Ints, order: Ints
    ) -> dict[str, Array]:
        """Postings and lengths of every field, one view after the other to spare memory."""
        new, old = numbers[: len(self)], numbers[len(self) :]
        moved = np.full(0 if previous is None else previous.documents, -1, np.int64)
        moved[kept] = old
        unmoved = np.arange(order.size)
        arrays: dict[str, Array] = {}
        fields: dict[str, Postings] = {}

        def write(name: str, own: Postings) -> None:
            if previous is not None:
                own = merge([(own, unmoved), (previous.field(name), moved)], order.size)
            fields[name] = compact(own)

        surfaces = SurfaceCollector()
        words = meanings(list(self._written), surfaces.add)
        earlier = [] if previous is None else [segment.arrays for segment in previous.segments]
        arrays |= joined_arrays([surfaces.arrays(), *earlier])
        slots = counts(words)
        placed = {name: place(written, slots, new) for name, written in self._words.items()}
        for view in _VIEWS:
            expansion = expand(words, view)
            found = {
                name: occurrences(own, expansion, guests=view != "exact") for name, own in placed.items()
            }
            for name in (*layout.TERM_FIELDS, *layout.EXACT_FIELDS, *layout.PART_FIELDS):
                if layout.view_of(name) == view:
                    words_of = [found[layout.base(name)]]
                    write(name, inverted(expansion.vocabulary, words_of, positions=view == "term"))
            combined = [found[field.name] for field in layout.TEXT_FIELDS]
            write(f"{layout.ALL}.{view}", inverted(expansion.vocabulary, combined, weights=_WEIGHTS))
            if view == "term":
                lead = beginning(found["body"], layout.LEAD_WORDS)
                write(layout.LEAD_TERM, inverted(expansion.vocabulary, [lead]))
        lengths = {name: own.lengths for name, own in placed.items()}
        lengths[layout.LEAD] = np.minimum(lengths["body"], layout.LEAD_WORDS)
        weighted = [field.weight * lengths[field.name] for field in layout.TEXT_FIELDS]
        lengths[layout.ALL] = np.sum(weighted, axis=0)
        for name, own in lengths.items():
            both = own if previous is None else np.concatenate([own, previous.lengths(name)[kept]])
            arrays[f"{name}.lengths"] = smallest(both[order])
        for name, pairs in self._keywords.items():
            write(name, _keyword_postings(pairs, new))
        return arrays | field_arrays(fields)


def _keyword_postings(pairs: Sequence[tuple[str, int]], numbers: Ints) -> Postings:
    numbering = Numbering()
    terms = np.array([numbering[term] for term, _ in pairs], np.int64)
    documents = np.array([document for _, document in pairs], np.int64)
    vocabulary, ranks = numbering.in_order()
    return invert(vocabulary, ranks[terms], numbers[documents])
