"""Arrays in one file: what is written is what is mapped, and nothing else can be read from it."""

from __future__ import annotations

import resource
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from search.errors import DamagedIndex, TrefzekerError
from search.store.arrays import ALIGNMENT, Array, Entry, map_arrays, map_file, smallest, write_arrays

KINDS = ("u1", "u2", "u4", "u8", "i4", "i8", "bool", ">i4", ">u2")
one_array = st.sampled_from(KINDS).flatmap(lambda kind: arrays.arrays(kind, st.integers(0, 50)))
several = st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), one_array, max_size=5)


@given(written=several)
def test_arrays_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, written: dict[str, Array]
) -> None:
    path = tmp_path_factory.mktemp("kolommen") / "columns.bin"
    directory = write_arrays(path, written)
    found = map_arrays(path, directory)
    assert found.keys() == written.keys()
    for name, array in written.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype == array.dtype.newbyteorder("<")
        assert directory[name]["offset"] % ALIGNMENT == 0


def test_a_column_of_a_table_is_written_whole(tmp_path: Path) -> None:
    table = np.arange(12).reshape(4, 3)
    directory = write_arrays(tmp_path / "columns.bin", {"midden": table[:, 1]})
    assert map_arrays(tmp_path / "columns.bin", directory)["midden"].tolist() == [1, 4, 7, 10]


def test_mapped_arrays_cannot_be_changed(tmp_path: Path) -> None:
    directory = write_arrays(tmp_path / "columns.bin", {"a": np.arange(5)})
    mapped = map_arrays(tmp_path / "columns.bin", directory)["a"]
    with pytest.raises(ValueError, match="read-only"):
        mapped[0] = 7


def test_a_file_is_never_written_twice(tmp_path: Path) -> None:
    write_arrays(tmp_path / "columns.bin", {"a": np.arange(5)})
    with pytest.raises(FileExistsError):
        write_arrays(tmp_path / "columns.bin", {"a": np.arange(6)})


def test_arrays_beyond_the_end_of_the_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "columns.bin"
    directory = write_arrays(path, {"a": np.arange(100)})
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DamagedIndex, match=r"columns\.bin"):
        map_arrays(path, directory)


@pytest.mark.parametrize("kind", ["O", "V8", "f8", "U4", "M8[s]"])
def test_only_truth_values_and_whole_numbers_are_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "columns.bin"
    path.write_bytes(b"\0" * 64)
    with pytest.raises(DamagedIndex):
        map_arrays(path, {"a": Entry(dtype=kind, length=1, offset=0)})


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndex, match=r"weg\.bin"):
        map_file(tmp_path / "weg.bin")


def test_too_many_open_files_are_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"abc")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))
    try:
        with pytest.raises(TrefzekerError, match=r"te veel bestanden .*ulimit -n") as told:
            map_file(path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert not isinstance(told.value, DamagedIndex)
    assert bytes(map_file(path)) == b"abc"


def test_an_empty_file_is_empty_memory(tmp_path: Path) -> None:
    (tmp_path / "leeg.bin").touch()
    assert bytes(map_file(tmp_path / "leeg.bin")) == b""


@given(st.lists(st.integers(0, 2**40), max_size=20))
def test_the_smallest_type_holds_every_value(values: list[int]) -> None:
    found = smallest(np.array(values, np.int64))
    assert found.tolist() == values
    assert found.dtype.itemsize == min(
        size for size in (1, 2, 4, 8) if max(values, default=0) < 2 ** (8 * size)
    )
