"""The last step of a build: what was written becomes the generation that is served, or nothing changes at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from search.errors import TrefzekerError
from search.store import folders
from search.store.builder import SegmentFiles
from search.store.durable import link, remember, sha256, sync, write_durably


@dataclass(frozen=True, slots=True)
class Linked:
    """A segment of an earlier generation that goes along: which of its documents are deleted by now."""

    generation: str
    segment: str
    deleted: tuple[int, ...]


def publish(
    index: Path,
    building: Path,
    segments: Mapping[str, SegmentFiles],
    *,
    linked: Sequence[Linked] = (),
    sources: Mapping[str, Any] | None = None,
) -> str:
    """Make the generation in `building` durable and switch to it.

    Args:
        index: the index folder.
        building: what `new_folder` gave, with a folder for each segment in it.
        segments: what was written, by folder name.
        linked: segments of an earlier generation that go along, and come first.
        sources: what the next build wants to know of the sources.

    Returns:
        The new generation's name; names sort by age.
    """
    files: dict[str, dict[str, Any]] = {}
    parts: list[dict[str, Any]] = []
    before = {old.generation: folders.read_manifest(index, old.generation) for old in linked}
    for old in linked:
        manifest = before[old.generation]
        part = next(part for part in manifest["segments"] if part["name"] == old.segment)
        parts.append(part | {"deleted": list(old.deleted)})
        (building / old.segment).mkdir()
        for relative, file in manifest["files"].items():
            if relative.startswith(f"{old.segment}/"):
                link(folders.folder_of(index, old.generation) / relative, building / relative)
                files[relative] = file
    for name, segment in segments.items():
        parts.append({"name": name, "deleted": [], **asdict(segment)})
        for path in sorted((building / name).glob("*.bin")):
            sync(path)
            status = path.stat()
            digest = sha256(path)
            remember(status, digest)
            relative = path.relative_to(building).as_posix()
            files[relative] = {"bytes": status.st_size, "sha256": digest}
    manifest = {
        **folders.versions(),
        "sources": dict(sources or {}),
        "segments": parts,
        "files": files,
    }
    data = json.dumps(manifest).encode()
    write_durably(building / "manifest.json", data)
    for folder in (*(building / part["name"] for part in parts), building):
        sync(folder)

    names = folders.generation_names(index)
    number = int(names[-1].split("-")[0]) + 1 if names else 1
    name = folders.name_of(f"{number:08d}", data)
    target = folders.folder_of(index, name)
    target.parent.mkdir(exist_ok=True)
    building.rename(target)
    sync(target.parent)
    served = _served(index)
    folders.switch(index, name)
    _remove_old(index, {name, served or name})
    return name


def _remove_old(index: Path, kept: set[str]) -> None:
    """Remove all other generations, and what a kill left half made or half removed.

    Readers that still map an older one lose nothing.
    """
    for path in (index / "generations").iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _served(index: Path) -> str | None:
    try:
        return folders.current_name(index)
    except TrefzekerError:
        return None
