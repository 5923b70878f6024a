"""A request, and what must come back for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from tests.conformance.client import GRAPH_TYPES, TABLE_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA: Final = """
PREFIX ex: <http://example.org/>
ex:a ex:p "default" .
GRAPH ex:g1 { ex:a ex:p "one" . ex:same ex:p "both" }
GRAPH ex:g2 { ex:a ex:p "two" . ex:same ex:p "both" }
"""
G1, G2, G3 = (f"http://example.org/g{number}" for number in (1, 2, 3))
VALUES: Final = "SELECT ?v { ?s ?p ?v }"
NAMED: Final = "SELECT ?v { GRAPH ?g { ?s ?p ?v } }"
CONSTRUCT: Final = "CONSTRUCT WHERE { ?s ?p ?o }"
PROBLEM: Final = "application/problem+json"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
FORM: Final = "application/x-www-form-urlencoded"
JSON, XML, CSV, TSV = TABLE_TYPES.values()
TURTLE: Final = GRAPH_TYPES["turtle"]


@dataclass(frozen=True, slots=True)
class Check:
    """A request, and what its reply must be.

    `values` are those of ?v in a SPARQL JSON table, each as often as it comes; `holds` are parts that a header must
    have, `lacks` headers that must not be there, `says` parts that the body must have.
    """

    name: str
    status: int | tuple[int, ...] = 200
    method: str = "GET"
    door: str = "query"
    ask: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | str | None = None
    type: str | None = None
    truth: bool | None = None
    values: tuple[str, ...] | None = None
    holds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    operator: bool = False


def get(name: str, query: str, parameters: str = "", **rest: Any) -> Check:
    """A query in the address."""
    ask = "query=" + quote(query, safe="") + (f"&{parameters}" if parameters else "")
    return Check(name, ask=ask, **rest)


def direct(name: str, query: str | bytes, *, media_type: str = QUERY, **rest: Any) -> Check:
    """A query as a body."""
    headers = {"Content-Type": media_type, **rest.pop("headers", {})}
    return Check(name, **{"method": "POST", "headers": headers, "body": query, **rest})


def form(name: str, body: str | bytes, *, media_type: str = FORM, **rest: Any) -> Check:
    """Parameters as a body."""
    return direct(name, body, media_type=media_type, **rest)


def accept(name: str, header: str, query: str = VALUES, **rest: Any) -> Check:
    """A query with an Accept header."""
    return get(name, query, "", headers={"Accept": header}, **rest)


def graphs(**named: str) -> str:
    """Parameters of the dataset, for `default_graph_uri=IRI` and the like."""
    return "&".join(
        f"{name.rstrip('0123456789').replace('_', '-')}={quote(iri, safe='')}" for name, iri in named.items()
    )


def update(name: str, text: str | bytes, media_type: str = UPDATE, **rest: Any) -> Check:
    """An update as a body, by who may make it."""
    return direct(name, text, media_type=media_type, **{"door": "update", "operator": True, **rest})


def put(name: str, document: str | bytes, media_type: str = TURTLE, **rest: Any) -> Check:
    """A document put into a graph, by who may do so."""
    given = {"method": "PUT", "door": "store", "ask": graphs(graph=G3), "operator": True, **rest}
    return direct(name, document, media_type=media_type, **given)
