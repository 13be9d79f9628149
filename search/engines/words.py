"""The words of a plan: posting lists scored by BM25, several of them as one, kept at hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search import layout
from search.engines.bm25 import K1, idf, idfs
from search.engines.found import NOTHING, Documents, Found, Scores, looked_up, merged, restricted, united
from search.engines.norms import Norms
from search.query.plan import Any, Node, Term
from search.store.generation import Generation
from search.store.recent import Recent
from search.store.segment import TermPostings

_RECENT = 1 << 21
"""How many documents with scores stay at hand of words that were asked (16 bytes each)."""

_ENTRY = 16
"""What a term of a word takes by itself, in the same unit: its node and its part of the tables, 256 bytes."""

_MANY = 16
"""So many terms of one field are looked up and scored at once."""

_SEARCHED = 16
"""Looking up one document in a posting list costs as much as going through so many."""


def is_word(node: Node) -> bool:
    """Whether a node is a posting list, or any of several, which costs least as a whole."""
    if type(node) is Any:
        return node.least == 1 and all(type(child) is Term for child in node.nodes)
    return type(node) is Term


class Words:
    """Words over one generation. Threads may share it: what it keeps is never changed once made."""

    def __init__(self, generation: Generation) -> None:
        self._columns = generation
        self._size = generation.documents
        self._norms = Norms(generation)
        self._recent: Recent[Node, Found] = Recent(_RECENT)

    def scored(self, word: Term | Any) -> Found:
        """The documents that have a word, with BM25 added up over its terms."""
        if isinstance(word, Term):
            return self._term(word)
        found = self._recent.get(word)
        if found is None:
            found = self._several(terms_of(word))
            self._recent.keep(word, found, found[0].size + _ENTRY * len(terms_of(word)))
        return found

    def frequency(self, word: Term | Any) -> int:
        """In how many documents a word is at most."""
        lists = (self._columns.postings(term.field, term.text) for term in terms_of(word))
        return sum(len(postings.documents) for postings in lists if postings is not None)

    def most(self, term: Term) -> float:
        """How much a term scores at most."""
        found = self.frequency(term)
        return self._weight(term, found) if found else 0.0

    def documents(self, word: Term | Any, within: Documents | None) -> Documents:
        """The documents that have a word; of some only, when given. A list that another one holds is not read."""
        known = self._recent.get(word)
        if known is not None:
            return known[0] if within is None else restricted(known, within, self._size)[0]
        asked = {(term.field, term.text) for term in terms_of(word)}
        lists = [
            postings.documents
            for field, text in asked
            if not any((other, text) in asked for other in layout.CONTAINED.get(field, ()))
            and (postings := self._columns.postings(field, text)) is not None
        ]
        if within is not None and within.size * _SEARCHED < sum(map(len, lists)):
            kept = np.zeros(within.size, np.bool_)
            for documents in lists:
                kept |= looked_up(within, documents)[0]
            return within[kept]
        found = united([(documents.astype(np.intp), None) for documents in lists], self._size)
        return (found if within is None else restricted(found, within, self._size))[0]

    def _term(self, term: Term) -> Found:
        """The posting list of a term with its BM25."""
        postings = self._columns.postings(term.field, term.text)
        if postings is None:
            return NOTHING
        documents, frequencies = postings.documents.astype(np.intp), postings.frequencies
        weight, row = self._weight(term, documents.size), self._norms.row(term.field)
        return documents, (weight * frequencies) / (frequencies + row[documents])

    def _several(self, terms: Sequence[Term]) -> Found:
        """Several posting lists as one: the same steps as for each by itself, taken once for all of them."""
        if len(terms) >= _MANY and len({term.field for term in terms}) == 1:
            return self._many(terms)
        lists: list[TermPostings] = []
        weights: list[float] = []
        starts: list[int] = []
        for term in terms:
            postings = self._columns.postings(term.field, term.text)
            if postings is None:
                continue
            weight, start = self._weight(term, len(postings.documents)), self._norms.start(term.field)
            if lists and postings is lists[-1] and start == starts[-1]:
                weights[-1] += weight
                continue
            lists.append(postings)
            weights.append(weight)
            starts.append(start)
        if not lists:
            return NOTHING
        sizes = [len(postings.documents) for postings in lists]
        documents = np.concatenate([postings.documents for postings in lists]).astype(np.intp)
        frequencies = np.concatenate([postings.frequencies for postings in lists]).astype(np.float64)
        scores = np.repeat(weights, sizes)
        scores *= frequencies
        frequencies += self._norms.flat[documents + np.repeat(starts, sizes)]
        scores /= frequencies
        return (documents, scores) if len(lists) == 1 else merged(documents, scores, self._size)

    def _many(self, terms: Sequence[Term]) -> Found:
        """Very many posting lists of one field, such as those of all words that begin alike."""
        field = terms[0].field
        found, frequencies, sizes = self._columns.gathered(field, [term.text for term in terms])
        documents = found.astype(np.intp)
        boosts = np.array([term.boost for term in terms])
        weights = idfs(self._norms.documents(field), sizes) * (K1 + 1) * boosts
        scores = np.repeat(weights, sizes) * frequencies
        scores /= frequencies + self._norms.row(field)[documents]
        return merged(documents, scores, self._size)

    def at(self, term: Term, documents: Documents) -> Scores:
        """The scores that a term gives some documents; 0 to those that do not have it."""
        scores = np.zeros(documents.size)
        postings = self._columns.postings(term.field, term.text)
        if postings is not None:
            held, places = looked_up(documents, postings.documents)
            frequencies = postings.frequencies[places].astype(np.float64)
            norms = self._norms.row(term.field)[documents[held]]
            weight = self._weight(term, len(postings.documents))
            scores[held] = weight * frequencies / (frequencies + norms)
        return scores

    def _weight(self, term: Term, found: int) -> float:
        """What BM25 of a term is multiplied by, when so many documents have it."""
        return idf(self._norms.documents(term.field), found) * (K1 + 1) * term.boost


def terms_of(word: Term | Any) -> Sequence[Term]:
    """The terms of a word."""
    return [word] if isinstance(word, Term) else [child for child in word.nodes if isinstance(child, Term)]
