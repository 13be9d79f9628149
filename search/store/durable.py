"""Files that survive a loss of power, and that are known to be what their checksum says."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from search.errors import TrefzekerError

_MOST = 4096

_MERGE = "laat 'trefzeker index' de delen van de index samenvoegen"
_EXHAUSTED = {
    errno.EMFILE: (
        "Dit proces heeft te veel bestanden tegelijk open",
        f"verhoog de grens met 'ulimit -n', of {_MERGE}",
    ),
    errno.ENFILE: (
        "Op dit systeem zijn te veel bestanden tegelijk open",
        f"verhoog de grens fs.file-max, of {_MERGE}",
    ),
    errno.ENOMEM: (
        "Er is te weinig geheugen om de index te openen",
        f"maak geheugen vrij, verhoog de grens vm.max_map_count of die van 'ulimit -v', of {_MERGE}",
    ),
}

_sound: dict[tuple[int, int, int, int], str] = {}
"""The SHA-256 of files that this process has read: by device, inode, size and time of change."""


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_sound(path: Path, digest: str, *, again: bool = False) -> bool:
    """Whether a file has this SHA-256.

    A file that this process found sound before is not read again, under whatever name, while nobody writes to it:
    generations share the files that did not change.

    Args:
        path: the file.
        digest: what it should be.
        again: read it whatever is known of it.

    Raises:
        OSError: it cannot be read.
    """
    status = path.stat()
    known = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
    if not again and _sound.get(known) == digest:
        return True
    if sha256(path) != digest:
        return False
    remember(status, digest)
    return True


def remember(status: os.stat_result, digest: str) -> None:
    """Take note of the SHA-256 of a file, by its status from before it was read: not what is written since."""
    while len(_sound) >= _MOST:
        with suppress(KeyError, StopIteration, RuntimeError):
            del _sound[next(iter(_sound))]
    _sound[status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns] = digest


def exhausted(error: Exception) -> TrefzekerError | None:
    """What to say when a file could not be opened because the system has no more to give; None for another cause.

    That is no damage: nothing need be built anew for it.
    """
    said = _EXHAUSTED.get(error.errno or 0) if isinstance(error, OSError) else None
    return None if said is None else TrefzekerError(*said)


def write_durably(path: Path, data: bytes) -> None:
    """Write a whole file, which is on disk when this returns."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Make a file, or a folder's list of names, survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def link(source: Path, target: Path) -> None:
    """Give a file that never changes a second name; a copy where the file system has no such thing."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)
        sync(target)
