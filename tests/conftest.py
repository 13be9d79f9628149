"""What all tests share: hypothesis' profiles and one index of generated articles."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.corpus import make_articles
from tests.generations import Built, build

_SHARED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("quick", max_examples=30, deadline=None, suppress_health_check=_SHARED)
settings.register_profile("thorough", max_examples=300, deadline=None, suppress_health_check=_SHARED)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An index of 240 articles of every kind, in one segment."""
    return build(tmp_path_factory.mktemp("gebouwd") / "index", make_articles(1, 240))
