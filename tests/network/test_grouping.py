"""Divisions of nodes into groups."""

from __future__ import annotations

import numpy as np

from coopgraph.network.grouping import belonging, by_class, grouping
from coopgraph.network.nodes import Node, Nodes


def test_equal_keys_are_one_group_and_no_key_is_none() -> None:
    found = grouping("State", ["mu", "", "atlantis", "", "mu"])
    assert found.names == ("atlantis", "mu")
    assert found.groups.tolist() == [1, -1, 0, -1, 1]
    assert found.groups.dtype == np.int32


def test_belonging_is_the_division_as_a_matrix() -> None:
    groups = np.array([1, -1, 0, 1], dtype=np.int32)
    assert belonging(groups).toarray().tolist() == [[0, 1], [0, 0], [1, 0], [0, 1]]
    assert belonging(groups[:0]).shape == (0, 0)


def test_by_class() -> None:
    nodes = Nodes.of([Node("a", "actor", "State", "A", "en"), Node("b", "actor", "Person", "B", "en")])
    found = by_class(nodes)
    assert found.names == ("Person", "State")
    assert found.groups.tolist() == [1, 0]
    assert by_class(Nodes.of([])).groups.tolist() == []
