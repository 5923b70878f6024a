"""Reads the answers of a remote store to their very end before anybody sees their beginning."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any, Final, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from coopgraph.store import answering
from coopgraph.store.bounds import BoundedOutput, row_counter
from coopgraph.store.remote.stream import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from coopgraph.store.question import Question
    from coopgraph.store.remote.service import AnswerForm
    from coopgraph.store.remote.stream import Arriving


_ASKED: Final = "__ASK_RETVAL"


class _Nowhere:
    """A file that keeps nothing."""

    def write(self, data: bytes) -> int:
        return len(data)

    def flush(self) -> None:
        """Do nothing."""


def table(arriving: Arriving) -> QuerySolutions | QueryBoolean:
    """The solutions or the boolean in an answer, which is known to be whole.

    Raises:
        CoopgraphError: "store-failed" for an answer that is cut, has something after its end, or is no SPARQL JSON.
    """
    content = arriving.file.read()
    if damage := _written_out(content, arriving.form, _Nowhere(), QueryResultsFormat.TSV):
        raise unreadable(damage)
    return _parsed(content, arriving.form)


def graph(arriving: Arriving) -> QueryTriples:
    """The triples in an answer, each once.

    Raises:
        CoopgraphError: "store-failed" for an answer that is cut or cannot be read.
    """
    store = Store()
    try:
        store.bulk_extend(parse(arriving.file, format=_form(arriving)))
    except SyntaxError as error:
        raise unreadable(str(error)) from error
    return cast("QueryTriples", store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))


def written(arriving: Arriving, question: Question, *, rows: int, size: int, inline: int) -> tuple[str, BoundedOutput]:
    """The media type asked for and the answer in it, as the embedded engine would write it.

    Raises:
        CoopgraphError: "store-failed", "too-large", or "not-acceptable" if such an answer does not come in the media
            type.
    """
    if arriving.form != "graph":
        return _table_written(arriving, question, rows=rows, size=size, inline=inline)
    return answering.graph(_triples(arriving), question, rows=rows, size=size, inline=inline)


def _table_written(
    arriving: Arriving, question: Question, *, rows: int, size: int, inline: int
) -> tuple[str, BoundedOutput]:
    form = QueryResultsFormat.from_media_type(question.media_type)
    if form is None:
        raise answering.not_acceptable("A table or a boolean", question, "application/sparql-results+json")
    boolean = arriving.form == "boolean"
    output = BoundedOutput(size=size, rows=rows, inline=inline, count=None if boolean else row_counter(form))
    content = arriving.file.read() if boolean else arriving.file
    if damage := _written_out(content, arriving.form, output, form):
        raise unreadable(damage)
    if boolean:
        output.rows = 1
    # The engine adds the charset for CSV and TSV.
    return form.media_type.partition(";")[0], output


def _written_out(
    content: bytes | IO[bytes], form: AnswerForm, output: BoundedOutput | _Nowhere, target: QueryResultsFormat
) -> str:
    """Write the table or boolean; what is wrong with it comes back, the empty text if it is whole."""
    result: QuerySolutions | QueryBoolean | None = None
    try:
        result = _parsed(content, form)
        result.serialize(cast("IO[bytes]", output), target)
    except (SyntaxError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        return str(error) or type(error).__name__
    finally:
        # Solutions must die in the thread that made them, and a traceback may be dropped in another one.
        result = None
    return ""


def _parsed(content: bytes | IO[bytes], form: AnswerForm) -> QuerySolutions | QueryBoolean:
    """The table or boolean, its end not yet seen if it is a table."""
    if form == "table":
        result = parse_query_results(content, QueryResultsFormat.JSON)
        if isinstance(result, QueryBoolean):
            raise ValueError("a question for rows was answered by yes or no")
        return result
    # The parser stops at the boolean, whatever follows it, so the end is looked at by another one.
    told = json.loads(content if isinstance(content, bytes) else content.read())
    return parse_query_results(b'{"head":{},"boolean":%s}' % _truth(told), QueryResultsFormat.JSON)


def _truth(told: Any) -> bytes:
    if not isinstance(told, dict):
        raise ValueError("this is no answer")
    if told.get("head", {}).get("vars") == [_ASKED]:
        # Virtuoso answers yes or no by a table of one column, whose row is missing for a no.
        return str(any(row[_ASKED]["value"] == "1" for row in told["results"]["bindings"])).lower().encode()
    if not isinstance(told.get("boolean"), bool):
        raise ValueError("a question for yes or no was answered otherwise")
    return str(told["boolean"]).lower().encode()


def _triples(arriving: Arriving) -> Iterator[Triple]:
    try:
        for quad in parse(arriving.file, format=_form(arriving)):
            yield quad.triple
    except SyntaxError as error:
        raise unreadable(str(error)) from error


def _form(arriving: Arriving) -> RdfFormat:
    form = RdfFormat.from_media_type(arriving.media_type)
    if form is None:
        raise ValueError(f"{arriving.media_type} is no RDF format")
    return form
