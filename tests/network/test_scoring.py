"""Scores of a plan: every measure over the table of nodes, those that need groups beside them."""

from __future__ import annotations

import numpy as np
import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.network.grouping import grouping
from coopgraph.network.measures.measure import Uses
from coopgraph.network.measures.registry import chosen, group_measure, measure
from coopgraph.network.network import Mode
from coopgraph.network.projections.rules import NEWMAN, SIMPLE
from coopgraph.network.scoring import Grouped, Plan, score
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


def test_measures_of_groups_stand_beside() -> None:
    made = reported(MEETINGS)
    side = grouping("side", "Side", ["x" if name in {"ann", "bob"} else "y" for name in made.nodes.iri])
    odd = grouping("odd", "Odd", [None] * len(made.nodes))
    plan = Plan(
        projection=projection(),
        rule=SIMPLE,
        measures=(measure("degree"),),
        grouped=(
            Grouped(group_measure("brokerage-gatekeeper"), side),
            Grouped(group_measure("brokerage-total"), side),
            Grouped(group_measure("brokerage-total"), odd),
            Grouped(group_measure("participation"), side),
        ),
    )
    found = score(made, plan)
    place = made.nodes.index()
    assert set(found) == {
        "degree",
        "brokerage-gatekeeper:side",
        "brokerage-total:side",
        "brokerage-total:odd",
        "participation:side",
    }
    # Cleo stands between ann or bob, who are on the other side, and dan, who is on her own.
    assert found["brokerage-gatekeeper:side"][place["cleo"]] == 2
    assert found["brokerage-total:side"][place["cleo"]] == 4
    assert np.isnan(found["brokerage-total:odd"]).all()
    assert found["participation:side"][place["cleo"]] == pytest.approx(1 - 4 / 9 - 1 / 9)
    assert np.isnan(found["participation:side"][place["talks"]])


def test_nodes_keep_their_groups_when_rows_are_left_out() -> None:
    made = reported(MEETINGS)
    side = grouping("side", "Side", ["x" if name in {"ann", "bob"} else "y" for name in made.nodes.iri])
    plan = Plan(
        projection=projection(), rule=SIMPLE, measures=(), grouped=(Grouped(group_measure("participation"), side),)
    )
    place = made.nodes.index()
    found = score(made.without_target(place["visit"]), plan)["participation:side"]
    # Cleo's ties are now to ann and bob alone.
    assert found[place["cleo"]] == 0
    assert found[place["ann"]] == pytest.approx(1 / 2)
    assert np.isnan(found[place["dan"]])


def test_a_measure_that_is_not_defined_is_refused() -> None:
    plan = Plan(projection=projection(), rule=SIMPLE, measures=(measure("hubs"),))
    with pytest.raises(CoopgraphError, match="not defined for a network of mode one-mode") as caught:
        score(reported(MEETINGS), plan)
    assert caught.value.code == "request"


def test_a_measure_of_groups_sees_what_it_declares() -> None:
    assert group_measure("participation").uses is Uses.NOTHING
    with pytest.raises(CoopgraphError, match="no measure 'fame'"):
        group_measure("fame")
