"""Reads the numbers of a dataset back from their description in the terms of VoID."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph.release import void
from coopgraph.release.partitions import ClassCount, Counted, GraphCount, PropertyCount, Totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

_CLASS: Final = (void.VOID + "classPartition", void.VOID + "class")
_PROPERTY: Final = (void.VOID + "propertyPartition", void.VOID + "property")
_DATATYPE: Final = (void.VOID_EXT + "datatypePartition", void.VOID_EXT + "datatype")


def counted(quads: Iterable[Quad]) -> Counted:
    """What `void.statistics` was told, but for what it leaves out: classes that are blank nodes.

    Raises:
        KeyError: if the quads are no such description.
    """
    return _Description(quads).counted()


class _Description:
    """The statements of a description, by subject and predicate."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._said: dict[tuple[str, str], list[NamedNode | Literal]] = defaultdict(list)
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                self._said[quad.subject.value, quad.predicate.value].append(quad.object)

    def counted(self) -> Counted:
        names = [str(node).encode() for node in self._said[void.DATASET.value, void.SD + "namedGraph"]]
        totals, details = {}, {}
        for name in (b"", *names):
            content = void.about(name).value
            if (content, void.VOID + "triples") not in self._said:
                continue
            numbers = (self._number(content, what) for what in ("triples", "distinctSubjects", "classes", "properties"))
            totals[name] = Totals(*numbers)
            counts = GraphCount(totals[name].triples, totals[name].subjects)
            counts.properties.update(self._properties(content))
            for kind, part in self._parts(content, *_CLASS):
                of_class = ClassCount(self._number(part, "entities"))
                of_class.properties.update(self._properties(part))
                counts.classes[kind] = of_class
            if counts.properties:
                details[name] = counts
        if self._number(void.DATASET.value, "triples") != sum(one.triples for one in totals.values()):
            raise KeyError("triples")
        return Counted(totals, details)

    def _properties(self, part: str) -> Iterator[tuple[bytes, PropertyCount]]:
        for name, inner in self._parts(part, *_PROPERTY):
            counts = PropertyCount(self._number(inner, "triples"))
            for numbers, kind in ((counts.classes, _CLASS), (counts.datatypes, _DATATYPE)):
                numbers.update({what: self._number(leaf, "triples") for what, leaf in self._parts(inner, *kind)})
            yield name, counts

    def _parts(self, of: str, partition: str, names: str) -> Iterator[tuple[bytes, str]]:
        for part in self._said.get((of, partition), ()):
            yield str(self._said[part.value, names][0]).encode(), part.value

    def _number(self, of: str, name: str) -> int:
        found = self._said.get((of, void.VOID + name))
        if not found:
            raise KeyError(name)
        return int(found[0].value)
