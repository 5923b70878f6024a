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
