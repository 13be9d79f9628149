"""Generations on disk: made in a new folder, made durable, then switched to by one atomic rename.

    index/CURRENT                     the name of the generation that is served
    index/lock                        held by the process that writes
    index/generations/<name>/manifest.json
    index/generations/<name>/<segment>/columns.bin, records.bin, texts.bin, bodies.bin

A segment of the generation before that goes along is linked, not copied: generations share the files that did not
change.

A generation's name ends in the digest of its manifest, and the manifest has that of every file: so CURRENT
vouches for every byte. Nothing is ever changed in place. A kill at any moment leaves the old generation or the
new one, and what is left over of an unfinished one is removed by the next build.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from search import layout
from search.errors import DamagedIndex, IndexLocked, NoIndex, RebuildNeeded, TrefzekerError
from search.store.durable import exhausted, is_sound, sync, write_durably
from search.store.generation import Generation
from search.store.segment import Segment
from search.versions import fingerprint, reading_version

MEND = "bouw de index opnieuw met 'trefzeker index'"

_NO_ROOM = "maak ruimte vrij, of kies een map op een andere schijf met --index"
_WAYS_TO_WRITE = {
    errno.ENOSPC: f"de schijf is vol: {_NO_ROOM}",
    errno.EDQUOT: f"u mag op deze schijf niet meer opslaan: {_NO_ROOM}",
    errno.EFBIG: "een bestand werd groter dan mag: verhoog de grens met 'ulimit -f', "
    "of kies een andere schijf met --index",
    errno.EROFS: "de schijf is alleen te lezen: kies een andere map met --index",
    errno.EACCES: "er is geen toegang: controleer de rechten, of kies een andere map met --index",
    errno.EIO: "de schijf geeft fouten: controleer de schijf, of kies een map op een andere met --index",
}
"""How to mend what stands in the way of writing."""


def current_name(index: Path) -> str:
    """The name of the generation that is served.

    Raises:
        NoIndex: there is no index here.
        TrefzekerError: the folder cannot be read.
    """
    try:
        name = (index / "CURRENT").read_text("utf-8").strip()
    except FileNotFoundError:
        raise _no_index(index) from None
    except OSError as error:
        raise exhausted(error) or _unreadable(index, error) from error
    except UnicodeDecodeError:
        name = ""
    if not _is_name(name):
        raise DamagedIndex(f"CURRENT in {index} noemt geen generatie", MEND)
    return name


def signature(index: Path) -> tuple[int, int]:
    """What differs each time CURRENT was replaced: a look at the file instead of reading it.

    Raises:
        NoIndex: there is no index here any more.
        TrefzekerError: the folder cannot be read.
    """
    try:
        found = os.stat(f"{index}/CURRENT")  # noqa: PTH116  # at every request: half the time of a Path
    except FileNotFoundError:
        raise _no_index(index) from None
    except OSError as error:
        raise exhausted(error) or _unreadable(index, error) from error
    return found.st_ino, found.st_mtime_ns


def age(index: Path) -> float:
    """How many seconds ago the index was switched to the generation that is served."""
    try:
        return time.time() - (index / "CURRENT").stat().st_mtime
    except OSError:
        return 0.0


def generation_names(index: Path) -> list[str]:
    """Names of the complete generations, oldest first."""
    folder = index / "generations"
    if not folder.is_dir():
        return []
    names = [path.name for path in folder.iterdir() if (path / "manifest.json").is_file()]
    return sorted(filter(_is_name, names), key=lambda name: (int(name.partition("-")[0]), name))


def claimed_documents(index: Path) -> int:
    """How many documents the current index says it has, sound or not, of this version or not; 0 if untold."""
    try:
        manifest = json.loads((folder_of(index, current_name(index)) / "manifest.json").read_bytes())
        return sum(int(part["documents"]) - len(part["deleted"]) for part in manifest["segments"])
    except (TrefzekerError, OSError, ValueError, KeyError, TypeError):
        return 0


def read_manifest(index: Path, name: str) -> dict[str, Any]:
    """The manifest of a generation.

    Raises:
        DamagedIndex: it is missing, unreadable or not the one that the name was made from.
        RebuildNeeded: the format or the analysis is of another version.
    """
    try:
        data = (folder_of(index, name) / "manifest.json").read_bytes()
        if name_of(name, data) != name:
            raise DamagedIndex(
                f"Het manifest van generatie {name} is beschadigd (de controlesom klopt niet)", MEND
            )
        manifest: dict[str, Any] = json.loads(data)
        known = (manifest["format"], manifest["analyzer"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise exhausted(error) or DamagedIndex(
            f"Het manifest van generatie {name} is niet te lezen", MEND
        ) from error
    if known != (layout.FORMAT, fingerprint()):
        raise RebuildNeeded(
            "De index is met een andere versie van de taalanalyse of het bestandsformaat gemaakt", MEND
        )
    return manifest


def open_generation(index: Path, name: str) -> Generation:
    """Open a generation after a look at its manifest and the sizes of its files.

    Raises:
        DamagedIndex: files are missing or of another size.
        RebuildNeeded: it was made by another version.
    """
    manifest = read_manifest(index, name)
    folder = folder_of(index, name)
    for relative, file in manifest["files"].items():
        path = folder / relative
        if not path.is_file() or path.stat().st_size != file["bytes"]:
            raise DamagedIndex(f"{relative} van generatie {name} ontbreekt of is afgekapt", MEND)
    segments = [
        Segment(folder / part["name"], part["documents"], part["arrays"], tuple(part["deleted"]))
        for part in manifest["segments"]
    ]
    return Generation(name, segments)


def verify(index: Path, name: str, *, again: bool = False) -> None:
    """Compare every file of a generation with its SHA-256 in the manifest.

    Args:
        index: the index folder.
        name: of the generation.
        again: also the files that this process has compared before, under this name or another.

    Raises:
        DamagedIndex: a file is missing or differs; it is named.
        TrefzekerError: the process may open no more files.
    """
    manifest = read_manifest(index, name)
    for relative, file in manifest["files"].items():
        try:
            sound = is_sound(folder_of(index, name) / relative, file["sha256"], again=again)
        except OSError as error:
            raise exhausted(error) or DamagedIndex(
                f"{relative} van generatie {name} is niet te lezen", MEND
            ) from error
        if not sound:
            raise DamagedIndex(
                f"{relative} van generatie {name} is beschadigd (de controlesom klopt niet)", MEND
            )


def versions() -> dict[str, Any]:
    """What made an index: its format, the analysis, the rules by which articles are read."""
    return {"format": layout.FORMAT, "analyzer": fingerprint(), "reading": reading_version()}


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Hold the index for writing; the lock goes when the process does, however that ends.

    Raises:
        IndexLocked: another process is writing.
        TrefzekerError: the folder cannot be made or written, also when that turns out in the middle of the work.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        with (index / "lock").open("a+") as lock:
            _claim(lock)
            try:
                yield
            finally:
                shutil.rmtree(index / "building", ignore_errors=True)
    except OSError as error:
        raise exhausted(error) or _unwritable(index, error) from error


def _claim(lock: IO[str]) -> None:
    """Hold the lock, and write in it by whom it is held; raises as `writing` does."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        owner = lock.read().strip() or "onbekend"
        raise IndexLocked(
            f"De index wordt al bijgewerkt door proces {owner}",
            "wacht tot dat klaar is en probeer het opnieuw",
        ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()


def new_folder(index: Path) -> Path:
    """An empty folder for a generation in the making; what earlier, unfinished ones left is removed."""
    building = index / "building"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    return building


def switch(index: Path, name: str) -> None:
    """Point CURRENT at a generation, atomically and durably."""
    pointer = index / "CURRENT.new"
    write_durably(pointer, f"{name}\n".encode())
    pointer.replace(index / "CURRENT")
    sync(index)


def _no_index(index: Path) -> NoIndex:
    return NoIndex(
        f"Er is nog geen index in {index}",
        "maak er een met 'trefzeker index', of wijs er een aan met --index",
    )


def _unwritable(index: Path, error: OSError) -> TrefzekerError:
    advice = _WAYS_TO_WRITE.get(
        error.errno or 0, f"kies een andere map met --index ({error.strerror or error})"
    )
    return TrefzekerError(f"In {index} kan niet worden geschreven", advice)


def _unreadable(index: Path, error: OSError) -> TrefzekerError:
    return TrefzekerError(
        f"De index in {index} is niet te lezen",
        f"wijs met --index een map aan die dit proces mag lezen ({error.strerror})",
    )


def folder_of(index: Path, name: str) -> Path:
    """Where a generation lies."""
    return index / "generations" / name


def name_of(number: str, manifest: bytes) -> str:
    """The name of the generation with this manifest; of `number` only what stands before a hyphen counts."""
    return f"{number.partition('-')[0]}-{hashlib.sha256(manifest).hexdigest()[:16]}"


def _is_name(name: str) -> bool:
    number, _, digest = name.partition("-")
    return number.isdigit() and digest.isalnum() and name.isascii()
