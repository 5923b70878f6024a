"""The protocols beyond the suites, against the real service over HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat

from tests.conformance import tables
from tests.conformance.checks import ALL, Check
from tests.conformance.checks.check import DATA, G1, G2, G3, PROBLEM, QUERY, TURTLE, UPDATE, VALUES
from tests.conformance.client import GRAPH_TYPES, told
from tests.conformance.manifest import graph
from tests.conformance.queries import media_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conformance.client import Server
    from tests.conformance.terms import Term

SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.fixture
def filled(server: Server) -> Server:
    """The service over the data of these checks."""
    server.fill_with(DATA)
    return server


def test_names_are_told_once() -> None:
    assert len({check.name for check in ALL}) == len(ALL) >= 60


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.name)
def test_check(check: Check, filled: Server) -> None:
    response = send(filled, check)
    said = told(response)
    due = (check.status,) if isinstance(check.status, int) else check.status
    assert response.status_code in due, said
    if check.type is not None:
        assert media_type(response.headers.get("content-type", "")) == check.type, said
    for name, parts in check.holds.items():
        assert name in response.headers, f"no {name}: {response.headers}"
        value = response.headers[name].lower()
        assert all(part.lower() in value for part in parts), f"{name}: {value}"
    assert not [name for name in check.lacks if name in response.headers], response.headers
    if check.truth is not None:
        assert tables.from_json(response.content) is check.truth, said
    if check.values is not None:
        table = tables.from_json(response.content)
        assert isinstance(table, tables.Table)
        assert sorted(row["v"].value for row in table.rows) == list(check.values), said  # type: ignore[union-attr]
    text = response.content.decode()
    assert all(part in text for part in check.says), said
    if check.method == "HEAD":
        assert not response.content
        assert filled.query("ASK {}", "*/*").status_code == 200
    if not response.is_success and check.type == PROBLEM:
        problem = response.json()
        assert problem["status"] == response.status_code
        assert {"type", "title", "detail"} <= set(problem)


def send(server: Server, check: Check) -> httpx.Response:
    door = {"query": server.query_url, "update": server.update_url, "store": server.store_url}[check.door]
    headers = {**check.headers, **(server.authority if check.operator else {})}
    if check.method not in {"GET", "HEAD", "OPTIONS"}:
        server.touched()
    url = f"{door}?{check.ask}" if check.ask else door
    return server.http.request(check.method, url, headers=headers, content=check.body)


def asked(server: Server, query: str = VALUES, headers: Mapping[str, str] | None = None) -> httpx.Response:
    return server.http.get(server.query_url, params={"query": query}, headers=headers)


def put(server: Server, turtle: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
    server.touched()
    all_headers = {"Content-Type": TURTLE, **server.authority, **(headers or {})}
    return server.http.put(server.store_url, params={"graph": G3}, content=turtle, headers=all_headers)


def test_an_answer_known_to_the_reader_is_not_sent_again(filled: Server) -> None:
    first = asked(filled)
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    for known in (tag, f'"other", {tag}', "*", f"W/{tag}"):
        again = asked(filled, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert "content-type" not in again.headers
        assert "accept" in again.headers["vary"].lower()
    assert asked(filled, headers={"If-None-Match": '"other"'}).content == first.content


def test_validators_differ_by_what_is_asked_and_how(filled: Server) -> None:
    tags = [
        asked(filled).headers["etag"],
        asked(filled, headers={"Accept": "text/csv"}).headers["etag"],
        asked(filled, "SELECT ?v { ?s ?q ?v }").headers["etag"],
        filled.http.get(filled.query_url, params={"query": VALUES, "default-graph-uri": G1}).headers["etag"],
        filled.http.get(filled.query_url, params={"query": VALUES, "named-graph-uri": G1}).headers["etag"],
    ]
    assert len(set(tags)) == len(tags)


def test_a_change_makes_new_validators_and_answers(filled: Server) -> None:
    before = asked(filled)
    assert filled.update('INSERT DATA { <urn:x> <urn:y> "new" }').is_success
    after = asked(filled, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "new" in after.text
    assert after.headers["etag"] != before.headers["etag"]


def test_an_update_looks_where_the_request_says(filled: Server) -> None:
    text = f"INSERT {{ GRAPH <{G3}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o FILTER(ISLITERAL(?o)) }}"
    response = filled.http.post(
        filled.update_url,
        params={"using-graph-uri": [G1, G2]},
        content=text,
        headers={"Content-Type": UPDATE, **filled.authority},
    )
    filled.touched()
    assert response.is_success, told(response)
    copied = filled.http.get(
        filled.query_url, params={"query": VALUES, "default-graph-uri": G3}, headers={"Accept": "text/csv"}
    )
    assert sorted(copied.text.split()[1:]) == ["both", "one", "two"]


def test_an_update_sees_the_named_graphs_that_the_request_names(filled: Server) -> None:
    text = f"INSERT {{ GRAPH <{G3}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    response = filled.http.post(
        filled.update_url,
        params={"using-named-graph-uri": G2},
        content=text,
        headers={"Content-Type": UPDATE, **filled.authority},
    )
    filled.touched()
    assert response.is_success, told(response)
    copied = filled.http.get(
        filled.query_url, params={"query": VALUES, "default-graph-uri": G3}, headers={"Accept": "text/csv"}
    )
    assert sorted(copied.text.split()[1:]) == ["both", "two"]


def test_a_refused_update_changes_nothing(filled: Server) -> None:
    before = filled.everything()
    for rest in ("LOAD <http://127.0.0.1:9/>", "INSERT DATA { <urn:a> }"):
        response = filled.update(f'INSERT DATA {{ <urn:x> <urn:y> "half" }} ; {rest}')
        assert response.status_code in {400, 403}
        assert filled.everything() == before


def test_a_silent_load_of_what_cannot_be_had_does_nothing(filled: Server) -> None:
    before = filled.everything()
    assert filled.update("LOAD SILENT <scheme-of-nobody://example.org/none>").is_success
    assert filled.everything() == before


def test_a_graph_is_made_replaced_added_to_and_removed(filled: Server) -> None:
    place = {"graph": G3}
    assert put(filled, "<urn:a> <urn:b> 1 .").status_code == 201
    assert put(filled, "<urn:a> <urn:b> 2 .").status_code in {200, 204}
    added = filled.http.post(
        filled.store_url,
        params=place,
        content="<urn:a> <urn:b> 3 .",
        headers={"Content-Type": TURTLE, **filled.authority},
    )
    assert added.status_code in {200, 204}
    lines = filled.http.get(filled.store_url, params=place, headers={"Accept": GRAPH_TYPES["ntriples"]}).text
    assert "1" not in lines.replace("http://www.w3.org/2001", "")
    assert len(lines.splitlines()) == 2
    assert filled.http.delete(filled.store_url, params=place, headers=filled.authority).status_code in {200, 204}
    assert filled.http.get(filled.store_url, params=place).status_code == 404
    assert "one" in filled.http.get(filled.store_url, params={"graph": G1}).text


def test_a_graph_is_patched_by_an_update_that_sees_it_alone(filled: Server) -> None:
    filled.touched()
    response = filled.http.patch(
        filled.store_url,
        params={"graph": G1},
        content="DELETE { ?s ?p ?o } INSERT { ?s ?p 'patched' } WHERE { ?s ?p ?o FILTER(?o != 'both') }",
        headers={"Content-Type": UPDATE, **filled.authority},
    )
    assert response.is_success, told(response)
    assert '"patched"' in filled.http.get(filled.store_url, params={"graph": G1}).text
    assert '"two"' in filled.http.get(filled.store_url, params={"graph": G2}).text
    assert "patched" not in filled.http.get(filled.store_url, params={"default": ""}).text


def test_a_graph_without_a_name_gets_one(filled: Server) -> None:
    filled.touched()
    made = filled.http.post(
        filled.store_url, content="<urn:a> <urn:b> 'posted' .", headers={"Content-Type": TURTLE, **filled.authority}
    )
    assert made.status_code == 201
    place = str(made.url.join(made.headers["location"]))
    for found in (filled.http.get(place), filled.http.get(filled.store_url, params={"graph": place})):
        assert "posted" in found.text


def test_a_change_meant_for_another_state_is_refused(filled: Server) -> None:
    assert put(filled, "<urn:a> <urn:b> 1 .").status_code == 201
    tag = filled.http.get(filled.store_url, params={"graph": G3}).headers["etag"]
    assert put(filled, "<urn:a> <urn:b> 2 .", {"If-Match": '"other"'}).status_code == 412
    assert put(filled, "<urn:a> <urn:b> 2 .", {"If-Match": tag}).is_success
    assert put(filled, "<urn:a> <urn:b> 3 .", {"If-Match": tag}).status_code == 412
    assert put(filled, "<urn:a> <urn:b> 3 .", {"If-None-Match": "*"}).status_code == 412
    assert "2" in filled.http.get(filled.store_url, params={"graph": G3}).text


def test_relative_iris_are_relative_to_the_graph(filled: Server) -> None:
    assert put(filled, "<b> <#c> <> .").is_success
    lines = filled.http.get(filled.store_url, params={"graph": G3}, headers={"Accept": GRAPH_TYPES["ntriples"]}).text
    assert lines.split() == ["<http://example.org/b>", f"<{G3}#c>", f"<{G3}>", "."]


def test_relative_iris_in_a_query_are_relative_to_the_endpoint(filled: Server) -> None:
    response = asked(filled, "SELECT (STR(<x>) AS ?v) {}", {"Accept": "text/csv"})
    assert response.text.split()[1] == filled.query_url.rsplit("/", 1)[0] + "/x"


def test_the_description_tells_what_is_supported_and_limited(filled: Server) -> None:
    response = filled.http.get(filled.query_url, headers={"Accept": GRAPH_TYPES["ntriples"]})
    described = graph(response.content, filled.query_url, RdfFormat.N_TRIPLES)
    services = {described.text(one, SD + "endpoint"): one for one in described.subjects(SD + "Service")}
    service, updates = services[filled.query_url], services[filled.update_url]

    def iris(node: Term, *path: str) -> set[str]:
        return {one.value for one in described.all(node, *path) if isinstance(one, NamedNode)}

    assert iris(service, SD + "supportedLanguage") == {SD + "SPARQL11Query"}
    assert iris(updates, SD + "supportedLanguage") == {SD + "SPARQL11Update"}
    assert described.one(service, SD + "defaultDataset") == described.one(updates, SD + "defaultDataset")
    formats, inputs = iris(service, SD + "resultFormat"), iris(updates, SD + "inputFormat")
    w3c = "http://www.w3.org/ns/formats/"
    assert {w3c + name for name in ("SPARQL_Results_JSON", "SPARQL_Results_XML", "Turtle", "JSON-LD")} <= formats
    assert {w3c + name for name in ("Turtle", "TriG", "N-Triples", "N-Quads", "RDF_XML", "JSON-LD")} <= inputs
    assert iris(service, SD + "defaultDataset", SD + "namedGraph", SD + "name") == {G1, G2}
    limits = {
        described.text(one, "https://schema.org/propertyID"): described.text(one, "https://schema.org/maxValue")
        for one in described.all(service, "https://schema.org/additionalProperty")
    }
    assert {"query_seconds", "query_rows", "query_bytes", "query_memory", "request_bytes"} <= set(limits)
    assert all(float(value) >= 0 for value in limits.values())


def test_a_long_text_that_must_be_read_word_by_word_keeps_nobody_waiting(filled: Server) -> None:
    long = "ASK { " + '?s ?p "service" . ' * 20_000 + "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    answered = 0
    with ThreadPoolExecutor(1) as aside:
        refused = [
            aside.submit(httpx.post, filled.query_url, content=long, headers={"Content-Type": QUERY}, timeout=60)
            for _ in range(5)
        ]
        while not refused[-1].done():
            assert filled.query("ASK {}", "*/*").status_code == 200
            answered += 1
    # It would take too long to find out that it calls another server; so it is refused for being so long.
    assert {one.result().status_code for one in refused} == {400}
    assert answered >= 5
