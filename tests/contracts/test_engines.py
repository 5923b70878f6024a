"""Every engine gives the values of the reference under our normalisation, whatever the network looks like."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopgraph.network import blocks
from coopgraph.network.engines.choose import LIBRARIES, engine
from coopgraph.network.engines.port import Choice
from coopgraph.network.engines.reference import Reference
from coopgraph.network.measures import MEASURES, registry
from coopgraph.network.measures.declared import as_arrays
from coopgraph.network.network import Mode
from tests.network.classic import florentine, karate, network, networks, women

if TYPE_CHECKING:
    from coopgraph.network.arrays import Floats
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network

EXACT = [name for name in LIBRARIES if name not in {"networkx", "sampling"}]
# Rounds stop when they change less than this; everything else differs by rounding only.
TOLERANCE = {"pagerank": 1e-9, "katz": 1e-10, "eigenvector": 1e-6, "hubs": 1e-6, "authorities": 1e-6}
MODES = (Mode.ONE_MODE, Mode.DIRECT, Mode.TWO_MODE)


def required(name: str) -> None:
    """Skip what is not installed, except where everything must be."""
    if find_spec(LIBRARIES[name]) is None:
        assert os.environ.get("CI") != "true", f"{name} must be installed here"
        pytest.skip(f"{name} is not installed")


def both(name: str, measure: Measure, made: Network) -> tuple[Floats, Floats] | None:
    """The values of an engine and those of the reference; None if the engine does not offer the measure."""
    fast = engine(name)
    if not fast.offers(measure, made):
        return None
    shown = as_arrays(made, measure.uses)
    found = fast.compute(measure, shown, Choice())
    assert found.engine == name
    assert (found.error, found.confidence) == (0.0, 1.0)
    return found.values, Reference().compute(measure, shown, Choice()).values


def equal(name: str, measure: Measure, made: Network) -> bool:
    """Compare, and say whether there was anything to compare."""
    found = both(name, measure, made)
    if found is None:
        return False
    tolerance = TOLERANCE.get(measure.name, 1e-11)
    np.testing.assert_allclose(*found, rtol=tolerance, atol=tolerance, err_msg=measure.name)
    return True


def classics() -> dict[str, Network]:
    return {
        "karate": karate(),
        "karate, weighted": network(nx.karate_club_graph().edges(data="weight")),
        "florentine": florentine(),
        "southern women": women(),
        "southern women, folded": women(Mode.ONE_MODE),
        "les misérables": network(nx.les_miserables_graph().edges(data="weight")),
        "directed": network(nx.gnp_random_graph(18, 0.3, seed=3, directed=True).edges(), mode=Mode.DIRECT),
    }


@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("which", sorted(classics()))
def test_classic_networks(name: str, which: str) -> None:
    required(name)
    compared = [measure for measure in MEASURES if equal(name, measure, classics()[which])]
    assert compared


@pytest.mark.parametrize("mode", MODES, ids=str)
@pytest.mark.parametrize("name", EXACT)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_small_network(name: str, mode: Mode, data: st.DataObject) -> None:
    required(name)
    made = data.draw(networks(mode))
    for measure in MEASURES:
        equal(name, measure, made)


@pytest.mark.parametrize("mode", MODES, ids=str)
@pytest.mark.parametrize("name", EXACT)
def test_a_network_larger_than_the_reference_is_meant_for(name: str, mode: Mode) -> None:
    required(name)
    generator = np.random.default_rng(11)
    n, half = 300, 100
    if mode is Mode.TWO_MODE:
        keys = {
            (int(a), int(b) + half) for a, b in zip(*generator.integers(0, (half, n - half), (900, 2)).T, strict=True)
        }
    else:
        keys = {(int(a), int(b)) for a, b in np.sort(generator.zipf(1.6, (1500, 2)) % n) if a != b}
    strengths = generator.integers(1, 6, len(keys)) / generator.integers(1, 6, len(keys))
    ties = [(f"{a:03}", f"{b:03}", s) for (a, b), s in zip(sorted(keys), strengths, strict=True)]
    made = network(ties, mode=mode, alone=["alone"])
    for measure in MEASURES:
        equal(name, measure, made)


def test_products_are_the_same_in_blocks_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_HELD", 50)
    for name in ("constraint", "effective-size", "weighted-clustering"):
        assert equal("scipy", registry.measure(name), classics()["karate, weighted"])


def test_every_measure_has_an_engine_for_large_networks() -> None:
    for measure in MEASURES:
        made = network([("a", "b")], mode=measure.mode)
        assert any(engine(name).offers(measure, made) for name in ("scipy", "networkit")), measure.name
