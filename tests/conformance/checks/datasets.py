"""Which graphs a query sees."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from tests.conformance.checks.check import G1, G2, NAMED, PROBLEM, VALUES, form, get, graphs

DATASETS: Final = (
    get("without parameters the default graph is asked", VALUES, values=("default",)),
    get("a default graph", VALUES, graphs(default_graph_uri=G1), values=("both", "one")),
    get(
        "two default graphs are merged",
        VALUES,
        graphs(default_graph_uri1=G1, default_graph_uri2=G2),
        values=("both", "one", "two"),
    ),
    get(
        "graphs merged by FROM hold a triple once",
        "SELECT ?v FROM <http://example.org/g1> FROM <http://example.org/g2> { ?s ?p ?v }",
        values=("both", "one", "two"),
    ),
    get(
        "a graph named twice is there once",
        VALUES,
        graphs(default_graph_uri1=G1, default_graph_uri2=G1),
        values=("both", "one"),
    ),
    get("a named graph leaves the default graph empty", VALUES, graphs(named_graph_uri=G1), values=()),
    get("a named graph is the only one", NAMED, graphs(named_graph_uri=G1), values=("both", "one")),
    get(
        "default and named graphs",
        "SELECT ?v { ?s ?p ?v GRAPH ?g { ?s ?p ?w } FILTER(?w = 'two') }",
        graphs(default_graph_uri=G1, named_graph_uri=G2),
        values=("one",),
    ),
    get("a default graph leaves no named ones", NAMED, graphs(default_graph_uri=G1), values=()),
    get("FROM is honoured", "SELECT ?v FROM <http://example.org/g2> { ?s ?p ?v }", values=("both", "two")),
    get(
        "FROM NAMED is honoured",
        "SELECT ?v FROM NAMED <http://example.org/g2> { GRAPH ?g { ?s ?p ?v } }",
        values=("both", "two"),
    ),
    get(
        "the request's dataset beats FROM",
        "SELECT ?v FROM <http://example.org/g2> { ?s ?p ?v }",
        graphs(default_graph_uri=G1),
        values=("both", "one"),
    ),
    get("a graph that is not there is empty", VALUES, graphs(default_graph_uri="http://127.0.0.1:9/none"), values=()),
    get("FROM fetches nothing", "SELECT ?v FROM <http://127.0.0.1:9/none> { ?s ?p ?v }", values=()),
    get("a graph's name must be an IRI", VALUES, "default-graph-uri=no%20iri", status=400, type=PROBLEM),
    form(
        "the dataset may stand in a form",
        f"query={quote(VALUES)}&{graphs(default_graph_uri=G2)}",
        values=("both", "two"),
    ),
)
