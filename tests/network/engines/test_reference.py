"""The reference engine passes the networkx backend of the choice on to networkx, and says who computed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.network.engines.port import Choice
from coopgraph.network.engines.reference import Reference, installed
from coopgraph.network.measures.measure import NETWORKX
from coopgraph.network.measures.registry import MEASURES, measure
from coopgraph.network.network import Mode
from tests.network.classic import karate, network, women

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[3]

# A backend of its own: it takes graphs over, notes what it is asked for, has two algorithms and refuses a third.
BACKEND = """
import networkx as nx

asked = []


class Taken:
    __networkx_backend__ = "tiny"

    def __init__(self, graph):
        self.graph = graph

    def is_directed(self):
        return self.graph.is_directed()

    def is_multigraph(self):
        return False


def backend_info():
    return {"functions": {"pagerank": {}, "degree_centrality": {}, "core_number": {}, "clustering": {}}}


class Backend:
    @staticmethod
    def convert_from_nx(graph, **_):
        return Taken(nx.Graph(graph))

    @staticmethod
    def convert_to_nx(found, **_):
        return found

    @staticmethod
    def pagerank(graph, alpha, personalization, max_iter, tol, nstart, weight, dangling):
        asked.append(("pagerank", weight))
        return nx.pagerank(graph.graph, alpha=alpha, max_iter=max_iter, tol=tol, weight=weight, backend="networkx")

    @staticmethod
    def degree_centrality(graph):
        asked.append(("degree_centrality", None))
        return {node: 0.125 for node in graph.graph}

    @staticmethod
    def core_number(graph):
        raise NotImplementedError("not for this graph")

    @staticmethod
    def clustering(graph, nodes, weight):
        raise MemoryError("the card is full")
"""

PROGRAM = """
import json, sys
from coopgraph.errors import CoopgraphError
from coopgraph.network.engines.port import Choice
from coopgraph.network.engines.reference import Reference, installed
from coopgraph.network.measures.registry import measure
from tests.network.classic import karate
import tiny_backend

found = {}
for name in ("pagerank", "degree", "core", "betweenness", "eigenvector"):
    given = Reference().compute(measure(name), karate(), Choice(backend="tiny"))
    plain = Reference().compute(measure(name), karate(), Choice())
    found[name] = [given.engine, abs(given.values - plain.values).max(), plain.engine]
try:
    Reference().compute(measure("clustering"), karate(), Choice(backend="tiny"))
except CoopgraphError as error:
    failure = [error.code, error.detail]
json.dump({"failure": failure, "found": found, "asked": tiny_backend.asked, "installed": installed()}, sys.stdout)
"""


@pytest.fixture(scope="module")
def with_backend(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a process finds in which a package with the entry points of a networkx backend is installed."""
    place = tmp_path_factory.mktemp("installed")
    (place / "tiny_backend.py").write_text(BACKEND, encoding="utf-8")
    about = place / "tiny_backend-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny-backend\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(
        "[networkx.backends]\ntiny = tiny_backend:Backend\n[networkx.backend_info]\ntiny = tiny_backend:backend_info\n",
        encoding="utf-8",
    )
    path = ":".join([str(place), str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": path},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_backend_that_is_installed_computes(with_backend: Mapping[str, Any]) -> None:
    assert with_backend["installed"] == [NETWORKX, "tiny"]
    engine, difference, plain = with_backend["found"]["pagerank"]
    assert (engine, plain) == ("networkx/tiny", "networkx")
    assert difference == 0
    # This one computes something else altogether, so it is certain who answered.
    assert with_backend["found"]["degree"][0] == "networkx/tiny"
    assert with_backend["found"]["degree"][1] > 0
    assert with_backend["asked"] == [["pagerank", "strength"], ["degree_centrality", None]]


@pytest.mark.parametrize("name", ["core", "betweenness", "eigenvector"])
def test_what_a_backend_lacks_networkx_computes(with_backend: Mapping[str, Any], name: str) -> None:
    # It refuses core_number, has no betweenness_centrality, and eigenvector calls no algorithm of networkx at all.
    assert with_backend["found"][name] == ["networkx", 0, "networkx"]


def test_a_backend_that_breaks_is_named(with_backend: Mapping[str, Any]) -> None:
    code, detail = with_backend["failure"]
    assert code == "internal"
    assert detail == "The networkx backend tiny could not compute clustering: MemoryError: the card is full"


def test_an_unknown_backend_is_refused_with_the_installed_ones() -> None:
    with pytest.raises(CoopgraphError) as caught:
        Reference().compute(measure("degree"), karate(), Choice(backend="no-such-backend"))
    assert caught.value.code == "request"
    assert "'no-such-backend'" in caught.value.detail
    assert all(name in caught.value.remedy for name in installed())


def test_networkx_itself_can_be_named() -> None:
    found = Reference().compute(measure("betweenness"), karate(), Choice(backend=NETWORKX))
    assert found.engine == "networkx"


@pytest.mark.parametrize("item", MEASURES, ids=lambda item: item.name)
def test_a_measure_calls_the_algorithms_it_names_by_the_backend_it_is_given(
    item: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = []

    def watch(owner: Any, name: str, label: str) -> None:
        original = getattr(owner, name)

        def watched(*arguments: Any, backend: str, **options: Any) -> Any:
            called.append((label, backend))
            return original(*arguments, **options)

        monkeypatch.setattr(owner, name, watched)

    for label in {name for other in MEASURES for name in other.calls}:
        room, _, name = label.rpartition(".")
        watch(getattr(nx, room) if room else nx, name, label)
    made = (
        women() if item.applies(Mode.TWO_MODE) else network([("a", "b"), ("b", "c"), ("a", "c")], mode=item.modes[-1])
    )
    Reference().compute(item, made, Choice(backend=NETWORKX))
    assert {label for label, _ in called} == set(item.calls)
    assert {backend for _, backend in called} <= {NETWORKX}


def test_the_reference_offers_what_is_defined() -> None:
    assert Reference().offers(measure("hubs"), network([("a", "b")], mode=Mode.DIRECT))
    assert not Reference().offers(measure("hubs"), karate())
