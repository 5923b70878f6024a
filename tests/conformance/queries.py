"""Query evaluation: the dataset is loaded, the query asked in a format, and the answer compared by meaning."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat

from tests.conformance import data, tables
from tests.conformance.client import GRAPH_TYPES, TABLE_TYPES, told
from tests.conformance.sameness import same

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Quad

    from tests.conformance.cases import QueryCase
    from tests.conformance.client import Server
    from tests.conformance.library import Library
    from tests.conformance.tables import Cells, Table

READERS: Final[dict[str, Callable[[bytes], Table | Cells | bool]]] = {
    "json": tables.from_json,
    "xml": tables.from_xml,
    "csv": tables.from_csv,
    "tsv": tables.from_tsv,
}
_FILES: Final = {"srx": "xml", "srj": "json", "csv": "csv", "tsv": "tsv"}
_ORDERED: Final = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)


def run(server: Server, library: Library, case: QueryCase, form: str | None = None) -> None:
    """Ask the query of the case; without `form`, in the format in which the expected result is written or in JSON.

    Raises:
        AssertionError: if the answer is not the expected one.
    """
    expected = expectation(library, case)
    server.fill(library, case.dataset)
    text = f"BASE <{case.query}>\n{library.text(case.query)}"
    if isinstance(expected, tuple):
        wanted = GRAPH_TYPES[form or "turtle"]
        response = server.query(text, wanted)
        assert response.status_code == 200, told(response)
        assert media_type(response.headers.get("content-type", "")) == wanted, told(response)
        data.demand_same(data.in_default_graph(data.read(response.content, wanted)), expected)
        return
    name = form or _native(case)
    response = server.query(text, TABLE_TYPES[name])
    assert response.status_code == 200, told(response)
    assert media_type(response.headers.get("content-type", "")) == TABLE_TYPES[name], told(response)
    actual = READERS[name](response.content)
    assert same(actual, expected, lax=case.lax), f"expected {expected}, got {actual}"


def expectation(library: Library, case: QueryCase) -> Table | Cells | bool | tuple[Quad, ...]:
    """What must come out: a table, the cells of one, a truth, or the statements of a graph."""
    content, suffix = library.read(case.result), case.result.rpartition(".")[2]
    if suffix not in _FILES:
        form = RdfFormat.from_extension(suffix)
        assert form is not None, f"{case.result} is in no known syntax"
        table = tables.from_graph(content, form, case.result)
        return data.read(content, form.media_type, case.result) if table is None else table
    read = READERS[_FILES[suffix]](content)
    # Only an order given after the last group is one of the whole result.
    if isinstance(read, tables.Table) and _ORDERED.search(library.text(case.query).rpartition("}")[2]):
        return dataclasses.replace(read, ordered=True)
    return read


def media_type(header: str) -> str:
    """A content type without its parameters."""
    return header.partition(";")[0].strip().lower()


def _native(case: QueryCase) -> str:
    name = _FILES.get(case.result.rpartition(".")[2], "json")
    return name if name in {"csv", "tsv"} else "json"
