"""Files that are known to be what their checksum says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.store import durable


def test_a_file_that_was_read_before_is_not_read_again_while_nobody_writes_to_it(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"goed")
    digest = durable.sha256(path)
    assert durable.is_sound(path, digest)
    status = path.stat()
    path.write_bytes(b"fout")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert durable.is_sound(path, digest)
    assert not durable.is_sound(path, digest, again=True)
    path.touch()
    assert not durable.is_sound(path, digest)


def test_what_is_written_while_a_file_is_read_does_not_pass_for_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"goed")
    os.utime(path, (1, 1))
    read = durable.sha256
    digest = read(path)

    def slow(path: Path) -> str:
        found = read(path)
        path.write_bytes(b"fout")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(durable, "sha256", slow)
        assert durable.is_sound(path, digest)
    assert not durable.is_sound(path, digest)
