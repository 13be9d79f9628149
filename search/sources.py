"""The articles that sources hold, one at a time: a folder of Markdown files, or a file of JSON lines.

Everything is bounded: a file and a line in size, folders in depth, and a compressed file in what it may expand to
without giving articles.
"""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from search.articles import MAX_BYTES, TOO_LARGE, read_line
from search.errors import BadSource
from search.folder_source import Place, SourceItem, digest_of, folder_items, reason
from search.model import Problem

MAX_LINE = 8 * MAX_BYTES
"""Bytes that a JSON line may have: its text is at most `MAX_BYTES`, but may be written with escapes."""

MAX_SKIPPED = 256 * MAX_BYTES
"""Bytes of blank and overlong lines after which the rest of a file of lines is left unread."""

LINE_FILES = (".jsonl", ".jsonl.gz")

_BUFFER = 1 << 17


def iter_sources(paths: Sequence[Path]) -> Iterator[SourceItem | Problem]:
    """Go through the articles of sources.

    Args:
        paths: folders and `.jsonl` or `.jsonl.gz` files; one that is named twice counts once.

    Returns:
        The articles, and the problems of what cannot be opened: the sources in the order they are named, the
        files of a folder in the order of their paths, byte by byte. Hidden files and folders are passed over.

    Raises:
        BadSource: one of the paths is missing, unreadable or of another kind; before anything is read.
    """
    return _items(distinct(paths))


def distinct(paths: Sequence[Path]) -> list[Path]:
    """Sources in the order they are named, one that is named twice once; raises as `iter_sources` does."""
    sources = {_checked(path): path for path in reversed(paths)}
    return list(reversed(sources.values()))


def prefix_of(number: int) -> str:
    """What `relative` begins with for the items of a source; nothing for the first, so that most are paths."""
    # Paths below a folder never begin with a slash, so those of other sources cannot be the same.
    return f"//{number}/" if number else ""


def duplicate_problem(path: str, article_id: str, first: str, line: int = 1) -> Problem:
    """Say that an article is rejected because its id is taken.

    Args:
        path: of the article that is rejected.
        article_id: the id of both.
        first: the place of the article that keeps the id.
        line: of the article that is rejected.
    """
    return Problem(
        path,
        line,
        f"het id {article_id} is al van {first}: geef een van beide een andere naam of een eigen slug",
    )


def _checked(path: Path) -> tuple[int, int]:
    """Give what tells a source apart, when it is one that can be read."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            os.scandir(path).close()
        elif stat.S_ISREG(status.st_mode) and path.name.lower().endswith(LINE_FILES):
            path.open("rb").close()
        else:
            raise BadSource(
                f"De bron {path} is van een onbekende soort",
                "noem een map met Markdown-bestanden, of een bestand op .jsonl of .jsonl.gz",
            )
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return status.st_dev, status.st_ino


def _unreadable(path: Path, error: Exception) -> BadSource:
    if isinstance(error, FileNotFoundError):
        return BadSource(f"De bron {path} bestaat niet", "controleer het pad, of maak de map aan")
    return BadSource(f"De bron {path} is niet te lezen ({reason(error)})", "controleer de rechten en het pad")


def _items(paths: Sequence[Path]) -> Iterator[SourceItem | Problem]:
    for number, path in enumerate(paths):
        prefix = prefix_of(number)
        try:
            opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise _unreadable(path, error) from error
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            yield from folder_items(opened, Place(path, prefix))
        else:
            yield from _line_items(opened, path, prefix + path.name)


def _line_items(opened: int, path: Path, relative: str) -> Iterator[SourceItem | Problem]:
    """Go through the lines of an opened file, and close it."""
    shown = Place(path, "").shown()
    number = 0
    try:
        with os.fdopen(opened, "rb") as raw:
            compressed = path.name.lower().endswith(".gz")
            file: BinaryIO = BufferedReader(gzip.GzipFile(fileobj=raw), _BUFFER) if compressed else raw
            skipped = 0
            while content := file.readline(MAX_LINE):
                number += 1
                if len(content) == MAX_LINE and not content.endswith(b"\n"):
                    yield Problem(shown, number, TOO_LARGE)
                    skipped += MAX_LINE + _skip_line(file, MAX_SKIPPED - skipped)
                elif content.isspace():
                    skipped += len(content)
                else:
                    reading = partial(read_line, shown, number, content)
                    place = f"{shown}:{number}"
                    yield SourceItem(
                        shown, number, place, f"{relative}:{number}", digest_of(content), reading
                    )
                if skipped > MAX_SKIPPED:
                    yield Problem(
                        shown,
                        number,
                        "te veel lege of te lange regels, de rest is niet gelezen: maak het bestand kleiner",
                    )
                    return
    except (OSError, EOFError, zlib.error):
        yield Problem(
            shown,
            number + 1,
            f"het bestand is beschadigd of afgebroken, na regel {number} is niets gelezen: maak het opnieuw",
        )


def _skip_line(file: BinaryIO, limit: int) -> int:
    """Read past the end of a line, without keeping it; at most about `limit` bytes. Give how many."""
    skipped = 0
    while skipped <= limit and (content := file.readline(_BUFFER)):
        skipped += len(content)
        if content.endswith(b"\n"):
            break
    return skipped
