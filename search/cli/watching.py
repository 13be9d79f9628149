"""Re-index when files change."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from watchfiles import watch
from watchfiles._rust_notify import WatchfilesRustInternalError

from search.config import DEFAULT_MEMORY
from search.errors import TooMuchRemoved, TrefzekerError
from search.folder_source import MARKDOWN_FILES
from search.indexing import build_index, merge_index, update_files
from search.model import IndexReport, Problem
from search.sources import iter_sources

QUIET_MS = 400
"""How long the files must be left alone before an index is built, so that a save of many files is one build."""

REST_SECONDS = 10.0
"""How long nothing must have changed before all is looked at once more, and merged when that is due."""


_UNDECODABLE = re.compile('^Unable to decode path "(.*)" to string$', re.DOTALL)
"""What the watcher says of a name that is not UTF-8, the path written as a literal of Rust."""


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
        TrefzekerError: the first build could not be done, or the system cannot watch these folders.
    """
    iter_sources(sources)
    follower = _Follower(sources, index, set(), memory)
    teller = _Teller(done, failed)
    # An interrupt may come while a build is busy, which leaves the index as it was.
    with suppress(KeyboardInterrupt):
        begun = False
        while True:
            try:
                for changed in watch(*sources, step=QUIET_MS, rust_timeout=QUIET_MS, yield_on_timeout=True):
                    # What changes during this build, which may be long, is seen: the watcher is at work by now.
                    paths = [Path(path) for _, path in changed]
                    if not begun:
                        teller.begin(follower.read_all)
                        begun = True
                    elif follower.in_doubt:
                        teller.tell(follower.read_all)
                    elif follower.withheld and paths:
                        teller.tell(partial(follower.take_in_apart, paths))
                    elif paths:
                        teller.tell(partial(follower.take_in, paths))
                        if follower.withheld:
                            teller.tell(partial(follower.take_in_apart, []))
                    else:
                        teller.tell(follower.rest)
            except (WatchfilesRustInternalError, OSError) as error:
                failed(_not_told(error))
                if begun and follower.in_doubt:
                    # Again, before there was a quiet moment to read in: it goes on being written.
                    teller.tell(follower.read_all)
                follower.in_doubt = True


def _not_told(error: Exception) -> TrefzekerError:
    """What to say when the watcher failed on a name that is no text, after which it works when begun anew.

    Raises:
        TrefzekerError: it failed on something else.
    """
    found = _UNDECODABLE.search(str(error))
    if found is None:
        raise TrefzekerError(
            f"De wijzigingen in de bron zijn niet te volgen ({error})",
            "controleer de rechten op de mappen, en de grens fs.inotify.max_user_watches van het systeem",
        ) from error
    folder, _, name = found[1].rpartition("/")
    return TrefzekerError(
        f"In de map {folder} veranderde iets met een naam die geen UTF-8 is: {name}",
        "geef het een andere naam of haal het weg; alles wordt nu opnieuw gelezen",
    )


class _Teller:
    """Tells how attempts end; the same failure again and again is told once."""

    def __init__(self, done: Callable[[IndexReport], None], failed: Callable[[TrefzekerError], None]) -> None:
        self._done = done
        self._failed = failed
        self._said = ""

    def begin(self, attempt: Callable[[], IndexReport | None]) -> None:
        """Make an attempt, which gives a report or has nothing to tell; raises what it raises."""
        report = attempt()
        if report is not None:
            self._said = ""
            self._done(report)

    def tell(self, attempt: Callable[[], IndexReport | None]) -> None:
        """The same, and tell what it raises."""
        try:
            self.begin(attempt)
        except TrefzekerError as error:
            if str(error) != self._said:
                self._failed(error)
            self._said = str(error)


class _Follower:
    """Keeps an index up with its sources."""

    def __init__(
        self, sources: Sequence[Path], index: Path, problems: set[Problem], memory: int = DEFAULT_MEMORY
    ) -> None:
        self._sources = sources
        self._index = index
        self._problems = problems
        self._memory = memory
        self._pending: dict[Path, None] = {}
        self._rested = True
        self._last = time.monotonic()
        self.in_doubt = False
        self.withheld = False

    def read_all(self) -> IndexReport | None:
        """Read everything, and take in what changed; None when it is withheld, which was told before."""
        self._last, self._rested, self.in_doubt = time.monotonic(), False, False
        try:
            report = build_index(self._sources, self._index, memory=self._memory)
        except TooMuchRemoved:
            self._rested = True
            if self.withheld:
                return None
            self.withheld = True
            raise
        self._pending.clear()
        self.withheld = False
        return self._told(report, set())

    def take_in(self, changed: Sequence[Path]) -> IndexReport:
        """Take in what changed; what could not be taken in before comes along.

        Raises:
            TooMuchRemoved: most of the index would go. That is withheld from now on.
        """
        self._last, self._rested = time.monotonic(), False
        self._pending.update(dict.fromkeys(changed))
        try:
            return self._update()
        except TooMuchRemoved:
            self.withheld = True
            self._pending = dict.fromkeys(_safe(list(self._pending)))
            raise

    def take_in_apart(self, changed: Sequence[Path]) -> IndexReport | None:
        """While most of an index would go, which is left to a person: take in what changes besides.

        Returns:
            What was done; None for nothing, or when it cannot be told apart from what is withheld.
        """
        self._last, self._rested = time.monotonic(), False
        self._pending.update(dict.fromkeys(_safe(changed)))
        try:
            return self._update() if self._pending else None
        except TooMuchRemoved:
            self._pending.clear()
            return None

    def rest(self) -> IndexReport | None:
        """When nothing changed for a while: look whether everything was told, and merge if that is due.

        A system tells of so many changes at a time and no more. What fails is tried again after as long.

        Returns:
            What was done about changes that were not told of; None when there were none.
        """
        if self._rested or time.monotonic() - self._last < REST_SECONDS:
            return None
        if self.withheld and self._pending:
            return self.take_in_apart([])
        told = self.read_all()
        if told is None:
            return None
        merge_index(self._index, memory=self._memory)
        self._rested = True
        return told if told.added or told.changed or told.removed or told.problems else None

    def _update(self) -> IndexReport:
        report = update_files(list(self._pending), self._sources, self._index, memory=self._memory)
        touched = [path.absolute() for path in self._pending]
        self._pending.clear()
        return self._told(report, {problem for problem in self._problems if not _is_at(problem, touched)})

    def _told(self, report: IndexReport, elsewhere: set[Problem]) -> IndexReport:
        """A report with the problems that are new; `elsewhere` are those of files that were not read."""
        new = tuple(problem for problem in report.problems if problem not in self._problems)
        self._problems = elsewhere | set(report.problems)
        return replace(report, problems=new)


def _safe(changed: Sequence[Path]) -> list[Path]:
    """What may be taken in while most of an index would go: files that are there, and one by itself that is not.

    A single file that went was taken away by name; of several it is not sure that they are not part of the rest.
    """
    gone = [path for path in changed if not os.path.lexists(path)]
    by_name = len(gone) == 1 and gone[0].name.lower().endswith(MARKDOWN_FILES) and gone[0].parent.is_dir()
    return [path for path in changed if _is_file(path) or (by_name and path in gone)]


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _is_at(problem: Problem, paths: Sequence[Path]) -> bool:
    """Whether a problem is one of a file at or below one of the paths."""
    place = Path(problem.path).absolute()
    return any(place.is_relative_to(path) for path in paths)
