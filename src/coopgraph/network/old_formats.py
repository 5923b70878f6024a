"""Network files for other programs; each is read back and compared before it is handed over."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree

import networkx as nx

from coopgraph.errors import CoopgraphError
from coopgraph.network import pajek

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_GEXF: Final = "{http://www.gexf.net/1.2draft}"
_TIE_COLUMNS: Final = ("events", "documents", "strength", "distance", "event_iris", "roles")


@dataclass(frozen=True, slots=True)
class NetworkFormat:
    """A file format with the function that writes a network and the one that reads it again for comparison."""

    name: str
    media_type: str
    extension: str
    write: Callable[[nx.Graph, Mapping[str, str]], bytes]
    read: Callable[[bytes], nx.Graph]
    expect: Callable[[nx.Graph], nx.Graph]


def export(network: nx.Graph, name: str, *, about: Mapping[str, str]) -> bytes:
    """The network in a format; `about` (projection, release, digest, …) goes in where the format has room for it.

    Raises:
        CoopgraphError: "not-found" for an unknown format, "internal" if the written file does not say what the network
            says.
    """
    if name not in FORMATS:
        raise CoopgraphError(
            "not-found", f"There is no network format {name!r}.", remedy=f"There are {', '.join(FORMATS)}."
        )
    form = FORMATS[name]
    _demand_uniform_types(network)
    written = form.write(network, about)
    if not nx.utils.graphs_equal(_ordered(form.read(written)), _ordered(form.expect(network))):
        raise CoopgraphError("internal", f"The {name} file does not read back as the network; it is not handed over.")
    return written


def _demand_uniform_types(network: nx.Graph) -> None:
    """GEXF with two types under one name is written without complaint and cannot be read again."""
    for what, items in (
        ("nodes", network.nodes(data=True)),
        ("ties", ((tie[:2], tie[2]) for tie in network.edges(data=True))),
    ):
        seen: dict[str, type] = {}
        for _, attributes in items:
            for key, value in attributes.items():
                if type(value) not in {str, int, float} or seen.setdefault(key, type(value)) is not type(value):
                    raise CoopgraphError("internal", f"The attribute {key!r} of {what} is not of one plain type.")


def _graphml(network: nx.Graph, about: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    copy = network.copy()
    copy.graph.update(about)
    nx.write_graphml_xml(copy, stream, named_key_ids=True)
    return stream.getvalue()


def _read_graphml(content: bytes) -> nx.Graph:
    found = nx.read_graphml(io.BytesIO(content))
    found.graph.clear()
    return found


def _gexf(network: nx.Graph, about: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    nx.write_gexf(network, stream)
    tree = ElementTree.fromstring(stream.getvalue())  # noqa: S314 - our own output
    ElementTree.register_namespace("", _GEXF.strip("{}"))
    meta = tree.find(f"{_GEXF}meta")
    if meta is None:
        raise CoopgraphError("internal", "networkx no longer writes the part of GEXF that names its date.")
    # The date would make equal networks differ from one day to the next.
    meta.attrib.clear()
    ElementTree.SubElement(meta, f"{_GEXF}description").text = "; ".join(f"{key}: {about[key]}" for key in about)
    return bytes(ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True))


def _read_gexf(content: bytes) -> nx.Graph:
    found = nx.read_gexf(io.BytesIO(content))
    found.graph.clear()
    for _, _, tie in found.edges(data=True):
        del tie["id"]
    return found


def _edges_csv(network: nx.Graph, _: Mapping[str, str]) -> bytes:
    """One line for each tie; a node without ties has a line of its own with an empty target, so that nobody is lost."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    columns = [name for name in _TIE_COLUMNS if any(name in tie for _, _, tie in network.edges(data=True))]
    writer.writerow(["source", "source_label", "target", "target_label", *columns])
    labels = network.nodes(data="label")
    for source, target, tie in network.edges(data=True):
        writer.writerow([source, labels[source], target, labels[target], *(tie[name] for name in columns)])
    for node in nx.isolates(network):
        writer.writerow([node, labels[node], "", "", *("" for _ in columns)])
    return stream.getvalue().encode()


def _read_edges_csv(content: bytes) -> nx.Graph:
    kinds: dict[str, Callable[[str], Any]] = {"events": int, "documents": int, "strength": float, "distance": float}
    found = nx.Graph()
    for row in csv.DictReader(io.StringIO(content.decode(), newline="")):
        for end in ("source", "target"):
            if row[end]:
                found.add_node(row[end], label=row[f"{end}_label"])
        if row["target"]:
            found.add_edge(
                row["source"], row["target"], **{k: kinds.get(k, str)(row[k]) for k in _TIE_COLUMNS if k in row}
            )
    return found


def _labels_only(network: nx.Graph) -> nx.Graph:
    found = nx.Graph()
    found.add_nodes_from((node, {"label": label}) for node, label in network.nodes(data="label"))
    found.add_edges_from(network.edges(data=True))
    return found


def _json(network: nx.Graph, about: Mapping[str, str]) -> bytes:
    nodes = [{"id": node, **attributes} for node, attributes in network.nodes(data=True)]
    ties = [{"source": source, "target": target, **tie} for source, target, tie in network.edges(data=True)]
    return (json.dumps({**about, "nodes": nodes, "ties": ties}, ensure_ascii=False, indent=1) + "\n").encode()


def _read_json(content: bytes) -> nx.Graph:
    members = json.loads(content)
    found = nx.Graph()
    found.add_nodes_from((node.pop("id"), node) for node in members["nodes"])
    found.add_edges_from((tie.pop("source"), tie.pop("target"), tie) for tie in members["ties"])
    return found


def _same(network: nx.Graph) -> nx.Graph:
    return network


def _ordered(network: nx.Graph) -> nx.Graph:
    """The network alone: what a reader adds of its own (its name, its edge numbers) is no part of the comparison."""
    found = nx.Graph()
    found.add_nodes_from(network.nodes(data=True))
    found.add_edges_from(network.edges(data=True))
    return found


FORMATS: Final = {
    form.name: form
    for form in (
        NetworkFormat("graphml", "application/graphml+xml", "graphml", _graphml, _read_graphml, _same),
        NetworkFormat("gexf", "application/gexf+xml", "gexf", _gexf, _read_gexf, _same),
        NetworkFormat("pajek", "text/vnd.pajek", "net", pajek.write, pajek.read, pajek.as_strings),
        NetworkFormat("edges.csv", "text/csv", "csv", _edges_csv, _read_edges_csv, _labels_only),
        NetworkFormat("network.json", "application/json", "json", _json, _read_json, _same),
    )
}
