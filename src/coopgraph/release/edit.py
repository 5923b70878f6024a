"""What can be done to a dataset: SPARQL updates, and graphs that are added to, replaced or removed.

Each edit is applied to a store aside and tells exactly which lines it has added and removed.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.update import only_data, parts
from coopgraph.store.memory import kept, updated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from coopgraph.curate.rdf import RdfText
    from coopgraph.store.port import Editor

Graph: TypeAlias = NamedNode | DefaultGraph
_BLOCK: Final = 100_000
_READ_THROUGH: Final = 300_000
"""A longer update is not read for what it is: the engine looks through most datasets sooner."""

_HINT: Final = 1 << 22


@dataclass(frozen=True, slots=True)
class Delta:
    """The N-Quads lines that came and went, none of them in both; and whether the graph in question was there."""

    added: frozenset[bytes]
    removed: frozenset[bytes]
    existed: bool = True

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def then(self, later: Delta) -> Delta:
        """What both come to, one after the other."""
        added = (self.added - later.removed) | (later.added - self.removed)
        removed = (self.removed - later.added) | (later.removed - self.added)
        return Delta(added, removed, self.existed)


class Edit(Protocol):
    """Something to be done to a dataset."""

    def apply(self, editor: Editor, workspace: Path) -> Delta:
        """Do it; `workspace` is an empty directory for files in between.

        Raises:
            CoopgraphError: "syntax", "request", "media-type" or "not-found"; the editor is then of no use any more.
        """
        ...


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL update; `base` is the IRI that its relative IRIs are relative to."""

    text: str
    base: str | None = None

    def apply(self, editor: Editor, workspace: Path) -> Delta:
        """See `Edit.apply`."""
        texts = _parts(self.text)
        data = only_data(self.text) if len(texts) == 1 and len(self.text) <= _READ_THROUGH else None
        if data is not None:
            return self._of_data(editor, *data)
        before, after = workspace / "before.nq", workspace / "after.nq"
        editor.write(before)
        for text in texts:
            editor.update(text, base=self.base)
        editor.write(after)
        return _difference(before, after)

    def _of_data(self, editor: Editor, kind: str, insertion: str) -> Delta:
        """The same for data written out: what they are the engine tells, and the dataset need not be looked through."""
        # As it is written it must be an update as well: there are data that can be inserted and not deleted.
        quads = updated((), self.text, base=self.base)
        if kind == "INSERT":
            return _add(editor, quads, existed=True)
        lines = sorted(kept(updated((), insertion, base=self.base)))
        gone = [(line, quad) for line, quad in zip(lines, parsed(b"".join(lines)), strict=True) if editor.holds(quad)]
        editor.remove(quad for _, quad in gone)
        return Delta(frozenset(), frozenset(line for line, _ in gone))


@dataclass(frozen=True, slots=True)
class Post:
    """Add what documents say to a graph, or to the dataset if no graph is named."""

    documents: tuple[RdfText, ...]
    graph: Graph | None

    def apply(self, editor: Editor, workspace: Path) -> Delta:
        """See `Edit.apply`."""
        existed = _exists(editor, self.graph)
        added: set[bytes] = set()
        quads = said(self.documents, self.graph)
        while block := list(itertools.islice(quads, _BLOCK)):
            lines = sorted(kept(block))
            new = [
                (line, quad)
                for line, quad in zip(lines, parsed(b"".join(lines)), strict=True)
                if not editor.holds(quad)
            ]
            editor.add(quad for _, quad in new)
            added.update(line for line, _ in new)
        return Delta(frozenset(added), frozenset(), existed)


@dataclass(frozen=True, slots=True)
class Put:
    """Let a graph, or the dataset if none is named, say what the documents say and nothing else."""

    documents: tuple[RdfText, ...]
    graph: Graph | None

    def apply(self, editor: Editor, workspace: Path) -> Delta:
        """See `Edit.apply`."""
        existed = _exists(editor, self.graph)
        old = _lines(editor, self.graph, workspace)
        new = kept(said(self.documents, self.graph))
        return _replace(editor, old, new, existed=existed)


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove a graph, or everything if none is named."""

    graph: Graph | None

    def apply(self, editor: Editor, workspace: Path) -> Delta:
        """See `Edit.apply`."""
        if not _exists(editor, self.graph):
            raise CoopgraphError("not-found", f"There is no graph {self.graph}.")
        return _replace(editor, _lines(editor, self.graph, workspace), set(), existed=True)


@dataclass(frozen=True, slots=True)
class Patch:
    """A SPARQL update of one graph, which is all the update sees: its default graph."""

    text: str
    base: str | None
    graph: Graph

    def apply(self, editor: Editor, workspace: Path) -> Delta:
        """See `Edit.apply`."""
        if not _exists(editor, self.graph):
            raise CoopgraphError("not-found", f"There is no graph {self.graph}.")
        old = _lines(editor, self.graph, workspace)
        changed = [Quad(quad.subject, quad.predicate, quad.object) for quad in parsed(b"".join(old))]
        for text in _parts(self.text):
            changed = updated(changed, text, base=self.base)
        if any(not isinstance(quad.graph_name, DefaultGraph) for quad in changed):
            raise CoopgraphError(
                "request", "A patch changes the graph it is sent to and no other.", remedy="Leave GRAPH out."
            )
        new = kept(Quad(quad.subject, quad.predicate, quad.object, self.graph) for quad in changed)
        return _replace(editor, old, new, existed=True)


def _parts(text: str) -> tuple[str, ...]:
    return parts(text) if len(text) <= _READ_THROUGH else (text,)


def _exists(editor: Editor, graph: Graph | None) -> bool:
    return not isinstance(graph, NamedNode) or editor.has_graph(graph)


def said(documents: Iterable[RdfText], graph: Graph | None) -> Iterator[Quad]:
    """What documents say, all of it in this graph if one is named; errors come from `RdfText`."""
    if graph is None:
        return itertools.chain.from_iterable(document.quads() for document in documents)
    triples = itertools.chain.from_iterable(document.triples() for document in documents)
    return (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


def _lines(editor: Editor, graph: Graph | None, workspace: Path) -> set[bytes]:
    if graph is not None:
        return set(editor.lines(graph).splitlines(keepends=True))
    everything = workspace / "everything.nq"
    editor.write(everything)
    return set(everything.read_bytes().splitlines(keepends=True))


def _add(editor: Editor, quads: Iterable[Quad], *, existed: bool) -> Delta:
    remaining, added = iter(quads), set[bytes]()
    while block := list(itertools.islice(remaining, _BLOCK)):
        lines = sorted(kept(block))
        found = list(zip(lines, parsed(b"".join(lines)), strict=True))
        new = [(line, quad) for line, quad in found if not editor.holds(quad)]
        editor.add(quad for _, quad in new)
        added.update(line for line, _ in new)
    return Delta(frozenset(added), frozenset(), existed)


def _replace(editor: Editor, old: set[bytes], new: set[bytes], *, existed: bool) -> Delta:
    delta = Delta(frozenset(new - old), frozenset(old - new), existed)
    editor.remove(parsed(b"".join(delta.removed)))
    editor.add(parsed(b"".join(delta.added)))
    return delta


def parsed(lines: bytes) -> Iterator[Quad]:
    """The quads in N-Quads lines; blank nodes keep their labels."""
    return iter(parse(input=lines, format=RdfFormat.N_QUADS))


def _difference(before: Path, after: Path) -> Delta:
    """What the second file has more and less; memory stays small since both have in one order what they share."""
    removed: set[bytes] = set()
    added: set[bytes] = set()
    with before.open("rb") as old, after.open("rb") as new:
        while True:
            gone, come = old.readlines(_HINT), new.readlines(_HINT)
            if not gone and not come:
                return Delta(frozenset(added), frozenset(removed))
            if gone != come:
                removed.update(gone)
                added.update(come)
                same = removed & added
                removed -= same
                added -= same
