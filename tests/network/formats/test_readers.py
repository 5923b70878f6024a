"""Other programs read our files: the same nodes, ties, types and weights in networkx, igraph and ndex2."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from coopgraph.network.formats import named, offer
from coopgraph.network.formats.sheet import NODE, TIE, Kind
from coopgraph.network.network import Mode
from tests.network.formats import made

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.network.formats.sheet import Sheet

PYTHON = {Kind.TEXT: str, Kind.DATE: str, Kind.WHOLE: int, Kind.REAL: float}


def written(sheet: Sheet, name: str, directory: Path) -> Path:
    path = directory / f"network.{named(name).extension}"
    offer(sheet, named(name), path)
    return path


def expected(sheet: Sheet) -> tuple[dict[str, dict[str, Any]], dict[tuple[str, str], dict[str, Any]]]:
    """Nodes and ties with what is known of them."""
    nodes, ties = ([one.name for one in columns] for columns in (sheet.nodes, sheet.ties))

    def known(names: list[str], values: tuple[Any, ...]) -> dict[str, Any]:
        return {name: value for name, value in zip(names, values, strict=True) if value != ""}

    rows = list(sheet.rows())
    return (
        {row[1]: known(nodes, row[2:]) for row in rows if row[0] == NODE},
        {row[1:3]: known(ties, row[3:]) for row in rows if row[0] == TIE},
    )


def unordered(ties: dict[tuple[str, str], Any], *, directed: bool) -> dict[Any, Any]:
    return ties if directed else {frozenset(ends): value for ends, value in ties.items()}


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("name", ["graphml", "gexf", "gexf-dynamic"])
def test_networkx_reads_the_xml_formats(name: str, mode: Mode, tmp_path: Path) -> None:
    sheet = made.sheet(mode)
    found = (nx.read_graphml if name == "graphml" else nx.read_gexf)(written(sheet, name, tmp_path))
    nodes, ties = expected(sheet)
    if name == "gexf-dynamic":
        for known in (*nodes.values(), *ties.values()):
            known |= {bound: known[day] for day, bound in (("first", "start"), ("last", "end")) if day in known}
    assert dict(found.nodes(data=True)) == nodes
    assert found.is_directed() is (mode is Mode.DIRECT)
    own = {(a, b): {key: value for key, value in tie.items() if key != "id"} for a, b, tie in found.edges(data=True)}
    for tie in own.values():
        assert name == "graphml" or tie.pop("weight") == tie["strength"]
    directed = mode is Mode.DIRECT
    assert unordered(own, directed=directed) == unordered(ties, directed=directed)
    kinds = {column.name: PYTHON[column.kind] for column in sheet.ties}
    assert all(type(value) is kinds.get(key, str) for tie in own.values() for key, value in tie.items())


@pytest.mark.parametrize("mode", Mode)
def test_networkx_reads_pajek_with_the_strength_as_line_value(mode: Mode, tmp_path: Path) -> None:
    sheet = made.sheet(mode)
    found = nx.read_pajek(written(sheet, "pajek", tmp_path))
    iris = dict(found.nodes(data="iri"))
    _, ties = expected(sheet)
    weights = {(iris[a], iris[b]): tie["weight"] for a, b, tie in found.edges(data=True)}
    directed = mode is Mode.DIRECT
    assert unordered(weights, directed=directed) == unordered(
        {ends: tie["strength"] for ends, tie in ties.items()}, directed=directed
    )
    assert "雷姆利亚 Institute" in found
    assert len(found) == sheet.n
    assert all(tie["evidence"].startswith("https://example.org/networks/") for _, _, tie in found.edges(data=True))


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("name", ["graphml", "pajek"])
def test_igraph_reads_graphml_and_pajek(name: str, mode: Mode, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    sheet = made.sheet(mode)
    found = igraph.Graph.Read(str(written(sheet, name, tmp_path)), format=name)
    identifier = "id" if name == "graphml" else "iri"
    nodes, ties = expected(sheet)
    assert found.is_directed() is (mode is Mode.DIRECT)
    assert found.vs[identifier] == list(nodes)
    assert name == "pajek" or found.vs["label"] == [node["label"] for node in nodes.values()]
    own = {tuple(found.vs[end][identifier] for end in tie.tuple): tie.attributes() for tie in found.es}
    directed = mode is Mode.DIRECT
    first, second = unordered(own, directed=directed), unordered(ties, directed=directed)
    assert first.keys() == second.keys()
    for ends, tie in second.items():
        assert float(first[ends]["strength"]) == tie["strength"]
        assert float(first[ends]["distance"]) == tie["distance"]
        assert int(float(first[ends]["documents"])) == tie["documents"]
        assert first[ends]["evidence"] == tie["evidence"]
        assert name == "graphml" or first[ends]["weight"] == tie["strength"]
    if name == "graphml":
        assert all(type(value) is float for value in found.es["strength"])


@pytest.mark.parametrize("mode", [Mode.ONE_MODE, Mode.DIRECT])
def test_igraph_reads_dl_as_the_matrix_of_strengths(mode: Mode, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    sheet = made.sheet(mode)
    found = igraph.Graph.Read_DL(str(written(sheet, "dl", tmp_path)), directed=True)
    numbers = {f"N{number}": iri for number, iri in enumerate(sheet.ids, start=1)}
    _, ties = expected(sheet)
    wanted = {ends: tie["strength"] for ends, tie in ties.items()}
    if mode is Mode.ONE_MODE:
        wanted |= {(b, a): strength for (a, b), strength in wanted.items()}
    own = {tuple(numbers[found.vs[end]["name"]] for end in tie.tuple): tie["weight"] for tie in found.es}
    assert own == wanted
    assert found.vcount() == sheet.n


def test_two_mode_dl_has_rows_and_columns(tmp_path: Path) -> None:
    text = written(made.sheet(Mode.TWO_MODE), "dl", tmp_path).read_text(encoding="ascii")
    head, _, data = text.partition("data:\n")
    assert head.splitlines()[:2] == ["DL nr=3 nc=3", "format = edgelist2"]
    assert [line.split()[:2] for line in data.splitlines()] == [["1", "2"], ["1", "3"], ["2", "3"], ["3", "2"]]


@pytest.mark.parametrize("mode", Mode)
def test_ndex2_reads_cx2(mode: Mode, tmp_path: Path) -> None:
    cx2 = pytest.importorskip("ndex2.cx2")
    sheet = made.sheet(mode)
    found = cx2.RawCX2NetworkFactory().get_cx2network(str(written(sheet, "cx2", tmp_path)))
    nodes, ties = expected(sheet)
    iris = {number: node["v"]["represents"] for number, node in found.get_nodes().items()}
    assert list(iris.values()) == list(nodes)
    assert [node["v"]["name"] for node in found.get_nodes().values()] == [node["label"] for node in nodes.values()]
    assert {(iris[tie["s"]], iris[tie["t"]]): tie["v"] for tie in found.get_edges().values()} == ties
    assert found.get_network_attributes()["directed"] is (mode is Mode.DIRECT)
    assert found.get_attribute_declarations()["edges"]["strength"] == {"d": "double"}
    # What it writes of its own accord is what we wrote.
    assert found.to_cx2()[0] == {"CXVersion": "2.0", "hasFragments": False}


def test_graphology_json_is_a_simple_graph(tmp_path: Path) -> None:
    sheet = made.sheet(Mode.DIRECT)
    members = json.loads(written(sheet, "graphology", tmp_path).read_text(encoding="utf-8"))
    assert members["options"] == {"type": "directed", "multi": False, "allowSelfLoops": False}
    keys = {node["key"] for node in members["nodes"]}
    assert all({edge["source"], edge["target"]} <= keys for edge in members["edges"])
    assert "weight" not in members["edges"][0]["attributes"]


def test_tables_join_by_id_and_nobody_is_lost(tmp_path: Path) -> None:
    sheet = made.sheet()
    tables = {}
    for name in ("nodes.csv", "edges.csv"):
        with written(sheet, name, tmp_path).open(encoding="utf-8", newline="") as lines:
            tables[name] = list(csv.DictReader(lines))
    assert [row["id"] for row in tables["nodes.csv"]] == list(sheet.ids)
    assert [row["label"] for row in tables["nodes.csv"]] == list(made.LABELS)
    first = tables["edges.csv"][0]
    assert (first["source_label"], first["target_label"]) == ("Atlantis", "雷姆利亚 Institute")
    assert (float(first["strength"]), float(first["distance"])) == (4 / 3, 0.75)
    assert (first["events"], first["documents"], first["publishers"]) == ("1", "1", "0")
    assert "weight" not in first


def test_partitions_and_vector_go_with_the_network(tmp_path: Path) -> None:
    sheet = made.sheet()
    lines = {}
    for name in ("clu", "communities.clu", "vec"):
        lines[name] = written(sheet, name, tmp_path).read_text(encoding="ascii").splitlines()
    assert lines["clu"] == ["*Vertices 6", "2", "1", "2", "1", "2", "1"]  # 1 Organization, 2 State
    assert lines["communities.clu"] == ["*Vertices 6", "1", "1", "2", "2", "3", "3"]
    assert [float(value) for value in lines["vec"][1:]] == pytest.approx([4 / 3 + 0.5, 5 / 3, 5 / 6, 0, 1e-12, 0])
