"""The description of the service: complete, sound, and true of what the service answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from lxml import html

from coopgraph import resources
from coopgraph.curate.questions import read_questions
from coopgraph.web import contract
from coopgraph.web.front import asgi
from tests.web.made import BROWSER

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import Client


SPARQL = {"/sparql", "/update", "/store", "/store/<path:path>"}
"""These speak the protocols of SPARQL 1.1, which the Service Description describes."""

QUESTIONS = read_questions(resources.directory("ontology"))


@pytest.fixture
def whole(shipped_service: Client) -> Client:
    """A client of the service over the shipped graph."""
    return shipped_service


def description(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get("/openapi.json").data)
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, methods in document["paths"].items() for method, one in methods.items()]


def url(path: str, operation: dict[str, Any], *, only_needed: bool = False) -> tuple[str, dict[str, Any]]:
    examples = {one["name"]: one for one in operation["parameters"] if "example" in one}
    places = {name: one["example"] for name, one in examples.items() if one["in"] == "path"}
    query = {
        name: one["example"]
        for name, one in examples.items()
        if one["in"] == "query" and (one["required"] or not only_needed)
    }
    return path.format_map(places), query


def test_every_route_is_described_and_every_description_has_a_route(app: Flask) -> None:
    rules = {
        (str(rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static" and str(rule) not in SPARQL
    }
    with app.test_request_context() as context:
        adapter = context.url_adapter
        assert adapter is not None
        described = set()
        for operation in (one for one in contract.OPERATIONS if not one.early):
            rule, _ = adapter.match(operation.example, method=operation.method.upper(), return_rule=True)
            described.add((str(rule), operation.method))
    assert described == rules


def test_what_the_root_application_answers_is_described() -> None:
    described: dict[str, set[str]] = {}
    for operation in (one for one in contract.OPERATIONS if one.early):
        described.setdefault(operation.example, set()).add(operation.method.upper())
    offered = {path: set(asgi.methods(path)) - {"HEAD", "OPTIONS"} for path in (*asgi.ALWAYS, "/queries")}
    offered["/queries/0123456789abcdef"] = set(asgi.methods("/queries/0123456789abcdef")) - {"HEAD", "OPTIONS"}
    assert described == offered


def test_names_and_references_are_sound(client: Client) -> None:
    document = description(client)
    assert document["openapi"] == "3.1.0"
    names = [one["operationId"] for _, _, one in operations(document)]
    assert len(names) == len(set(names))
    assert {f"question-{question.name}" for question in QUESTIONS} <= set(names)
    known = document["components"]["schemas"]
    for schema in known.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    written = json.dumps(document)
    referred = {part.partition('"')[0] for part in written.split("#/components/schemas/")[1:]}
    assert referred == set(known)


def test_every_example_gives_data_of_the_shape_described(whole: Client) -> None:
    document = description(whole)
    for path, method, operation in operations(document):
        if method != "get":
            continue
        address, query = url(path, operation)
        if operation["operationId"] == "query":
            continue
        answer = whole.get(address, query_string=query, headers={"Accept": "application/json, */*;q=0.1"})
        if "302" in operation["responses"]:
            assert answer.status_code == 302
            continue
        assert answer.status_code == 200, (address, query, answer.text[:300])
        content = operation["responses"]["200"]["content"]
        assert answer.mimetype in content, address
        if answer.mimetype == "application/json":
            schema = content["application/json"]["schema"] | {"components": document["components"]}
            jsonschema.validate(json.loads(answer.data), schema)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_has_an_example_with_rows_unless_it_rightly_has_none(whole: Client, question: Any) -> None:
    answer = whole.get(f"/questions/{question.name}.json", query_string=question.example)
    rightly_none = {
        "central-by-measure", "facts-without-evidence", "founders-of-the-requested-centre",
        "operating-things-announced-at",
    }  # fmt: skip
    assert bool(json.loads(answer.data)["rows"]) == (question.name not in rightly_none)


def test_every_media_type_that_is_promised_is_given(whole: Client) -> None:
    for path, method, operation in operations(description(whole)):
        described = operation["responses"].get("200")
        if (path.startswith("/questions/") and "{" not in path) or path.startswith("/queries/") or described is None:
            continue
        address, query = url(path, operation, only_needed=True)
        for media_type in described["content"]:
            fixed = {one["name"] for one in operation["parameters"]} & {"suffix", "form"}
            if fixed or operation["operationId"] == "release-file":
                continue
            if method == "get":
                answer = whole.get(address, query_string=query, headers={"Accept": media_type})
            else:
                (example,) = [
                    (kind, one["example"])
                    for kind, one in operation["requestBody"]["content"].items()
                    if "example" in one
                ]
                headers = {"Accept": media_type, "Content-Type": example[0]}
                answer = whole.post(address, data=example[1], headers=headers)
            assert (answer.status_code, answer.mimetype) == (200, media_type), (address, answer.text[:200])


def test_unknown_parameters_are_refused_everywhere_but_where_they_belong_to_something_else(client: Client) -> None:
    for operation in contract.OPERATIONS:
        if operation.early or (operation.takes_any and operation.name != "question"):
            continue
        send = client.get if operation.method == "get" else client.post
        refused = send(f"{operation.example}?nonsense=1")
        assert refused.status_code == 400, operation.example
        told = json.loads(refused.data)
        assert "'nonsense'" in told["detail"]
        for parameter in operation.parameters:
            assert parameter.place != "query" or parameter.name in told["detail"]
    assert client.get("/sparql?query=ASK%7B%7D&nonsense=1").status_code == 200


def test_a_failure_has_the_shape_described(client: Client) -> None:
    schema = {"$ref": "#/components/schemas/Problem", "components": description(client)["components"]}
    for address in ("/id/actor/nobody", "/why", "/questions/events-in-period?from=x", "/ns?release=x", "/no"):
        told = client.get(address)
        assert told.mimetype == "application/problem+json"
        jsonschema.validate(json.loads(told.data), schema)


def test_the_page_tells_the_same(client: Client) -> None:
    page = html.document_fromstring(client.get("/docs", headers=BROWSER).text)
    told = {element.text_content().strip() for element in page.iter("h3")}
    assert told == {f"{one.method.upper()} {one.path}" for one in contract.OPERATIONS}
    etag = client.get("/openapi.json").headers["ETag"]
    assert client.get("/openapi.json", headers={"If-None-Match": etag}).status_code == 304
