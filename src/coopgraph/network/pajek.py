"""Pajek files: vertices named by label, every other attribute a string, the line value a tie's strength."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Mapping


def write(network: nx.Graph, _: Mapping[str, str]) -> bytes:
    """The network, every string quoted: networkx itself leaves a name such as O'Brien bare and cannot read it."""
    names = vertex_names(network)
    place = {node: index for index, node in enumerate(network, start=1)}
    lines = [f"*Vertices {len(network)}"]
    for node, attributes in network.nodes(data=True):
        extra = " ".join(f"{key} {_quoted(value)}" for key, value in _strings({"iri": node, **attributes}).items())
        lines.append(f"{place[node]} {_quoted(names[node])} 0.0 0.0 ellipse {extra}")
    lines.append("*Edges")
    for source, target, tie in network.edges(data=True):
        extra = " ".join(f"{key} {_quoted(value)}" for key, value in _strings(tie).items())
        lines.append(f"{place[source]} {place[target]} {tie['strength']!r} {extra}")
    return ("\n".join(lines) + "\n").encode()


def read(content: bytes) -> nx.Graph:
    """The network as networkx reads it, nodes by IRI again."""
    raw = nx.parse_pajek(content.decode())
    found = nx.Graph()
    for name, attributes in raw.nodes(data=True):
        kept = {key: value for key, value in attributes.items() if key not in {"id", "x", "y", "shape"}}
        found.add_node(kept["iri"], name=name, **kept)
    iris = dict(raw.nodes(data="iri"))
    for source, target, tie in raw.edges(data=True):
        found.add_edge(iris[source], iris[target], **tie)
    return found


def as_strings(network: nx.Graph) -> nx.Graph:
    """What a Pajek file can say of the network."""
    names = vertex_names(network)
    found = nx.Graph()
    for node, attributes in network.nodes(data=True):
        found.add_node(node, name=names[node], **_strings({"iri": node, **attributes}))
    for source, target, tie in network.edges(data=True):
        found.add_edge(source, target, **_strings(tie), **{"weight": tie["strength"]})
    return found


def vertex_names(network: nx.Graph) -> dict[str, str]:
    """The label of each node; where several share one, its place in the network follows in brackets."""
    labels = {node: _plain(str(label or node)) for node, label in network.nodes(data="label")}
    often = Counter(labels.values())
    names: dict[str, str] = {}
    for place, (node, label) in enumerate(labels.items(), start=1):
        name = label if often[label] == 1 else f"{label} ({place})"
        while name in names.values() or (name != label and name in often):
            name += "'"
        names[node] = name
    return names


def _strings(attributes: Mapping[str, Any]) -> dict[str, str]:
    return {key: text for key, value in attributes.items() if (text := _plain(str(value)))}


def _plain(text: str) -> str:
    # Pajek has no way to write these two characters inside a quoted string.
    return text.replace('"', "'").replace("\\", "/").strip()


def _quoted(text: str) -> str:
    return f'"{text}"'
