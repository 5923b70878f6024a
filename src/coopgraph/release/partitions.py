"""Counts what classes and properties a dataset uses, in one pass over its canonical lines."""

from __future__ import annotations

import heapq
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
# All nodes, terms and graph names below are as they are written in N-Quads; the default graph is b"".
Classes = frozenset[bytes]
_Speaker = tuple[bytes, Classes]
_Said = dict[tuple[bytes, Classes | bytes], int]
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


@dataclass(frozen=True, slots=True)
class Totals:
    """Of one graph: its triples, its distinct subjects, and how many classes and properties it uses."""

    triples: int
    subjects: int
    classes: int
    properties: int

    @classmethod
    def of(cls, counts: GraphCount) -> Totals:
        """The totals of what was counted."""
        return cls(counts.triples, counts.subjects, len(counts.classes), len(counts.properties))


@dataclass(frozen=True, slots=True)
class Counted:
    """What a dataset holds: the totals of every graph, and all numbers of those that are `detailed`."""

    totals: dict[bytes, Totals]
    details: dict[bytes, GraphCount]


DETAILED: Final = 12
"""How many named graphs, the largest, are described by class and property; of the others there are totals."""


def detailed(totals: Mapping[bytes, Totals]) -> frozenset[bytes]:
    """The graphs that are described in detail: the default graph and the largest of the others."""
    named = (graph for graph in totals if graph)
    largest = heapq.nlargest(DETAILED, named, key=lambda graph: (totals[graph].triples, graph))
    return frozenset(largest) | ({b""} & totals.keys())


def counted(lines: Path) -> Counted:
    """What a file of canonical lines holds; see `count`."""
    graphs = count(lines)
    totals = {graph: Totals.of(counts) for graph, counts in graphs.items()}
    return Counted(totals, {graph: graphs[graph] for graph in detailed(totals)})


def count(lines: Path) -> dict[bytes, GraphCount]:
    """What each graph of a file of canonical lines holds; a graph without triples does not appear.

    The classes of a node, as the reader of a graph sees them, are those that the default graph or this graph gives it.
    Memory grows with the number of typed nodes, not with that of quads.
    """
    kinds = _Kinds(lines)
    everywhere = kinds.everywhere
    # What subjects of the same classes say in the same graph, and how many they are.
    said: dict[_Speaker, _Said] = {}
    speakers: dict[_Speaker, int] = defaultdict(int)
    current = b""
    own: dict[bytes, tuple[_Said, Mapping[bytes, Classes]]] = {}
    suffixes: dict[bytes, tuple[bytes, bytes]] = {}
    datatype = b""
    for block in _blocks(lines):
        for line in block.split(b"\n")[:-1]:
            subject, predicate, rest = line.split(b" ", 2)
            if subject != current:
                current, own = subject, {}
            if rest.startswith(b'"'):
                suffix = rest[rest.rindex(b'"') + 1 :]
                datatype, graph = suffixes.get(suffix) or suffixes.setdefault(suffix, _literal(suffix))
                node = b""
            else:
                node, _, tail = rest.partition(b" ") if not rest.startswith(b"<<(") else _embedded(rest)
                graph = tail[:-2]
            known = own.get(graph)
            if known is None:
                speaker = (graph, kinds.of(subject, graph))
                speakers[speaker] += 1
                known = own[graph] = said.setdefault(speaker, defaultdict(int)), kinds.within(graph)
            found: Classes | bytes = datatype
            if node:
                found = everywhere.get(node, _NONE)
                if known[1] and node in known[1]:
                    found = kinds.of(node, graph)
            known[0][predicate, found] += 1
    return _summed(said, speakers)


class _Kinds:
    """The classes of nodes; equal sets of classes are one object."""

    def __init__(self, lines: Path) -> None:
        sets: dict[Classes, Classes] = {}
        found: dict[bytes, dict[bytes, Classes]] = defaultdict(dict)
        for block in _blocks(lines):
            for node, kind, graph in _typed(block):
                wider = found[graph].get(node, _NONE) | {kind}
                found[graph][node] = sets.setdefault(wider, wider)
        self.everywhere: Final[Mapping[bytes, Classes]] = found.pop(b"", {})
        self._within: Final[Mapping[bytes, Mapping[bytes, Classes]]] = dict(found)

    def within(self, graph: bytes) -> Mapping[bytes, Classes]:
        """The classes that a named graph alone gives."""
        return self._within.get(graph, {})

    def of(self, node: bytes, graph: bytes) -> Classes:
        """The classes of a node for who reads this graph."""
        known, more = self.everywhere.get(node, _NONE), self.within(graph).get(node)
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
        if block.find(b" ", start) == found and kind[:1] in b"<_" and not kind.startswith(b"<<("):
            yield block[start:found], kind, graph


def _literal(suffix: bytes) -> tuple[bytes, bytes]:
    """Datatype and graph, from what follows the text of a literal."""
    written, _, graph = suffix[:-2].partition(b" ")
    if written.startswith(b"^^"):
        return written[2:], graph.rstrip()
    if not written:
        return _STRING, graph.rstrip()
    return _DIR_LANG_STRING if b"--" in written else _LANG_STRING, graph.rstrip()


def _embedded(rest: bytes) -> tuple[bytes, bytes, bytes]:
    """An embedded triple, which contains spaces and ends in the last `)>>`, and what follows it."""
    triple, end, tail = rest.rpartition(b")>> ")
    return triple + end, b"", tail


def _summed(said: Mapping[_Speaker, _Said], speakers: Mapping[_Speaker, int]) -> dict[bytes, GraphCount]:
    graphs: dict[bytes, GraphCount] = defaultdict(GraphCount)
    for (graph, classes), sentences in said.items():
        counts = graphs[graph]
        number = speakers[graph, classes]
        counts.subjects += number
        for one in classes:
            counts.classes[one].entities += number
        for (predicate, found), number in sentences.items():
            counts.triples += number
            for part in (counts.properties[predicate], *(counts.classes[one].properties[predicate] for one in classes)):
                part.triples += number
                if isinstance(found, bytes):
                    part.datatypes[found] += number
                else:
                    part.classes.update(dict.fromkeys(found, number))
    return dict(graphs)
