"""`/questions`: named questions with typed parameters, as pages, JSON, CSV and SPARQL."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from coopgraph.curate.parameters import write
from coopgraph.curate.questions import RESERVED, query
from coopgraph.errors import CoopgraphError
from coopgraph.sparql.negotiation import HTML, JSON, Offer, choose
from coopgraph.web import (
    arguments,
    asking,
    errors,
    examples,
    pinning,
    question_links,
    replies,
    serving,
    tables,
    wording,
)
from coopgraph.web.naming import Namer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.curate.parameters import Parameter, Value
    from coopgraph.curate.questions import Question
    from coopgraph.web.asking import Cell
    from coopgraph.web.naming import Shown
    from coopgraph.web.service import Reading
    from coopgraph.web.wording import Label

blueprint = Blueprint("questions", __name__)

CSV: Final = Offer("csv", "text/csv")
SPARQL: Final = Offer("rq", "application/sparql-query")
LISTS: Final = (JSON, HTML)
ANSWERS: Final = (JSON, CSV, HTML, SPARQL)
PAGE: Final = 100
"""How many rows a page for people shows, unless it is told otherwise."""

_SUFFIXES: Final = {offer.name for offer in ANSWERS}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a form offers it: what is filled in, and the choices; without them it is written by hand."""

    parameter: Parameter
    text: str
    choices: tuple[tuple[str, Shown], ...] | None
    error: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is wanted apart from the question itself: languages, rows at once, where to go on, a mark for CSV."""

    languages: tuple[str, ...]
    limit: int | None
    after: str | None
    mark: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with the request's parameters as they were written and as they are meant."""

    question: Question
    given: Mapping[str, str]
    values: Mapping[str, Value | None]
    wanted: _Wanted

    def spelled(self) -> tuple[str, ...]:
        """All that the answer depends on besides release and format."""
        wanted = self.wanted
        values = (f"{name}={value}" for name, value in self.values.items())
        # What was written stands in the links of the answer.
        given = (f"{name}:{text}" for name, text in sorted(self.given.items()))
        return (self.question.name, *values, *wanted.languages, *given)


@blueprint.get("/questions", defaults={"suffix": None})
@blueprint.get("/questions.<any(json, html):suffix>")
def every(suffix: str | None) -> Response:
    """All questions, by topic."""
    given = arguments.demand(request.args, ("release", "format"))
    offer = choose(LISTS, accept=request.headers.get("Accept", ""), asked=suffix or given.get("format"))
    reading = serving.service().reading(replies.release_number())
    etag = replies.tag(reading.manifest, "questions", offer.name, request.script_root)
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    if offer is JSON:
        told = [_described(one, reading.manifest.base) for one in examples.shipped()]
        body = json.dumps({"release": reading.manifest.number, "questions": told}, ensure_ascii=False, indent=1)
    else:
        topics: dict[str, list[Question]] = {}
        for one in sorted(examples.shipped(), key=lambda one: (one.topic, one.title)):
            topics.setdefault(one.topic, []).append(one)
        body = serving.page("questions.html", reading, topics=topics, offers=LISTS)
    response = replies.reply(body + "\n", offer.media_type, etag=etag, manifest=reading.manifest)
    replies.link(response, replies.alternates("questions", LISTS))
    return response


@blueprint.get("/questions/<name>")
def one(name: str) -> Response:
    """The answer to a question."""
    stem, _, suffix = name.rpartition(".")
    name, asked = (stem, suffix) if stem and suffix in _SUFFIXES else (name, request.args.get("format"))
    question = examples.named(name)
    offer = choose(ANSWERS, accept=request.headers.get("Accept", ""), asked=asked)
    reading = serving.service().reading(replies.release_number())
    try:
        response = _answer(reading, question, offer)
    except CoopgraphError as error:
        if offer is not HTML or not error.fields:
            raise
        return _page_of_mistakes(reading, question, error)
    return response


def _answer(reading: Reading, question: Question, offer: Offer) -> Response:
    manifest = reading.manifest
    asked = _read(reading, question)
    etag = replies.tag(manifest, "question", offer.name, request.script_root, *asked.spelled())
    if replies.unchanged(etag):
        return replies.not_modified(etag, manifest)
    asking.demand_known(reading, question, asked.given, asked.values)
    following = None
    if offer is SPARQL:
        body = query(question, asked.values, base=manifest.base)
    else:
        answer = _rows(reading, asked, offer)
        following = (
            None
            if answer.after is None
            else question_links.following(asked.given, reading.manifest.number, answer.after)
        )
        labels = serving.labels().of(reading, (cell for row in answer.rows for cell in row))
        namer = Namer(labels, asked.wanted.languages, manifest.base, request.script_root, pinning.kept())
        if offer is JSON:
            body = _as_json(reading, asked, tables.as_objects(question.columns, answer.rows, namer), following)
        elif offer is CSV:
            body = tables.as_csv(question.columns, answer.rows, namer, mark=tables.MARK if asked.wanted.mark else "")
        else:
            body = _page(reading, asked, [[_shown(cell, namer) for cell in row] for row in answer.rows], following)
    response = replies.reply(body, offer.media_type, etag=etag, manifest=manifest)
    replies.link(response, question_links.links(question, asked.given, ANSWERS, following))
    return response


def _read(reading: Reading, question: Question) -> _Asked:
    known = (*(parameter.name for parameter in question.parameters), *RESERVED)
    given = arguments.demand(request.args, known)
    values = asking.read_values(question, given, base=reading.manifest.base)
    return _Asked(question, given, values, _wanted(given))


def _rows(reading: Reading, asked: _Asked, offer: Offer) -> asking.Answer:
    """The rows that are wanted; all of them, if a program does not say how many."""
    most = serving.service().settings.question_rows
    wanted = asked.wanted
    limit = wanted.limit or (min(PAGE, most) if offer is HTML else most)
    answer = asking.ask(reading, asked.question, asked.values, limit=limit, after=wanted.after)
    if answer.after is not None and wanted.limit is None and offer is not HTML:
        raise CoopgraphError(
            "too-large",
            f"The answer has more than {most} rows, the limit question_rows; nothing of it was sent.",
            remedy="Ask for pages, with limit, and follow the links to the next.",
            limit="question_rows",
        )
    return answer


def _wanted(given: Mapping[str, str]) -> _Wanted:
    most = serving.service().settings.question_rows
    limit = arguments.number(given["limit"], "limit", most=most) if "limit" in given else None
    return _Wanted(arguments.languages(given), limit, given.get("after"), arguments.truth(given.get("bom", "0"), "bom"))


def _as_json(reading: Reading, asked: _Asked, rows: list[dict[str, object]], following: str | None) -> str:
    question, manifest = asked.question, reading.manifest
    told = {
        "question": question.name,
        "title": question.title,
        "release": manifest.number,
        "digest": manifest.digest,
        "parameters": {
            name: None if value is None else write(value, base=manifest.base) for name, value in asked.values.items()
        },
        "columns": [{"name": column.name, "type": column.kind} for column in question.columns],
        "rows": rows,
        "next": following,
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


def _page(reading: Reading, asked: _Asked, rows: list[list[Shown | None]], following: str | None) -> str:
    question, given = asked.question, asked.given
    return serving.page(
        "question.html",
        reading,
        question=question,
        fields=_fields(reading, asked, {}),
        mistakes={},
        given=given,
        columns=[(column, wording.words(column.name)) for column in question.columns],
        rows=rows,
        following=following,
        later=asked.wanted.after is not None,
        beginning=question_links.address(question, given, without=("after",)),
        others=[
            (offer, question_links.address(question, given, suffix=offer.name))
            for offer in ANSWERS
            if offer is not HTML
        ],
        pinned=question_links.address(question, {**given, "release": str(reading.manifest.number)}, without=("after",)),
        query=query(question, asked.values, base=reading.manifest.base),
    )


def _page_of_mistakes(reading: Reading, question: Question, error: CoopgraphError) -> Response:
    """The form as it was filled in, with what is wrong at each field."""
    given = dict(request.args.items())
    asked = _Asked(question, given, {}, _Wanted(wording.languages(), None, None, False))
    fields = _fields(reading, asked, error.fields)
    elsewhere = {
        name: text for name, text in error.fields.items() if name not in {field.parameter.name for field in fields}
    }
    body = serving.page(
        "question.html", reading, question=question, fields=fields, mistakes=elsewhere, given=given, rows=None
    )
    return errors.as_page(body, error)


def _fields(reading: Reading, asked: _Asked, mistakes: Mapping[str, str]) -> list[Field]:
    base = reading.manifest.base
    found = []
    for parameter in asked.question.parameters:
        offered = asking.choices(reading, parameter)
        text = asked.given.get(parameter.name, "").strip()
        if not text and parameter.default is not None:
            text = write(parameter.default)
        options = None
        if offered is not None:
            options = _options(offered, Namer(offered, asked.wanted.languages, base, request.script_root))
            text = _spelled_as(text, [option for option, _ in options], parameter.argument)
        mistake = mistakes.get(parameter.name, "")
        found.append(Field(parameter, text, options, mistake))
    return found


def _shown(cell: Cell, namer: Namer) -> Shown | None:
    return None if cell is None else namer.show(cell)


def _options(offered: Mapping[str, tuple[Label, ...]], namer: Namer) -> tuple[tuple[str, Shown], ...]:
    nodes = ((write(node, base=namer.base), namer.show(node)) for node in map(NamedNode, offered))
    return tuple(sorted(nodes, key=lambda option: (option[1].text.casefold(), option[0])))


def _spelled_as(text: str, options: list[str], scheme: str) -> str:
    """What the reader wrote, as the choice that means the same is written."""
    for spelling in (text, text.removeprefix("cgid:"), text.rpartition("/id/")[2], f"{scheme}:{text}"):
        if spelling in options:
            return spelling
    return text


def _described(question: Question, base: str) -> dict[str, object]:
    return {
        "name": question.name,
        "title": question.title,
        "description": question.description,
        "topic": question.topic,
        "url": f"{request.script_root}/questions/{question.name}",
        "parameters": [
            {
                "name": parameter.name,
                "label": parameter.label,
                "type": parameter.kind,
                "of": parameter.argument or None,
                "required": False,
                "default": None if parameter.default is None else write(parameter.default),
            }
            for parameter in question.parameters
        ],
        "columns": [{"name": column.name, "type": column.kind} for column in question.columns],
        "example": dict(question.example) or None,
        "query": query(question, base=base),
    }
