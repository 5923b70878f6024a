"""The competency questions: each proves a requirement and has the recorded answer on the shipped graph."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions

from coopgraph import resources, terms
from coopgraph.curate import parameters
from coopgraph.curate.questions import Question, query, read_questions
from coopgraph.sparql import paging
from tests import shipped

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = resources.directory("ontology")
QUESTIONS = read_questions(ONTOLOGY)
REQUIREMENTS = set(re.findall(r"(?m)^\| (R\d+) \|", (ONTOLOGY / "requirements.md").read_text(encoding="utf-8")))
EACH = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
XSD = terms.PREFIXES["xsd"]
DATATYPES = {
    "integer": {XSD + "integer"},
    "number": {XSD + "decimal", XSD + "integer"},
    "date": {XSD + "date", XSD + "gYearMonth", XSD + "gYear"},
    "text": {XSD + "string", terms.PREFIXES["rdf"] + "langString"},
}


def file_of(question: Question) -> Path:
    return ONTOLOGY / "questions" / f"{question.name}.rq"


def recorded(question: Question) -> str:
    return (ONTOLOGY / "questions" / "expected" / f"{question.name}.csv").read_text(encoding="utf-8")


def answer(text: str) -> str:
    """The answer on the shipped graph as SPARQL CSV, with plain line ends."""
    written = solutions(text).serialize(format=QueryResultsFormat.CSV)
    assert written is not None
    return written.decode().replace("\r\n", "\n")


def solutions(text: str) -> QuerySolutions:
    found = shipped.reader().query(text)
    assert isinstance(found, QuerySolutions)
    return found


def rows(text: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in solutions(text)]


@EACH
def test_the_file_as_it_stands_gives_the_recorded_answer(question: Question) -> None:
    assert answer(file_of(question).read_text(encoding="utf-8")) == recorded(question)


@EACH
def test_it_gives_the_same_answer_when_read_and_written_anew(question: Question) -> None:
    assert answer(query(question)) == recorded(question)
    given = {one.name: one.default for one in question.parameters}
    assert answer(query(question, given)) == recorded(question)


@EACH
def test_it_has_a_title_and_proves_known_requirements(question: Question) -> None:
    assert question.title[0].isupper()
    assert question.title.endswith("?")
    assert question.description.endswith((".", "…"))
    assert question.topic[0].isupper()
    assert set(question.proves) <= REQUIREMENTS


@EACH
def test_its_columns_hold_what_they_promise(question: Question) -> None:
    text = query(question)
    assert tuple(variable.value for variable in solutions(text).variables) == tuple(
        column.name for column in question.columns
    )
    for row in rows(text):
        for column, cell in zip(question.columns, row, strict=True):
            if isinstance(cell, Literal):
                assert cell.datatype.value in DATATYPES[column.kind], column
            elif cell is not None:
                assert isinstance(cell, NamedNode), column
                assert column.kind == "iri"


@EACH
def test_its_pages_put_together_are_the_recorded_answer(question: Question) -> None:
    whole = rows(query(question))
    assert len(whole) == len(set(whole))
    given = {one.name: one.default for one in question.parameters}
    for size in (1, 3, 1000):
        found: list[tuple[object, ...]] = []
        keys: tuple[str, ...] = ()
        while page := rows(paging.page_query(question, given, limit=size, after=keys)):
            assert len(page) <= size
            found += page
            token = paging.token(question, page[-1], bound_to="a release")
            keys = paging.after(question, token, bound_to="a release")
            if len(found) > 30 and size == 1:
                break
        assert found == whole[: len(found)]
        assert size == 1 or len(found) == len(whole)


@EACH
def test_its_example_has_an_answer(question: Question) -> None:
    if not question.example:
        return
    by_name = {one.name: one for one in question.parameters}
    given = {name: parameters.read(by_name[name], text) for name, text in question.example.items()}
    assert rows(query(question, given))


@EACH
def test_its_defaults_are_what_a_person_could_write(question: Question) -> None:
    for parameter in question.parameters:
        if parameter.default is not None:
            assert parameters.read(parameter, parameters.write(parameter.default)) == parameter.default


@EACH
def test_another_base_changes_the_names_and_nothing_else(question: Question) -> None:
    other = "https://example.org/kg/"
    given = {one.name: one.default for one in question.parameters}
    moved = {
        name: NamedNode(terms.rebase(value.value, other)) if isinstance(value, NamedNode) else value
        for name, value in given.items()
    }
    assert query(question, moved, base=other) == terms.rebase(query(question, given), other)


def test_every_requirement_is_proved_and_no_answer_is_left_over() -> None:
    assert {one for question in QUESTIONS for one in question.proves} == REQUIREMENTS
    assert {file.stem for file in (ONTOLOGY / "questions" / "expected").glob("*.csv")} == {
        question.name for question in QUESTIONS
    }


def test_there_are_enough_and_some_have_rightly_no_answer() -> None:
    answers = [list(csv.reader(recorded(question).splitlines())) for question in QUESTIONS]
    assert len(QUESTIONS) >= 60
    assert sum(len(one) == 1 for one in answers) >= 5
    assert sum(bool(question.parameters) for question in QUESTIONS) >= 25
    assert {one.kind for question in QUESTIONS for one in question.parameters} == set(parameters.KINDS)
