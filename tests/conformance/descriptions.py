"""The service description: there is one, it names this endpoint, and it keeps to its vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat

from tests.conformance.client import GRAPH_TYPES, told
from tests.conformance.manifest import RDF, graph
from tests.conformance.queries import media_type

if TYPE_CHECKING:
    from tests.conformance.cases import DescriptionCase
    from tests.conformance.client import Server
    from tests.conformance.library import Library
    from tests.conformance.manifest import Graph
    from tests.conformance.terms import Term

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_CLASSES: Final = frozenset(
    SD + name
    for name in (
        "AggregateFunction", "Dataset", "EntailmentProfile", "EntailmentRegime", "Feature", "Function", "Graph",
        "GraphCollection", "Language", "NamedGraph", "Service",
    )
)  # fmt: skip
_FEATURES: Final = frozenset(
    SD + name
    for name in ("BasicFederatedQuery", "DereferencesURIs", "EmptyGraphs", "RequiresDataset", "UnionDefaultGraph")
)
_LANGUAGES: Final = frozenset(SD + name for name in ("SPARQL10Query", "SPARQL11Query", "SPARQL11Update"))
# From and to what each property leads; None is a resource that may well be described elsewhere.
_PROPERTIES: Final[dict[str, tuple[str, str | None]]] = {
    SD + "endpoint": ("Service", None),
    SD + "feature": ("Service", "Feature"),
    SD + "defaultEntailmentRegime": ("Service", None),
    SD + "defaultSupportedEntailmentProfile": ("Service", None),
    SD + "entailmentRegime": ("NamedGraph", None),
    SD + "supportedEntailmentProfile": ("NamedGraph", None),
    SD + "extensionFunction": ("Service", None),
    SD + "extensionAggregate": ("Service", None),
    SD + "languageExtension": ("Service", "Feature"),
    SD + "supportedLanguage": ("Service", "Language"),
    SD + "propertyFeature": ("Service", "Feature"),
    SD + "defaultDataset": ("Service", "Dataset"),
    SD + "availableGraphs": ("Service", "GraphCollection"),
    SD + "resultFormat": ("Service", None),
    SD + "inputFormat": ("Service", None),
    SD + "defaultGraph": ("Dataset", "Graph"),
    SD + "namedGraph": ("GraphCollection", "NamedGraph"),
    SD + "name": ("NamedGraph", None),
    SD + "graph": ("NamedGraph", "Graph"),
}
_ALSO: Final = {"GraphCollection": ("Dataset",)}


def run(server: Server, _: Library, case: DescriptionCase) -> None:
    """Ask for the service description and look at it.

    Raises:
        AssertionError: if there is none or it is not as the case demands.
    """
    for wanted in (GRAPH_TYPES["turtle"], GRAPH_TYPES["rdfxml"], "*/*") if case.name == "returns-rdf" else ("*/*",):
        response = server.http.get(server.query_url, headers={"Accept": wanted})
        assert response.status_code == 200, told(response)
        sent = media_type(response.headers.get("content-type", ""))
        assert sent in GRAPH_TYPES.values(), told(response)
        assert wanted in {"*/*", sent}, f"{wanted} was asked for: {told(response)}"
        described = graph(response.content, server.query_url, RdfFormat.from_media_type(sent) or RdfFormat.TURTLE)
    _CHECKS[case.name](server, described)


def _returns_rdf(_: Server, described: Graph) -> None:
    assert described.index, "the description says nothing"


def _has_endpoint_triple(server: Server, described: Graph) -> None:
    endpoints = [one for (_, step), values in described.index.items() if step == SD + "endpoint" for one in values]
    assert NamedNode(server.query_url) in endpoints, f"{endpoints} and not {server.query_url}"


def _conforms_to_schema(_: Server, described: Graph) -> None:
    services = described.subjects(SD + "Service")
    endpoints = [one for service in services for one in described.all(service, SD + "endpoint")]
    assert len(endpoints) == len(services), "a service without an endpoint of its own"
    for (subject, step), values in described.index.items():
        if step == RDF + "type":
            named = [one.value for one in values if isinstance(one, NamedNode)]
            wrong = [iri for iri in named if iri.startswith(SD) and iri not in _CLASSES]
            assert not wrong, f"no such classes: {wrong}"
        if not step.startswith(SD):
            continue
        assert step in _PROPERTIES, f"no such property: {step}"
        domain, range_ = _PROPERTIES[step]
        assert _is_a(described, subject, domain), f"{subject} has {step} and is no {domain}"
        for value in values:
            assert isinstance(value, NamedNode | BlankNode), f"{step} leads to {value}"
            assert range_ is None or _is_a(described, value, range_), f"{step} leads to {value}, no {range_}"
    for subject in described.subjects(SD + "NamedGraph"):
        assert described.one(subject, SD + "name"), f"{subject} is a named graph without a name"


def _is_a(described: Graph, node: Term, name: str) -> bool:
    known = {"Feature": _FEATURES, "Language": _LANGUAGES}.get(name, frozenset())
    kinds = {one.value for one in described.all(node, RDF + "type") if isinstance(one, NamedNode)}
    wanted = {SD + one for one in (name, *_ALSO.get(name, ()))}
    return bool(kinds & wanted) or (isinstance(node, NamedNode) and node.value in known)


_CHECKS: Final = {
    "returns-rdf": _returns_rdf,
    "has-endpoint-triple": _has_endpoint_triple,
    "conforms-to-schema": _conforms_to_schema,
}
