"""This product in the benchmark: what `trefzeker index` builds, its engine, and its passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from operator import attrgetter
from pathlib import Path

from search import clock, layout
from search.answer.marking import Marker, texts_of
from search.answer.snippets import passages
from search.benchmark.corpus import Fed
from search.benchmark.engines import MAX_TAGS, TOP, Edit, Found, Opened, Shown
from search.benchmark.queries import Query
from search.benchmark.vocabulary import close_words, vocabulary_of
from search.dutch.spelling_lookup import Vocabulary
from search.engines.base import EngineRequest, Matches
from search.engines.columnar import ColumnarEngine
from search.indexing import build_index, update_files
from search.model import Passage
from search.query.plan import All, Any, Filter, Node, Phrase, Term
from search.query.planned import Marks
from search.store import folders


class Columns:
    """An open generation."""

    def __init__(self, index: Path) -> None:
        self._engine = ColumnarEngine(folders.open_generation(index, folders.current_name(index)))

    def prepare_fuzzy(self) -> None:
        """Compute what close words are found by."""
        _ = self._words

    def answer(self, query: Query, *, facets: bool, passages: bool) -> Found:
        """Plan, search and look up, as the service does."""
        now = clock.now_ms()
        plan, forms = self._plan(query, now)
        request = EngineRequest(plan, now, limit=TOP, facets=facets, most_tags=MAX_TAGS)
        matches = self._engine.search(request)
        return Found(
            matches.total,
            tuple(ranked.document for ranked in matches.ranked),
            _tags(matches) if facets else (),
            self._shown(query, forms, matches) if passages else (),
        )

    def numbers(self, query: Query, ids: Mapping[str, int]) -> frozenset[int]:
        """All that match."""
        now = clock.now_ms()
        limit = max(self._engine.public_documents(now), 1)
        request = EngineRequest(self._plan(query, now)[0], now, limit=limit, facets=False)
        ranked = self._engine.search(request).ranked
        return frozenset(ids[self._engine.record(one.document).id] for one in ranked)

    def close(self) -> None:
        """Nothing to do: the files are mapped for as long as somebody looks at them."""

    @cached_property
    def _words(self) -> Vocabulary:
        return vocabulary_of(self._engine.expand_prefix(layout.ALL_EXACT, "", clock.now_ms()))

    def _plan(self, query: Query, now: int) -> tuple[Node, tuple[str, ...]]:
        """A query as a plan, and the written forms that it stands for."""
        terms = tuple(Term(layout.ALL_TERM, word.term) for word in query.words)
        written = query.words[0].written
        match query.kind:
            case "one word":
                return terms[0], ()
            case "all words":
                return All(terms), ()
            case "any word":
                return Any(terms), ()
            case "phrase":
                slots = tuple((word.term,) for word in query.words)
                return Any(tuple(Phrase(field, slots) for field in layout.TERM_FIELDS)), ()
            case "prefix":
                found = self._engine.expand_prefix(layout.ALL_EXACT, written, now)
                forms = tuple(form for form, _ in found)
            case "fuzzy":
                forms = close_words(self._words, written)
            case "tag filter":
                return All((*terms, Filter("tag", (query.tag,)))), ()
            case "date range":
                return All((*terms, Filter("day", low=query.days[0], high=query.days[1]))), ()
        return Any(tuple(Term(layout.ALL_EXACT, form) for form in forms)), forms

    def _shown(self, query: Query, forms: tuple[str, ...], matches: Matches) -> tuple[Shown, ...]:
        """Titles, and the passages that the service shows; not why each document matched, nor marks in titles."""
        terms = () if forms else tuple(word.term for word in query.words)
        slots = tuple(frozenset((term,)) for term in terms)
        in_a_row = query.kind == "phrase"
        marks = Marks(frozenset(() if in_a_row else terms), frozenset(forms), (slots,) if in_a_row else ())
        marker = Marker(marks, self._engine.surfaces(texts_of(marks)))
        shown = []
        for ranked in matches.ranked:
            title = self._engine.record(ranked.document).title
            found = passages(marker, self._engine.text(ranked.document))
            passage = found[0] if found else Passage("")
            shown.append(Shown(title, passage.text, passage.marks))
        return tuple(shown)


class _Ours:
    takes_tokens = False
    takes_places = False

    def build(self, sources: Sequence[Path], documents: Sequence[Fed], index: Path) -> None:
        """Build from sources: analysis is part of a bulk build."""
        del documents
        build_index(sources, index, yes=True)

    def open(self, index: Path) -> Columns:
        """Open the current generation."""
        return Columns(index)

    def editing(self, sources: Sequence[Path], index: Path) -> Callable[[Edit], Opened]:
        """Be ready to update the index."""
        return lambda edit: _update(edit.path, sources, index)


def _update(changed: Path, sources: Sequence[Path], index: Path) -> Columns:
    """Bring one changed file into the index, as `trefzeker watch` does, and open what that gives."""
    update_files([changed], sources, index)
    return Columns(index)


def _tags(matches: Matches) -> tuple[tuple[str, int], ...]:
    """The most frequent tags."""
    best = nlargest(MAX_TAGS, matches.tags, key=attrgetter("documents"))
    return tuple((tag.key, tag.documents) for tag in best)


ENGINE = _Ours()
