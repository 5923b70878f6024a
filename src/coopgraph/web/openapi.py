"""`/openapi.json` and `/docs`: the addresses of this service for programs and for people, from one table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, request

from coopgraph import __version__
from coopgraph.curate.parameters import CHARACTERS, write
from coopgraph.sparql.negotiation import HTML, JSON, PROBLEM
from coopgraph.sparql.plan import parse_release
from coopgraph.web import arguments, contract, examples, network_schemas, questions, replies, schemas, serving
from coopgraph.web.operation import ALWAYS, FAILURES, LIMIT, given

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from coopgraph.curate.parameters import Parameter as Asked
    from coopgraph.curate.questions import Question
    from coopgraph.web.operation import Operation, Parameter
    from coopgraph.web.schemas import Schema

blueprint = Blueprint("openapi", __name__)

_HEADERS: Final = {
    "ETag": {"description": "Changes when the answer does.", "schema": schemas.TEXT},
    "Link": {"description": "Other formats, the next page, other times.", "schema": schemas.TEXT},
    "X-Coopgraph-Release": {"description": "The release that was read.", "schema": schemas.TEXT},
}
_SCHEMAS_OF_KINDS: Final[Mapping[str, Schema]] = {
    "thing": {"type": "string", "pattern": "^[a-z]+/[a-z0-9][a-z0-9-]*$"},
    "concept": {"type": "string", "pattern": "^[a-z][a-z0-9-]*(:[a-z0-9-]+)?$"},
    "property": {"type": "string", "pattern": "^[A-Za-z]+$"},
    "date": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"},
    "integer": {"type": "integer", "minimum": -999_999_999, "maximum": 999_999_999},
    "text": {"type": "string", "maxLength": CHARACTERS},
    "language": {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$"},
}


def init_app(app: Flask) -> None:
    """Let every address that is described here refuse parameters that it does not know."""
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    with app.test_request_context() as context:
        if context.url_adapter is None:
            raise RuntimeError("a request context has an adapter")
        for operation in (one for one in contract.OPERATIONS if not one.early):
            rule, _ = context.url_adapter.match(operation.example, method=operation.method.upper(), return_rule=True)
            names = tuple(one.name for one in operation.parameters if one.place == "query")
            if not operation.takes_any:
                known[rule.rule, rule.endpoint] = (*known.get((rule.rule, rule.endpoint), ()), *names)

    def refuse_unknown() -> None:
        rule = request.url_rule
        if request.method != "OPTIONS" and rule is not None and (rule.rule, rule.endpoint) in known:
            given = arguments.demand(request.args, dict.fromkeys(known[rule.rule, rule.endpoint]))
            # Also where it makes no difference, as in the list of all releases.
            parse_release(given.get("release"))

    app.before_request(refuse_unknown)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    body = json.dumps(document(replies.root(), serving.service().settings.question_rows), ensure_ascii=False) + "\n"
    return _reply(body, JSON.media_type)


@blueprint.get("/docs")
def docs() -> Response:
    """The addresses, by topic."""
    reading = serving.service().reading()
    topics: dict[str, list[Operation]] = {}
    for operation in contract.OPERATIONS:
        topics.setdefault(operation.topic, []).append(operation)
    body = serving.page(
        "docs.html",
        reading,
        topics=topics,
        failures=FAILURES,
        questions=examples.shipped(),
        root=replies.root(),
    )
    return _reply(body, HTML.media_type)


def document(root: str, rows: int) -> dict[str, Any]:
    """The OpenAPI 3.1 document of a service at this address that gives at most so many rows."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in contract.OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, rows)
    for question in examples.shipped():
        paths[f"/questions/{question.name}"] = {"get": _question(question, rows)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "coopgraph",
            "version": __version__,
            "summary": "A knowledge graph of international cooperation, with the passages that say so.",
            "description": "Everything besides SPARQL, which is at /sparql and describes itself there. Every GET may "
            "be a HEAD, and is answered with 304 if the validator in If-None-Match still holds.",
            "license": {"name": "Apache-2.0 (data: CC BY 4.0)", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root}],
        "paths": paths,
        "components": {
            "schemas": {**schemas.COMPONENTS, **network_schemas.COMPONENTS},
            "responses": {str(status): _failure(meaning) for status, meaning in FAILURES.items()},
            "securitySchemes": {"operator": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(operation: Operation, rows: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.topic],
        "parameters": [_parameter(one, rows) for one in operation.parameters],
        "responses": _responses(
            operation.gives, operation.fails, unwell=operation.unwell, redirects=operation.redirects
        ),
    }
    if operation.accepts:
        content = {
            media_type: {"schema": _written(media_type)} | ({} if example is None else {"example": example})
            for media_type, example in operation.accepts.items()
        }
        found["requestBody"] = {"required": True, "content": content}
    if operation.operator:
        found["security"] = [{"operator": []}]
    return found


def _question(question: Question, rows: int) -> dict[str, Any]:
    operation = next(one for one in contract.OPERATIONS if one.name == "question")
    gives = given(questions.ANSWERS, schemas.answer(question))
    return {
        "operationId": f"question-{question.name}",
        "summary": question.title,
        "description": question.description,
        "tags": [f"Questions: {question.topic}"],
        "parameters": [
            *(_asked(one, question.example.get(one.name)) for one in question.parameters),
            *(_parameter(one, rows) for one in contract.PAGING),
        ],
        "responses": _responses(gives, operation.fails),
    }


def _asked(parameter: Asked, example: str | None) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_SCHEMAS_OF_KINDS[parameter.kind])
    if parameter.kind == "integer" and parameter.argument:
        schema["minimum"] = int(parameter.argument)
    default = None if parameter.default is None else write(parameter.default)
    # Forms send an empty text for what was not filled in.
    schema = {"anyOf": [schema, {"const": ""}]}
    value: Any = example or default
    if value is not None and parameter.kind == "integer":
        value = int(value)
    narrowed = f" ({parameter.kind} {parameter.argument})".replace(" )", ")")
    told: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": f"{parameter.label}{narrowed}; "
        + ("any if left out" if default is None else f"default {default}")
        + ".",
        "required": False,
        "schema": schema,
    }
    return told if value is None else told | {"example": value}


def _parameter(parameter: Parameter, rows: int) -> dict[str, Any]:
    schema = dict(parameter.schema)
    if parameter is LIMIT:
        schema["maximum"] = rows
    told: dict[str, Any] = {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.description,
        "required": parameter.required,
        "schema": schema,
    }
    return told if parameter.example is None else told | {"example": parameter.example}


def _responses(
    gives: Mapping[str, Schema | None],
    fails: tuple[int, ...],
    *,
    unwell: Schema | None = None,
    redirects: bool = False,
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if gives:
        content = {media_type: {"schema": schema or _written(media_type)} for media_type, schema in gives.items()}
        found["200"] = {"description": "The answer.", "headers": _HEADERS, "content": content}
        found["304"] = {"description": "The answer that the reader has is still right."}
    if redirects:
        found["302"] = {"description": "It is elsewhere.", "headers": {"Location": {"schema": schemas.TEXT}}}
    failing = sorted({*fails, *ALWAYS})
    found |= {str(status): {"$ref": f"#/components/responses/{status}"} for status in failing}
    if unwell is not None:
        found["503"] = {"description": FAILURES[503], "content": {JSON.media_type: {"schema": unwell}}}
    return found


def _failure(meaning: str) -> dict[str, Any]:
    problem = {PROBLEM.media_type: {"schema": schemas.named("Problem")}, HTML.media_type: {"schema": schemas.TEXT}}
    return {"description": meaning, "content": problem}


def _written(media_type: str) -> Schema:
    """What has no schema here is text; that of these formats would be taken for the objects they describe."""
    return {} if media_type.endswith(("json", "yaml")) else schemas.TEXT


def _reply(body: str, media_type: str) -> Response:
    response = Response(body, mimetype=media_type)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = replies.REVALIDATE
    response.add_etag()
    response.make_conditional(request)
    return response
