"""The suites by name: which tests they have, how many there are and how many of them must pass."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tests.conformance import cases, queries
from tests.conformance.client import GRAPH_TYPES
from tests.conformance.library import RDF_TESTS
from tests.conformance.manifest import entries
from tests.conformance.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.conformance.cases import Case, QueryCase
    from tests.conformance.library import Library
    from tests.conformance.manifest import Entry

_SPARQL11: Final = "sparql/sparql11/manifest-all.ttl"
_SPARQL12: Final = "sparql/sparql12/manifest.ttl"
# Tests of how results are written in a format are not asked for in others.
_OF_FORMATS: Final = ("csv-tsv-res",)

LEFT_OUT: Final = {
    "service": "Federated queries: SERVICE is refused by design, for no query makes this server call another one.",
    "entailment": "No entailment regime is offered beside simple entailment.",
}


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite: its name, how many tests it has, how many of them must pass at least, and where it is found.

    `form` is the format in which answers to queries are asked for, if not that in which the expected ones are written.
    """

    name: str
    size: int
    floor: int
    cases: Callable[[Library], Iterable[Case]]
    form: str | None = None


def left_out(library: Library) -> dict[str, int]:
    """How many tests of each subject are not run at all."""
    folders = [entry.folder for entry in _entries(library, _SPARQL11)]
    return {folder: folders.count(folder) for folder in LEFT_OUT}


def _queries(manifest: str) -> Callable[[Library], Iterator[QueryCase]]:
    def found(library: Library) -> Iterator[QueryCase]:
        for entry in _entries(library, manifest):
            if entry.kind in {"QueryEvaluationTest", "CSVResultFormatTest"} and entry.folder not in LEFT_OUT:
                yield cases.query_case(library, entry)

    return found


def _results(*kinds: type) -> Callable[[Library], Iterator[QueryCase]]:
    """The queries of version 1.1 with results of these types."""

    def found(library: Library) -> Iterator[QueryCase]:
        for case in _queries(_SPARQL11)(library):
            if case.folder not in _OF_FORMATS and isinstance(queries.expectation(library, case), kinds):
                yield case

    return found


def _updates(manifest: str) -> Callable[[Library], Iterator[Case]]:
    return _of(cases.update_case, lambda kind: kind == "UpdateEvaluationTest", manifest)


def _syntaxes(manifest: str) -> Callable[[Library], Iterator[Case]]:
    return _of(cases.syntax_case, lambda kind: "Syntax" in kind, manifest)


def _documents(folder: str) -> Callable[[Library], Iterator[Case]]:
    return _of(cases.document_case, lambda _: True, f"rdf/rdf11/{folder}/manifest.ttl")


def _of(
    make: Callable[[Library, Entry], Case], fits: Callable[[str], bool], manifest: str
) -> Callable[[Library], Iterator[Case]]:
    def found(library: Library) -> Iterator[Case]:
        return (make(library, entry) for entry in _entries(library, manifest) if fits(entry.kind))

    return found


def _all(*parts: Callable[[Library], Iterable[Case]]) -> Callable[[Library], Iterator[Case]]:
    return lambda library: (case for part in parts for case in part(library))


@lru_cache(maxsize=16)
def _entries(library: Library, manifest: str) -> tuple[Entry, ...]:
    return tuple(entries(library, RDF_TESTS + manifest))


SUITES: Final = (
    Suite("query-1.1", 235, 224, _queries(_SPARQL11)),
    Suite("query-1.1-xml", 222, 212, _results(Table, bool), "xml"),
    Suite("query-1.1-csv", 204, 196, _results(Table), "csv"),
    Suite("query-1.1-tsv", 204, 196, _results(Table), "tsv"),
    *(Suite(f"construct-{name}", 7, 7, _results(tuple), name) for name in GRAPH_TYPES if name != "turtle"),
    Suite("syntax-1.1", 169, 169, _syntaxes(_SPARQL11)),
    Suite("update-1.1", 94, 94, _updates(_SPARQL11)),
    Suite("protocol", 34, 34, _of(cases.exchange_case, lambda kind: kind == "ProtocolTest", _SPARQL11)),
    Suite("graph-store", 14, 14, _of(cases.exchange_case, lambda kind: kind == "GraphStoreProtocolTest", _SPARQL11)),
    Suite(
        "service-description",
        3,
        3,
        _of(cases.description_case, lambda kind: kind == "ServiceDescriptionTest", _SPARQL11),
    ),
    Suite("query-1.0", 283, 269, _queries("sparql/sparql10/manifest-evaluation.ttl")),
    Suite("syntax-1.0", 199, 198, _syntaxes("sparql/sparql10/manifest-syntax.ttl")),
    Suite("sparql-1.2", 269, 264, _all(_queries(_SPARQL12), _updates(_SPARQL12), _syntaxes(_SPARQL12))),
    Suite("turtle", 313, 313, _documents("rdf-turtle")),
    Suite("trig", 356, 356, _documents("rdf-trig")),
    Suite("n-triples", 70, 70, _documents("rdf-n-triples")),
    Suite("n-quads", 87, 87, _documents("rdf-n-quads")),
    Suite("rdf-xml", 166, 164, _documents("rdf-xml")),
    Suite("json-ld", 435, 416, cases.json_ld_cases),
)
"""What this project is measured by, in the order of its report."""
