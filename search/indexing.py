"""From sources to a new generation: only what changed is read and analysed again.

A file is unchanged when its path below the source and the digest of its bytes are; its documents are then
copied from the generation before. The sources named in a call are the whole content: what they no longer
hold is gone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from search import clock
from search.errors import BadSource, DamagedIndex, NoIndex, RebuildNeeded, TooMuchRemoved
from search.model import IndexReport, Problem
from search.sources import SourceItem, duplicate_problem, iter_sources
from search.store import folders
from search.store.builder import SegmentBuilder
from search.store.generation import Generation
from search.store.records import Origin, Record, record_of
from search.versions import reading_version

SMALL_INDEX = 20
"""An index of fewer articles may lose any number of them without being asked."""

Progress = Callable[[int], None]


@dataclass(slots=True)
class _Build:
    """What a build has seen so far."""

    previous: Generation | None
    old: dict[tuple[str, str], tuple[int, Record]]
    kept: list[int] = field(default_factory=list)
    added: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def build_index(
    sources: Sequence[Path], index: Path, *, yes: bool = False, progress: Progress | None = None
) -> IndexReport:
    """Build or update an index.

    Args:
        sources: folders of Markdown files and `.jsonl` or `.jsonl.gz` files.
        index: the index folder; made when it does not exist.
        yes: also when more than half of the articles would leave the index.
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
        records = [] if previous is None else [previous.record(d) for d in range(previous.documents)]
        known = {(r.origin.relative, r.origin.digest): (number, r) for number, r in enumerate(records)}
        build = _Build(previous, known if _read_alike(index, previous) else {})
        with SegmentBuilder(folders.new_folder(index) / "base") as builder:
            _read_sources(sources, build, builder, progress)
            before = {record.id: record.origin.digest for record in records}
            changed = sum(1 for article_id in build.added if article_id in before)
            removed = sum(1 for article_id in before if article_id not in build.paths)
            claimed = len(before) or folders.claimed_documents(index)
            gone = removed or max(claimed - len(build.paths), 0)
            if gone * 2 > claimed >= SMALL_INDEX and not yes:
                raise TooMuchRemoved(
                    f"{gone} van de {claimed} artikelen zouden uit de index verdwijnen",
                    "controleer of de bron klopt; is dit de bedoeling, geef dan: trefzeker index --yes",
                )
            name = _finish(index, build, builder, unchanged=not build.added and not removed)
    generation = folders.open_generation(index, name)
    return IndexReport(
        generation=name,
        documents=len(build.paths),
        public=int(generation.visible(clock.now_ms()).sum()),
        added=len(build.added) - changed,
        changed=changed,
        removed=removed,
        problems=tuple(sorted(build.problems, key=lambda problem: (problem.path, problem.line))),
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


def _read_sources(
    sources: Sequence[Path], build: _Build, builder: SegmentBuilder, progress: Progress | None
) -> None:
    for count, item in enumerate(iter_sources(sources), start=1):
        if progress and count % 100 == 0:
            progress(count)
        if isinstance(item, Problem):
            build.problems.append(item)
            continue
        known = build.old.get((item.relative, item.digest))
        if known is None:
            _add(item, build, builder)
        else:
            _keep(item, *known, build)


def _add(item: SourceItem, build: _Build, builder: SegmentBuilder) -> None:
    loaded = item.read()
    build.problems += loaded.problems
    article = loaded.article
    if article is None or _is_duplicate(item, article.id, build):
        return
    origin = Origin(item.path, item.relative, item.digest)
    builder.add(article, record_of(article, origin, loaded.problems))
    build.added[article.id] = item.digest


def _keep(item: SourceItem, number: int, record: Record, build: _Build) -> None:
    build.problems += [Problem(item.path, line, text, severity) for line, text, severity in record.problems]
    if not _is_duplicate(item, record.id, build):
        build.kept.append(number)


def _is_duplicate(item: SourceItem, article_id: str, build: _Build) -> bool:
    """The first file in path order keeps the id; later ones are rejected and name it."""
    first = build.paths.setdefault(article_id, item.place)
    if first == item.place:
        return False
    build.problems.append(duplicate_problem(item.path, article_id, first, item.line))
    return True


def _finish(index: Path, build: _Build, builder: SegmentBuilder, *, unchanged: bool) -> str:
    if unchanged and build.previous is not None:
        return build.previous.name
    segment = builder.finish(build.previous, build.kept)
    return folders.publish(index, index / "building", {"base": segment})
