"""Everything that is wrong in the articles of a source, without building an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from search.model import Problem
from search.sources import duplicate_problem, iter_sources


def lint(paths: Sequence[Path]) -> Iterator[Problem]:
    """Find what building an index from sources would report.

    Args:
        paths: folders and `.jsonl` or `.jsonl.gz` files, as for `iter_sources`.

    Returns:
        What is rejected, withheld and warned of, an id that occurs twice included, by path and then by line.

    Raises:
        BadSource: a source is missing, unreadable or of another kind.
    """
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    for item in iter_sources(paths):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        loaded = item.read()
        problems += loaded.problems
        if loaded.article:
            owner = owners.setdefault(loaded.article.id, item.place)
            if owner != item.place:
                problems.append(duplicate_problem(item.path, loaded.article.id, owner, item.line))
    return iter(sorted(problems, key=lambda problem: (problem.path, problem.line)))
