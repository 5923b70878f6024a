"""Answers to queries as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, parse_query_results

if TYPE_CHECKING:
    from coopgraph.store.workers import Answer
    from coopgraph.web.naming import Namer, Shown

ROWS: Final = 1000
CHARACTERS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Table:
    """The rows shown of `total`; for a yes-or-no question, `truth` and no rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Shown | None, ...], ...]
    total: int
    truth: bool | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a graph if it is short enough to be shown whole, else nothing; `total` triples in all."""

    text: str
    total: int


def nodes(answer: Answer) -> set[NamedNode]:
    """The IRIs in the rows that are shown."""
    solutions = parse_query_results(answer.open(), QueryResultsFormat.JSON)
    if isinstance(solutions, QueryBoolean):
        return set()
    return {value for row in islice(solutions, ROWS) for value in row if isinstance(value, NamedNode)}


def table(answer: Answer, namer: Namer) -> Table:
    """The table in an answer in SPARQL JSON, its first rows shown."""
    solutions = parse_query_results(answer.open(), QueryResultsFormat.JSON)
    if isinstance(solutions, QueryBoolean):
        return Table((), (), 1, bool(solutions))
    columns = tuple(variable.value for variable in solutions.variables)
    rows = tuple(
        tuple(None if value is None else namer.show(value) for value in row) for row in islice(solutions, ROWS)
    )
    return Table(columns, rows, answer.rows)


def graph(answer: Answer) -> Text:
    """The graph in an answer in Turtle."""
    # No character takes more than four bytes; what is longer need not be read to be too long.
    text = answer.body.decode() if answer.size <= 4 * CHARACTERS else ""
    return Text(text if len(text) <= CHARACTERS else "", answer.rows)
