"""Settings from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.config import ENGINES, Settings, from_environment
from search.errors import TrefzekerError


def test_without_variables_the_defaults_hold() -> None:
    assert from_environment({}) == Settings(Path("content"), Path("index"), "columnar")


def test_variables_set_everything() -> None:
    variables = {
        "TREFZEKER_CONTENT": "artikelen",
        "TREFZEKER_INDEX": "/var/index",
        "TREFZEKER_ENGINE": "columnar",
        "TREFZEKER_SYNONYMS": "redactie/woorden.yml",
        "TREFZEKER_MEMORY": "4096",
    }
    assert from_environment(variables) == Settings(
        Path("artikelen"), Path("/var/index"), "columnar", Path("redactie/woorden.yml"), memory=4096
    )


def test_an_empty_variable_is_no_variable() -> None:
    names = ("CONTENT", "INDEX", "ENGINE", "SYNONYMS", "MEMORY")
    assert from_environment({f"TREFZEKER_{name}": "" for name in names}) == Settings()


def test_synonyms_are_kept_beside_the_articles_unless_set_otherwise() -> None:
    assert from_environment({"TREFZEKER_CONTENT": "a"}).synonyms_file == Path("a/synoniemen.yml")
    assert from_environment({"TREFZEKER_SYNONYMS": "b.yml"}).synonyms_file == Path("b.yml")


def test_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREFZEKER_INDEX", "elders")
    assert from_environment().index == Path("elders")


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(TrefzekerError, match="TREFZEKER_ENGINE") as refused:
        from_environment({"TREFZEKER_ENGINE": "lucene"})
    assert all(engine in refused.value.detail for engine in ENGINES)


@pytest.mark.parametrize("memory", ["veel", "-5", "0", "639", "2e9", "１０２４"])
def test_memory_is_a_number_of_megabytes(memory: str) -> None:
    with pytest.raises(TrefzekerError, match="TREFZEKER_MEMORY") as refused:
        from_environment({"TREFZEKER_MEMORY": memory})
    assert "640" in refused.value.detail
