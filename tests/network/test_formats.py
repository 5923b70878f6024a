"""Network files: what is written is read back as the same network."""

from __future__ import annotations

import csv
import io
import json

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.errors import CoopgraphError
from coopgraph.network import build, catalogue, extract, formats, pajek
from coopgraph.network.extract import one_line
from coopgraph.network.incidence import Incidence, Node, Participation
from coopgraph.store.memory import MemoryReader
from tests.network import sample

ABOUT = {"projection": "co-participation", "release": "3", "digest": "ab" * 32}


def network(projection: str) -> nx.Graph:
    chosen = catalogue.projection(projection)
    return build.graph(extract.incidence(MemoryReader(sample.quads()), chosen), chosen)


@pytest.mark.parametrize("projection", catalogue.PROJECTIONS)
@pytest.mark.parametrize("name", formats.FORMATS)
def test_the_sample_survives_and_is_the_same_every_time(projection: str, name: str) -> None:
    first = formats.export(network(projection), name, about=ABOUT)
    assert first == formats.export(network(projection), name, about=ABOUT)
    assert "雷姆利亚" in first.decode()


def test_graphml_reads_back_node_for_node() -> None:
    before = network("co-participation")
    after = nx.read_graphml(io.BytesIO(formats.export(before, "graphml", about=ABOUT)))
    assert dict(after.nodes(data=True)) == dict(before.nodes(data=True))
    for first, second, tie in before.edges(data=True):
        assert after[first][second] == tie
        assert {type(value) for value in tie.values()} == {int, float, str}
    assert after.graph["digest"] == ABOUT["digest"]


def test_gexf_reads_back_node_for_node_and_has_no_date() -> None:
    before = network("actor-event")
    content = formats.export(before, "gexf", about=ABOUT)
    after = nx.read_gexf(io.BytesIO(content))
    assert dict(after.nodes(data=True)) == dict(before.nodes(data=True))
    for first, second, tie in before.edges(data=True):
        assert {key: value for key, value in after[first][second].items() if key != "id"} == tie
    assert b"lastmodified" not in content


def test_pajek_reads_back_with_strings_and_strength_as_line_value() -> None:
    before = network("co-participation")
    after = nx.parse_pajek(formats.export(before, "pajek", about=ABOUT).decode())
    assert set(after) == {"Atlantis", "Lemuria", "雷姆利亚 Institute", "Zoë 'Z' O'Brien", "Fishers & <friends>"}
    assert after["Atlantis"]["Lemuria"][0]["weight"] == pytest.approx(1 / 3 + 1)
    assert after["Atlantis"]["Lemuria"][0]["documents"] == "2"


def test_edges_csv_keeps_who_met_nobody() -> None:
    lines = list(
        csv.DictReader(
            io.StringIO(formats.export(network("co-participation"), "edges.csv", about=ABOUT).decode(), newline="")
        )
    )
    alone = [line for line in lines if not line["target"]]
    assert [line["source_label"] for line in alone] == ["Fishers & <friends>"]
    assert {"weight"}.isdisjoint(lines[0])


def test_json_is_nodes_and_ties() -> None:
    members = json.loads(formats.export(network("co-participation"), "network.json", about=ABOUT))
    assert len(members["nodes"]) == 5
    assert {"source", "target", "strength", "distance", "events", "documents", "event_iris"} == set(members["ties"][0])


def test_mixed_types_are_refused_before_anything_is_written() -> None:
    mixed = network("co-participation")
    first = next(iter(mixed.edges))
    mixed.edges[first]["strength"] = 1
    for name in formats.FORMATS:
        with pytest.raises(CoopgraphError, match="strength") as caught:
            formats.export(mixed, name, about=ABOUT)
        assert caught.value.code == "internal"


def test_a_file_that_does_not_read_back_is_not_handed_over() -> None:
    spoilt = network("co-participation")
    first = next(iter(spoilt))
    # XML turns this into a line feed; only reading back shows it.
    spoilt.nodes[first]["label"] = "a\r\nb"
    with pytest.raises(CoopgraphError, match="does not read back"):
        formats.export(spoilt, "graphml", about=ABOUT)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(CoopgraphError, match="dot"):
        formats.export(network("co-participation"), "dot", about=ABOUT)


def test_pajek_names_stay_apart() -> None:
    made = nx.Graph()
    for node, label in (("x", "Same"), ("y", "Same"), ("z", "Same (1)"), ("w", 'Quo"te'), ("v", "Quo'te")):
        made.add_node(node, label=label)
    names = pajek.vertex_names(made)
    assert len(set(names.values())) == 5
    assert names["z"] == "Same (1)"


labels = st.text(min_size=1, max_size=12).map(one_line).filter(bool)


@given(
    st.lists(labels, min_size=2, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=12),
    st.sampled_from(list(formats.FORMATS)),
    st.sampled_from(list(catalogue.PROJECTIONS)),
)
def test_any_labels_in_any_script_survive(
    names: list[str], pairs: list[tuple[int, int]], name: str, projection: str
) -> None:
    nodes = {f"a{n}": Node(f"a{n}", "actor", "State", names[n % len(names)], "en") for n in range(6)}
    nodes |= {f"e{n}": Node(f"e{n}", "event", "Meeting", names[n % len(names)], "en") for n in range(4)}
    participations = tuple(sorted({Participation(f"a{a}", f"e{e}", ("host",), ("d",)) for a, e in pairs}))
    made = build.graph(Incidence(nodes, participations, {"d": "D"}), catalogue.projection(projection))
    assert formats.export(made, name, about=ABOUT)
