"""From sources to a new generation: only what changed is read and analysed again.

A file is unchanged when its path below the source and the digest of its bytes are; its documents then stay as
they were written before. The sources named in a call are the whole content: what they no longer hold is gone.
"""

from __future__ import annotations

import shlex
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from search import clock
from search.changes import Change, Losers, read_changes, sources_seen
from search.config import DEFAULT_MEMORY
from search.errors import BadSource, DamagedIndex, NoIndex, RebuildNeeded, TooMuchRemoved
from search.model import IndexReport, Problem
from search.scanning import Progress, scan
from search.sources import distinct
from search.store import folders
from search.store.generation import Generation
from search.store.revision import is_due, revise
from search.store.writer import Writer, words_within
from search.versions import reading_version

SMALL_INDEX = 20
"""An index of fewer articles may lose any number of them without being asked."""


def build_index(
    sources: Sequence[Path],
    index: Path,
    *,
    yes: bool = False,
    memory: int = DEFAULT_MEMORY,
    progress: Progress | None = None,
) -> IndexReport:
    """Build or update an index.

    Args:
        sources: folders of Markdown files and `.jsonl` or `.jsonl.gz` files.
        index: the index folder; made when it does not exist.
        yes: also when more than half of the articles would leave the index.
        memory: what the process may take, in megabytes; with less a large index consists of more segments.
        progress: called now and then with the number of files that were read.

    Returns:
        What was done. When nothing changed the generation is the one that was there.

    Raises:
        BadSource: a source is missing or of no known kind.
        IndexLocked: another process is writing.
        TooMuchRemoved: more than half would go, and `yes` was not said.
    """
    started = time.perf_counter()
    if any(source.resolve() == index.resolve() for source in sources):
        raise BadSource(
            f"De index kan niet in de bron zelf staan: {index}", "kies een andere map met --index"
        )
    with folders.writing(index):
        previous = _previous(index)
        with Writer(folders.new_folder(index), previous, memory) as writer:
            found = scan(sources, previous, writer, alike=_read_alike(index, previous), progress=progress)
            changed = len(found.added & found.before)
            removed = len(found.before - found.paths.keys())
            claimed = len(found.before) or folders.claimed_documents(index)
            if not yes:
                _guard(removed or max(claimed - len(found.paths), 0), claimed, sources, index)
            seen = sources_seen(distinct(sources), found.losers)
            if previous is None or found.added or removed or seen != _known_sources(index, previous):
                name = revise(index, writer, previous, found.leaving, sources=seen, whole=True)
            else:
                name = previous.name
    return _report(index, name, started, found.problems, (len(found.added) - changed, changed, removed))


def update_files(
    changed: Sequence[Path],
    sources: Sequence[Path],
    index: Path,
    *,
    yes: bool = False,
    memory: int = DEFAULT_MEMORY,
) -> IndexReport:
    """Update an index that was built of the same sources, of which only a few files changed.

    What is served afterwards is what `build_index` would make of the sources, provided that `changed` names
    everything that changed since the last build. Only those files are read, except when that does not tell
    the outcome for sure: then everything is.

    Args:
        changed: files and folders that were added, changed or removed; also those that are no articles.
        sources: as for `build_index`.
        index: the index folder.
        yes: also when more than half of the articles would leave the index.
        memory: as for `build_index`.

    Returns:
        What was done. Its problems are those of the files that were read.

    Raises:
        BadSource, IndexLocked, TooMuchRemoved: as for `build_index`.
    """
    started = time.perf_counter()
    named = distinct(sources)
    with folders.writing(index):
        previous = _previous(index)
        change = None if previous is None else _local_change(changed, named, index, previous)
        if previous is not None and change is not None:
            name = _apply(change, sources, index, previous, yes=yes, memory=memory)
            gone, come = set(change.leaving.values()), change.coming.keys()
            counts = len(come - gone), len(come & gone), len(gone - come)
            return _report(index, name, started, change.problems, counts)
    return build_index(sources, index, yes=yes, memory=memory)


def merge_index(index: Path, *, memory: int = DEFAULT_MEMORY) -> bool:
    """Merge an index of several segments into one when that is due; what is found stays the same.

    Args:
        index: the index folder.
        memory: as for `build_index`; segments that do not fit stay as they are.

    Returns:
        Whether a new generation was made.

    Raises:
        IndexLocked: another process is writing.
    """
    with folders.writing(index):
        previous = _previous(index)
        if previous is None or not is_due(previous, words_within(memory)):
            return False
        seen = folders.read_manifest(index, previous.name)["sources"]
        with Writer(folders.new_folder(index), previous, memory) as writer:
            revise(index, writer, previous, ~previous.live, sources=seen, whole=True)
    return True


def _local_change(
    changed: Sequence[Path], sources: Sequence[Path], index: Path, previous: Generation
) -> Change | None:
    """What the files that changed mean by themselves; None when the index is not of these sources."""
    known = _known_sources(index, previous)
    losers = known.get("losers")
    if not _read_alike(index, previous) or losers is None or known != sources_seen(sources, losers):
        return None
    return read_changes(changed, sources, previous, Losers((lost[0], lost[1]) for lost in losers))


def _apply(
    change: Change, sources: Sequence[Path], index: Path, previous: Generation, *, yes: bool, memory: int
) -> str:
    """Publish a change, if it is one; gives the name of the generation."""
    if not change.leaving and not change.coming:
        return previous.name
    removed = len(set(change.leaving.values()) - change.coming.keys())
    if not yes:
        _guard(removed, int(previous.live.sum()), sources, index)
    leaving = np.zeros(previous.documents, np.bool_)
    leaving[list(change.leaving)] = True
    with Writer(folders.new_folder(index), previous, memory) as writer:
        for article, record in change.coming.values():
            writer.add(article, record)
        seen = _known_sources(index, previous)
        return revise(index, writer, previous, leaving, sources=seen, whole=False)


def _guard(gone: int, claimed: int, sources: Sequence[Path], index: Path) -> None:
    """See that no index loses most of its articles by mistake."""
    if gone * 2 > claimed >= SMALL_INDEX:
        command = shlex.join(["trefzeker", "index", *map(str, sources), "--index", str(index), "--yes"])
        raise TooMuchRemoved(
            f"{gone} van de {claimed} artikelen zouden uit de index verdwijnen",
            f"controleer of de bron klopt; is dit de bedoeling, geef dan: {command}",
        )


def _report(
    index: Path, name: str, started: float, problems: Sequence[Problem], counts: tuple[int, int, int]
) -> IndexReport:
    generation = folders.open_generation(index, name)
    added, changed, removed = counts
    return IndexReport(
        generation=name,
        documents=int(generation.live.sum()),
        public=int(generation.visible(clock.now_ms()).sum()),
        added=added,
        changed=changed,
        removed=removed,
        problems=tuple(sorted(problems, key=lambda problem: (problem.path, problem.line))),
        seconds=time.perf_counter() - started,
    )


def _previous(index: Path) -> Generation | None:
    """The generation to build on: a sound one of this version, or none, for the content is the truth."""
    try:
        name = folders.current_name(index)
        folders.verify(index, name)
        return folders.open_generation(index, name)
    except (NoIndex, RebuildNeeded, DamagedIndex):
        return None


def _read_alike(index: Path, previous: Generation | None) -> bool:
    """Whether the articles of a generation were read by the rules of today; else all are read again."""
    if previous is None:
        return False
    return bool(folders.read_manifest(index, previous.name).get("reading") == reading_version())


def _known_sources(index: Path, previous: Generation) -> dict[str, Any]:
    known: dict[str, Any] = folders.read_manifest(index, previous.name).get("sources", {})
    return known
