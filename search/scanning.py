"""A look at all sources beside what was read before: what is new goes to the writer, what is the same stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from search.folder_source import SourceItem
from search.model import Problem
from search.sources import duplicate_problem, iter_sources
from search.store.generation import Generation, Mask
from search.store.records import Origin, record_of
from search.store.writer import Writer

Progress = Callable[[int], None]


@dataclass(slots=True)
class Scan:
    """What was seen.

    `before` are the ids that the index had, `added` those of articles that were read and written, `paths` tells
    where each id was met first, `losers` are articles whose id is another's, `leaving` the documents that were not
    met again.
    """

    before: frozenset[str]
    leaving: Mask
    added: set[str] = field(default_factory=set)
    paths: dict[str, str] = field(default_factory=dict)
    losers: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def scan(
    sources: Sequence[Path],
    previous: Generation | None,
    writer: Writer,
    *,
    alike: bool,
    progress: Progress | None,
) -> Scan:
    """Read what changed in the sources.

    Args:
        sources: as for `indexing.build_index`.
        previous: the generation before, if any.
        writer: takes the articles that are new.
        alike: whether articles were read by the rules of today then; else all are read again.
        progress: called now and then with the number of files that were read.
    """
    if previous is None:
        found, ids, known = Scan(frozenset(), np.zeros(0, np.bool_)), [], {}
        flawed = found.leaving
    else:
        ids = [name.decode() for name in previous.ids()]
        live = frozenset(ids[document] for document in previous.live.nonzero()[0].tolist())
        found, known = Scan(live, previous.live.copy()), previous.origins() if alike else {}
        flawed = previous.flawed
    for count, item in enumerate(iter_sources(sources), start=1):
        if progress and count % 100 == 0:
            progress(count)
        if isinstance(item, Problem):
            found.problems.append(item)
            continue
        document = known.get(item.relative)
        if document is None or previous is None or previous.digest(document) != item.digest:
            _add(item, found, writer)
        else:
            if flawed[document]:
                problems = previous.record(document).problems
                found.problems += [Problem(item.path, *problem) for problem in problems]
            if not _is_duplicate(item, ids[document], found):
                found.leaving[document] = False
    return found


def _add(item: SourceItem, found: Scan, writer: Writer) -> None:
    loaded = item.read()
    found.problems += loaded.problems
    article = loaded.article
    if article is None or _is_duplicate(item, article.id, found):
        return
    origin = Origin(item.path, item.relative, item.digest)
    writer.add(article, record_of(article, origin, loaded.problems))
    found.added.add(article.id)


def _is_duplicate(item: SourceItem, article_id: str, found: Scan) -> bool:
    """The first file in path order keeps the id; later ones are rejected and name it."""
    first = found.paths.setdefault(article_id, item.place)
    if first == item.place:
        return False
    found.losers.append((article_id, item.relative))
    found.problems.append(duplicate_problem(item.path, article_id, first, item.line))
    return True
