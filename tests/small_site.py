"""A few articles on a real index: the site that the tests of queries, answers and commands search."""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from search.config import Settings
from search.engines.columnar import ColumnarEngine
from search.indexing import build_index
from search.model import IndexReport
from search.store import folders


def markdown(title: str, body: str = "", **fields: str) -> str:
    """An article as a Markdown file; `fields` are lines of front matter, values written as in YAML."""
    lines = [f'title: "{title}"', *(f"{name}: {value}" for name, value in fields.items())]
    return "\n".join(["---", *lines, "---", "", body, ""])


ARTICLES = {
    "taalmodel.md": markdown(
        "Het taalmodel",
        "Een taalmodel voorspelt woorden. Taalmodellen leren van tekst.\n\nPrivacy telt ook mee.",
        date="2024-03-05",
        tags='["AI", "Machine learning"]',
        summary='"Hoe een taalmodel leert."',
    ),
    "privacy.md": markdown(
        "Privacy op het werk",
        "Werkgevers bewaren gegevens over werknemers. De wet beschermt de privacy.",
        date="2024-05-20",
        tags='["privacy", "recht"]',
    ),
    "open.md": markdown(
        "Open source in de praktijk",
        "Open source betekent dat de broncode open is. Wie een open bron zoekt, vindt de source elders.",
        date="2023-11-01",
        tags='["open-source"]',
        summary='"Software met een open licentie."',
    ),
    "staat.md": markdown("De Staat", "De band speelt.", date="2022-01-01", tags='["muziek"]'),
    "staat-van.md": markdown(
        "De staat van het onderwijs", "De staat betaalt. De staat beslist. De staat.", date="2025-01-01"
    ),
    "codes.md": markdown(
        "Codes en namen",
        "Een AI-model als GPT-4o, geschreven in C++ of C#. Foto’s per e-mail, d.w.z. digitaal.",
        date="2021-06-01",
        tags='["C++", "C#"]',
    ),
    "concept.md": markdown("Kladversie", "Kladgeheim over taalmodellen.", draft="true", tags='["kladtag"]'),
}
"""Six public articles and a draft, by file name."""

PUBLIC = len(ARTICLES) - 1


TREFZEKER = str(Path(sysconfig.get_path("scripts")) / "trefzeker")
"""The command as it is installed."""


def build_site(folder: Path, articles: Mapping[str, str] = ARTICLES) -> Settings:
    """Write articles below a folder and index them; the settings say where both are."""
    settings = Settings(content=folder / "content", index=folder / "index")
    write_articles(settings, articles)
    rebuild(settings)
    return settings


def write_articles(settings: Settings, articles: Mapping[str, str]) -> None:
    """Write articles into the source folder, over what was there."""
    for name, text in articles.items():
        path = settings.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def rebuild(settings: Settings) -> IndexReport:
    """Index what the source folder holds now."""
    return build_index([settings.content], settings.index)


def open_engine(settings: Settings) -> ColumnarEngine:
    """The engine over the newest generation."""
    name = folders.current_name(settings.index)
    return ColumnarEngine(folders.open_generation(settings.index, name))


def environment(settings: Settings) -> dict[str, str]:
    """The variables of a process that works on a site."""
    own = {"TREFZEKER_CONTENT": str(settings.content), "TREFZEKER_INDEX": str(settings.index)}
    return {**os.environ, **own}
