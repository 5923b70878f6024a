"""The service described in RDF, for programs that ask it without a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from coopgraph import terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_VOID: Final = "http://rdfs.org/ns/void#"
_SCHEMA: Final = "https://schema.org/"
_TYPE: Final = NamedNode(terms.PREFIXES["rdf"] + "type")
_PREFIXES: Final = {"sd": _SD, "formats": _FORMATS, "void": _VOID, "schema": _SCHEMA, "xsd": terms.PREFIXES["xsd"]}
_GRAPH_FORMATS: Final = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML", "N-Quads", "TriG")
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", *_GRAPH_FORMATS,
)  # fmt: skip
_SEE_ALSO: Final = NamedNode(terms.PREFIXES["rdfs"] + "seeAlso")
_DATASET: Final = BlankNode("dataset")


def describe(
    endpoint: str,
    *,
    limits: Mapping[str, tuple[float, str]],
    default_triples: int,
    named_graphs: Mapping[str, int],
    update: str | None = None,
    more: Sequence[str] = (),
    media_type: str = "text/turtle",
) -> bytes:
    """The service description in an RDF format.

    `limits` maps the name of each limit to its value and its meaning; `named_graphs` maps graph names to their number
    of triples; `update` is where updates are sent, if there is such a place; `more` are addresses of documents
    that tell more about the dataset.

    Raises:
        ValueError: if the media type is no RDF format.
    """
    form = RdfFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(f"{media_type} is no RDF format")
    triples = [*_triples(NamedNode(endpoint), limits, default_triples, named_graphs)]
    triples += (Triple(_DATASET, _SEE_ALSO, NamedNode(address)) for address in more)
    if update is not None:
        triples += _updates(NamedNode(update))
    written = serialize(triples, format=form, prefixes=_PREFIXES)
    return b"" if written is None else written


def _triples(
    endpoint: NamedNode,
    limits: Mapping[str, tuple[float, str]],
    default_triples: int,
    named_graphs: Mapping[str, int],
) -> Iterator[Triple]:
    service = BlankNode("service")
    yield Triple(service, _TYPE, NamedNode(_SD + "Service"))
    yield Triple(service, NamedNode(_SD + "endpoint"), endpoint)
    yield Triple(service, NamedNode(_SD + "supportedLanguage"), NamedNode(_SD + "SPARQL11Query"))
    for name in _RESULT_FORMATS:
        yield Triple(service, NamedNode(_SD + "resultFormat"), NamedNode(_FORMATS + name))
    for name, (value, meaning) in limits.items():
        limit = BlankNode("limit-" + name.replace("_", "-"))
        yield Triple(service, NamedNode(_SCHEMA + "additionalProperty"), limit)
        yield Triple(limit, _TYPE, NamedNode(_SCHEMA + "PropertyValue"))
        yield Triple(limit, NamedNode(_SCHEMA + "propertyID"), Literal(name))
        yield Triple(limit, NamedNode(_SCHEMA + "name"), Literal(meaning, language="en"))
        yield Triple(limit, NamedNode(_SCHEMA + "maxValue"), _number(value))
    dataset, default = _DATASET, BlankNode("default")
    yield Triple(service, NamedNode(_SD + "defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, NamedNode(_SD + "Dataset"))
    yield Triple(dataset, NamedNode(_SD + "defaultGraph"), default)
    yield Triple(default, _TYPE, NamedNode(_SD + "Graph"))
    yield Triple(default, NamedNode(_VOID + "triples"), Literal(default_triples))
    for index, (name, count) in enumerate(sorted(named_graphs.items())):
        named, graph = BlankNode(f"named{index}"), BlankNode(f"graph{index}")
        yield Triple(dataset, NamedNode(_SD + "namedGraph"), named)
        yield Triple(named, _TYPE, NamedNode(_SD + "NamedGraph"))
        yield Triple(named, NamedNode(_SD + "name"), NamedNode(name))
        yield Triple(named, NamedNode(_SD + "graph"), graph)
        yield Triple(graph, _TYPE, NamedNode(_SD + "Graph"))
        yield Triple(graph, NamedNode(_VOID + "triples"), Literal(count))


def _updates(endpoint: NamedNode) -> Iterator[Triple]:
    """A service of its own, since the other does not answer there, over the same dataset."""
    service = BlankNode("updates")
    yield Triple(service, _TYPE, NamedNode(_SD + "Service"))
    yield Triple(service, NamedNode(_SD + "endpoint"), endpoint)
    yield Triple(service, NamedNode(_SD + "supportedLanguage"), NamedNode(_SD + "SPARQL11Update"))
    yield Triple(service, NamedNode(_SD + "defaultDataset"), _DATASET)
    for name in _GRAPH_FORMATS:
        yield Triple(service, NamedNode(_SD + "inputFormat"), NamedNode(_FORMATS + name))


def _number(value: float) -> Literal:
    # Written without an exponent: a decimal, since 3E1 seconds is a strange thing to read.
    whole = int(value)
    return (
        Literal(whole)
        if whole == value
        else Literal(f"{value:f}", datatype=NamedNode(terms.PREFIXES["xsd"] + "decimal"))
    )
