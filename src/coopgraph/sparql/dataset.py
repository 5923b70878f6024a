"""Over which graphs a query runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, RdfFormat, parse

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.lexer import Kind, reading
from coopgraph.sparql.policy import MOST_TOKENS, in_prologue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.sparql.lexer import Token
    from coopgraph.sparql.request import QueryRequest


_FROM: Final = re.compile("from", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QueryDataset:
    """The graphs that make up the default graph and those that GRAPH reaches; None leaves it to query and store."""

    default_graphs: tuple[NamedNode, ...] | None = None
    named_graphs: tuple[NamedNode, ...] | None = None


def dataset_of(request: QueryRequest, base: str | None = None) -> QueryDataset:
    """The dataset that the request names; naming any graph leaves out all that are not named, as the protocol asks.

    If the request names none and FROM in the query names several default graphs, these are told as well, since not
    every engine merges them by itself. `base` is the IRI that relative ones are relative to.

    Raises:
        CoopgraphError: "request" for a graph whose name is no absolute IRI.
    """
    if not request.default_graphs and not request.named_graphs:
        return dataset_in(request.text, base)
    return QueryDataset(_nodes(request.default_graphs), _nodes(request.named_graphs))


def dataset_in(text: str, base: str | None) -> QueryDataset:
    """The dataset that the query itself names, if it is one of several default graphs, else what leaves it to engines.

    Whatever is wrong with the query is left to them as well.

    Raises:
        CoopgraphError: "request" if it is too long to be searched for what it names.
    """
    if not may_name_several(text):
        return QueryDataset()
    try:
        found = reading(text, most=MOST_TOKENS)
    except CoopgraphError as error:
        if error.code == "request":
            error.remedy = "Name the graphs by the parameters default-graph-uri and named-graph-uri."
            raise
        return QueryDataset()
    clauses = _clauses(found)
    default = [name for name, is_named in clauses if not is_named]
    named = [name for name, is_named in clauses if is_named]
    if len(default) < 2:
        return QueryDataset()
    prologue = text[: next((token.start for token in found if not in_prologue(token)), 0)]
    try:
        return QueryDataset(_resolved(prologue, default, base), _resolved(prologue, named, base))
    except SyntaxError:
        return QueryDataset()


def may_name_several(text: str) -> bool:
    """Whether the query must be read through for the graphs that it names."""
    return len(_FROM.findall(text)) > 1


def _clauses(found: Sequence[Token]) -> list[tuple[str, bool]]:
    """The names after FROM as they are written, each with whether NAMED stands before it."""
    clauses, depth = [], 0
    for token, first, second in zip(found, found[1:], [*found[2:], None], strict=False):
        depth += (token.text in "{([") - (token.text in "})]") if token.kind is Kind.SIGN else 0
        # Outside all braces the word can be nothing else.
        if depth == 0 and token.kind is Kind.WORD and token.text.upper() == "FROM":
            if first.kind is not Kind.WORD:
                clauses.append((first.text, False))
            elif second is not None:
                clauses.append((second.text, True))
    return clauses


def _resolved(prologue: str, names: Sequence[str], base: str | None) -> tuple[NamedNode, ...]:
    """The IRIs that are so written after the prologue of a query, which Turtle reads like SPARQL."""
    written = "".join(f"<urn:x:s> <urn:x:p> {name} .\n" for name in names)
    objects = [quad.object for quad in parse(f"{prologue}\n{written}", format=RdfFormat.TURTLE, base_iri=base)]
    return tuple(node for node in objects if isinstance(node, NamedNode))


def _nodes(names: Sequence[str]) -> tuple[NamedNode, ...]:
    nodes = []
    for name in names:
        try:
            nodes.append(NamedNode(name))
        except ValueError as error:
            raise CoopgraphError("request", f"{name!r} is no absolute IRI and names no graph.") from error
    return tuple(nodes)
