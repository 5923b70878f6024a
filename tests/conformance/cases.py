"""Cases: what the manifests ask for, as values."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from tests.conformance.library import JSON_LD
from tests.conformance.manifest import CNT, HT, MF, QT, RDFS, UT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.library import Library
    from tests.conformance.manifest import Entry, Graph
    from tests.conformance.terms import Term

_FROM: Final = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Files for the default graph, and files for named graphs with the names of these."""

    default: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QueryCase:
    """A query over a dataset and the file that says what comes out."""

    iri: str
    query: str
    dataset: Dataset
    result: str
    folder: str
    lax: bool = False


@dataclass(frozen=True, slots=True)
class UpdateCase:
    """An update of a dataset and the dataset that comes out."""

    iri: str
    request: str
    before: Dataset
    after: Dataset


@dataclass(frozen=True, slots=True)
class SyntaxCase:
    """A text that is, or is not, a query or an update."""

    iri: str
    text: str
    update: bool
    positive: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """What must come back: a status beginning with one of these, and where stated a truth, a form, headers or RDF."""

    statuses: tuple[str, ...]
    truth: bool | None = None
    form: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    location: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request as the manifest writes it, and the reply that is due."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    reply: Reply


@dataclass(frozen=True, slots=True)
class ExchangeCase:
    """Requests that follow each other, over a dataset."""

    iri: str
    name: str
    dataset: Dataset
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class DescriptionCase:
    """Something that must hold of the service description; the name of the test says what."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class DocumentCase:
    """A document in an RDF syntax; `expected` is the file of what it says, None where only being read counts."""

    iri: str
    document: str
    media_type: str
    positive: bool
    expected: str | None = None
    base: str = field(default="")


Case = QueryCase | UpdateCase | SyntaxCase | ExchangeCase | DescriptionCase | DocumentCase


def query_case(library: Library, entry: Entry) -> QueryCase:
    """A query evaluation test. A FROM in the query names files to be there, as the manifest's own data are."""
    graph, node = entry.graph, entry.node
    query = graph.text(node, MF + "action", QT + "query")
    default = tuple(graph.text(one) for one in graph.all(node, MF + "action", QT + "data"))
    named = [graph.text(one) for one in graph.all(node, MF + "action", QT + "graphData")]
    named += [urljoin(query, name) for name in _FROM.findall(library.text(query))]
    return QueryCase(
        iri=entry.node.value,
        query=query,
        dataset=Dataset(default, tuple((name, name) for name in dict.fromkeys(named) if name in library)),
        result=graph.text(node, MF + "result"),
        folder=entry.folder,
        lax=graph.text(node, MF + "resultCardinality") == MF + "LaxCardinality",
    )


def update_case(_: Library, entry: Entry) -> UpdateCase:
    """An update evaluation test."""
    graph, node = entry.graph, entry.node
    return UpdateCase(
        iri=node.value,
        request=graph.text(node, MF + "action", UT + "request"),
        before=_update_dataset(graph, graph.one(node, MF + "action")),
        after=_update_dataset(graph, graph.one(node, MF + "result")),
    )


def syntax_case(_: Library, entry: Entry) -> SyntaxCase:
    """A syntax test; some updates are called queries, and only their suffix tells."""
    text = entry.graph.text(entry.node, MF + "action")
    update = "Update" in entry.kind or text.endswith(".ru")
    return SyntaxCase(entry.node.value, text, update=update, positive=entry.kind.startswith("Positive"))


def exchange_case(_: Library, entry: Entry) -> ExchangeCase:
    """A test of the protocol or of the graph store."""
    graph, node = entry.graph, entry.node
    return ExchangeCase(
        iri=node.value,
        name=node.value.rpartition("#")[2],
        dataset=_update_dataset(graph, node),
        exchanges=tuple(
            _exchange(graph, request) for request in graph.items(graph.one(node, MF + "action", HT + "requests"))
        ),
    )


def description_case(_: Library, entry: Entry) -> DescriptionCase:
    """A test of the service description."""
    return DescriptionCase(entry.node.value, entry.node.value.rpartition("#")[2])


_MEDIA_TYPES: Final = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "rdf": "application/rdf+xml",
}


def document_case(_: Library, entry: Entry) -> DocumentCase:
    """A test of an RDF syntax."""
    graph, node = entry.graph, entry.node
    document = graph.text(node, MF + "action")
    return DocumentCase(
        iri=node.value,
        document=document,
        media_type=_MEDIA_TYPES[document.rpartition(".")[2]],
        positive="Negative" not in entry.kind,
        expected=graph.text(node, MF + "result") or None,
        base=document,
    )


def json_ld_cases(library: Library) -> Iterator[DocumentCase]:
    """The tests of JSON-LD 1.1 to RDF that need no option of a programming interface."""
    manifest = JSON_LD + "toRdf-manifest.jsonld"
    for test in json.loads(library.text(manifest))["sequence"]:
        option = test.get("option", {})
        if option.get("specVersion") == "json-ld-1.0" or set(option) - {"specVersion", "useJCS", "normative"}:
            continue
        if "requires" in test:
            continue
        expected = test.get("expect")
        yield DocumentCase(
            iri=manifest + test["@id"],
            document=JSON_LD + test["input"],
            media_type="application/ld+json",
            positive="expectErrorCode" not in test,
            expected=None if expected is None else JSON_LD + expected,
            base=JSON_LD + test["input"],
        )


def _update_dataset(graph: Graph, node: Term | None) -> Dataset:
    if node is None:
        return Dataset()
    default = tuple(graph.text(one) for one in graph.all(node, UT + "data"))
    named = tuple(
        (graph.text(one, RDFS + "label"), graph.text(one, UT + "graph")) for one in graph.all(node, UT + "graphData")
    )
    return Dataset(default, named)


def _exchange(graph: Graph, request: Term) -> Exchange:
    body = graph.one(request, HT + "body")
    reply = graph.one(request, HT + "resp")
    assert reply is not None
    return Exchange(
        method=graph.text(request, HT + "methodName"),
        path=graph.text(request, HT + "absolutePath"),
        headers=_headers(graph, request),
        body=None if body is None else _content(graph, body),
        reply=Reply(
            statuses=tuple(graph.text(one).rpartition("#")[2] for one in graph.all(reply, MF + "expectedStatus")),
            truth=_truth(graph.text(reply, MF + "expectedBoolean")),
            form=graph.text(reply, MF + "expectedFormat"),
            headers=_headers(graph, reply),
            body=graph.text(reply, HT + "body", CNT + "chars") or None,
            location=graph.text(reply, MF + "expectedLocation"),
        ),
    )


def _content(graph: Graph, body: Term) -> bytes:
    return graph.text(body, CNT + "chars").encode(graph.text(body, CNT + "characterEncoding") or "utf-8")


def _truth(text: str) -> bool | None:
    return None if not text else text in {"true", "1"}


def _headers(graph: Graph, node: Term) -> tuple[tuple[str, str], ...]:
    return tuple(
        (graph.text(one, HT + "fieldName").lower(), graph.text(one, HT + "fieldValue"))
        for headers in graph.all(node, HT + "headers")
        for one in graph.items(headers)
    )
