"""Which graphs a query sees."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.dataset import QueryDataset, dataset_of
from coopgraph.sparql.request import QueryRequest

A, B = "http://a/", "http://b/"


def test_no_graph_named_leaves_it_to_the_query() -> None:
    assert dataset_of(QueryRequest("ASK {}")) == QueryDataset(None, None)


def test_named_graphs_alone_leave_the_default_graph_empty() -> None:
    assert dataset_of(QueryRequest("ASK {}", (), (A,))) == QueryDataset((), (NamedNode(A),))


def test_default_graphs_alone_leave_nothing_to_graph() -> None:
    assert dataset_of(QueryRequest("ASK {}", (A, B))) == QueryDataset((NamedNode(A), NamedNode(B)), ())


@pytest.mark.parametrize("name", ["", "relative", "http://a b/"])
def test_a_graph_has_an_absolute_name(name: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        dataset_of(QueryRequest("ASK {}", (name,)))
    assert caught.value.code == "request"


BASE = "http://base/sparql"
ONE, TWO, THREE = (NamedNode(f"http://base/{name}") for name in ("one", "two", "three"))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <one> FROM <two> FROM NAMED <three> { ?s ?p ?o }",
        "PREFIX b: <http://base/> ASK FROM b:one FROM NAMED b:three FROM b:two WHERE { ?s ?p ?o }",
        "BASE <http://base/x> CONSTRUCT { ?s ?p ?o } FROM <one> FROM <two> FROM NAMED <three> WHERE { ?s ?p ?o }",
        "CONSTRUCT FROM <one> FROM <two> FROM NAMED <three> WHERE { ?s ?p ?o }",
        "PREFIX : <http://base/>\nDESCRIBE :x from :one FrOm :two from named :three # from :four",
        'SELECT (STR(?s) AS ?from) FROM <one> FROM <two> FROM NAMED <three> { ?s ?p "FROM <four>" }',
        "SELECT * FROM <http://base/\\u006Fne> FROM <two> FROM NAMED <three> { ?s ?p ?o FILTER(?s < 1 && ?o > 2) }",
    ],
)
def test_several_default_graphs_of_the_query_are_told(text: str) -> None:
    assert dataset_of(QueryRequest(text), BASE) == QueryDataset((ONE, TWO), (THREE,))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <one> FROM NAMED <two> { ?s ?p ?o }",
        'SELECT * { ?s <from> "from" }',
        "SELECT * FROM <one> FROM unknown:two { ?s ?p ?o }",
        "SELECT * FROM FROM { ?s ?p ?o }",
        "ASK { } FROM",
        "from from from",
    ],
)
def test_everything_else_is_left_to_the_engine(text: str) -> None:
    assert dataset_of(QueryRequest(text), BASE) == QueryDataset()


def test_a_dataset_of_the_request_beats_that_of_the_query() -> None:
    text = "SELECT * FROM <one> FROM <two> { ?s ?p ?o }"
    assert dataset_of(QueryRequest(text, (A,)), BASE) == QueryDataset((NamedNode(A),), ())
