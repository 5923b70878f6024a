"""SHACL property paths, in RDF and as the fast engine writes them: every composite step but an inverse in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode, Triple
from rdflib import RDF, SH, BNode
from rdflib.collection import Collection

from coopgraph import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib import Graph
    from rdflib.term import Node

_REPEATS: Final = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}
_TOKEN: Final = re.compile(r"<[^>]*>|[()^/|*+?]")
_RDF: Final = terms.PREFIXES["rdf"]
_SH: Final = terms.PREFIXES["sh"]


def written(graph: Graph, path: Node) -> str:
    """The path that this node of an rdflib graph stands for, as text."""
    if not isinstance(path, BNode):
        return f"<{path}>"
    if (inverse := graph.value(path, SH.inversePath)) is not None:
        return f"^{written(graph, inverse)}"
    if (alternatives := graph.value(path, SH.alternativePath)) is not None:
        return f"({'|'.join(written(graph, step) for step in Collection(graph, alternatives))})"
    for sign, name in _REPEATS.items():
        if (repeated := graph.value(path, SH[name])) is not None:
            return f"({written(graph, repeated)}){sign}"
    if (path, RDF.first, None) in graph:
        return f"({'/'.join(written(graph, step) for step in Collection(graph, path))})"
    raise ValueError(f"{path} is no property path")


def described(path: str, label: str) -> tuple[NamedNode | BlankNode, list[Triple]]:
    """The node of a path written as text, and the triples that describe it; `label` begins its blank nodes' names.

    Raises:
        ValueError: if the text is no property path.
    """
    reading = _Reading(_TOKEN.findall(path), label)
    node = reading.alternative()
    if reading.tokens:
        raise ValueError(f"No property path: {path}")
    return node, reading.triples


class _Reading:
    """A descent through the tokens of one path."""

    def __init__(self, tokens: list[str], label: str) -> None:
        self.tokens = tokens[::-1]
        self.triples: list[Triple] = []
        self._names: Iterator[BlankNode] = (BlankNode(f"{label}p{number}") for number in range(10_000))

    def alternative(self) -> NamedNode | BlankNode:
        steps = self._several("|", self._sequence)
        return steps[0] if len(steps) == 1 else self._about("alternativePath", self._list(steps))

    def _sequence(self) -> NamedNode | BlankNode:
        steps = self._several("/", self._step)
        return steps[0] if len(steps) == 1 else self._list(steps)

    def _step(self) -> NamedNode | BlankNode:
        sign = self._next()
        if sign == "^":
            return self._about("inversePath", self._step())
        if sign == "(":
            inner: NamedNode | BlankNode = self.alternative()
            if self._next() != ")":
                raise ValueError("A bracket is not closed")
        elif sign.startswith("<"):
            inner = NamedNode(sign[1:-1])
        else:
            raise ValueError(f"{sign!r} begins no property path")
        while self.tokens and self.tokens[-1] in _REPEATS:
            inner = self._about(_REPEATS[self._next()], inner)
        return inner

    def _several(self, sign: str, one: Callable[[], NamedNode | BlankNode]) -> list[NamedNode | BlankNode]:
        steps = [one()]
        while self.tokens and self.tokens[-1] == sign:
            self._next()
            steps.append(one())
        return steps

    def _next(self) -> str:
        if not self.tokens:
            raise ValueError("The property path ends too early")
        return self.tokens.pop()

    def _about(self, predicate: str, node: NamedNode | BlankNode) -> BlankNode:
        path = next(self._names)
        self.triples.append(Triple(path, NamedNode(_SH + predicate), node))
        return path

    def _list(self, steps: list[NamedNode | BlankNode]) -> BlankNode:
        cells = [next(self._names) for _ in steps]
        rests: list[NamedNode | BlankNode] = [*cells[1:], NamedNode(_RDF + "nil")]
        for cell, step, rest in zip(cells, steps, rests, strict=True):
            self.triples += [
                Triple(cell, NamedNode(_RDF + "first"), step),
                Triple(cell, NamedNode(_RDF + "rest"), rest),
            ]
        return cells[0]
