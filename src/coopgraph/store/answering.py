"""Answers one question on one reader, whole or not at all; runs inside a reader process."""

from __future__ import annotations

from functools import lru_cache
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, serialize

from coopgraph.errors import CoopgraphError
from coopgraph.store.bounds import BoundedOutput, bounded, row_counter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import QuerySolutions, Triple

    from coopgraph.store.port import Reader
    from coopgraph.store.question import Question


def answer(reader: Reader, question: Question, *, rows: int, size: int, inline: int) -> tuple[str, BoundedOutput]:
    """The media type of the answer and the answer, of at most `rows` rows or triples and `size` bytes.

    It is in memory up to `inline` bytes, else in a file.

    Raises:
        CoopgraphError: "syntax", "too-large", "storage" if there is no room for such a file, or "not-acceptable" if
            such an answer does not come in the media type.
    """
    result = reader.query(
        question.text,
        base=question.base,
        default_graphs=question.default_graphs,
        named_graphs=question.named_graphs,
    )
    if isinstance(result, QueryTriples):
        return graph(result, question, rows=rows, size=size, inline=inline)
    return _table(result, question, rows=rows, size=size, inline=inline)


def graph(
    triples: Iterable[Triple], question: Question, *, rows: int, size: int, inline: int
) -> tuple[str, BoundedOutput]:
    """The same for triples that answer the question.

    Raises:
        CoopgraphError: "too-large", "storage", or "not-acceptable" if a graph does not come in the media type.
    """
    form = RdfFormat.from_media_type(question.media_type)
    if form is None:
        raise not_acceptable("A graph", question, "text/turtle")
    output = BoundedOutput(size=size, rows=rows, inline=inline)

    def counted(number: int) -> None:
        output.rows = number

    try:
        serialize(
            bounded(triples, rows, counted), cast("IO[bytes]", output), form, prefixes=dict(question.prefixes) or None
        )
    except ValueError as error:
        raise CoopgraphError("request", f"{error}.") from error
    return form.media_type, output


def _table(
    result: QuerySolutions | QueryBoolean, question: Question, *, rows: int, size: int, inline: int
) -> tuple[str, BoundedOutput]:
    known = _table_form(question.media_type)
    if known is None:
        raise not_acceptable("A table or a boolean", question, "application/sparql-results+json")
    form, media_type = known
    boolean = isinstance(result, QueryBoolean)
    output = BoundedOutput(size=size, rows=rows, inline=inline, count=None if boolean else row_counter(form))
    result.serialize(cast("IO[bytes]", output), form)
    if boolean:
        output.rows = 1
    return media_type, output


@lru_cache(maxsize=64)
def _table_form(media_type: str) -> tuple[QueryResultsFormat, str] | None:
    """The format of tables with this media type, and the media type as it is registered."""
    form = QueryResultsFormat.from_media_type(media_type)
    # The engine adds the charset for CSV and TSV.
    return None if form is None else (form, form.media_type.partition(";")[0])


def not_acceptable(what: str, question: Question, instead: str) -> CoopgraphError:
    """The error for an answer that does not come in the media type asked for."""
    return CoopgraphError(
        "not-acceptable", f"{what} does not come as {question.media_type}.", remedy=f"Ask for {instead}."
    )
