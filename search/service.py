"""The one place where a search is answered; command line, API and pages only translate.

The service shows one verified generation and moves to a newer one by itself: every request looks at CURRENT, and
a generation that is new is verified in the background and then switched to. Requests are answered from the old
one meanwhile, but not for longer than `PATIENCE`: what was withdrawn must not be shown by a process that nobody
asked anything since.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace

from search import clock
from search.answer.explain import empty_periods, hits_of, read_periods, relaxation, unread_periods
from search.answer.facets import TagTable, facets_of, tag_table
from search.asking import Asked, ask, ask_of_any_time, found_as_part
from search.config import Settings
from search.dutch.spelling import Speller
from search.engines.base import Engine
from search.engines.columnar import ColumnarEngine
from search.errors import DamagedIndex, RebuildNeeded, TrefzekerError
from search.markdown import plain_to_html, to_html
from search.model import (
    Answer,
    IndexState,
    PartsUse,
    PublicArticle,
    QueryProblem,
    Reading,
    SearchRequest,
    Suggestion,
    TagSummary,
)
from search.query.planned import Marks
from search.store import folders
from search.suggest import correction, speller_of
from search.synonyms import Synonyms, SynonymsFile
from search.tags import tag_key
from search.urls import article_url

log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds after a new generation came in which the old one still answers; after that a request waits for it."""

LONGEST_WAIT = 20.0
"""Seconds that a request waits at most, after which the old generation answers after all."""

_NO_MARKS = Marks(frozenset(), frozenset(), ())


class Service:
    """Answers searches over the index that the settings name. Safe for threads."""

    def __init__(self, settings: Settings, *, verify: bool = True) -> None:
        """Open nothing yet: that is done by the first request.

        Args:
            settings: where the index is.
            verify: compare checksums before answering, as a server does; a one-off command looks at sizes only.
        """
        self._settings = settings
        self._verify = verify
        self._engine: Engine | None = None
        self._opening = threading.Lock()
        self._switching: threading.Thread | None = None
        self._refused = ""
        self._seen = (0, 0)
        self._complaint = ""
        self._tags: TagTable | None = None
        self._speller: tuple[str, Speller] | None = None
        self._synonyms = SynonymsFile(settings.synonyms_file)

    def search(self, request: SearchRequest) -> Answer:
        """Answer a search.

        Raises:
            NoIndex, RebuildNeeded, DamagedIndex: there is nothing to answer from.
        """
        started = time.perf_counter()
        now = clock.now_ms()
        engine = self._current()
        synonyms = self._synonyms.current()
        typed = asked = ask(engine, request, request.text, now, synonyms)
        suggestion = None
        corrected = self._corrected(request, typed, engine, now, synonyms)
        if corrected is not None:
            other, close = corrected
            suggestion = Suggestion(
                other.parsed.text,
                other.matches.total,
                applied=close and not typed.full and (other.full > 0 or not typed.matches.without_choices),
            )
            asked = other if suggestion.applied else typed
        problems = typed.planned.problems
        of_any_time = ask_of_any_time(engine, request, asked, now, synonyms)
        if of_any_time is not None:
            asked = of_any_time
            problems = (*problems, *unread_periods(asked))
        elif asked.relaxed:
            problems = (*problems, *relaxation(engine, asked, request.text, now))
        elif asked.parsed.periods and not asked.matches.without_choices:
            problems = (*problems, *empty_periods(asked))
        planned = replace(asked.planned, spelled=suggestion is not None and suggestion.applied)
        if not request.marked:
            planned = replace(planned, marks=_NO_MARKS)
        table = self._tag_table(engine, now)
        unknown = [tag for tag in request.tags if tag not in table.by_key]
        problems = (
            *problems,
            *(QueryProblem(f"Geen artikel heeft de tag ‘{tag}’.", 0, 0) for tag in unknown),
        )
        return Answer(
            query=Reading(
                request.text, planned.reading, problems, () if of_any_time else read_periods(typed.parsed)
            ),
            total=asked.matches.total,
            page=request.page,
            per_page=request.per_page,
            index=_state(engine, now),
            hits=hits_of(engine, planned, asked.matches),
            facets=facets_of(asked.matches, request, table.by_key),
            parts=PartsUse(request.parts, found_as_part(engine, request, asked, now, synonyms)),
            suggestion=suggestion,
            took_ms=round((time.perf_counter() - started) * 1000, 2),
        )

    def _corrected(
        self, request: SearchRequest, typed: Asked, engine: Engine, now: int, synonyms: Synonyms
    ) -> tuple[Asked, bool] | None:
        """The query in another spelling, when that finds something, and as much unless it is plainly a mistake.

        With it, whether it is close enough to be answered instead.
        """
        if not request.bounded or not request.text.strip():
            return None
        found = correction(typed.parsed, engine, lambda: self._speller_of(engine, now), now)
        if found is None:
            return None
        other = ask(engine, request, found.text, now, synonyms)
        if typed.full:
            # Decided without the choices in facets, so that none of them makes a suggestion come or go.
            enough = 1 if found.certain else typed.matches.without_choices
            better = bool(other.full) and other.matches.without_choices >= enough
        else:
            better = bool(other.full) or other.matches.without_choices > typed.matches.without_choices
        return (other, found.close) if better else None

    def _prepare(self, engine: Engine) -> None:
        """Make the speller before somebody waits for it: at 50,000 articles that takes a third of a second."""
        now = clock.now_ms()
        self._speller = (_cache_key(engine, now), speller_of(engine, now))

    def _speller_of(self, engine: Engine, now: int) -> Speller:
        """The speller of this state of the index; made at the first word that is not found."""
        key = _cache_key(engine, now)
        kept = self._speller
        if kept is None or kept[0] != key:
            kept = self._speller = (key, speller_of(engine, now))
        return kept[1]

    def article(self, article_id: str) -> PublicArticle | None:
        """A public article, None when there is none with this id."""
        engine = self._current()
        document = engine.find(article_id, clock.now_ms())
        if document is None:
            return None
        record, text, body = engine.record(document), engine.text(document), engine.body(document)
        return PublicArticle(
            id=record.id,
            url=article_url(record.id),
            title=record.title,
            summary=record.summary,
            date=clock.iso(record.date) if record.date else None,
            modified=clock.iso(record.modified) if record.modified else None,
            author=record.author,
            tags=record.tags,
            categories=record.categories,
            cover=record.cover,
            html=to_html(body, record.title) if body else plain_to_html(text),
            text=text,
        )

    def alias(self, path: str) -> str | None:
        """The id of the public article that lists an old address."""
        return self._current().find_alias(path, clock.now_ms())

    def tags(self) -> tuple[TagSummary, ...]:
        """All tags of public articles, most used first, then by label."""
        return self._tag_table(self._current(), clock.now_ms()).by_count

    def tag(self, text: str) -> TagSummary | None:
        """A tag in any spelling."""
        return self._tag_table(self._current(), clock.now_ms()).by_key.get(tag_key(text))

    def state(self) -> IndexState:
        """The index that is being served."""
        return _state(self._current(), clock.now_ms())

    def cache_key(self) -> str:
        """A text that changes whenever an answer could: by a build, by the clock, at midnight in Amsterdam."""
        engine, now = self._current(), clock.now_ms()
        return f"{_cache_key(engine, now)}.{self._synonyms.current().digest}"

    def close(self) -> None:
        """Let go of the index."""
        self._engine = None

    def _current(self) -> Engine:
        """The engine that shows the newest sound generation."""
        engine = self._engine
        if engine is None:
            with self._opening:
                if self._engine is None:
                    self._engine = self._open_first()
                    if self._verify:
                        threading.Thread(target=self._prepare, args=(self._engine,), daemon=True).start()
                return self._engine
        try:
            seen = folders.signature(self._settings.index)
            if seen == self._seen:
                return engine
            name = folders.current_name(self._settings.index)
        except TrefzekerError as error:
            if str(error) != self._complaint:
                self._complaint = str(error)
                log.warning("cannot look for a newer index: %s", error)
            return engine
        if name in (engine.generation, self._refused):
            self._seen = seen
            return engine
        switching = self._switch_to(name)
        if folders.age(self._settings.index) > PATIENCE:
            switching.join(LONGEST_WAIT)
            return self._engine or engine
        return engine

    def _open_first(self) -> Engine:
        """The current generation, or the newest sound one when that is damaged or cannot be told."""
        index = self._settings.index
        name = ""
        try:
            name = folders.current_name(index)
            return self._open(name)
        except DamagedIndex as damage:
            for other in reversed(folders.generation_names(index)):
                if other != name:
                    try:
                        engine = self._open(other)
                    except TrefzekerError:
                        continue
                    log.error("generation %s is damaged, serving %s: %s", name or "?", other, damage)
                    self._refused = name
                    return engine
            raise

    def _switch_to(self, name: str) -> threading.Thread:
        """The thread that verifies and shows a new generation; one at a time."""
        with self._opening:
            if self._switching is None or not self._switching.is_alive():
                self._switching = threading.Thread(target=self._switch, args=(name,), daemon=True)
                self._switching.start()
            return self._switching

    def _switch(self, name: str) -> None:
        """In the background: verify a new generation and show it, with a speller when there was one before."""
        try:
            engine = self._open(name)
            if self._speller is not None:
                self._prepare(engine)
            self._engine = engine
        except TrefzekerError as error:
            # What is damaged stays so; for want of files or memory it is tried again.
            if isinstance(error, DamagedIndex | RebuildNeeded):
                self._refused = name
            log.error("generation %s is not served: %s", name, error)

    def _open(self, name: str) -> Engine:
        if self._verify:
            folders.verify(self._settings.index, name)
        return ColumnarEngine(folders.open_generation(self._settings.index, name))

    def _tag_table(self, engine: Engine, now: int) -> TagTable:
        key = _cache_key(engine, now)
        table = self._tags
        if table is None or table.state != key:
            table = self._tags = tag_table(key, engine.spellings(now))
        return table


def _state(engine: Engine, now: int) -> IndexState:
    return IndexState(engine.generation, engine.public_documents(now))


def _cache_key(engine: Engine, now: int) -> str:
    return f"{engine.generation}.{engine.turning_points(now)}.{clock.local_date(now).toordinal()}"
