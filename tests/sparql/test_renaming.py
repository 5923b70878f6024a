"""A query for a store that keeps graphs under other names finds them, however the query writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store

from coopgraph.sparql.renaming import rewritten

EX = "http://example.org/"
MARK = "urn:coopgraph:release:1-0:"
GRAPHS = frozenset({EX + "g", EX + "h"})
A, P, G, H = (NamedNode(EX + name) for name in "apgh")
QUADS = (Quad(A, P, Literal(1), G), Quad(A, P, Literal(2), H), Quad(G, P, Literal("about g"), H), Quad(A, P, G, G))


def renamed(quad: Quad) -> Quad:
    terms = (NamedNode(MARK + term.value) if term in {G, H} else term for term in (quad.subject, quad.object))
    subject, value = terms
    return Quad(subject, quad.predicate, value, NamedNode(MARK + quad.graph_name.value))


def stores() -> tuple[Store, Store]:
    original, stored = Store(), Store()
    original.extend(QUADS)
    stored.extend(map(renamed, QUADS))
    stored.add(Quad(A, P, Literal("another's"), NamedNode("urn:coopgraph:other")))
    return original, stored


def told(store: Store, text: str, names: list[str]) -> list[str]:
    answer = store.query(text, named_graphs=[NamedNode(name) for name in names])
    if isinstance(answer, QueryBoolean):
        return [str(bool(answer))]
    assert isinstance(answer, QuerySolutions)
    return sorted(str([str(value) for value in row]).replace(MARK, "") for row in answer)


PATTERNS = [
    "SELECT * { GRAPH <http://example.org/g> { ?s ?p ?o } }",
    "BASE <http://example.org/> SELECT * { GRAPH <g> { ?s <p> ?o } }",
    "BASE <http://example.org/x/> BASE <../> SELECT * { GRAPH <g> { ?s ?p ?o } }",
    "PREFIX : <http://example.org/> SELECT * { GRAPH :g { ?s :p ?o } }",
    "PREFIX x: <http://example.org/g> SELECT * { GRAPH x: { ?s ?p ?o } }",
    "BASE <http://example.org/> PREFIX x: <g> SELECT * { GRAPH x: { ?s ?p ?o } }",
    "SELECT * { GRAPH <http://example.org/\\u0067> { ?s ?p ?o } }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(?g = <http://example.org/g>) }",
    "SELECT * { VALUES ?g { <http://example.org/h> } GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } ?x ?y ?g }",
    "SELECT * { GRAPH ?h { ?g ?p ?text } GRAPH ?g { ?s ?p ?o } }",
    'SELECT ?g { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), "http://example.org/h")) }',
    "SELECT (STRLEN(STR(?g)) AS ?n) (CONCAT(STR(?s), (STR(?g))) AS ?t) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (STR(STR(?g)) AS ?n) { GRAPH ?g { ?s ?p ?o } } # STR(?g",
    "ASK { GRAPH <urn:coopgraph:other> { ?s ?p ?o } }",
    "ASK { GRAPH ?g { ?s ?p ?o } FILTER(?g = <urn:coopgraph:other>) }",
    "ASK { GRAPH <http://example.org/none> { ?s ?p ?o } }",
    "SELECT ?s { GRAPH ?g { ?s ?p ?o FILTER(?o<2&&1<?o+1) } }",
    "BASE <http://example.org/> SELECT ?s { GRAPH ?g { ?s ?p ?o FILTER(?o<2&&1>0) } }",
]


@pytest.mark.parametrize("text", PATTERNS)
def test_the_rewritten_query_finds_what_the_original_finds(text: str) -> None:
    original, stored = stores()
    changed = rewritten(text, graphs=GRAPHS, mark=MARK, reserved="urn:coopgraph:").text
    marked = [MARK + name for name in sorted(GRAPHS)]
    assert told(stored, changed, marked) == told(original, text, sorted(GRAPHS))


def test_dataset_clauses_stand_beside_the_query() -> None:
    text = "PREFIX : <http://example.org/> SELECT * FROM :g FROM NAMED <h> FROM <http://x.org/> { ?s ?p ?o }"
    found = rewritten(text, base=EX)
    assert found.default_graphs == (EX + "g", "http://x.org/")
    assert found.named_graphs == (EX + "h",)
    assert "from" not in found.text.lower()
    assert rewritten("SELECT ?from { ?from ?p 'FROM <a:b>' }").default_graphs is None


@pytest.mark.parametrize("form", ["select", "ask", "construct", "describe"])
def test_the_form_is_told(form: str) -> None:
    body = {"select": "* {}", "ask": "{}", "construct": "WHERE { ?s ?p ?o }", "describe": "<a:b>"}[form]
    assert rewritten(f"PREFIX ask: <a:> # SELECT\n{form.upper()} {body}").form == form


@given(st.sampled_from(PATTERNS))
def test_without_a_mark_nothing_but_bases_changes(text: str) -> None:
    original, _ = stores()
    assert told(original, rewritten(text).text, sorted(GRAPHS)) == told(original, text, sorted(GRAPHS))
