"""What a few changed files mean for an index, worked out from these files alone, or not at all.

The outcome must be that of reading everything again. It is certain only while no other file has a say: of two
files with one id the first in path order is served, so as soon as an id was or becomes that of two, nothing is
decided here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from search import layout
from search.folder_source import MAX_FOLDERS, Place, SourceItem, is_utf8, items_at
from search.model import Article, Problem
from search.sources import prefix_of
from search.store.generation import Generation
from search.store.records import Origin, Record, record_of

MOST = 1000
"""Files that are read for one change; with more of them everything may as well be read."""

MOST_LOSERS = 1000
"""Rejected articles that an index remembers; with more of them every change is a full build."""

Losers = frozenset[tuple[str, str]]
"""The id and `relative` of every article that was rejected because its id is another's."""


@dataclass(slots=True)
class Change:
    """What to do: documents of the generation before that leave, articles that come, problems of what was read.

    `read` counts the files that were read for it.
    """

    leaving: dict[int, str] = field(default_factory=dict)
    coming: dict[str, tuple[Article, Record]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0


def read_changes(
    changed: Sequence[Path], sources: Sequence[Path], previous: Generation, losers: Losers
) -> Change | None:
    """Read the files that changed.

    Args:
        changed: paths of files or folders that were added, changed or removed.
        sources: the sources, none of them twice.
        previous: the index made of them before.
        losers: what was rejected then because its id was taken.

    Returns:
        What to do; None when that cannot be told without reading everything.
    """
    if len(changed) > MOST or not all(
        any(_relative(path, source) is not None for source in sources) for path in changed
    ):
        return None
    change = Change()
    for number, source in enumerate(sources):
        for path in _below(changed, source):
            if path is None or path.count("/") >= MAX_FOLDERS - 1 or not is_utf8(path):
                return None
            relative = prefix_of(number) + path
            if any(lost == relative or lost.startswith(f"{relative}/") for _, lost in losers):
                return None
            try:
                with closing(items_at(Place(source, prefix_of(number)), path)) as items:
                    if not _read(items, _known(previous, relative), previous, change):
                        return None
            except OSError:
                return None
    contested = {article_id for article_id, _ in losers}
    if contested & (change.coming.keys() | set(change.leaving.values())):
        return None
    return change if all(_is_free(name, previous, change) for name in change.coming) else None


def sources_seen(sources: Sequence[Path], losers: Sequence[Sequence[str]]) -> dict[str, Any]:
    """What the next build wants to know: which sources these were, and whose id was taken (None for too many)."""
    told = None if len(losers) > MOST_LOSERS else sorted(list(lost) for lost in losers)
    return {"paths": [str(source.resolve()) for source in sources], "losers": told}


def _below(changed: Sequence[Path], source: Path) -> Iterator[str | None]:
    """The paths below a source; None for one that is the source itself. Each once, and none within another."""
    found = set()
    for path in changed:
        below = _relative(path, source)
        if below is not None and not any(part.startswith(".") for part in below.split("/")):
            found.add(below)
    for below in sorted(found):
        parents = (str(parent) for parent in PurePath(below).parents)
        if not found.intersection(parents):
            yield below or None


def _relative(path: Path, source: Path) -> str | None:
    """A path as seen from a source; None when it is not in it."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  # a link at the end stays a link
    for top in (Path(os.path.abspath(source)), source.resolve()):  # noqa: PTH100
        if absolute == top:
            return ""
        if absolute.is_relative_to(top):
            return absolute.relative_to(top).as_posix()
    return None


def _known(previous: Generation, relative: str) -> dict[str, int]:
    """The documents that were read at a path, or below it."""
    terms = [relative.encode(), *(term for term, _ in previous.terms(layout.ORIGIN, f"{relative}/".encode()))]
    found = ((term, previous.postings(layout.ORIGIN, term)) for term in terms)
    return {term.decode(): int(postings.documents[0]) for term, postings in found if postings is not None}


def _read(
    items: Iterable[SourceItem | Problem], known: dict[str, int], previous: Generation, change: Change
) -> bool:
    """Take in what lies at one path now; whether each id is there once, and it is not too much."""
    for item in items:
        change.read += 1
        if change.read > MOST:
            return False
        if isinstance(item, Problem):
            change.problems.append(item)
            continue
        document = known.get(item.relative)
        if document is not None and previous.digest(document) == item.digest:
            del known[item.relative]
            problems = previous.record(document).problems
            change.problems += [Problem(item.path, *problem) for problem in problems]
            continue
        loaded = item.read()
        change.problems += loaded.problems
        if loaded.article is None:
            continue
        if loaded.article.id in change.coming:
            return False
        origin = Origin(item.path, item.relative, item.digest)
        change.coming[loaded.article.id] = (
            loaded.article,
            record_of(loaded.article, origin, loaded.problems),
        )
    for document in known.values():
        change.leaving[document] = previous.record(document).id
    return True


def _is_free(article_id: str, previous: Generation, change: Change) -> bool:
    """Whether no article that stays has this id."""
    document = previous.document_of(article_id)
    return document is None or document in change.leaving
