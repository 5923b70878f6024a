"""The counted partitions are those that queries count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from coopgraph import terms
from coopgraph.release import partitions
from coopgraph.store.memory import MemoryReader, kept
from tests import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TYPE = NamedNode(terms.PREFIXES["rdf"] + "type")
NODES = [NamedNode(f"https://example.org/{name}") for name in "abc"]
# What a text may hold must not be taken for the statement it looks like.
DISGUISED = Literal('x" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://example.org/a> . )>> ')
LITERALS = [Literal("x"), Literal("x", language="km"), Literal(7), DISGUISED]
QUADS = st.builds(
    Quad,
    st.sampled_from([*NODES, BlankNode("n")]),
    st.sampled_from([TYPE, *NODES]),
    st.sampled_from([*NODES, *LITERALS, BlankNode("n")]),
    st.sampled_from([DefaultGraph(), *NODES[:2]]),
)


def written(quads: Iterable[Quad], path: Path) -> Path:
    path.write_bytes(b"".join(sorted(kept(quads))))
    return path


def by_query(quads: Iterable[Quad]) -> dict[tuple[str, ...], int]:
    """The numbers as SPARQL counts them: for each graph, with the classes given there or in the default graph."""
    reader = MemoryReader(quads)
    graphs = {str(quad.graph_name) if isinstance(quad.graph_name, NamedNode) else "" for quad in quads}
    found: dict[tuple[str, ...], int] = {}
    for graph in graphs:
        body = f"GRAPH {graph} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        kind = "{{ ?{0} a ?{1} }}" + (f" UNION {{{{ GRAPH {graph} {{{{ ?{{0}} a ?{{1}} }}}} }}}}" if graph else "")
        subject = f"{{ SELECT DISTINCT ?s ?class {{ {kind.format('s', 'class')} }} }}"
        object_ = f"{{ SELECT DISTINCT ?o ?other {{ {kind.format('o', 'other')} }} }}"
        for of_class in (f"{subject} {body}", body):
            head = "?class" if of_class != body else ""
            for extra, select in (
                ("", f"{head} ?p"),
                (object_, f"{head} ?p ?other"),
                ("FILTER(ISLITERAL(?o)) BIND(DATATYPE(?o) AS ?type)", f"{head} ?p ?type"),
            ):
                text = f"SELECT {select} (COUNT(*) AS ?n) {{ {of_class} {extra} }} GROUP BY {select}"
                for row in reader.query(text):
                    what = [str(row[name[1:]]) for name in select.split()]
                    found[graph, head, select.split()[-1], *what] = int(row["n"].value)
        for row in reader.query(f"SELECT ?class (COUNT(DISTINCT ?s) AS ?n) {{ {subject} {body} }} GROUP BY ?class"):
            found[graph, "entities", str(row["class"])] = int(row["n"].value)
    return found


def counted(path: Path) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for graph, counts in partitions.count(path).items():
        name = graph.decode()
        parts = [("", "", counts.properties)]
        parts += [("?class", kind.decode(), one.properties) for kind, one in counts.classes.items()]
        for head, kind, properties in parts:
            of_class = [kind] if kind else []
            for predicate, one in properties.items():
                path_ = [*of_class, predicate.decode()]
                found[name, head, "?p", *path_] = one.triples
                for other, number in one.classes.items():
                    found[name, head, "?other", *path_, other.decode()] = number
                for datatype, number in one.datatypes.items():
                    found[name, head, "?type", *path_, datatype.decode()] = number
        for kind, one in counts.classes.items():
            found[name, "entities", kind.decode()] = one.entities
    return found


@settings(max_examples=60)
@given(quads=st.lists(QUADS, max_size=25))
def test_counts_are_those_of_queries(quads: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = written(quads, tmp_path_factory.mktemp("counted") / "quads.nq")
    # A class may be a literal or a blank node; the queries write those in their own way.
    named = {quad for quad in quads if quad.predicate != TYPE or isinstance(quad.object, NamedNode)}
    if named == set(quads):
        assert {key: n for key, n in counted(path).items() if "_:" not in str(key)} == {
            key: n for key, n in by_query(quads).items() if "_:" not in str(key)
        }


def test_the_shipped_graph_is_counted_whole(tmp_path: Path) -> None:
    path = written(shipped.quads(), tmp_path / "quads.nq")
    graphs = partitions.count(path)
    assert sum(one.triples for one in graphs.values()) == len(set(shipped.quads()))
    for one in graphs.values():
        assert sum(part.triples for part in one.properties.values()) == one.triples
    everybody = graphs[b""].classes[f"<{terms.NS}Person>".encode()]
    (row,) = shipped.reader().query(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{terms.NS}Person> }}")
    assert everybody.entities == int(row["n"].value)
    assert everybody.properties[f"<{terms.NS}holdsPost>".encode()].classes[f"<{terms.NS}Post>".encode()] > 0


def test_an_embedded_triple_is_one_object(tmp_path: Path) -> None:
    path = tmp_path / "quads.nq"
    path.write_text('<a:s> <a:p> <<( <a:x> <a:y> "z )>> " )>> <a:g> .\n', encoding="utf-8")
    (counts,) = partitions.count(path).items()
    assert counts[0] == b"<a:g>"
    assert counts[1].triples == 1
    assert not counts[1].properties[b"<a:p>"].datatypes
