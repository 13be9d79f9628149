"""Re-index when files change."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from watchfiles import watch

from search.config import DEFAULT_MEMORY
from search.errors import TrefzekerError
from search.indexing import build_index, merge_index, update_files
from search.model import IndexReport, Problem
from search.sources import iter_sources

QUIET_MS = 400
"""How long the files must be left alone before an index is built, so that a save of many files is one build."""

REST_SECONDS = 10.0
"""How long nothing must have changed before all is looked at once more, and merged when that is due."""


def watch_sources(
    sources: Sequence[Path],
    index: Path,
    done: Callable[[IndexReport], None],
    failed: Callable[[TrefzekerError], None],
    *,
    memory: int = DEFAULT_MEMORY,
) -> None:
    """Build once, and take in every change, until interrupted.

    Args:
        sources: what is watched.
        index: the index folder.
        done: is told of every build, with the problems that are new.
        failed: is told when a build could not be done; watching goes on.
        memory: what a build may take, in megabytes.

    Raises:
        BadSource: a source is missing at the start.
    """
    iter_sources(sources)
    # An interrupt may come while a build is busy, which leaves the index as it was.
    with suppress(KeyboardInterrupt):
        changes = watch(*sources, step=QUIET_MS, rust_timeout=QUIET_MS, yield_on_timeout=True)
        # What changes during the first build, which may be long, is seen: the watcher is at work from here on.
        next(changes)
        report = build_index(sources, index, memory=memory)
        done(report)
        follower = _Follower(sources, index, set(report.problems), memory)
        for changed in changes:
            try:
                if changed:
                    done(follower.take_in([Path(path) for _, path in changed]))
                elif late := follower.rest():
                    done(late)
            except TrefzekerError as error:
                failed(error)


class _Follower:
    """Keeps an index up with its sources."""

    def __init__(
        self, sources: Sequence[Path], index: Path, problems: set[Problem], memory: int = DEFAULT_MEMORY
    ) -> None:
        self._sources = sources
        self._index = index
        self._problems = problems
        self._memory = memory
        self._pending: list[Path] = []
        self._rested = True
        self._last = time.monotonic()

    def take_in(self, changed: Sequence[Path]) -> IndexReport:
        """Take in what changed; what could not be taken in before comes along."""
        self._pending += changed
        self._last, self._rested = time.monotonic(), False
        report = update_files(self._pending, self._sources, self._index, memory=self._memory)
        touched = [path.absolute() for path in self._pending]
        self._pending = []
        return self._told(report, {problem for problem in self._problems if not _is_at(problem, touched)})

    def rest(self) -> IndexReport | None:
        """When nothing changed for a while: look whether everything was told, and merge if that is due.

        A system tells of so many changes at a time and no more.

        Returns:
            What was done about changes that were not told of; None when there were none.
        """
        if self._rested or time.monotonic() - self._last < REST_SECONDS:
            return None
        self._rested = True
        report = build_index(self._sources, self._index, memory=self._memory)
        merge_index(self._index, memory=self._memory)
        self._pending = []
        late = report.added or report.changed or report.removed
        told = self._told(report, set())
        return told if late else None

    def _told(self, report: IndexReport, elsewhere: set[Problem]) -> IndexReport:
        """A report with the problems that are new; `elsewhere` are those of files that were not read."""
        new = tuple(problem for problem in report.problems if problem not in self._problems)
        self._problems = elsewhere | set(report.problems)
        return replace(report, problems=new)


def _is_at(problem: Problem, paths: Sequence[Path]) -> bool:
    """Whether a problem is one of a file at or below one of the paths."""
    place = Path(problem.path).absolute()
    return any(place.is_relative_to(path) for path in paths)
