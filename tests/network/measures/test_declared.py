"""A measure gets the one column of the ties that it declares. One that reads another cannot answer at all."""

from __future__ import annotations

import ast
import inspect
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from coopgraph.network.engines.choose import evaluate
from coopgraph.network.engines.port import Choice
from coopgraph.network.grouping import by_class
from coopgraph.network.measures import betweenness, closeness, pagerank, strength
from coopgraph.network.measures.declared import UndeclaredError, as_arrays, as_graph
from coopgraph.network.measures.measure import NETWORKX, GroupMeasure, Uses
from coopgraph.network.measures.registry import GROUP_MEASURES, MEASURES
from coopgraph.network.network import Mode
from coopgraph.network.whole.measure import Figure
from coopgraph.network.whole.registry import WHOLE, WHOLE_GROUP
from tests.network.classic import karate, network, values

if TYPE_CHECKING:
    from collections.abc import Mapping

# Two ways from a to d: through b by strong ties, through c by weak ones. Whoever takes strength for a length sends
# everyone through c.
WAYS = [("a", "b", 5.0), ("b", "d", 5.0), ("a", "c", 0.2), ("c", "d", 0.2)]


def takes_strength_for_distance(graph: nx.Graph, _backend: str = NETWORKX) -> Mapping[Any, float]:
    found: Mapping[Any, float] = nx.betweenness_centrality(graph, weight="strength")
    return found


def takes_whatever_is_called_weight(graph: nx.Graph, _backend: str = NETWORKX) -> Mapping[Any, float]:
    found: Mapping[Any, float] = nx.pagerank(graph)
    return found


def test_strength_is_never_taken_for_distance() -> None:
    made = network(WAYS)
    right = values("betweenness", made)
    assert right["b"] > 0
    assert right["c"] == 0
    # What the fault would look like if nothing stood against it:
    plain = nx.Graph()
    plain.add_weighted_edges_from(WAYS, weight="strength")
    wrong = takes_strength_for_distance(plain)
    assert wrong["c"] > 0
    assert wrong["b"] == 0
    assert values("pagerank", made)["b"] > values("pagerank", made)["c"]


@pytest.mark.parametrize(
    ("measure", "function"),
    [
        (betweenness.MEASURE, takes_strength_for_distance),
        (pagerank.MEASURE, takes_whatever_is_called_weight),
        (strength.MEASURE, closeness.closeness),
        (closeness.MEASURE, strength.strength),
    ],
)
@pytest.mark.parametrize("mode", [Mode.ONE_MODE, Mode.DIRECT])
def test_a_planted_measure_that_reads_another_column_fails(measure: Any, function: Any, mode: Mode) -> None:
    planted = replace(measure, function=function)
    with pytest.raises(UndeclaredError, match="does not declare"):
        evaluate(planted, network(WAYS, mode=mode), Choice())


def test_no_measure_reads_what_it_does_not_declare() -> None:
    for mode in (Mode.ONE_MODE, Mode.DIRECT):
        made = network([*WAYS, ("d", "a", 2.0), ("b", "c", 1.0)], mode=mode)
        for item in MEASURES:
            if item.applies(mode):
                assert len(evaluate(item, made, Choice()).values) == made.n


def test_what_is_derived_from_the_graph_keeps_the_rule() -> None:
    graph = as_graph(network(WAYS, mode=Mode.DIRECT), Uses.STRENGTH)
    for derived in (graph, graph.to_undirected(), graph.subgraph([0, 1]), graph.copy(), graph.reverse()):
        ties = [tie for _, _, tie in derived.edges(data=True)]
        assert ties
        for tie in ties:
            assert set(tie) == {"strength"}
            for read in (
                lambda tie=tie: tie["distance"],
                lambda tie=tie: tie.get("distance", 1),
                lambda tie=tie: "weight" in tie,
            ):
                with pytest.raises(UndeclaredError):
                    read()


def test_graphs_carry_only_what_is_declared() -> None:
    made = network(WAYS)
    for uses, expected in ((Uses.NOTHING, set()), (Uses.STRENGTH, {"strength"}), (Uses.DISTANCE, {"distance"})):
        assert all(set(tie) == expected for _, _, tie in as_graph(made, uses).edges(data=True))


def test_arrays_give_only_what_is_declared() -> None:
    made = network(WAYS)
    assert as_arrays(made, Uses.STRENGTH).strengths is made.strengths
    assert as_arrays(made, Uses.DISTANCE).distances is made.distances
    for uses in (Uses.NOTHING, Uses.DISTANCE):
        hidden = as_arrays(made, uses)
        for read in (
            lambda hidden=hidden: hidden.strengths.values,
            lambda hidden=hidden: hidden.strengths.distances(),
            lambda hidden=hidden: hidden.adjacency(hidden.strengths),
        ):
            with pytest.raises(UndeclaredError, match="'strength'"):
                read()
    with pytest.raises(UndeclaredError, match="'distance'"):
        as_arrays(made, Uses.STRENGTH).adjacency(as_arrays(made, Uses.STRENGTH).distances)


def test_measures_of_groups_and_of_the_whole_are_held_to_it_too() -> None:
    made = karate()
    planted = replace(WHOLE[0], compute=lambda seen: Figure(float(seen.strengths.values.sum())))
    with pytest.raises(UndeclaredError):
        planted.figure(made)
    groups = by_class(made.nodes).groups
    for item in WHOLE_GROUP:
        if item.uses is Uses.NOTHING:
            crooked = replace(item, compute=lambda seen, _: Figure(float(seen.distances.values.sum())))
            with pytest.raises(UndeclaredError):
                crooked.figure(made, groups)
    for grouped in GROUP_MEASURES:
        assert isinstance(grouped, GroupMeasure)
        assert len(grouped.function(as_arrays(made, grouped.uses), groups)) == made.n


@pytest.mark.parametrize("item", MEASURES, ids=lambda item: item.name)
def test_the_source_of_a_measure_names_only_the_column_it_declares(item: Any) -> None:
    tree = ast.parse(inspect.getsource(inspect.getmodule(item.function)))  # type: ignore[arg-type]
    named = {
        keyword.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in {"weight", "distance"} and isinstance(keyword.value, ast.Constant)
    }
    # `length` is the distance as a whole number.
    allowed = {Uses.NOTHING: {None}, Uses.STRENGTH: {"strength"}, Uses.DISTANCE: {"distance", "length"}}
    assert named <= allowed[item.uses]
