"""Updates, and who may make them."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from tests.conformance.checks.check import G1, G2, G3, PROBLEM, UPDATE, Check, direct, form, graphs, update

INSERT: Final = f"INSERT DATA {{ GRAPH <{G3}> {{ <http://example.org/a> <http://example.org/p> 1 }} }}"
UPDATES: Final = (
    Check(
        "updates need a token",
        401,
        method="POST",
        door="update",
        headers={"Content-Type": UPDATE},
        body=INSERT,
        type=PROBLEM,
        holds={"www-authenticate": ("bearer",)},
    ),
    Check(
        "not just any token",
        401,
        method="POST",
        door="update",
        headers={"Content-Type": UPDATE, "Authorization": "Bearer other"},
        body=INSERT,
        type=PROBLEM,
    ),
    update("an update as a body", INSERT, status=(200, 204)),
    form("an update in a form", "update=" + quote(INSERT), door="update", operator=True, status=(200, 204)),
    update("an update that does nothing", "# nothing", status=(200, 204)),
    update("a mistake in an update", "INSERT DATA {\n <a> }", status=400, type=PROBLEM, says=('"line"',)),
    direct("a query where updates are made", "ASK {}", door="update", operator=True, status=(400, 415), type=PROBLEM),
    update("a query as an update", "ASK {}", status=400, type=PROBLEM),
    form(
        "a query in a form where updates are made",
        "query=ASK+%7B%7D",
        door="update",
        operator=True,
        status=400,
        type=PROBLEM,
    ),
    form(
        "two updates",
        f"update={quote(INSERT)}&update={quote(INSERT)}",
        door="update",
        operator=True,
        status=400,
        type=PROBLEM,
    ),
    update("an update as text", INSERT, "text/plain", status=415, type=PROBLEM),
    update("an update that is not UTF-8", b'INSERT DATA { <urn:a> <urn:b> "\xff" }', status=400, type=PROBLEM),
    Check(
        "an update by GET",
        405,
        door="update",
        ask="update=CLEAR%20ALL",
        operator=True,
        type=PROBLEM,
        holds={"allow": ("POST",)},
    ),
    update("LOAD is refused", "LOAD <http://127.0.0.1:9/>", status=403, type=PROBLEM),
    update("a mistake beside LOAD is a mistake", "LOAD <http://127.0.0.1:9/> ) ", status=400, type=PROBLEM),
    update(
        "SERVICE in an update is refused",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        status=403,
        type=PROBLEM,
    ),
    update(
        "a dataset twice over",
        f"INSERT {{ ?s ?p 1 }} USING <{G1}> WHERE {{ ?s ?p ?o }}",
        ask=graphs(using_graph_uri=G2),
        status=400,
        type=PROBLEM,
    ),
)
