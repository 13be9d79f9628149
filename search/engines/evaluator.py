"""Plans evaluated over posting lists with numpy: what every query runs on.

A node becomes the documents that it matches, in order, and their scores. Of what must all hold, words are looked
at first, and everything else only among the documents that are left: a phrase then reads the positions of few.
The work of a query is bounded by the posting lists of its terms, whatever is typed, where a document-at-a-time
matcher may take a hundred times as long. `reference` gives the same answers through Whoosh's Searcher; tests
hold the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search import layout
from search.engines.found import (
    NOTHING,
    Documents,
    Found,
    Scores,
    counted,
    restricted,
    united,
    without,
)
from search.engines.phrases import phrase_documents
from search.engines.words import Words, is_word
from search.query.plan import EVERYTHING, All, Any, Constant, Filter, Node, Not, Phrase, Term, nodes_of
from search.store.generation import Generation, Mask
from search.store.recent import Recent

_RECENT, _ENTRY = 1 << 18, 32
"""How many documents stay at hand of plans that were asked (8 bytes each), and what a node takes by itself."""

_ORDER = {Filter: 2, Any: 3, All: 3, Constant: 4, Phrase: 5, Not: 6, Term: 1}
"""In which order nodes that must all hold are looked at, after words that are scored: what is cheap first."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Nodes that add to the score of some documents, which match without them."""

    nodes: tuple[Node, ...]
    documents: Documents


class Evaluator:
    """Evaluates plans over one generation. Threads may share it: what it keeps is never changed once made."""

    def __init__(self, generation: Generation) -> None:
        self._columns = generation
        self._size = generation.documents
        self._words = Words(generation)
        self._live = generation.live.nonzero()[0]
        self._plans: Recent[Node, Documents] = Recent(_RECENT)

    def evaluate(self, plan: Node) -> Found:
        """The documents that a plan matches, in order, and the score of each; None when all score 0."""
        (documents, scores), extras = self.matched(plan)
        return documents, self.raised(documents, scores, extras)

    def matched(self, plan: Node) -> tuple[Found, tuple[Extra, ...]]:
        """What a plan matches, with what may still be added to the scores.

        What only adds to scores is worth working out for the few documents that can become the best by it:
        see `most` and `raised`.
        """
        extras: list[Extra] = []
        found = self._found(plan, None, extras)
        if self._plans.get(plan) is None:
            nodes = sum(1 for _ in nodes_of(plan))
            self._plans.keep(plan, found[0], found[0].size + _ENTRY * nodes)
        return found, tuple(extras)

    def most(self, extras: Sequence[Extra]) -> float:
        """How much nodes add to the score of a document at most."""
        return sum(self._most(node) for extra in extras for node in extra.nodes)

    def raised(self, documents: Documents, scores: Scores | None, extras: Sequence[Extra]) -> Scores | None:
        """The scores of some documents, in order, with what nodes add to them."""
        for extra in extras:
            within = restricted((documents, None), extra.documents, self._size)[0]
            for node in extra.nodes:
                own: list[Extra] = []
                found, more = self._found(node, within, own)
                more = self.raised(found, more, own)
                if more is not None and found.size:
                    scores = np.zeros(documents.size) if scores is None else scores.copy()
                    scores[documents.searchsorted(found)] += more
        return scores

    def matching(self, plan: Node, within: Documents | None = None) -> Documents:
        """The documents that a plan matches, in order; of some only, when given."""
        return self._found(plan, within, None)[0]

    def passing(self, wanted: Filter) -> Mask:
        """Which documents pass a filter."""
        mask: Mask = self._columns.live & filter_mask(self._columns, wanted)
        return mask

    def _found(self, node: Node, within: Documents | None, extras: list[Extra] | None) -> Found:
        """Evaluate a node.

        Args:
            node: of a plan.
            within: the only documents that count, when given.
            extras: takes what only adds to scores; None when nobody asks for scores.
        """
        if extras is None and (known := self._plans.get(node)) is not None:
            return self._among((known, None), within)
        match node:
            case Term() | Any() if is_word(node):
                if extras is None:
                    return self._words.documents(node, within), None
                return self._among(self._words.scored(node), within)
            case Any(nodes, least):
                if least > 1:
                    return self._several(nodes, least, within, extras)
                return united([self._found(child, within, extras) for child in nodes], self._size)
            case All(nodes):
                return self._all(nodes, within, extras)
            case Constant(child, score):
                documents = self._found(child, within, None)[0]
                return documents, None if extras is None or not score else np.full(documents.size, score)
            case Phrase():
                return self._phrase(node, within, scored=extras is not None)
            case Filter():
                return self._filter(node, within), None
            case Not(child):
                base = self._live if within is None else within
                return without(base, self._found(child, within, None)[0], self._size), None
        raise TypeError(node)

    def _among(self, found: Found, within: Documents | None) -> Found:
        return found if within is None else restricted(found, within, self._size)

    def _several(
        self, nodes: tuple[Node, ...], least: int, within: Documents | None, extras: list[Extra] | None
    ) -> Found:
        """What several of the nodes match; one that is given more than once counts and scores as often."""
        times = Counter(nodes)
        findings = []
        inner: list[Extra] | None = None if extras is None else []
        for node, count in times.items():
            own: list[Extra] | None = None if extras is None else []
            findings.append(self._found(node, within, own))
            if inner is not None and own:
                inner += own * count
        found = counted(findings, list(times.values()), least, self._size)
        if extras is not None and inner:
            extras += self._of(found[0], inner)
        return found

    def _all(self, nodes: tuple[Node, ...], within: Documents | None, extras: list[Extra] | None) -> Found:
        """What all of the nodes match; those that only add to the score are left for later."""
        scored = extras is not None
        inner: list[Extra] | None = [] if scored else None
        documents, scores = within, None
        words = [self._found(node, None, inner) for node in nodes if scored and is_word(node)]
        for found in sorted(words, key=lambda found: found[0].size):
            documents, scores = _narrowed(documents, scores, self._among(found, documents))
        needed = [node for node in nodes if not (_is_optional(node) or (scored and is_word(node)))]
        for node in sorted(needed, key=self._cost):
            if documents is not None and not documents.size:
                return NOTHING
            documents, scores = _narrowed(documents, scores, self._found(node, documents, inner))
        if documents is None:
            documents = self._live
        if extras is not None:
            extras += self._of(documents, inner or ())
            raising = [
                n for node in nodes if isinstance(node, Any) and _is_optional(node) for n in node.nodes
            ]
            if raising:
                extras.append(Extra(tuple(node for node in raising if node != EVERYTHING), documents))
        return documents, scores

    def _cost(self, node: Node) -> tuple[int, int]:
        """In which order nodes that must all hold are looked at: what is known, what is rare, then the rest."""
        if self._plans.get(node) is not None:
            return 0, 0
        if isinstance(node, Term | Any) and is_word(node):
            return 1, self._words.frequency(node)
        return _ORDER[type(node)], 0

    def _of(self, documents: Documents, extras: Sequence[Extra]) -> list[Extra]:
        """What adds to the score of documents that match a part of a plan, for those that match the whole."""
        return [
            Extra(extra.nodes, restricted((extra.documents, None), documents, self._size)[0])
            for extra in extras
        ]

    def _most(self, node: Node) -> float:
        """How much a node scores at most."""
        match node:
            case Term():
                return self._words.most(node)
            case Any(nodes) | All(nodes):
                return sum(map(self._most, nodes))
            case Phrase(field, slots, _, boost):
                terms = dict.fromkeys(term for slot in slots for term in slot)
                return sum(self._words.most(Term(field, term, boost)) for term in terms)
            case Constant(_, score):
                return score
        return 0.0

    def _filter(self, wanted: Filter, within: Documents | None) -> Documents:
        if within is None:
            return self.passing(wanted).nonzero()[0]
        if wanted.column == "day":
            days = self._columns.days[within]
            return within[(days >= wanted.low) & (days <= wanted.high) & (days > 0)]
        return within[self.passing(wanted)[within]]

    def _phrase(self, phrase: Phrase, within: Documents | None, *, scored: bool) -> Found:
        """The documents that hold the phrase, with the sum of BM25 over its different terms."""
        documents = phrase_documents(self._columns, phrase, within)
        if not (scored and documents.size):
            return documents, None
        terms = dict.fromkeys(term for slot in phrase.slots for term in slot)
        scores = [self._words.at(Term(phrase.field, term, phrase.boost), documents) for term in terms]
        return documents, np.sum(scores, axis=0)


def _narrowed(documents: Documents | None, scores: Scores | None, found: Found) -> Found:
    """What was found so far, with what was found among it, scores added up."""
    fewer, more = found
    if documents is None or scores is None:
        return found
    if fewer.size < documents.size:
        scores = scores[documents.searchsorted(fewer)]
    return fewer, scores if more is None else scores + more


def _is_optional(node: Node) -> bool:
    """Whether a node matches everything, and only adds to the score of what one of its nodes matches."""
    return type(node) is Any and node.least == 1 and EVERYTHING in node.nodes


def filter_mask(generation: Generation, wanted: Filter) -> Mask:
    """Which documents have one of a filter's tags, or a day in its period."""
    if wanted.column == "day":
        return (generation.days >= wanted.low) & (generation.days <= wanted.high) & (generation.days > 0)
    mask = np.zeros(generation.documents, np.bool_)
    for value in wanted.values:
        postings = generation.postings(layout.TAG, value)
        if postings is not None:
            mask[postings.documents] = True
    return mask
