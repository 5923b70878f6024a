"""A copy of a sealed store forgets what it no longer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad, Store

from coopgraph.store.fork import OxigraphFork

if TYPE_CHECKING:
    from pathlib import Path

A = NamedNode("http://example.org/a")


def test_graphs_that_hold_nothing_are_forgotten_however_they_are_named(tmp_path: Path) -> None:
    quads = [Quad(A, A, A, graph) for graph in (NamedNode("http://example.org/g"), BlankNode("g"), A)]
    store = Store(tmp_path / "aside")
    store.extend(quads)
    store.backup(str(tmp_path / "sealed"))
    fork = OxigraphFork(tmp_path / "sealed", tmp_path / "fork")
    fork.remove(quads[:2])
    assert fork.tidy() == 1
    fork.seal(tmp_path / "again")
    fork.close()
    assert list(Store.read_only(str(tmp_path / "again")).named_graphs()) == [A]
