"""Many numpy arrays in one file, read by memory mapping.

The file holds nothing but the arrays' bytes, each at a multiple of 64 (a cache line). What lies where is
the directory, which the manifest keeps. So nothing is unpickled, and opening costs one system call.
"""

from __future__ import annotations

import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict

import numpy as np
import numpy.typing as npt

from search.errors import DamagedIndex
from search.store.durable import exhausted

Array = npt.NDArray[Any]
ALIGNMENT = 64
_KINDS = frozenset("biu")
"""Truth values and whole numbers."""


class Entry(TypedDict):
    """Where one array lies: its type as numpy writes it, its length, its first byte."""

    dtype: str
    length: int
    offset: int


def smallest(values: Array) -> Array:
    """The same whole numbers (none negative) in the smallest unsigned type that holds them all."""
    return values.astype(np.min_scalar_type(int(values.max()) if values.size else 0), copy=False)


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> dict[str, Entry]:
    """Write one-dimensional arrays to a new file.

    Returns:
        The directory: an entry for each name.

    Raises:
        FileExistsError: the file is there already; a file of a generation is never written twice.
    """
    directory: dict[str, Entry] = {}
    with path.open("xb") as file:
        for name, array in arrays.items():
            file.write(b"\0" * (-file.tell() % ALIGNMENT))
            little_endian = array.astype(array.dtype.newbyteorder("<"), copy=False)
            directory[name] = Entry(dtype=little_endian.dtype.str, length=len(array), offset=file.tell())
            file.write(np.ascontiguousarray(little_endian).data)
    return directory


def map_file(path: Path) -> memoryview:
    """A file as read-only memory, shared by all processes that map it.

    Raises:
        DamagedIndex: it is missing or cannot be read.
        TrefzekerError: the process may open no more files, or has no more memory.
    """
    try:
        with path.open("rb") as file:
            if path.stat().st_size == 0:
                return memoryview(b"")
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError as error:
        raise exhausted(error) or DamagedIndex(
            f"Een bestand van de index is niet te lezen: {path.name}",
            "bouw de index opnieuw met 'trefzeker index'",
        ) from error


def map_arrays(path: Path, directory: Mapping[str, Entry]) -> dict[str, Array]:
    """The arrays of a file that `write_arrays` made, without reading them.

    Raises:
        DamagedIndex: the directory points outside the file, or names a type that is not a plain number.
    """
    memory = map_file(path)
    arrays = {}
    for name, entry in directory.items():
        dtype = np.dtype(entry["dtype"])
        if dtype.kind not in _KINDS or entry["offset"] + entry["length"] * dtype.itemsize > len(memory):
            raise DamagedIndex(
                f"Kolom {name!r} past niet in {path.name}", "bouw de index opnieuw met 'trefzeker index'"
            )
        arrays[name] = np.frombuffer(memory, dtype, entry["length"], entry["offset"])
    return arrays
