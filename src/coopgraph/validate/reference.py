"""The reference SHACL engine: slow, and the yardstick of the fast one."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pyoxigraph
import pyshacl
import rdflib
from pyoxigraph import RdfFormat
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, XSD
from rdflib.term import _toPythonMapping

from coopgraph.errors import CoopgraphError
from coopgraph.model.finding import Finding
from coopgraph.validate.paths import written
from coopgraph.validate.runner import code_of, collected, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

# pyshacl and exact literals both need settings that rdflib keeps for the whole process: one validation runs at a time.
_ONE_AT_A_TIME: Final = threading.Lock()


class PyshaclRunner:
    """pySHACL on rdflib graphs, with literals taken exactly as they are written."""

    name: Final = "pyshacl"

    def run(self, data: bytes, shapes: bytes) -> tuple[Finding, ...]:
        """See `Runner.run`."""
        _demand_syntax(data, RdfFormat.N_TRIPLES)
        _demand_syntax(shapes, RdfFormat.TURTLE)
        with _exact_literals():
            data_graph = rdflib.Graph().parse(data=data, format="nt")
            shapes_graph = rdflib.Graph().parse(data=shapes, format="turtle")
            try:
                _, report, text = pyshacl.validate(data_graph, shacl_graph=shapes_graph, inplace=True)
            except ReportableRuntimeError as error:
                raise CoopgraphError("syntax", f"The shapes cannot be used: {error}.") from error
            if not isinstance(report, rdflib.Graph):
                raise CoopgraphError("syntax", f"The shapes cannot be used: {text}.")
            # Nested results, which explain others by sh:detail, are in the report too and are none of its results.
            return collected(_finding(report, result, shapes_graph) for result in report.objects(None, SH.result))


@contextmanager
def _exact_literals() -> Iterator[None]:
    """Keep rdflib from rewriting literals, and put its settings back as they were: pyshacl leaves its own behind."""
    with _ONE_AT_A_TIME:
        normalized, boolean = rdflib.NORMALIZE_LITERALS, _toPythonMapping[XSD.boolean]
        rdflib.NORMALIZE_LITERALS = False
        try:
            yield
        finally:
            rdflib.NORMALIZE_LITERALS = normalized
            _toPythonMapping[XSD.boolean] = boolean


def _demand_syntax(text: bytes, syntax: RdfFormat) -> None:
    try:
        for _ in pyoxigraph.parse(text, syntax):
            pass
    except SyntaxError as error:
        raise CoopgraphError("syntax", f"The data or the shapes cannot be read: {error}.") from error


def _finding(report: rdflib.Graph, result: Node, shapes: rdflib.Graph) -> Finding:
    def term(predicate: Node) -> str:
        node = report.value(result, predicate)
        return "" if node is None else _ntriples(node)

    said = report.value(result, SH.resultMessage)
    message = "" if said is None else str(said)
    shape = _named(report.value(result, SH.sourceShape), shapes)
    path = report.value(result, SH.resultPath)
    component = term(SH.sourceConstraintComponent)
    return Finding(
        code=code_of(shape, message, component),
        severity=severity_of(term(SH.resultSeverity)),
        focus=term(SH.focusNode),
        path="" if path is None else written(report, path),
        value=term(SH.value),
        message=message,
        shape=shape,
        component=component,
    )


def _named(shape: Node | None, shapes: rdflib.Graph) -> str:
    """The shape, or the nearest one with a name that it is a property shape of."""
    while isinstance(shape, rdflib.BNode):
        shape = shapes.value(predicate=SH.property, object=shape)
    return "" if shape is None else _ntriples(shape)


def _ntriples(node: Node) -> str:
    # rdflib escapes in its own way; findings are written as the engine of the dataset writes terms.
    if isinstance(node, rdflib.Literal):
        datatype = None if node.datatype is None else pyoxigraph.NamedNode(str(node.datatype))
        if node.language:
            return str(pyoxigraph.Literal(str(node), language=node.language))
        return str(pyoxigraph.Literal(str(node), datatype=datatype))
    return f"_:{node}" if isinstance(node, rdflib.BNode) else f"<{node}>"
