"""What is stored of each document as bytes, each by itself in the smallest form that can be read at random.

Ten documents are read for an answer, so each is compressed alone; what a site's texts have in common goes into a
dictionary, made from a sample of the segment (Zstandard, RFC 8878, section 5). A few documents are kept as they
are. A compressed document carries a checksum: four bytes, and 0.1 µs to read.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import zstandard

from search.store.arrays import Array, map_file, smallest
from search.store.postings import Ints

_FEWEST, _SHORTEST, _LEAST = 512, 64, 128 << 10
"""Samples from which on there is a dictionary, how many bytes each of them has at least, and all together: fewer
say too little of what documents have in common, and on a handful the trainer of Zstandard 1.5.7 fails badly."""

_SAMPLES, _SAMPLE = 2048, 4096
"""How many documents are looked at for a dictionary, and how many bytes of each."""

_DICTIONARY = 64 << 10
_LEVEL = 3


class Blobs:
    """The stored bytes of one kind, for each document of a segment. Every thread may use it."""

    def __init__(self, folder: Path, name: str, arrays: Mapping[str, Array]) -> None:
        self.offsets = arrays[f"{name}.offsets"]
        self.data = map_file(folder / f"{name}.bin")
        dictionary = arrays.get(f"{name}.dictionary")
        self.dictionary = None if dictionary is None else dictionary.tobytes()
        # A decompressor serves one thread at a time.
        self._own = threading.local()

    def __getitem__(self, document: int) -> bytes:
        """The bytes of a document; raises ValueError when they are damaged, as far as they are compressed."""
        stored = self.data[int(self.offsets[document]) : int(self.offsets[document + 1])]
        if self.dictionary is None or not stored:
            return bytes(stored)
        try:
            return self._decompressor().decompress(stored)
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from error

    def _decompressor(self) -> zstandard.ZstdDecompressor:
        found: zstandard.ZstdDecompressor | None = getattr(self._own, "decompressor", None)
        if found is None:
            known = zstandard.ZstdCompressionDict(self.dictionary or b"") if self.dictionary else None
            found = self._own.decompressor = zstandard.ZstdDecompressor(dict_data=known)
        return found


class BlobWriter:
    """Collects the bytes of documents as they come in, and writes them in the order that they get in the end."""

    def __init__(self, folder: Path, name: str) -> None:
        self._name = name
        self._path = folder / f"{name}.bin"
        self._waiting = folder / f"{name}.waiting"
        self._file = self._waiting.open("xb")
        self._ends = [0]

    def close(self) -> None:
        """Let go of the file that was written while articles came in."""
        self._file.close()

    def add(self, data: bytes) -> None:
        """Take the bytes of the next document."""
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))

    def finish(self, earlier: Sequence[Blobs], which: Ints, local: Ints, order: Ints) -> dict[str, Array]:
        """Write the file.

        Args:
            earlier: where documents come from that were stored before.
            which: for each of these documents, the place in `earlier`.
            local: its number there.
            order: the documents in their new order, by number: those that came in first, those of before next.

        Returns:
            The columns that tell how to read it.
        """
        self._file.close()
        own = len(self._ends) - 1
        data = map_file(self._waiting)
        coder, verbatim = self._coder(earlier, which, local, own, data)
        sources = np.concatenate([np.full(own, -1), which])[order]
        numbers = np.concatenate([np.arange(own), local])[order]
        sizes = np.zeros(order.size, np.int64)
        with self._path.open("xb") as file:
            for start, end in _runs(sources, numbers, verbatim):
                source, first = int(sources[start]), int(numbers[start])
                if source == verbatim >= 0:
                    old = earlier[source]
                    offsets = old.offsets[first : first + end - start + 1].astype(np.int64)
                    file.write(old.data[offsets[0] : offsets[-1]])
                    sizes[start:end] = np.diff(offsets)
                    continue
                found = (
                    data[self._ends[first] : self._ends[first + 1]] if source < 0 else earlier[source][first]
                )
                sizes[start] = file.write(coder.compress(found) if coder and len(found) else found)
        self._waiting.unlink()
        arrays = {f"{self._name}.offsets": smallest(np.concatenate([[0], np.cumsum(sizes)]))}
        if coder is not None:
            arrays[f"{self._name}.dictionary"] = np.frombuffer(coder.dictionary, np.uint8)
        return arrays

    def _coder(
        self, earlier: Sequence[Blobs], which: Ints, local: Ints, own: int, data: memoryview
    ) -> tuple[_Coder | None, int]:
        """How to compress, and the place in `earlier` of what may be copied as it is; -1 when nothing may."""
        if own + which.size < _FEWEST:
            return None, -1
        counts = np.bincount(which, minlength=len(earlier))
        most = int(counts.argmax()) if counts.size else -1
        dictionary = earlier[most].dictionary if most >= 0 and counts[most] * 2 >= own + which.size else None
        if dictionary is not None:
            return _Coder(dictionary), most
        total = own + which.size
        chosen = np.unique(np.linspace(0, total - 1, min(total, _SAMPLES)).astype(np.int64)).tolist()
        samples = [
            bytes(data[self._ends[n] : self._ends[n + 1]])
            if n < own
            else earlier[int(which[n - own])][int(local[n - own])]
            for n in chosen
        ]
        return _Coder(_dictionary([sample[:_SAMPLE] for sample in samples])), -1


class _Coder:
    def __init__(self, dictionary: bytes) -> None:
        self.dictionary = dictionary
        known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        if known is not None:
            known.precompute_compress(level=_LEVEL)
        self._compressor = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=known, write_dict_id=False, write_checksum=True
        )

    def compress(self, data: bytes | memoryview) -> bytes:
        return self._compressor.compress(data)


def _dictionary(samples: Sequence[bytes]) -> bytes:
    """What samples have in common; nothing when that is too little."""
    telling: list[bytes | bytearray | memoryview] = [one for one in samples if len(one) >= _SHORTEST]
    total = sum(map(len, telling))
    if len(telling) < _FEWEST or total < _LEAST:
        return b""
    try:
        # A dictionary pays when it is small beside what it helps to make smaller.
        return zstandard.train_dictionary(min(_DICTIONARY, total // 8), telling).as_bytes()
    except zstandard.ZstdError:
        return b""


def _runs(sources: Ints, numbers: Ints, verbatim: int) -> Iterator[tuple[int, int]]:
    """Stretches `[start, end)` to write at once: documents that lie behind each other where they come from."""
    if not sources.size:
        return
    follows = (
        (sources[1:] == verbatim) & (sources[:-1] == verbatim) & (np.diff(numbers) == 1) & (verbatim >= 0)
    )
    starts = np.flatnonzero(np.append(True, ~follows))
    yield from zip(starts.tolist(), [*starts[1:].tolist(), sources.size], strict=True)
