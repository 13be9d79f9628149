"""The options that several commands share, and what they mean."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from search.config import DEFAULT_MEMORY, ENGINES, LEAST_MEMORY, Settings, from_environment
from search.encoding import to_json
from search.errors import TrefzekerError

DONE, PARTLY = 0, 1
"""Exit codes: all is well; done, but something was rejected or found wrong."""

index_option = click.option(
    "--index",
    "index_folder",
    type=click.Path(path_type=Path),
    help="Map van de index (anders TREFZEKER_INDEX, anders index/).",
)
engine_option = click.option(
    "--engine", type=click.Choice(ENGINES), help="Zoekmachine (anders TREFZEKER_ENGINE, anders columnar)."
)
synonyms_option = click.option(
    "--synonyms",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Bestand met synoniemen (anders TREFZEKER_SYNONYMS, anders synoniemen.yml bij TREFZEKER_CONTENT).",
)
memory_option = click.option(
    "--memory",
    type=click.IntRange(min=LEAST_MEMORY),
    help=f"Megabytes die het maken mag kosten (anders TREFZEKER_MEMORY, anders {DEFAULT_MEMORY}).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Schrijf JSON op standaarduitvoer.")


def settings_of(
    index_folder: Path | None,
    engine: str | None = None,
    synonyms: Path | None = None,
    memory: int | None = None,
) -> Settings:
    """Settings from the environment, with what the options say instead."""
    settings = from_environment()
    return with_existing_synonyms(
        replace(
            settings,
            index=index_folder or settings.index,
            engine=engine or settings.engine,
            synonyms=synonyms or settings.synonyms,
            memory=memory or settings.memory,
        )
    )


def with_existing_synonyms(settings: Settings) -> Settings:
    """The settings, when the file of synonyms that they name is there; without a name there may be none.

    Raises:
        TrefzekerError: it is not.
    """
    if settings.synonyms is not None and not settings.synonyms.is_file():
        raise TrefzekerError(
            f"Het bestand met synoniemen {settings.synonyms} bestaat niet",
            "controleer --synonyms of TREFZEKER_SYNONYMS",
        )
    return settings


def write_json(value: Any) -> None:
    """Write JSON on standard output, for people to read as well."""
    click.echo(to_json(value, pretty=True), nl=False)
