"""What BM25 divides by, of every field and document, in one array: a word in several fields is scored at once."""

from __future__ import annotations

import numpy as np

from search import layout
from search.engines.bm25 import K1, field_statistics
from search.engines.found import Scores
from search.store.generation import Generation

_ROWS = {name: row for row, name in enumerate(("", *layout.MEASURED))}
"""The row of each field by its name without view; the first is for fields without lengths."""


class Norms:
    """The norms of one generation, a row of D for each field; a row is filled when it is first asked for.

    Threads that fill the same row write the same numbers, and a row is not read before it is filled.
    """

    def __init__(self, generation: Generation) -> None:
        self._columns = generation
        self._size = generation.documents
        self._documents: dict[str, int] = {}
        self.flat: Scores = np.empty(len(_ROWS) * self._size, np.float64)

    def documents(self, field: str) -> int:
        """How many documents have a field."""
        known = self._documents.get(field)
        return self._fill(field) if known is None else known

    def start(self, field: str) -> int:
        """Where the norms of a field begin in `flat`."""
        if field not in self._documents:
            self._fill(field)
        return self._row_of(field) * self._size

    def row(self, field: str) -> Scores:
        """The norm of each document in a field."""
        start = self.start(field)
        return self.flat[start : start + self._size]

    def _row_of(self, field: str) -> int:
        return _ROWS[layout.base(field)] if field in layout.SCORED_FIELDS else 0

    def _fill(self, field: str) -> int:
        start = self._row_of(field) * self._size
        row = self.flat[start : start + self._size]
        if field in layout.SCORED_FIELDS:
            statistics = field_statistics(self._columns.lengths(field))
            row[:] = statistics.norms
            documents = statistics.documents
        else:
            row[:] = K1
            documents = int(self._columns.live.sum())
        self._documents[field] = documents
        return documents
