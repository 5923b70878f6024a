"""`/update` and `/store`: who may write, what is answered, and what is there afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from coopgraph.release.begin import begin_empty
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify
from coopgraph.settings import Settings
from coopgraph.web import create_app, writing
from tests.web import made
from tests.web.made import CENTRE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

TOKEN = {"Authorization": f"Bearer {made.TOKEN}"}
TURTLE = TOKEN | {"Content-Type": "text/turtle"}
UPDATE = TOKEN | {"Content-Type": "application/sparql-update"}
PERSON = "<http://example.org/a> <http://example.org/p> [] ."
MULTIPART = (
    b"--frontier\r\nContent-Disposition: form-data; name=one; filename=one.ttl\r\nContent-Type: text/turtle\r\n\r\n"
    b"<x> <http://e/p> _:b .\r\n--frontier\r\n"
    b"Content-Disposition: form-data; name=two; filename=two.nt\r\nContent-Type: application/n-triples\r\n\r\n"
    b"<http://e/x> <http://e/p> _:b .\r\n--frontier--\r\n"
)


def settings(directory: Path, **changes: object) -> Settings:
    given = {"writable": True, "readers": 1, "token": made.TOKEN, "change_bytes": 10_000, "change_seconds": 20.0}
    return Settings(data=directory / "data", **(given | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A writable service over an open dataset."""
    directory = tmp_path_factory.mktemp("writable")
    begin_empty(Shelf(directory / "data"), gate="none", base="https://w3id.org/coopgraph/")
    made_app = create_app(settings(directory))
    yield made_app
    writing.close(made_app)
    made_app.extensions["coopgraph"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    client = app.test_client()
    assert client.delete("/store", headers=TOKEN).status_code == 204
    return client


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    found = app.extensions["coopgraph"].shelf
    return Shelf(found.directory)


def lines(client: FlaskClient, path: str = "/store") -> list[str]:
    media_type = "application/n-quads" if path == "/store" else "application/n-triples"
    answer = client.get(path, headers={"Accept": media_type})
    assert answer.status_code == 200
    return answer.get_data(as_text=True).splitlines()


def problem(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.data)["type"].rpartition(":")[2]


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/update"), ("PUT", "/store?default"), ("POST", "/store"), ("DELETE", "/store"), ("PATCH", "/store/x")],
)
def test_only_who_holds_the_token_may_write(client: FlaskClient, shelf: Shelf, method: str, path: str) -> None:
    before = shelf.current()
    for headers in ({}, {"Authorization": "Bearer wrong-token"}, {"Authorization": f"Basic {made.TOKEN}"}):
        answer = client.open(path, method=method, headers=headers, data=PERSON)
        assert problem(answer) == (401, "unauthorized")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert made.TOKEN not in answer.get_data(as_text=True)
    assert shelf.current() == before


def test_a_read_only_service_lets_nobody_write(tmp_path: Path) -> None:
    made.release(tmp_path)
    app = create_app(settings(tmp_path, writable=False))
    try:
        client = app.test_client()
        assert problem(client.post("/update", headers=UPDATE, data="CLEAR ALL")) == (403, "forbidden")
        assert problem(client.put("/store?default", headers=TURTLE, data=PERSON)) == (403, "forbidden")
        assert client.get("/store?graph=https://w3id.org/coopgraph/graph/prospective").status_code == 200
    finally:
        writing.close(app)
        app.extensions["coopgraph"].close()


def test_an_update_is_told_by_its_release(client: FlaskClient, shelf: Shelf) -> None:
    answer = client.post("/update", headers=UPDATE, data="INSERT DATA { <a> <http://e/p> 1 }")
    manifest = shelf.current()
    assert manifest is not None
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["X-Coopgraph-Release"] == str(manifest.number)
    assert answer.headers["ETag"] == f'"{manifest.digest}"'
    assert lines(client) == ['<http://localhost/a> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .']
    assert client.get("/update").status_code == 405
    assert verify(shelf) == ()


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("INSERT DATA {", 400, "syntax"),
        ("ASK {}", 400, "syntax"),
        ("LOAD <http://127.0.0.1:1/>", 403, "forbidden"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "forbidden"),
        ("INSERT DATA { <a> <b> '" + "x" * 20_000 + "' }", 413, "too-large"),
    ],
)
def test_what_is_no_update_changes_nothing(
    client: FlaskClient, shelf: Shelf, text: str, status: int, code: str
) -> None:
    before = shelf.current()
    assert problem(client.post("/update", headers=UPDATE, data=text)) == (status, code)
    assert shelf.current() == before


def test_a_graph_by_name_by_default_and_by_its_address(client: FlaskClient) -> None:
    for path in ("/store?graph=http%3A%2F%2Fe%2Fg", "/store/some/graph.ttl"):
        assert client.get(path).status_code == 404
        assert client.head(path).status_code == 404
        assert client.put(path, headers=TURTLE, data=PERSON).status_code == 201
        assert client.put(path, headers=TURTLE, data=PERSON).status_code == 204
        assert client.post(path, headers=TURTLE, data=PERSON).status_code == 204
        assert len(lines(client, path)) == 2
        head = client.head(path)
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["Content-Type"] == "text/turtle; charset=utf-8"
        assert client.delete(path, headers=TOKEN).status_code == 204
        assert client.delete(path, headers=TOKEN).status_code == 404
    assert client.put("/store?default", headers=TURTLE, data=PERSON).status_code == 204
    assert len(lines(client, "/store?default")) == 1
    assert client.delete("/store?default", headers=TOKEN).status_code == 204
    assert lines(client, "/store?default") == []


def test_the_address_names_the_graph(client: FlaskClient) -> None:
    client.put("/store/some/graph.ttl", headers=TURTLE, data="<> <http://e/p> <other> .")
    assert lines(client) == [
        "<http://localhost/store/some/graph.ttl> <http://e/p> <http://localhost/store/some/other>"
        " <http://localhost/store/some/graph.ttl> ."
    ]
    assert len(lines(client, "/store?graph=http%3A%2F%2Flocalhost%2Fstore%2Fsome%2Fgraph.ttl")) == 1


def test_a_new_graph_gets_a_name(client: FlaskClient) -> None:
    answer = client.post("/store", headers=TURTLE, data=PERSON)
    assert answer.status_code == 201
    location = answer.headers["Location"]
    assert location.startswith("http://localhost/store/")
    assert len(lines(client, location.removeprefix("http://localhost"))) == 1
    assert client.post("/store", headers=TURTLE, data=PERSON).headers["Location"] != location


def test_mistakes_are_told_where_they_stand_whatever_graphs_the_request_names(client: FlaskClient) -> None:
    text = "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o } ;\nDELETE WHERE { ?s ?p ?o } ; INSERT { ?s ?p 1 } WHERE { ?s ?p ) }"
    told = [
        json.loads(client.post(f"/update{names}", headers=UPDATE, data=text).data)
        for names in ("", "?using-graph-uri=http://e/g", "?using-graph-uri=http://e/g&using-named-graph-uri=http://e/h")
    ]
    assert told[0]["line"] == 2
    assert len({(one["line"], one["column"]) for one in told}) == 1
    assert lines(client) == []


@pytest.mark.parametrize(("media_type", "text"), [("text/turtle", "# nothing"), ("application/ld+json", '{"a": 1}')])
def test_what_says_nothing_makes_no_graph(client: FlaskClient, media_type: str, text: str) -> None:
    headers = TOKEN | {"Content-Type": media_type}
    for answer in (
        client.put("/store?graph=http://e/g", headers=headers, data=text),
        client.post("/store?graph=http://e/g", headers=headers, data=text),
        client.post("/store", headers=headers, data=text),
    ):
        assert (answer.status_code, answer.headers.get("Location")) == (204, None)
    assert client.get("/store?graph=http://e/g").status_code == 404


def test_the_dataset_as_a_whole(client: FlaskClient) -> None:
    trig = TOKEN | {"Content-Type": "application/trig"}
    client.put(
        "/store", headers=trig, data="<http://e/a> <http://e/p> 1 . <http://e/g> { <http://e/a> <http://e/p> 2 }"
    )
    client.post("/store", headers=trig, data="<http://e/g> { <http://e/a> <http://e/p> 3 }")
    expected = set(parse("\n".join(lines(client)), RdfFormat.N_QUADS))
    assert len(expected) == 3
    for media_type in ("application/trig", "application/ld+json"):
        answer = client.get("/store", headers={"Accept": media_type})
        assert set(parse(answer.data, RdfFormat.from_media_type(media_type))) == expected
    assert problem(client.get("/store", headers={"Accept": "text/turtle"})) == (406, "not-acceptable")
    assert problem(client.put("/store", headers=TURTLE, data=PERSON)) == (400, "request")


def test_several_documents_in_a_form_do_not_share_blank_nodes(client: FlaskClient) -> None:
    form = TOKEN | {"Content-Type": "multipart/form-data; boundary=frontier"}
    assert client.post("/store?graph=http://e/", headers=form, data=MULTIPART).status_code == 201
    assert len(lines(client, "/store?graph=http://e/")) == 2


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [
        ("/store?graph=relative", TURTLE, PERSON, 400),
        ("/store?graph=http://e/g&default", TURTLE, PERSON, 400),
        ("/store/x?default", TURTLE, PERSON, 400),
        ("/store?graph=http://e/g&graph=http://e/h", TURTLE, PERSON, 400),
        ("/store?default", TURTLE, "no turtle", 400),
        ("/store?default", TOKEN | {"Content-Type": "text/html"}, PERSON, 415),
        ("/store?default", TOKEN, PERSON, 415),
        ("/store?default", TOKEN | {"Content-Type": "text/turtle; charset=utf-16"}, PERSON, 400),
        ("/store?default", TOKEN | {"Content-Type": "multipart/form-data"}, PERSON, 400),
        ("/store?default", TURTLE | {"Content-Range": "bytes 0-9/20"}, PERSON, 400),
        ("/store?default", TURTLE, PERSON + "#" * 20_000, 413),
    ],
)
def test_what_cannot_be_stored(client: FlaskClient, path: str, headers: dict[str, str], body: str, status: int) -> None:
    before = client.get("/store").headers["ETag"]
    answer = client.put(path, headers=headers, data=body)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert client.get("/store").headers["ETag"] == before


def test_a_patch(client: FlaskClient) -> None:
    client.put("/store?graph=http://e/g", headers=TURTLE, data="<http://e/a> <http://e/p> 1 .")
    client.put("/store?default", headers=TURTLE, data="<http://e/a> <http://e/p> 1 .")
    text = "DELETE { ?s ?p 1 } INSERT { ?s ?p <x> } WHERE { ?s ?p 1 }"
    assert client.patch("/store?graph=http://e/g", headers=UPDATE, data=text).status_code == 204
    assert lines(client, "/store?graph=http://e/g") == ["<http://e/a> <http://e/p> <http://e/x> ."]
    assert "1" in lines(client, "/store?default")[0]
    assert client.patch("/store?graph=http://e/none", headers=UPDATE, data=text).status_code == 404
    assert client.patch("/store", headers=UPDATE, data=text).status_code == 400
    assert client.patch("/store?default", headers=TURTLE, data=text).status_code == 415


def test_conditions(client: FlaskClient) -> None:
    path = "/store?graph=http://e/g"
    new = client.put(path, headers=TURTLE | {"If-None-Match": "*"}, data=PERSON)
    assert new.status_code == 201
    assert problem(client.put(path, headers=TURTLE | {"If-None-Match": "*"}, data=PERSON)) == (412, "precondition")
    fresh = client.get(path, headers={"Accept": "application/n-triples"}).headers["ETag"]
    for tag in (new.headers["ETag"], fresh):
        stale = client.put("/store?default", headers=TURTLE | {"If-Match": f'"another", {tag}'}, data=PERSON)
        # The validator of a graph says nothing of another one; that of the release stands for all of them.
        assert stale.status_code == (412 if tag == fresh else 204)
    fresh = client.get(path, headers={"Accept": "application/n-triples"}).headers["ETag"]
    assert client.put(path, headers=TURTLE | {"If-Match": fresh}, data=PERSON).status_code == 204
    assert problem(client.put(path, headers=TURTLE | {"If-Match": fresh}, data=PERSON)) == (412, "precondition")
    assert client.put(path, headers=TURTLE | {"If-Match": "*"}, data=PERSON).status_code == 204
    assert client.post("/update", headers=UPDATE | {"If-Match": '"old"'}, data="CLEAR ALL").status_code == 412
    current = client.get("/store").headers["ETag"]
    assert client.delete("/store", headers=TOKEN | {"If-Match": current}).status_code == 204


def test_what_must_be_there_or_must_not(client: FlaskClient) -> None:
    path, patch = "/store?graph=http://e/g", "INSERT DATA { <http://e/x> <http://e/p> 7 }"
    there, absent = {"If-Match": "*"}, {"If-None-Match": "*"}
    assert problem(client.put(path, headers=TURTLE | there, data=PERSON)) == (412, "precondition")
    assert problem(client.post(path, headers=TURTLE | there, data=PERSON)) == (412, "precondition")
    assert problem(client.delete(path, headers=TOKEN | there)) == (404, "not-found")
    assert client.post(path, headers=TURTLE | absent, data=PERSON).status_code == 201
    before = lines(client)
    assert problem(client.post(path, headers=TURTLE | absent, data=PERSON)) == (412, "precondition")
    assert problem(client.patch(path, headers=UPDATE | absent, data=patch)) == (412, "precondition")
    assert problem(client.delete(path, headers=TOKEN | absent)) == (412, "precondition")
    tag = client.get(path).headers["ETag"]
    for seen in (tag, f'"another", W/{tag}'):
        assert problem(client.put(path, headers=TURTLE | {"If-None-Match": seen}, data="")) == (412, "precondition")
    assert lines(client) == before
    assert client.put(path, headers=TURTLE | {"If-None-Match": '"another"'}, data="").status_code == 204
    assert client.post("/store", headers=TURTLE | there, data=PERSON).status_code == 201
    assert client.patch("/store?default", headers=UPDATE | there, data=patch).status_code == 204


def test_a_refused_change_is_told_by_its_report(tmp_path: Path) -> None:
    made.release(tmp_path)
    app = create_app(settings(tmp_path))
    ours = "https://w3id.org/coopgraph/"
    text = f"INSERT DATA {{ <{ours}{CENTRE}> <{ours}ns#founder> <{ours}id/actor/atlantis> }}"
    try:
        client = app.test_client()
        answer = client.post("/update", headers=UPDATE, data=text)
        assert (answer.status_code, answer.mimetype) == (422, "text/turtle")
        shacl = "http://www.w3.org/ns/shacl#"
        found = {quad.predicate.value: quad.object.value for quad in parse(answer.data, RdfFormat.TURTLE)}
        assert found[shacl + "conforms"] == "false"
        assert found[shacl + "focusNode"] == ours + CENTRE
        assert found[shacl + "resultMessage"].startswith("W01")
        told = json.loads(client.post("/update", headers=UPDATE | {"Accept": "application/json"}, data=text).data)
        assert (told["status"], told["findings"][0]["code"]) == (422, "W01")
        assert b"W01" in client.post("/update", headers=UPDATE | {"Accept": "text/html"}, data=text).data
        assert Shelf(tmp_path / "data").numbers() == (1,)
    finally:
        writing.close(app)
        app.extensions["coopgraph"].close()
