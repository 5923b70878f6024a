"""A verdict as the validation report that the SHACL recommendation defines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.curate.values import BOOLEAN
from coopgraph.validate.paths import described
from coopgraph.validate.runner import SH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coopgraph.model.finding import Finding
    from coopgraph.validate.verdict import Verdict

_REPORT: Final = BlankNode("report")


def as_turtle(verdict: Verdict) -> str:
    """The report in Turtle; the same text for the same verdict."""
    written = serialize(triples(verdict), format=RdfFormat.TURTLE, prefixes=terms.PREFIXES)
    return (written or b"").decode()


def triples(verdict: Verdict) -> Iterator[Triple]:
    """The report as triples."""
    yield Triple(_REPORT, cg.RDF_TYPE, _sh("ValidationReport"))
    yield Triple(_REPORT, _sh("conforms"), Literal(str(verdict.conforms).lower(), datatype=BOOLEAN))
    for number in range(len(verdict.findings)):
        yield Triple(_REPORT, _sh("result"), BlankNode(f"r{number}"))
    for number, finding in enumerate(verdict.findings):
        yield from _result(finding, f"r{number}")


def _result(finding: Finding, label: str) -> Iterator[Triple]:
    result = BlankNode(label)
    yield Triple(result, cg.RDF_TYPE, _sh("ValidationResult"))
    yield Triple(result, _sh("focusNode"), _term(finding.focus))
    yield Triple(result, _sh("resultSeverity"), _sh(finding.severity.value))
    yield Triple(result, _sh("sourceConstraintComponent"), _term(finding.component))
    if finding.path:
        path, steps = described(finding.path, label)
        yield Triple(result, _sh("resultPath"), path)
        yield from steps
    for name, text in (("value", finding.value), ("sourceShape", finding.shape)):
        if text:
            yield Triple(result, _sh(name), _term(text))
    if finding.message:
        yield Triple(result, _sh("resultMessage"), Literal(finding.message))


def _term(text: str) -> NamedNode | BlankNode | Literal | Triple:
    """The term that a finding holds as N-Triples text."""
    if text.startswith("<") and not text.startswith("<<"):
        return NamedNode(text[1:-1])
    [quad] = parse(f"<urn:s> <urn:p> {text} .", RdfFormat.N_TRIPLES)
    object_: NamedNode | BlankNode | Literal | Triple = quad.object
    return object_


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)
