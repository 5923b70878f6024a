"""Counts what classes and properties a dataset uses, in one pass over its canonical lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_BLOCK: Final = 1 << 20
_TYPED: Final = b" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
_STRING: Final = b"<http://www.w3.org/2001/XMLSchema#string>"
_LANG_STRING: Final = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"
_DIR_LANG_STRING: Final = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString>"
# Subject, predicate, node, what follows the text of a literal, graph. A text ends in the last quotation mark of its
# line, an embedded triple in the last `)>>`.
_LINE: Final = re.compile(
    rb'^(\S+) (\S+) (?:([<_](?!<)\S*|<<\(.*\)>>)|".*"((?:@|\^\^)[^"\s]+)?)(?: ([<_][^"\s]*))? \.$', re.MULTILINE
)

# All nodes, terms and graph names below are as they are written in N-Quads; the default graph is b"".
Classes = frozenset[bytes]
_Said = tuple[bytes, Classes, bytes, Classes | bytes]
_NONE: Final[Classes] = frozenset()


@dataclass(slots=True)
class PropertyCount:
    """Of one property: its triples, and those by class or datatype of the object."""

    triples: int = 0
    classes: Counter[bytes] = field(default_factory=Counter)
    datatypes: Counter[bytes] = field(default_factory=Counter)


@dataclass(slots=True)
class ClassCount:
    """Of one class: how many subjects are of it, and their properties."""

    entities: int = 0
    properties: dict[bytes, PropertyCount] = field(default_factory=lambda: defaultdict(PropertyCount))


@dataclass(slots=True)
class GraphCount:
    """Of one graph: its triples, its distinct subjects, its properties and its classes."""

    triples: int = 0
    subjects: int = 0
    properties: dict[bytes, PropertyCount] = field(default_factory=lambda: defaultdict(PropertyCount))
    classes: dict[bytes, ClassCount] = field(default_factory=lambda: defaultdict(ClassCount))


def count(lines: Path) -> dict[bytes, GraphCount]:
    """What each graph of a file of canonical lines holds; a graph without triples does not appear.

    The classes of a node, as the reader of a graph sees them, are those that the default graph or this graph gives it.
    Memory grows with the number of typed nodes, not with that of quads.
    """
    kinds = _Kinds(lines)
    # How often subjects of these classes say with this property something about an object of this kind.
    said: dict[_Said, int] = {}
    entities: dict[tuple[bytes, Classes], int] = {}
    current, own = b"", dict[bytes, Classes]()
    for block in _blocks(lines):
        for subject, predicate, node, suffix, graph in _LINE.findall(block):
            if subject != current:
                for entity in own.items():
                    entities[entity] = entities.get(entity, 0) + 1
                current, own = subject, {}
            classes = own.get(graph)
            if classes is None:
                classes = own[graph] = kinds.of(subject, graph)
            key = (graph, classes, predicate, kinds.of(node, graph) if node else suffix)
            said[key] = said.get(key, 0) + 1
    for entity in own.items():
        entities[entity] = entities.get(entity, 0) + 1
    return _summed(said, entities)


class _Kinds:
    """The classes of nodes; equal sets of classes are one object."""

    def __init__(self, lines: Path) -> None:
        sets: dict[Classes, Classes] = {}
        found: dict[bytes, dict[bytes, Classes]] = defaultdict(dict)
        for block in _blocks(lines):
            for node, kind, graph in _typed(block):
                wider = found[graph].get(node, _NONE) | {kind}
                found[graph][node] = sets.setdefault(wider, wider)
        self._everywhere: Mapping[bytes, Classes] = found.pop(b"", {})
        self._within: Mapping[bytes, Mapping[bytes, Classes]] = dict(found)

    def of(self, node: bytes, graph: bytes) -> Classes:
        """The classes of a node for who reads this graph."""
        known = self._everywhere.get(node, _NONE)
        within = self._within.get(graph)
        if within is None:
            return known
        more = within.get(node)
        return known if more is None else (known | more if known else more)


def _blocks(lines: Path) -> Iterator[bytes]:
    """Whole lines, a block at a time."""
    with lines.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block + file.readline()


def _typed(block: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Node, class and graph of every line that gives a node a class."""
    end = 0
    while (found := block.find(_TYPED, end)) >= 0:
        start, end = block.rfind(b"\n", 0, found) + 1, block.index(b"\n", found)
        kind, _, graph = block[found + len(_TYPED) : end - 2].partition(b" ")
        # The same bytes may stand inside a text, and what is said to be a text is no class.
        if block.find(b" ", start) == found and kind[:1] in b"<_":
            yield block[start:found], kind, graph


def _datatype(suffix: bytes) -> bytes:
    if suffix.startswith(b"^^"):
        return suffix[2:]
    if not suffix:
        return _STRING
    return _DIR_LANG_STRING if b"--" in suffix else _LANG_STRING


def _summed(said: Mapping[_Said, int], entities: Mapping[tuple[bytes, Classes], int]) -> dict[bytes, GraphCount]:
    graphs: dict[bytes, GraphCount] = defaultdict(GraphCount)
    for (graph, classes, predicate, found), number in said.items():
        counts = graphs[graph]
        counts.triples += number
        for part in (counts.properties[predicate], *(counts.classes[one].properties[predicate] for one in classes)):
            part.triples += number
            if isinstance(found, bytes):
                part.datatypes[_datatype(found)] += number
            else:
                part.classes.update(dict.fromkeys(found, number))
    for (graph, classes), number in entities.items():
        graphs[graph].subjects += number
        for one in classes:
            graphs[graph].classes[one].entities += number
    return dict(graphs)
