"""Builds one segment: articles come in one by one, texts go to disk at once, postings are inverted at the end.

Documents are numbered newest first, then by id, so that ties in score and browsing need no sorting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np

from search import layout
from search.clock import AMSTERDAM, to_ms
from search.dutch.analyzer import View, whole
from search.model import Article
from search.store.arrays import Array, Entry, smallest, write_arrays
from search.store.fields import compact, field_arrays, text_arrays
from search.store.generation import BLOBS, Generation
from search.store.occurrences import (
    Expansion,
    Numbering,
    Occurrences,
    WrittenWords,
    beginning,
    counts,
    expand,
    meanings,
    occurrences,
    place,
)
from search.store.postings import Ints, Postings, invert, merge
from search.store.records import Record, encode
from search.tags import tag_key

_VIEWS: tuple[View, ...] = ("part", "exact", "term")

UNDATED = -(2**62)
"""Moment of a document without a date: it comes after all others, newest or oldest first."""


@dataclass(frozen=True, slots=True)
class SegmentFiles:
    """What the manifest keeps of a segment: how many documents, where each array lies."""

    documents: int
    arrays: dict[str, Entry]


class SegmentBuilder:
    """Collects articles and writes them as a segment into an empty folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True)
        self._blobs: dict[str, BinaryIO] = {name: (folder / f"{name}.bin").open("xb") for name in BLOBS}
        self._places: dict[str, list[tuple[int, int]]] = {name: [] for name in BLOBS}
        self._written = Numbering()
        self._words = {field.name: WrittenWords(self._written) for field in layout.TEXT_FIELDS}
        self._spellings = Numbering()
        self._keywords: dict[str, list[tuple[str, int]]] = {
            name: [] for name in (layout.TITLE_WHOLE, layout.TAG, layout.ID)
        }
        self._tags: list[list[int]] = []
        self._moments: list[tuple[int, int, int, int, int]] = []
        self._keys: list[tuple[int, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for blob in self._blobs.values():
            blob.close()

    def add(self, article: Article, record: Record) -> None:
        """Add an article that was just read."""
        document = len(self._keys)
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
        self._tags.append([self._spellings[tag] for tag in article.tags])
        moment = UNDATED if article.date is None else to_ms(article.date)
        day = local_day(article.date)
        month = -1 if article.date is None else _month(article.date)
        self._moments.append((article.visible_from, article.visible_until, moment, day, month))
        self._keys.append((-moment, article.id))
        self._store("records", encode(record))
        self._store("texts", article.text.encode())
        self._store("bodies", article.body.encode())

    def finish(self, previous: Generation | None, kept: Sequence[int]) -> SegmentFiles:
        """Write the segment: the articles that were added and, of the generation before it, those that stay.

        Args:
            previous: the generation that `kept` refers to.
            kept: numbers of documents in it that are unchanged.
        """
        keys = self._keys + [
            (-int(previous.moments[document]), previous.record(document).id) for document in kept if previous
        ]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        numbers = np.empty(len(keys), np.int64)
        numbers[order] = np.arange(len(keys))
        new, old = numbers[: len(self._keys)], numbers[len(self._keys) :]

        if previous is not None:
            for document in kept:
                for name in BLOBS:
                    self._store(name, previous.blob(name, document))
        arrays = self._field_arrays(previous, kept, new, old, order)
        arrays |= self._document_arrays(previous, kept, order)
        for blob in self._blobs.values():
            blob.flush()
        return SegmentFiles(len(keys), write_arrays(self._folder / "columns.bin", arrays))

    def _store(self, name: str, data: bytes | memoryview) -> None:
        self._places[name].append((self._blobs[name].tell(), len(data)))
        self._blobs[name].write(data)

    def _field_arrays(
        self, previous: Generation | None, kept: Sequence[int], new: Ints, old: Ints, order: Sequence[int]
    ) -> dict[str, Array]:
        """Postings and lengths of every field, one view after the other to spare memory."""
        moved = np.full(0 if previous is None else previous.documents, -1, np.int64)
        moved[list(kept)] = old
        unmoved = np.arange(len(order))
        arrays: dict[str, Array] = {}
        fields: dict[str, Postings] = {}

        def write(name: str, own: Postings) -> None:
            if previous is not None:
                own = merge([(own, unmoved), (previous.field(name), moved)], len(order))
            fields[name] = compact(own)

        words = meanings(list(self._written))
        slots = counts(words)
        placed = {name: place(written, slots, new) for name, written in self._words.items()}
        for view in _VIEWS:
            expansion = expand(words, view)
            found = {
                name: occurrences(own, expansion, guests=view != "exact") for name, own in placed.items()
            }
            for name in (*layout.TERM_FIELDS, *layout.EXACT_FIELDS, *layout.PART_FIELDS):
                if layout.view_of(name) == view:
                    write(
                        name, _field_postings(expansion, found[layout.base(name)], positions=view == "term")
                    )
            write(f"{layout.ALL}.{view}", _combined_postings(expansion, found))
            if view == "term":
                lead = beginning(found["body"], layout.LEAD_WORDS)
                write(layout.LEAD_TERM, _field_postings(expansion, lead, positions=False))
        lengths = {name: own.lengths for name, own in placed.items()}
        lengths[layout.LEAD] = np.minimum(lengths["body"], layout.LEAD_WORDS)
        weighted = [field.weight * lengths[field.name] for field in layout.TEXT_FIELDS]
        lengths[layout.ALL] = np.sum(weighted, axis=0)
        for name, own in lengths.items():
            both = own if previous is None else np.concatenate([own, previous.lengths(name)[list(kept)]])
            arrays[f"{name}.lengths"] = smallest(both[order])
        for name, pairs in self._keywords.items():
            write(name, _keyword_postings(pairs, new))
        return arrays | field_arrays(fields)

    def _document_arrays(
        self, previous: Generation | None, kept: Sequence[int], order: Sequence[int]
    ) -> dict[str, Array]:
        """The columns with one value a document, the tags of each, and where its texts lie."""
        moments = np.array(self._moments, np.int64).reshape(-1, 5)
        tags = list(self._tags)
        if previous is not None and kept:
            chosen = list(kept)
            old = [previous.visible_from, previous.visible_until, previous.moments]
            old += [previous.days, previous.months]
            moments = np.concatenate([moments, np.stack([column[chosen] for column in old], axis=1)])
            tags += [[self._spellings[tag] for tag in previous.tags(document)] for document in kept]
        moments = moments[order]
        arrays: dict[str, Array] = {
            name: moments[:, index].astype(kind)
            for index, (name, kind) in enumerate(
                (
                    ("visible_from", np.int64),
                    ("visible_until", np.int64),
                    ("moments", np.int64),
                    ("days", np.int32),
                    ("months", np.int32),
                )
            )
        }
        tags = [tags[index] for index in order]
        arrays["tags.offsets"] = smallest(np.cumsum([0, *map(len, tags)], dtype=np.int64))
        arrays["tags.spellings"] = smallest(np.array([s for of in tags for s in of], np.int64))
        arrays |= text_arrays("spellings", self._spellings.encoded())
        for name, places in self._places.items():
            columns = np.array(places, np.int64).reshape(-1, 2)[order]
            arrays[f"{name}.starts"], arrays[f"{name}.sizes"] = columns[:, 0].copy(), smallest(columns[:, 1])
        return arrays


def _field_postings(expansion: Expansion, found: Occurrences, *, positions: bool) -> Postings:
    places = found.positions if positions else None
    return invert(expansion.vocabulary, found.terms, found.documents, positions=places)


def _combined_postings(expansion: Expansion, found: dict[str, Occurrences]) -> Postings:
    """All text fields as one, in which a word counts as often as its field weighs."""
    fields = [(field.weight, found[field.name]) for field in layout.TEXT_FIELDS]
    return invert(
        expansion.vocabulary,
        np.concatenate([field.terms for _, field in fields]),
        np.concatenate([field.documents for _, field in fields]),
        weights=np.concatenate([np.full(field.terms.size, weight, np.int32) for weight, field in fields]),
    )


def _keyword_postings(pairs: Sequence[tuple[str, int]], numbers: Ints) -> Postings:
    numbering = Numbering()
    terms = np.array([numbering[term] for term, _ in pairs], np.int64)
    documents = np.array([document for _, document in pairs], np.int64)
    vocabulary, ranks = numbering.in_order()
    return invert(vocabulary, ranks[terms], numbers[documents])


def local_day(moment: datetime | None) -> int:
    """The day in Amsterdam, as days since 1 January of year 1; 0 without a date."""
    return 0 if moment is None else _in_amsterdam(moment).toordinal()


def _month(moment: datetime) -> int:
    local = _in_amsterdam(moment)
    return local.year * 12 + local.month - 1


def _in_amsterdam(moment: datetime) -> datetime:
    """The moment on Amsterdam's clock; unchanged where the calendar ends (years 1 and 9999)."""
    try:
        return moment.astimezone(AMSTERDAM)
    except OverflowError:
        return moment
