"""What the chain needs to know of the ontology: classes, properties and concepts with their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the ontology; `literal` says that its values are literals, `range` their datatype or class."""

    iri: NamedNode
    literal: bool
    range: NamedNode | None
    ancestors: frozenset[NamedNode]
    """The property itself and all its super-properties within the ontology."""


@dataclass(frozen=True, slots=True)
class Ontology:
    """Properties by IRI, the ancestors of each class (itself included) and the concepts of all schemes."""

    properties: Mapping[NamedNode, Property]
    class_ancestors: Mapping[NamedNode, frozenset[NamedNode]]
    concepts: frozenset[NamedNode]
    version: str

    def is_a(self, cls: NamedNode, ancestor: NamedNode) -> bool:
        """Whether every instance of `cls` is one of `ancestor`."""
        return ancestor in self.class_ancestors.get(cls, frozenset())
