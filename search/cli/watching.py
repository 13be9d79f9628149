"""Re-index when files change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from watchfiles import watch

from search.errors import TrefzekerError
from search.indexing import build_index
from search.model import IndexReport
from search.sources import iter_sources

QUIET_MS = 400
"""How long the files must be left alone before an index is built, so that a save of many files is one build."""


def watch_sources(
    sources: Sequence[Path],
    index: Path,
    done: Callable[[IndexReport], None],
    failed: Callable[[TrefzekerError], None],
) -> None:
    """Build once, and again after every change, until interrupted.

    Args:
        sources: what is watched.
        index: the index folder.
        done: is told of every build, with the problems that are new.
        failed: is told when a build could not be done; watching goes on.

    Raises:
        BadSource: a source is missing at the start.
    """
    iter_sources(sources)
    # An interrupt may come while a build is busy, which leaves the index as it was.
    with suppress(KeyboardInterrupt):
        changes = watch(*sources, step=QUIET_MS, rust_timeout=QUIET_MS, yield_on_timeout=True)
        # What changes during the first build, which may be long, is seen: the watcher is at work from here on.
        next(changes)
        report = build_index(sources, index)
        done(report)
        for changed in changes:
            if not changed:
                continue
            try:
                known, report = set(report.problems), build_index(sources, index)
                done(replace(report, problems=tuple(p for p in report.problems if p not in known)))
            except TrefzekerError as error:
                failed(error)
