"""The articles that sources hold, one at a time: a folder of Markdown files, or a file of JSON lines.

Only regular files inside a folder are read; links, pipes and devices never are. Everything is bounded: a file
and a line in size, folders in depth, and a compressed file in what it may expand to without giving articles.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import stat
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from search.articles import MAX_BYTES, TOO_LARGE, Loaded, read_article, read_line
from search.errors import BadSource
from search.model import Problem

MAX_LINE = 8 * MAX_BYTES
"""Bytes that a JSON line may have: its text is at most `MAX_BYTES`, but may be written with escapes."""

MAX_SKIPPED = 256 * MAX_BYTES
"""Bytes of blank and overlong lines after which the rest of a file of lines is left unread."""

MAX_FOLDERS = 64
"""How deep folders may stand in each other."""

MARKDOWN_FILES = (".md", ".markdown")
LINE_FILES = (".jsonl", ".jsonl.gz")

# Neither wait for the writer of a pipe nor follow a link, also when it took the file's place just now.
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_BUFFER = 1 << 17
_REASONS = {
    errno.EACCES: "geen toegang",
    errno.ENOENT: "bestaat niet meer",
    errno.ELOOP: "is een link",
    errno.ENOTDIR: "is geen map",
    errno.EINVAL: "geen gewoon bestand",
    errno.ENAMETOOLONG: "de naam is te lang",
}


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One article as it lies in a source, not read yet.

    `path` is the file as shown to a person, `line` where in it (1 for a whole file) and `place` both, as a
    name that no other item has. `relative` tells the item apart as well, and stays the same from build to
    build. `digest` is the BLAKE2b hash of its bytes in 32 hexadecimal digits. The item holds those bytes, so
    that `read` gives what was hashed: let go of one item before taking the next.
    """

    path: str
    line: int
    place: str
    relative: str
    digest: str
    read: Callable[[], Loaded]


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
    sources = {_checked(path): path for path in reversed(paths)}
    return _items(list(reversed(sources.values())))


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
    return BadSource(
        f"De bron {path} is niet te lezen ({_reason(error)})", "controleer de rechten en het pad"
    )


def _items(paths: Sequence[Path]) -> Iterator[SourceItem | Problem]:
    for number, path in enumerate(paths):
        # Paths below a folder never begin with a slash, so those of other sources cannot be the same.
        prefix = f"//{number}/" if number else ""
        try:
            opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise _unreadable(path, error) from error
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            yield from _folder_items(opened, _Place(path, prefix))
        else:
            yield from _line_items(opened, path, prefix + path.name)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a walk through a source is: `below` is the path from the source, with a slash at its end."""

    source: Path
    prefix: str
    below: str = ""
    depth: int = 0

    def shown(self, name: str = "") -> str:
        path = os.fsencode(self.source / (self.below + name)).decode("utf-8", "backslashreplace")
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in path)

    def inside(self, name: str) -> _Place:
        return _Place(self.source, self.prefix, f"{self.below}{name}/", self.depth + 1)


def _folder_items(folder: int, place: _Place) -> Iterator[SourceItem | Problem]:
    """Go through an opened folder, and close it."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=_path_order)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _subfolder_items(folder, entry.name, place)
            elif _is_wanted(entry):
                yield _file_item(folder, entry, place)
    except OSError as error:
        yield Problem(place.shown(), 1, f"de map is niet te lezen ({_reason(error)}): controleer de rechten")
    finally:
        os.close(folder)


def _path_order(entry: os.DirEntry[str]) -> bytes:
    return os.fsencode(entry.name + "/" if entry.is_dir(follow_symlinks=False) else entry.name)


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    """Tell whether an author expects an article of it: a Markdown file, or a link to a folder."""
    if entry.name.lower().endswith(MARKDOWN_FILES):
        return True
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:
        return False


def _subfolder_items(folder: int, name: str, place: _Place) -> Iterator[SourceItem | Problem]:
    if place.depth + 1 >= MAX_FOLDERS:
        yield Problem(place.shown(name), 1, f"meer dan {MAX_FOLDERS} mappen in elkaar: zet de map hoger")
        return
    try:
        inner = os.open(name, _FOLDER, dir_fd=folder)
    except OSError as error:
        yield Problem(
            place.shown(name), 1, f"de map is niet te lezen ({_reason(error)}): controleer de rechten"
        )
        return
    yield from _folder_items(inner, place.inside(name))


def _file_item(folder: int, entry: os.DirEntry[str], place: _Place) -> SourceItem | Problem:
    path = place.shown(entry.name)
    if entry.is_symlink():
        return Problem(
            path, 1, "een symbolische link wordt niet gevolgd: zet het bestand of de map er zelf neer"
        )
    relative = place.below + entry.name
    if not _is_utf8(relative):
        return Problem(path, 1, "de naam van het bestand of zijn map is geen UTF-8: geef een andere naam")
    if not entry.is_file(follow_symlinks=False):
        return Problem(path, 1, "dit is geen gewoon bestand: haal het weg uit de map met artikelen")
    try:
        content = _content(os.open(entry.name, _FILE, dir_fd=folder))
    except OSError as error:
        return Problem(path, 1, f"het bestand is niet te lezen ({_reason(error)}): controleer de rechten")
    if content is None:
        return Problem(path, 1, TOO_LARGE)
    reading = partial(read_article, path, relative, content)
    return SourceItem(path, 1, path, place.prefix + relative, _digest(content), reading)


def _content(descriptor: int) -> bytes | None:
    """Read and close an opened file; None when it is too large.

    Raises:
        OSError: it cannot be read, or is no longer a regular file.
    """
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        content = file.read(MAX_BYTES + 1)
    return content if len(content) <= MAX_BYTES else None


def _line_items(opened: int, path: Path, relative: str) -> Iterator[SourceItem | Problem]:
    """Go through the lines of an opened file, and close it."""
    shown = _Place(path, "").shown()
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
                    yield SourceItem(shown, number, place, f"{relative}:{number}", _digest(content), reading)
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


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _reason(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    return _REASONS.get(number or 0) or (os.strerror(number) if number else "onleesbaar")
