"""Scores of a plan: every measure over the table of nodes."""

from __future__ import annotations

import numpy as np
import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.network.measures.registry import chosen, measure
from coopgraph.network.network import Mode
from coopgraph.network.projections.rules import NEWMAN, SIMPLE
from coopgraph.network.scoring import Plan, score
from tests.network.affiliated import projection, reported

MEETINGS = {"talks": ["ann", "bob", "cleo"], "visit": ["cleo", "dan"], "alone": ["eve"]}


def test_each_measure_reads_the_network_it_is_for() -> None:
    made = reported(MEETINGS)
    plan = Plan(
        projection=projection(), rule=NEWMAN, measures=chosen(["degree", "strength", "two-mode-degree"], Mode.ONE_MODE)
    )
    found = score(made, plan)
    place = made.nodes.index()
    assert found["degree"][place["cleo"]] == pytest.approx(3 / 4)
    assert found["strength"][place["cleo"]] == pytest.approx(2)
    assert found["two-mode-degree"][place["cleo"]] == pytest.approx(2 / 3)
    # Events are no nodes of the folded network.
    assert np.isnan(found["degree"][place["talks"]])
    assert found["two-mode-degree"][place["talks"]] == pytest.approx(3 / 5)
    assert found["degree"][place["eve"]] == 0


def test_a_measure_that_is_not_defined_is_refused() -> None:
    plan = Plan(projection=projection(), rule=SIMPLE, measures=(measure("hubs"),))
    with pytest.raises(CoopgraphError, match="not defined for a network of mode one-mode") as caught:
        score(reported(MEETINGS), plan)
    assert caught.value.code == "request"
