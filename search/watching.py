"""Re-index when files change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from watchfiles import watch

from search.errors import TrefzekerError
from search.indexing import build_index
from search.model import IndexReport

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
        done: is told of every build.
        failed: is told when a build could not be done; watching goes on.

    Raises:
        BadSource: a source is missing at the start.
    """
    done(build_index(sources, index))
    for _ in watch(*sources, step=QUIET_MS, raise_interrupt=False):
        try:
            done(build_index(sources, index))
        except TrefzekerError as error:
            failed(error)
