"""The beginnings of a few public articles, to see how they write."""

from __future__ import annotations

from search import layout
from search.engines.base import Engine, EngineRequest
from search.forms_in_texts import ReadText, read_text
from search.query.plan import Node, Term

SAMPLE = 12
"""Articles that are read for one form, the best first."""

READ = 20_000
"""Letters that are read of each: time must not grow with the longest articles, and words of theirs come early."""


class Articles:
    """The public articles of one moment, read for one request: each one once at most.

    Not for several requests: it keeps what it read.
    """

    __slots__ = ("_engine", "_now", "_samples", "_texts")

    def __init__(self, engine: Engine, now: int) -> None:
        """Read nothing yet.

        Args:
            engine: whose articles are read.
            now: the moment that decides which articles are public.
        """
        self._engine = engine
        self._now = now
        self._samples: dict[Node, tuple[tuple[int, ...], int]] = {}
        self._texts: dict[int, ReadText] = {}

    def count(self, form: str) -> int:
        """How many have a form of the index; none have the empty one."""
        return self._engine.public_frequency(layout.ALL_EXACT, form, self._now) if form else 0

    def sample(self, plan: Node) -> tuple[tuple[int, ...], int]:
        """The best documents that match a plan, `SAMPLE` at most, and how many match."""
        found = self._samples.get(plan)
        if found is None:
            matches = self._engine.search(EngineRequest(plan, self._now, limit=SAMPLE))
            found = self._samples[plan] = tuple(ranked.document for ranked in matches.ranked), matches.total
        return found

    def having(self, form: str) -> tuple[int, ...]:
        """The best documents that have a form of the index, `SAMPLE` at most."""
        return self.sample(Term(layout.ALL_EXACT, form))[0]

    def holds(self, form: str, documents: tuple[int, ...]) -> tuple[bool, ...]:
        """Which documents have a form of the index."""
        return self._engine.holds(layout.ALL_EXACT, form, documents)

    def text(self, document: int) -> ReadText:
        """The beginning of a document."""
        found = self._texts.get(document)
        if found is None:
            record = self._engine.record(document)
            start = (record.title, record.summary, *record.tags, self._engine.text(document)[:READ])
            found = self._texts[document] = read_text("\n".join(start))
        return found
