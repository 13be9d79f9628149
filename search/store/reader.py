"""Whoosh's view of a generation: an `IndexReader` over the columns, so that Whoosh's own Searcher runs on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from whoosh.matching import ListMatcher
from whoosh.reading import IndexReader, TermInfo, TermNotFound
from whoosh.system import pack_uint

from search import layout
from search.store.generation import Generation
from search.store.segment import TermPostings

Term = tuple[str, bytes]


class ColumnReader(IndexReader):  # type: ignore[misc]  # Whoosh is untyped
    """Reads one generation; immutable, so that threads may share it (give each search its own Searcher)."""

    def __init__(self, generation: Generation) -> None:
        self.columns = generation
        self.schema = layout.schema()
        self.is_closed = False

    def __contains__(self, term: tuple[str, str | bytes]) -> bool:
        field, text = term
        return self.columns.has_field(field) and self.columns.postings(field, text) is not None

    def close(self) -> None:
        """Nothing to close: the memory is released when the generation is."""
        self.is_closed = True

    def generation(self) -> str:
        """The generation's name."""
        return self.columns.name

    def indexed_field_names(self) -> list[str]:
        """All fields, also those that no document has."""
        return sorted(layout.ALL_FIELDS)

    def all_terms(self) -> Iterator[Term]:
        """Every (field, term), in order."""
        for field in self.indexed_field_names():
            for text, _ in self.columns.terms(field):
                yield field, text

    def terms_from(self, fieldname: str, prefix: str | bytes) -> Iterator[Term]:
        """Every (field, term) from a term on, in order, through the fields that follow."""
        start = self._text_to_bytes(fieldname, prefix)
        for field in self.indexed_field_names():
            if field >= fieldname:
                for text, _ in self.columns.terms(field):
                    if field > fieldname or text >= start:
                        yield field, text

    def expand_prefix(self, fieldname: str, prefix: str | bytes) -> Iterator[bytes]:
        """The terms of a field that begin with a prefix."""
        for text, _ in self.columns.terms(fieldname, self._text_to_bytes(fieldname, prefix)):
            yield text

    def lexicon(self, fieldname: str) -> Iterator[bytes]:
        """The terms of a field."""
        return self.expand_prefix(fieldname, b"")

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """Statistics of a term. Lengths are those of the documents that have it, where the field has lengths."""
        postings = self._found(fieldname, text)
        lengths = np.ones(1, np.int64)
        if fieldname in layout.SCORED_FIELDS:
            lengths = self.columns.lengths(fieldname)[postings.documents]
        return TermInfo(
            weight=float(postings.frequencies.sum()),
            df=len(postings.documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(postings.frequencies.max()),
            minid=int(postings.documents[0]),
            maxid=int(postings.documents[-1]),
        )

    def has_deletions(self) -> bool:
        """Whether documents were deleted since their segment was written."""
        return not bool(self.columns.live.all())

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document was deleted."""
        return not bool(self.columns.live[docnum])

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """What is stored of a document, for Whoosh's results."""
        record = self.columns.record(docnum)
        return {"id": record.id, "title": record.title, "text": self.columns.text(docnum)}

    def doc_count_all(self) -> int:
        """Number of documents, deleted ones included."""
        return self.columns.documents

    def doc_count(self) -> int:
        """Number of documents that were not deleted."""
        return int(self.columns.live.sum())

    def frequency(self, fieldname: str, text: str | bytes) -> float:
        """How often a term occurs in all documents; 0 when it does not."""
        postings = self.columns.postings(fieldname, self._text_to_bytes(fieldname, text))
        return 0.0 if postings is None else float(postings.frequencies.sum())

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        """In how many documents a term occurs."""
        return self.columns.document_frequency(fieldname, self._text_to_bytes(fieldname, text))

    def field_length(self, fieldname: str) -> int:
        """Length of a field over all documents, in positions; 0 for a field without lengths."""
        return int(self._lengths(fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        """The shortest length of a field."""
        return int(self._lengths(fieldname).min(initial=np.iinfo(np.int64).max)) if self.doc_count() else 0

    def max_field_length(self, fieldname: str) -> int:
        """The longest length of a field."""
        return int(self._lengths(fieldname).max(initial=0))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Length of a field in one document."""
        if fieldname not in layout.SCORED_FIELDS:
            return default
        return int(self.columns.lengths(fieldname)[docnum])

    def postings(self, fieldname: str, text: str | bytes, scorer: Any = None) -> ListMatcher:
        """The posting list of a term as a matcher; raises TermNotFound."""
        found = self._found(fieldname, text)
        field = self.schema[fieldname]
        return ListMatcher(
            found.documents.tolist(),
            found.frequencies.astype(float).tolist(),
            values=PostingValues(field.format, found),
            format=field.format,
            scorer=scorer,
            term=(fieldname, self._text_to_bytes(fieldname, text)),
            terminfo=self.term_info(fieldname, text),
        )

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """No term vectors are kept: key terms are taken from the stored text."""
        return False

    def vector(self, docnum: int, fieldname: str, format_: Any = None) -> Any:
        """No term vectors are kept."""
        raise KeyError(f"no term vectors in {fieldname}")

    def _lengths(self, fieldname: str) -> Any:
        if fieldname not in layout.SCORED_FIELDS:
            return np.zeros(0, np.int64)
        return self.columns.lengths(fieldname)[self.columns.live]

    def _found(self, fieldname: str, text: str | bytes) -> TermPostings:
        data = self._text_to_bytes(fieldname, text)
        postings = self.columns.postings(fieldname, data)
        if postings is None:
            raise TermNotFound(f"No term {fieldname}:{data!r}")
        return postings


class PostingValues(Sequence[bytes | None]):
    """Each posting's value in the encoding of the field's Whoosh format, made when it is asked for.

    A field of keywords has no values, and gives None as Whoosh's own reader does.
    """

    def __init__(self, format_: Any, postings: TermPostings) -> None:
        self._format = format_
        self._postings = postings
        self._ends = np.cumsum(postings.frequencies, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, index: Any) -> Any:
        if self._format.fixed_value_size() == 0:
            return None
        frequency = int(self._postings.frequencies[index])
        if self._postings.positions is None:
            return pack_uint(frequency)
        end = int(self._ends[index])
        return self._format.encode(self._postings.positions[end - frequency : end].tolist())
