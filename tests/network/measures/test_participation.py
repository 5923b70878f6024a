"""The participation coefficient, by hand and by what must hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network.measures.participation import MEASURE, participation
from coopgraph.network.network import Mode, Network
from tests.network.classic import groups, network, networks


def test_ties_spread_over_groups() -> None:
    # R. Guimerà, L. A. N. Amaral (2005): all ties within one's group give 0, evenly spread ones come close to 1.
    made = network([("v", "a"), ("v", "b"), ("v", "c"), ("w", "a"), ("w", "b"), ("u", "x")], alone=["z"])
    division = groups(made, {"a": 0, "b": 1, "c": 2, "v": 0, "w": 0, "u": 0, "x": 1, "z": 1})
    found = dict(zip(made.nodes.iri, participation(made, division).tolist(), strict=True))
    assert found["v"] == pytest.approx(1 - 3 * (1 / 3) ** 2)
    assert found["w"] == pytest.approx(1 / 2)
    assert found["u"] == 0
    assert found["z"] == 0


def test_uneven_ties_and_nodes_of_no_group() -> None:
    made = network([("v", "a"), ("v", "b"), ("v", "c"), ("v", "d"), ("v", "e")])
    division = groups(made, {"a": 0, "b": 0, "c": 0, "d": 1})
    found = dict(zip(made.nodes.iri, participation(made, division).tolist(), strict=True))
    # e has no group: three ties of four lead to one group, one to the other.
    assert found["v"] == pytest.approx(1 - (9 + 1) / 16)


def test_a_tie_each_way_counts_once() -> None:
    made = network([("v", "a"), ("a", "v"), ("b", "v")], mode=Mode.DIRECT)
    division = groups(made, {"a": 0, "b": 1, "v": 0})
    assert participation(made, division)[made.nodes.iri.index("v")] == pytest.approx(1 / 2)


@given(st.one_of(networks(Mode.ONE_MODE), networks(Mode.DIRECT)), st.integers(1, 4))
def test_range(made: Network, count: int) -> None:
    division = np.arange(made.n, dtype=np.int32) % count
    found = participation(made, division)
    assert len(found) == made.n
    assert all(0 <= value <= 1 - 1 / count + 1e-12 for value in found)
    assert not participation(made, np.full(made.n, -1, dtype=np.int32)).any()
    assert MEASURE.function is participation
