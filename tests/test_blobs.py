"""Stored bytes: what comes back, and what is said of damage."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import numpy as np

from search.store.blobs import Blobs, BlobWriter

RANDOM = random.Random(5)
WORDS = [f"woord{number}" for number in range(500)]
TEXTS = [" ".join(RANDOM.choices(WORDS, k=60)).encode() for _ in range(600)]


def stored(folder: Path, texts: list[bytes]) -> Blobs:
    """Texts written and opened again."""
    folder.mkdir()
    nothing = np.zeros(0, np.int64)
    with closing(BlobWriter(folder, "texts")) as writer:
        for text in texts:
            writer.add(text)
        arrays = writer.finish([], nothing, nothing, np.arange(len(texts)))
    return Blobs(folder, "texts", arrays)


def test_what_was_stored_comes_back(tmp_path: Path) -> None:
    for name, texts in (("few", TEXTS[:5]), ("many", TEXTS), ("empty", [b"", *TEXTS, b""])):
        blobs = stored(tmp_path / name, texts)
        assert [blobs[number] for number in range(len(texts))] == texts


def test_a_change_of_any_byte_is_said_or_of_no_consequence(tmp_path: Path) -> None:
    blobs = stored(tmp_path / "texts", TEXTS)
    start, end = int(blobs.offsets[7]), int(blobs.offsets[8])
    content = bytes(blobs.data)
    said = 0
    for place in range(start, end):
        changed = bytearray(content)
        changed[place] ^= 1
        blobs.data = memoryview(bytes(changed))
        try:
            assert blobs[7] == TEXTS[7]
        except ValueError:
            said += 1
    assert said >= end - start - 2
