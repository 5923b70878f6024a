"""Which measures are computed again for every run."""

from __future__ import annotations

import pytest

from coopgraph.network import fold
from coopgraph.network.measures.registry import measure
from coopgraph.network.network import Mode
from coopgraph.network.projections.rules import NEWMAN
from coopgraph.network.report import robust
from tests.network.affiliated import reported

MEASURES = tuple(
    measure(name) for name in ("degree", "betweenness", "constraint", "eigenvector", "pagerank", "two-mode-betweenness")
)
NETWORK = fold.network(reported({"x": "abcdefgh", "y": "ai"}), Mode.ONE_MODE, NEWMAN)


def names() -> list[str]:
    return [one.name for one in robust.repeated(MEASURES, NETWORK)]


def test_in_a_small_network_all_are() -> None:
    assert names() == [one.name for one in MEASURES]


def test_where_more_than_a_pass_over_the_ties_is_too_much_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robust, "BUDGET", 1000)
    assert names() == ["degree", "pagerank"]


def test_where_there_are_very_many_ties_eigenvectors_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robust, "_SETTLING_MOST", NETWORK.n + NETWORK.m - 1)
    assert "eigenvector" not in names()
    assert len(names()) == len(MEASURES) - 1
