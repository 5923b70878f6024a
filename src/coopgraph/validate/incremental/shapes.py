"""A shapes graph as a mapping: what stands at a node, lists, and property paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from coopgraph import terms
from coopgraph.validate.incremental.steps import HERE, Choice, Link, Path, Repeat, joined, reverse
from coopgraph.validate.runner import SH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coopgraph.validate.incremental.view import Node

RDF: Final = terms.PREFIXES["rdf"]
RDFS: Final = terms.PREFIXES["rdfs"]
OWL: Final = terms.PREFIXES["owl"]
_REPEATS: Final = {"zeroOrMorePath": (0, True), "oneOrMorePath": (1, True), "zeroOrOnePath": (0, False)}
_DEEPEST: Final = 50


class UnfamiliarError(Exception):
    """Something in a shape that is not understood here, so that its rule is judged over the whole graph."""


def sh(name: str) -> NamedNode:
    """A term of SHACL."""
    return NamedNode(SH + name)


class ShapesGraph:
    """Subjects with their properties."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._described: dict[Node, dict[NamedNode, list[Node]]] = {}
        for triple in triples:
            self._described.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)

    def __iter__(self) -> Iterator[Node]:
        return iter(self._described)

    def properties(self, node: Node) -> dict[NamedNode, list[Node]]:
        """All that is said of a node."""
        return self._described.get(node, {})

    def values(self, node: Node, name: str) -> list[Node]:
        """The values of a SHACL property."""
        return self.properties(node).get(sh(name), [])

    def one(self, node: Node, name: str) -> Node | None:
        """The only value of a SHACL property, or nothing.

        Raises:
            UnfamiliarError: if there are several.
        """
        found = self.values(node, name)
        if len(found) > 1:
            raise UnfamiliarError(f"several values of sh:{name}")
        return found[0] if found else None

    def number(self, node: Node, name: str) -> int | None:
        """The only value as a number.

        Raises:
            UnfamiliarError: if it is none.
        """
        found = self.one(node, name)
        if found is None:
            return None
        if not isinstance(found, Literal) or not found.value.isascii() or not found.value.isdigit():
            raise UnfamiliarError(f"sh:{name} is no number")
        return int(found.value)

    def list(self, node: Node) -> list[Node]:
        """The members of an RDF list.

        Raises:
            UnfamiliarError: if it is none.
        """
        members: list[Node] = []
        while node != NamedNode(RDF + "nil"):
            first, rest = (self.properties(node).get(NamedNode(RDF + name), []) for name in ("first", "rest"))
            if len(first) != 1 or len(rest) != 1 or len(members) > 10_000:
                raise UnfamiliarError("a list without a proper end")
            members += first
            node = rest[0]
        return members

    def path(self, node: Node, depth: int = 0) -> Path:
        """The property path that a node stands for.

        Raises:
            UnfamiliarError: if it is none.
        """
        if depth > _DEEPEST:
            raise UnfamiliarError("a path within itself")
        if isinstance(node, NamedNode):
            return Link(node)
        if not isinstance(node, BlankNode):
            raise UnfamiliarError("a path that is no node")
        said = self.properties(node)
        if NamedNode(RDF + "first") in said:
            return joined(HERE, *(self.path(step, depth + 1) for step in self.list(node)))
        if len(said) != 1:
            raise UnfamiliarError("a path of several kinds")
        [(predicate, values)] = said.items()
        if len(values) != 1:
            raise UnfamiliarError("a path with several meanings")
        name = predicate.value.removeprefix(SH)
        if name == "inversePath":
            return reverse(self.path(values[0], depth + 1))
        if name == "alternativePath":
            return Choice(tuple(self.path(option, depth + 1) for option in self.list(values[0])))
        if name in _REPEATS:
            least, many = _REPEATS[name]
            return Repeat(self.path(values[0], depth + 1), least, many)
        raise UnfamiliarError("a path of an unknown kind")
