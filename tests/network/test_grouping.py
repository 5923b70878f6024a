"""Divisions of nodes into groups."""

from __future__ import annotations

import numpy as np

from coopgraph.network.grouping import by_class, grouping
from coopgraph.network.nodes import Node, Nodes


def test_equal_keys_are_one_group_and_no_key_is_none() -> None:
    found = grouping("state", "State", ["mu", None, "atlantis", "", "mu"])
    assert found.names == ("atlantis", "mu")
    assert found.groups.tolist() == [1, -1, 0, -1, 1]
    assert found.groups.dtype == np.int32


def test_by_class() -> None:
    nodes = Nodes.of([Node("a", "actor", "State", "A", "en"), Node("b", "actor", "Person", "B", "en")])
    found = by_class(nodes)
    assert found.names == ("Person", "State")
    assert found.groups.tolist() == [1, 0]
    assert by_class(Nodes.of([])).groups.tolist() == []
