"""The path of every query against the reference: the same documents, the same scores."""

from __future__ import annotations

import numpy as np
import pytest

from search.engines.evaluator import Evaluator
from search.engines.reference import Reference
from tests.generations import Built
from tests.oracle import Oracle
from tests.plans import Plans

PLANS_PER_SEED = 60


@pytest.mark.parametrize("seed", range(10))
def test_every_plan_gives_what_whooshs_searcher_gives(built: Built, seed: int) -> None:
    evaluator, reference = Evaluator(built.generation), Reference(built.generation)
    plans = Plans(Oracle(built.articles), 1_000 + seed)
    for _ in range(PLANS_PER_SEED):
        plan = plans.plan(4)
        found, scores = evaluator.evaluate(plan)
        documents, expected = reference.evaluate(plan)
        assert found.tolist() == documents.tolist(), plan
        np.testing.assert_allclose(0 if scores is None else scores, expected, rtol=1e-9, atol=1e-12)
