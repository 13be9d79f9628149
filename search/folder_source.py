"""A folder of Markdown files as a source: the articles in it, all of them or those at one path.

Only regular files inside the folder are read; links, pipes and devices never are, and folders stand in each
other to a bounded depth.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from search.articles import MAX_BYTES, TOO_LARGE, Loaded, read_article
from search.model import Problem

MAX_FOLDERS = 64
"""How deep folders may stand in each other."""

MARKDOWN_FILES = (".md", ".markdown")

# Neither wait for the writer of a pipe nor follow a link, also when it took the file's place just now.
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
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


class Entry(Protocol):
    """What a folder tells of one of its names, as `os.DirEntry` does."""

    @property
    def name(self) -> str: ...

    def is_symlink(self) -> bool: ...

    def is_file(self, *, follow_symlinks: bool = True) -> bool: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk through a source is: `below` is the path from the source, with a slash at its end."""

    source: Path
    prefix: str
    below: str = ""
    depth: int = 0

    def shown(self, name: str = "") -> str:
        path = os.fsencode(self.source / (self.below + name)).decode("utf-8", "backslashreplace")
        if path.isprintable():
            return path
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in path)

    def inside(self, name: str) -> Place:
        return Place(self.source, self.prefix, f"{self.below}{name}/", self.depth + 1)


def folder_items(folder: int, place: Place) -> Iterator[SourceItem | Problem]:
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
        yield Problem(place.shown(), 1, f"de map is niet te lezen ({reason(error)}): controleer de rechten")
    finally:
        os.close(folder)


@dataclass(frozen=True, slots=True)
class _Named:
    """A name in a folder that was looked at by itself."""

    name: str
    mode: int

    def is_symlink(self) -> bool:
        return stat.S_ISLNK(self.mode)

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a regular file; a link is none."""
        return stat.S_ISREG(self.mode)


def items_at(place: Place, path: str) -> Generator[SourceItem | Problem, None, None]:
    """What `folder_items` would give of one path below a source, of everything in it when that is a folder.

    Args:
        place: the source, at its top.
        path: below the source, with `/` between its parts.

    Yields:
        Each when it is read. Nothing when there is nothing there by now, or nothing that an author expects an
        article of.

    Raises:
        OSError: a folder on the way cannot be read.
    """
    *parents, name = path.split("/")
    folder = os.open(place.source, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for parent in parents:
            inner = os.open(parent, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder, place = inner, place.inside(parent)
        mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            yield from _subfolder_items(folder, name, place)
        elif name.lower().endswith(MARKDOWN_FILES) or (stat.S_ISLNK(mode) and _leads_to_folder(name, folder)):
            yield _file_item(folder, _Named(name, mode), place)
    except (FileNotFoundError, NotADirectoryError):
        pass
    finally:
        os.close(folder)


def _leads_to_folder(name: str, folder: int) -> bool:
    try:
        return stat.S_ISDIR(os.stat(name, dir_fd=folder).st_mode)
    except OSError:
        return False


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


def _subfolder_items(folder: int, name: str, place: Place) -> Iterator[SourceItem | Problem]:
    if place.depth + 1 >= MAX_FOLDERS:
        yield Problem(place.shown(name), 1, f"meer dan {MAX_FOLDERS} mappen in elkaar: zet de map hoger")
        return
    try:
        inner = os.open(name, _FOLDER, dir_fd=folder)
    except OSError as error:
        yield Problem(
            place.shown(name), 1, f"de map is niet te lezen ({reason(error)}): controleer de rechten"
        )
        return
    yield from folder_items(inner, place.inside(name))


def _file_item(folder: int, entry: Entry, place: Place) -> SourceItem | Problem:
    path = place.shown(entry.name)
    if entry.is_symlink():
        return Problem(
            path, 1, "een symbolische link wordt niet gevolgd: zet het bestand of de map er zelf neer"
        )
    relative = place.below + entry.name
    if not is_utf8(relative):
        return Problem(path, 1, "de naam van het bestand of zijn map is geen UTF-8: geef een andere naam")
    if not entry.is_file(follow_symlinks=False):
        return Problem(path, 1, "dit is geen gewoon bestand: haal het weg uit de map met artikelen")
    try:
        content = _content(os.open(entry.name, _FILE, dir_fd=folder))
    except OSError as error:
        return Problem(path, 1, f"het bestand is niet te lezen ({reason(error)}): controleer de rechten")
    if content is None:
        return Problem(path, 1, TOO_LARGE)
    reading = partial(read_article, path, relative, content)
    return SourceItem(path, 1, path, place.prefix + relative, digest_of(content), reading)


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


def digest_of(content: bytes) -> str:
    """The digest by which an article is known to be unchanged."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def is_utf8(name: str) -> bool:
    """Whether a name, as the system gives it, is text."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def reason(error: Exception) -> str:
    """Why something cannot be read, in Dutch."""
    number = error.errno if isinstance(error, OSError) else None
    return _REASONS.get(number or 0) or (os.strerror(number) if number else "onleesbaar")
