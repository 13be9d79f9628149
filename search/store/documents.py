"""Columns with one value a document, and the tags of each: collected as articles come in, written at the end."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from search.clock import AMSTERDAM, to_ms
from search.model import Article
from search.store.arrays import Array, smallest
from search.store.fields import text_arrays
from search.store.generation import Generation
from search.store.occurrences import Numbering
from search.store.postings import Ints, gather_runs
from search.store.records import Record

UNDATED = -(2**62)
"""Moment of a document without a date: it comes after all others, newest or oldest first."""

_MOMENTS = (
    ("visible_from", np.int64),
    ("visible_until", np.int64),
    ("moments", np.int64),
    ("days", np.int32),
    ("months", np.int32),
)


class DocumentColumns:
    """What is kept of each document beside its words and texts."""

    def __init__(self) -> None:
        self._ids: list[bytes] = []
        self._moments: list[tuple[int, ...]] = []
        self._tags: list[int] = []
        self._tag_counts: list[int] = []
        self._spellings = Numbering()
        self._digests: list[bytes] = []
        self._flawed: list[bool] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, article: Article, record: Record) -> None:
        """Take the next document."""
        moment = UNDATED if article.date is None else to_ms(article.date)
        month = -1 if article.date is None else _month(article.date)
        self._ids.append(article.id.encode())
        self._moments.append(
            (article.visible_from, article.visible_until, moment, local_day(article.date), month)
        )
        self._tags += [self._spellings[tag] for tag in article.tags]
        self._tag_counts.append(len(article.tags))
        self._digests.append(bytes.fromhex(record.origin.digest))
        self._flawed.append(bool(record.problems))

    def order(self, previous: Generation | None, kept: Ints) -> Ints:
        """The documents, those that came in first and those that stay next, newest first and then by id."""
        moments = [moment for _, _, moment, _, _ in self._moments]
        ids = self._ids
        if previous is not None:
            known = previous.ids()
            moments = moments + previous.moments[kept].tolist()
            ids = ids + [known[document] for document in kept.tolist()]
        keys = [(-moment, name) for moment, name in zip(moments, ids, strict=True)]
        return np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)

    def arrays(self, previous: Generation | None, kept: Ints, order: Ints) -> dict[str, Array]:
        """The columns of all documents, in their new order."""
        moments = np.array(self._moments, np.int64).reshape(-1, len(_MOMENTS))
        digests = np.frombuffer(b"".join(self._digests), np.uint8).reshape(-1, 16)
        flawed = np.array(self._flawed, np.bool_)
        tags, counts = np.array(self._tags, np.int64), np.array(self._tag_counts, np.int64)
        if previous is not None:
            old = [getattr(previous, name)[kept].astype(np.int64) for name, _ in _MOMENTS]
            moments = np.concatenate([moments, np.stack(old, axis=1)])
            digests = np.concatenate([digests, previous.digests[kept]])
            flawed = np.concatenate([flawed, previous.flawed[kept]])
            older, sizes = self._old_tags(previous, kept)
            tags, counts = np.concatenate([tags, older]), np.concatenate([counts, sizes])
        arrays: dict[str, Array] = {
            name: moments[order, index].astype(kind) for index, (name, kind) in enumerate(_MOMENTS)
        }
        arrays["digests"] = digests[order].reshape(-1)
        arrays["flawed"] = flawed[order]
        arrays["tags.offsets"] = smallest(np.concatenate([[0], np.cumsum(counts[order])]))
        arrays["tags.spellings"] = smallest(gather_runs(tags, counts, order))
        return arrays | text_arrays("spellings", self._spellings.encoded())

    def _old_tags(self, previous: Generation, kept: Ints) -> tuple[Ints, Ints]:
        """The tags of documents that stay: spellings in the numbering of this segment, and how many each has."""
        counts = np.diff(previous.tagged.offsets)
        numbers = gather_runs(previous.tagged.numbers, counts, kept)
        used = np.unique(numbers)
        renumbered = np.zeros(len(previous.tagged.spellings), np.int64)
        renumbered[used] = [self._spellings[previous.tagged.spellings[number]] for number in used.tolist()]
        return renumbered[numbers], counts[kept]


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
