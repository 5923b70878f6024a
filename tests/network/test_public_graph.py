"""The graph that is handed out: names, types, and what exported files say."""

from __future__ import annotations

import io

import networkx as nx
import pytest

from coopgraph import terms
from coopgraph.network import public_graph
from coopgraph.network.formats.origin import Origin
from coopgraph.network.formats.selecting import sheet
from coopgraph.network.projections.catalogue import PROJECTIONS
from coopgraph.network.selection import Selection
from tests import shipped

A = terms.ID + "actor/"
OF_NODES = {
    "label": str,
    "language": str,
    "kind": str,
    "class": str,
    "identification": str,
    "bipartite": int,
    "first": str,
    "last": str,
}
OF_TIES = {
    "strength": float,
    "distance": float,
    "events": int,
    "documents": int,
    "publishers": int,
    "first": str,
    "last": str,
    "evidence": str,
}


def graph(name: str, **options: str) -> nx.Graph:
    origin = Origin(7, "0" * 64, terms.BASE, "https://graph.example")
    return public_graph.graph(sheet(shipped.reader(), Selection.of(name, **options), origin))


@pytest.mark.parametrize("name", PROJECTIONS)
def test_every_attribute_has_one_type(name: str) -> None:
    network = graph(name)
    assert network.is_directed() == (PROJECTIONS[name].mode == "direct")
    assert network.number_of_edges() > 0
    for _, values in network.nodes(data=True):
        assert {key: type(value) for key, value in values.items()} == OF_NODES
    for *_, values in network.edges(data=True):
        assert {key: type(value) for key, value in values.items()} == OF_TIES
        assert values["distance"] == pytest.approx(1 / values["strength"])
        assert values["documents"] >= values["publishers"] >= 1
        assert values["events"] >= 1
        assert not values["first"] or not values["last"] or values["first"] <= values["last"]


def test_a_tie_tells_its_evidence_and_where_it_is_shown() -> None:
    network = graph("co-participation")
    tie = network.edges[A + "china", A + "asean"]
    assert tie["events"] > 1
    assert tie["documents"] > 1
    assert tie["evidence"].startswith("https://graph.example/networks/co-participation/tie?source=actor/asean")
    assert "weight" not in tie
    assert (network.graph["projection"], network.graph["rule"]) == ("co-participation", "newman")
    assert network.nodes[A + "china"]["class"] == "State"


def test_two_sides_are_told_apart() -> None:
    network = graph("actor-event")
    sides = nx.bipartite.sets(network, [node for node, side in network.nodes(data="bipartite") if side == 0])
    assert {network.nodes[node]["kind"] for node in sides[1]} == {"event"}


def test_it_can_be_written_by_networkx() -> None:
    network, stream = graph("countries"), io.BytesIO()
    nx.write_graphml(network, stream)
    again = nx.read_graphml(io.BytesIO(stream.getvalue()))
    assert dict(again.nodes(data=True)) == dict(network.nodes(data=True))
    assert {frozenset((one, other)): values for one, other, values in again.edges(data=True)} == {
        frozenset((one, other)): values for one, other, values in network.edges(data=True)
    }
