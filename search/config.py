"""Settings: where the articles and the index are, and which engine answers.

Each can be set by an environment variable and by an option of the command line; the option wins.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from search.errors import TrefzekerError

ENGINES = ("columnar",)

CACHE = 16
"""Mebibytes of answers that each process of a server keeps unless told otherwise."""
LEAST_MEMORY, DEFAULT_MEMORY = 640, 2048
"""Megabytes that making an index takes at least, and may take unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set."""

    content: Path = Path("content")
    index: Path = Path("index")
    engine: str = "columnar"
    synonyms: Path | None = None
    cache: int = CACHE
    """Mebibytes of answers that each process of the server keeps; 0 for none."""
    memory: int = DEFAULT_MEMORY
    """Megabytes that making an index may take."""

    @property
    def synonyms_file(self) -> Path:
        """Where editors keep synonyms: beside the articles unless set otherwise."""
        folder = self.content.parent if self.content.suffix in (".jsonl", ".gz") else self.content
        return self.synonyms or folder / "synoniemen.yml"


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Args:
        environment: the variables; the process's own when None.

    Raises:
        TrefzekerError: `TREFZEKER_ENGINE` names an engine that does not exist, or `TREFZEKER_CACHE` or
            `TREFZEKER_MEMORY` is no number of megabytes.
    """
    variables = os.environ if environment is None else environment
    engine = variables.get("TREFZEKER_ENGINE") or "columnar"
    if engine not in ENGINES:
        raise TrefzekerError(
            f"Onbekende zoekmachine in TREFZEKER_ENGINE: {engine!r}", f"kies uit: {', '.join(ENGINES)}"
        )
    cache = variables.get("TREFZEKER_CACHE") or str(CACHE)
    if not re.fullmatch("[0-9]{1,5}", cache):
        raise TrefzekerError(
            f"TREFZEKER_CACHE is geen aantal megabytes: {cache!r}",
            "geef een geheel getal, 0 voor geen geheugen",
        )
    memory = variables.get("TREFZEKER_MEMORY") or str(DEFAULT_MEMORY)
    if not re.fullmatch("[0-9]{1,7}", memory) or int(memory) < LEAST_MEMORY:
        raise TrefzekerError(
            f"TREFZEKER_MEMORY is geen aantal megabytes: {memory!r}",
            f"geef een getal van {LEAST_MEMORY} of meer",
        )
    return Settings(
        content=Path(variables.get("TREFZEKER_CONTENT") or "content"),
        index=Path(variables.get("TREFZEKER_INDEX") or "index"),
        engine=engine,
        synonyms=Path(variables["TREFZEKER_SYNONYMS"]) if variables.get("TREFZEKER_SYNONYMS") else None,
        cache=int(cache),
        memory=int(memory),
    )
