"""The harness tells right from wrong: what is known beforehand is read, compared and scored as it is known."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    Triple,
    parse_query_results,
)

from tests.conformance import data, exceptions, queries, servers, tables
from tests.conformance.cases import QueryCase
from tests.conformance.sameness import same
from tests.conformance.score import score
from tests.conformance.suites import SUITES
from tests.conformance.tables import Cells, Table
from tests.conformance.terms import XSD, normal
from tests.conftest import missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conformance.library import Library
    from tests.conformance.terms import Term

REFERENCE = Path(__file__).with_name("reference.csv")
ENGINE_FORMATS = {"srx": QueryResultsFormat.XML, "srj": QueryResultsFormat.JSON, "tsv": QueryResultsFormat.TSV}
ELSE = NamedNode("http://example.org/something-else")


def with_first_cell(table: Table, value: Term | None) -> Table | None:
    for index, row in enumerate(table.rows):
        for name in row:
            changed = {key: one for key, one in row.items() if key != name}
            if value is not None:
                changed[name] = value
            return replace(table, rows=(*table.rows[:index], changed, *table.rows[index + 1 :]))
    return None


def turned_is_other(table: Table) -> bool:
    return table.ordered and table.rows != table.rows[::-1]


def merged(table: Table) -> Table | None:
    names = {value.value for row in table.rows for value in row.values() if isinstance(value, BlankNode)}
    if len(names) < 2:
        return None
    one = BlankNode(min(names))
    rows = tuple(
        {name: one if isinstance(value, BlankNode) else value for name, value in row.items()} for row in table.rows
    )
    return replace(table, rows=rows)


MUTATIONS: dict[str, Callable[[Table], Table | None]] = {
    "a row less": lambda table: replace(table, rows=table.rows[:-1]) if table.rows else None,
    "a row twice": lambda table: replace(table, rows=(*table.rows, table.rows[0])) if table.rows else None,
    "a column more": lambda table: replace(table, variables=(*table.variables, "more")),
    "a column less": lambda table: replace(table, variables=table.variables[1:]) if table.variables else None,
    "another value": lambda table: with_first_cell(table, ELSE),
    "no value": lambda table: with_first_cell(table, None),
    "another order": lambda table: replace(table, rows=table.rows[::-1]) if turned_is_other(table) else None,
    "two blank nodes made one": merged,
}


@pytest.fixture(scope="module")
def query_cases(shelf: Library) -> list[QueryCase]:
    """All cases of queries, each once."""
    names = ("query-1.1", "query-1.0", "sparql-1.2")
    return [
        case for suite in SUITES if suite.name in names for case in suite.cases(shelf) if isinstance(case, QueryCase)
    ]


@pytest.fixture(scope="module")
def expected_tables(shelf: Library, query_cases: list[QueryCase]) -> list[Table]:
    """All tables that are expected anywhere."""
    read = [queries.expectation(shelf, case) for case in query_cases]
    return [one for one in read if isinstance(one, Table)]


def test_results_are_read_as_the_engine_reads_them(shelf: Library) -> None:
    compared = 0
    for iri, content in shelf.files.items():
        suffix = iri.rpartition(".")[2]
        if suffix not in ENGINE_FORMATS:
            continue
        ours = queries.READERS[{"srx": "xml", "srj": "json"}.get(suffix, suffix)](content)
        theirs = parse_query_results(content, ENGINE_FORMATS[suffix])
        if isinstance(theirs, QueryBoolean):
            assert ours is bool(theirs), iri
        else:
            variables = tuple(one.value for one in theirs.variables)
            rows = tuple({name: row[name] for name in variables if row[name] is not None} for row in theirs)
            assert not isinstance(ours, Cells)
            assert same(ours, Table(variables, rows, ordered=True)), iri
        compared += 1
    assert compared > 300


def test_a_table_told_otherwise_is_the_same(expected_tables: list[Table]) -> None:
    assert len(expected_tables) > 400
    for table in expected_tables:
        rows = table.rows if table.ordered else table.rows[::-1]
        told = Table(table.variables[::-1], tuple({name: renamed(row[name]) for name in row} for row in rows))
        assert same(told, table), table


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_table_that_says_something_else_is_not_the_same(name: str, expected_tables: list[Table]) -> None:
    mutants = 0
    for table in expected_tables:
        mutant = MUTATIONS[name](table)
        if mutant is not None:
            assert not same(mutant, table), (name, table)
            mutants += 1
    assert mutants >= 4


def test_a_table_as_csv_is_the_same_and_a_changed_one_is_not(expected_tables: list[Table]) -> None:
    for table in expected_tables:
        if any(isinstance(value, Triple) for row in table.rows for value in row.values()):
            continue
        rows = tuple(tuple(cell(row.get(name)) for name in table.variables) for row in table.rows)
        assert same(Cells(table.variables, rows), table), table
        if rows and table.variables:
            changed = (("something else", *rows[0][1:]), *rows[1:])
            assert not same(Cells(table.variables, changed), table), table


def test_reduced_rows_may_come_less_often_but_must_come(shelf: Library, query_cases: list[QueryCase]) -> None:
    lax = [case for case in query_cases if case.lax]
    assert lax
    for case in lax:
        table = queries.expectation(shelf, case)
        assert isinstance(table, Table)
        once = {tuple(sorted(row.items(), key=str)): row for row in table.rows}
        assert same(replace(table, rows=tuple(once.values())), table, lax=True)
        assert not same(replace(table, rows=tuple(once.values())[1:]), table, lax=True)
        assert not same(replace(table, rows=table.rows * 2), table, lax=True)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ('"01"^^xsd:integer', '"1"^^xsd:integer', True),
        ('"1"^^xsd:integer', '"1"^^xsd:decimal', False),
        ('"1.0"^^xsd:decimal', '"1"^^xsd:decimal', True),
        ('"1.5"^^xsd:decimal', '"1.50001"^^xsd:decimal', False),
        ('"1.0E1"^^xsd:double', '"10"^^xsd:double', True),
        ('"INF"^^xsd:double', '"-INF"^^xsd:double', False),
        ('"NaN"^^xsd:double', '"NaN"^^xsd:double', True),
        ('"1"^^xsd:boolean', '"true"^^xsd:boolean', True),
        ('"x"^^xsd:boolean', '"true"^^xsd:boolean', False),
        ('"2020-01-01+00:00"^^xsd:date', '"2020-01-01Z"^^xsd:date', True),
        ('"2020-01-01"^^xsd:date', '"2020-01-01Z"^^xsd:date', False),
        ('"2020-01-01T00:00:00.0Z"^^xsd:dateTime', '"2020-01-01T00:00:00Z"^^xsd:dateTime', True),
        ('"2020-01-01T00:00:00.01Z"^^xsd:dateTime', '"2020-01-01T00:00:00.1Z"^^xsd:dateTime', False),
        ('"a"@en-GB', '"a"@en-gb', True),
        ('"a"@en', '"a"', False),
        ('"a"@en', '"a"@en--ltr', False),
        ('"zz"^^xsd:integer', '"zz"^^xsd:integer', True),
        ('"1"^^xsd:int', '"1"^^xsd:integer', False),
    ],
)
def test_literals_are_compared_by_value_and_type(*, one: str, other: str, equal: bool) -> None:
    first, second = (literal(text) for text in (one, other))
    assert (normal(first) == normal(second)) is equal


def test_graphs_are_compared_up_to_the_names_of_blank_nodes() -> None:
    def loop(*names: str) -> list[Quad]:
        nodes = [BlankNode(name) for name in names]
        return [Quad(one, ELSE, other) for one, other in zip(nodes, (*nodes[1:], nodes[0]), strict=True)]

    data.demand_same(loop("a", "b", "c", "d"), loop("x", "y", "z", "w"))
    with pytest.raises(AssertionError, match="missing"):
        data.demand_same([*loop("a", "b"), *loop("c", "d")], loop("a", "b", "c", "d"))
    with pytest.raises(AssertionError, match="too much"):
        data.demand_same([Quad(ELSE, ELSE, ELSE), Quad(ELSE, ELSE, Literal("x"))], [Quad(ELSE, ELSE, ELSE)])


@pytest.mark.parametrize(
    "line", ["query-1.1,http://example.org/a,", "query-1.1,http://example.org/a,x\nquery-1.1,http://example.org/a,y"]
)
def test_an_exception_needs_a_reason_and_stands_once(line: str, tmp_path: Path) -> None:
    file = tmp_path / "exceptions.csv"
    file.write_text(f"suite,test,reason\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no reason"):
        exceptions.reasons(file)


@pytest.mark.slow
def test_the_engines_own_server_scores_what_is_known_of_it(shelf: Library, tmp_path: Path) -> None:
    with REFERENCE.open(encoding="utf-8", newline="") as opened:
        known = {row["suite"]: int(row["passed"]) for row in csv.DictReader(opened)}
    try:
        running = servers.oxigraph(tmp_path)
        with running as server:
            scores = {suite.name: score(server, shelf, suite) for suite in SUITES}
    except FileNotFoundError:
        missing("The server oxigraph (PyPI)")
    assert {name: size - len(reasons) for name, (size, reasons) in scores.items()} == known


def renamed(term: Term) -> Term:
    if isinstance(term, Triple):
        return Triple(renamed(term.subject), term.predicate, renamed(term.object))  # type: ignore[arg-type]
    return BlankNode(f"other-{term.value}") if isinstance(term, BlankNode) else term


def cell(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    assert not isinstance(term, Triple)
    return {"1": "true", "0": "false"}.get(term.value, term.value) if is_boolean(term) else term.value


def is_boolean(term: Term) -> bool:
    return isinstance(term, Literal) and term.datatype.value == XSD + "boolean"


def literal(text: str) -> Term:
    written = re.sub(r"xsd:(\w+)", rf"<{XSD}\1>", text)
    (read,) = tables.from_tsv(f"?x\n{written}\n".encode()).rows
    return read["x"]
