"""What the editors of the sample articles expect of the search: `content/queries.yml`, by the real command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.cli.commands import main
from search.config import Settings
from search.indexing import build_index
from tests.small_site import environment

CONTENT = Path(__file__).parents[1] / "content"
QUERIES = CONTENT / "queries.yml"

ENOUGH = 40
"""Expectations below which the file no longer covers every part of the Dutch search."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(content=CONTENT, index=tmp_path_factory.mktemp("voorbeelden") / "index")
    assert build_index([settings.content], settings.index).problems == ()
    return settings


def run(site: Settings, queries: Path) -> Result:
    return CliRunner().invoke(main, ["test", str(queries), "--json"], env=environment(site))


def test_all_that_the_editors_expect_holds(site: Settings) -> None:
    result = run(site, QUERIES)
    told = json.loads(result.stdout)
    assert [(one["query"], one["failures"]) for one in told["results"] if not one["passed"]] == []
    assert result.exit_code == 0
    assert told["passed"] >= ENOUGH


def test_a_false_expectation_fails_with_a_reason(site: Settings, tmp_path: Path) -> None:
    false = "- zoek: 2FA\n  niet: privacy/tweestapsverificatie\n  waarom: Dit klopt niet.\n"
    queries = tmp_path / "queries.yml"
    queries.write_text(QUERIES.read_text(encoding="utf-8") + false, encoding="utf-8")
    result = run(site, queries)
    assert result.exit_code == 1
    (failed,) = [one for one in json.loads(result.stdout)["results"] if not one["passed"]]
    assert failed["query"] == "2FA"
    assert len(failed["failures"]) == 1
    assert "privacy/tweestapsverificatie" in failed["failures"][0]
