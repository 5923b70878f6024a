"""Over which graphs a query runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.sparql.request import QueryRequest


@dataclass(frozen=True, slots=True)
class QueryDataset:
    """The graphs that make up the default graph and those that GRAPH reaches; None leaves it to query and store."""

    default_graphs: tuple[NamedNode, ...] | None = None
    named_graphs: tuple[NamedNode, ...] | None = None


def dataset_of(request: QueryRequest) -> QueryDataset:
    """The dataset that the request names; naming any graph leaves out all that are not named, as the protocol asks.

    Raises:
        CoopgraphError: "request" for a graph whose name is no absolute IRI.
    """
    if not request.default_graphs and not request.named_graphs:
        return QueryDataset()
    return QueryDataset(_nodes(request.default_graphs), _nodes(request.named_graphs))


def _nodes(names: Sequence[str]) -> tuple[NamedNode, ...]:
    nodes = []
    for name in names:
        try:
            nodes.append(NamedNode(name))
        except ValueError as error:
            raise CoopgraphError("request", f"{name!r} is no absolute IRI and names no graph.") from error
    return tuple(nodes)
