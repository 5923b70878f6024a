"""A centrality report as observations, to be loaded into a dataset and asked by SPARQL."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.network.cube import structure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import BlankNode

    from coopgraph.network.report import CentralityReport
    from coopgraph.network.report.parts.results import Row, Score

    Node = NamedNode | BlankNode | Triple

MEDIA_TYPE: Final = "application/trig"

_OPEN: Final = ".."
_PROV: Final = terms.PREFIXES["prov"]
_DCTERMS: Final = terms.PREFIXES["dcterms"]
_DECIMAL: Final = NamedNode(terms.PREFIXES["xsd"] + "decimal")
_DATA_SET: Final = NamedNode(structure.QB + "dataSet")
_STRUCTURE: Final = NamedNode(structure.QB + "structure")


def cube(report: CentralityReport) -> str:
    """The listed values and ranks in TriG, all in the graph of measures, in the base of the report's release.

    A value that is not defined makes no observation. Names follow from content: the same report gives the same
    statements, and loading it twice changes nothing.
    """
    base = report.source.base
    told: dict[Node, list[Quad]] = {}
    for one in _triples(report):
        quad = Quad(one.subject, one.predicate, one.object, terms.MEASURES_GRAPH)
        told.setdefault(one.subject, []).append(quad)
    quads = [quad for of_one in told.values() for quad in of_one]
    prefixes = {name: terms.PREFIXES[name] for name in ("cg", "cgid", "cgg", "dcterms", "prov", "qb", "rdfs", "xsd")}
    written = (serialize(quads, format=RdfFormat.TRIG, prefixes=prefixes) or b"").decode()
    return terms.rebase(written, base)


def _triples(report: CentralityReport) -> Iterator[Triple]:
    """Everything in the default base; rows name their nodes in the base of the release."""
    yield from structure.triples()
    told = _parameters(report)
    name = terms.content_name(report.source.digest, *(f"{key}={value}" for key, value in told.items()))
    set_ = terms.thing(f"dataset/centrality-{name}")
    computation = terms.thing(f"computation/{name}")
    yield from _set(report, set_, computation)
    yield from _computation(report, computation, told)
    for row in report.rows:
        for score in row.scores:
            yield from _observation(report, set_, row, score)


def _set(report: CentralityReport, set_: NamedNode, computation: NamedNode) -> Iterator[Triple]:
    yield Triple(set_, cg.RDF_TYPE, cg.QB_DATA_SET)
    yield Triple(set_, _STRUCTURE, structure.structure())
    yield Triple(set_, NamedNode(_DCTERMS + "title"), Literal(report.title, language="en"))
    yield Triple(set_, cg.RDFS_LABEL, Literal(report.title, language="en"))
    yield Triple(set_, NamedNode(_PROV + "wasGeneratedBy"), computation)
    yield Triple(set_, NamedNode(_DCTERMS + "bibliographicCitation"), Literal(report.source.citation))


def _computation(report: CentralityReport, computation: NamedNode, told: dict[str, str]) -> Iterator[Triple]:
    release = NamedNode(f"{terms.BASE}releases/{report.source.release}")
    yield Triple(computation, cg.RDF_TYPE, NamedNode(_PROV + "Activity"))
    yield Triple(computation, NamedNode(_PROV + "used"), release)
    yield Triple(release, NamedNode(_DCTERMS + "identifier"), Literal(report.source.digest))
    parameters = "; ".join(f"{key}={value}" for key, value in told.items())
    yield Triple(computation, NamedNode(_DCTERMS + "description"), Literal(parameters))
    for software in report.software:
        agent = terms.thing(f"software/{terms.content_name(software.name, software.version)}")
        yield Triple(computation, NamedNode(_PROV + "wasAssociatedWith"), agent)
        yield Triple(agent, cg.RDF_TYPE, NamedNode(_PROV + "SoftwareAgent"))
        yield Triple(agent, cg.RDFS_LABEL, Literal(f"{software.name} {software.version}"))


def _observation(report: CentralityReport, set_: NamedNode, row: Row, score: Score) -> Iterator[Triple]:
    if score.value is None or score.rank is None:
        return
    node = terms.in_default_base(NamedNode(row.iri), report.source.base)
    name = terms.content_name(set_.value, node.value, score.measure)
    one = terms.thing(f"observation/{name}")
    yield Triple(one, cg.RDF_TYPE, cg.QB_OBSERVATION)
    yield Triple(one, _DATA_SET, set_)
    yield Triple(one, cg.OF_NODE, node)
    yield Triple(one, cg.BY_MEASURE, Literal(score.measure))
    yield Triple(one, cg.IN_PROJECTION, Literal(report.about.projection))
    yield Triple(one, cg.OF_RELEASE, Literal(report.source.release))
    yield Triple(one, cg.IN_PERIOD, Literal(_period(report)))
    yield Triple(one, cg.CENTRALITY_VALUE, _decimal(score.value))
    yield Triple(one, cg.CENTRALITY_RANK, Literal(score.rank))
    range_ = score.left_out
    if range_ is not None and range_.low is not None and range_.high is not None:
        yield Triple(one, cg.BEST_RANK, Literal(range_.low))
        yield Triple(one, cg.WORST_RANK, Literal(range_.high))


def _period(report: CentralityReport) -> str:
    return f"{report.taken.since or _OPEN}/{report.taken.until or _OPEN}"


def _parameters(report: CentralityReport) -> dict[str, str]:
    """Everything that the numbers depend on besides the release and the versions of the software."""
    chosen = report.parameters
    told = {
        "projection": report.about.projection,
        "rule": report.about.rule,
        "roll-up": report.taken.roll_up,
        "period": _period(report),
        "measures": ",".join(chosen.measures),
        "top": str(chosen.top),
        "seed": str(chosen.seed),
        "engine": chosen.engine,
        "backend": chosen.backend,
        "decimals": str(chosen.decimals),
    }
    return {name: value for name, value in told.items() if value}


def _decimal(value: float) -> Literal:
    """The published value without an exponent, which decimals do not have."""
    text = format(Decimal(repr(value)), "f")
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype=_DECIMAL)
