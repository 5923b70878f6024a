"""A shelf in a temporary directory, and short ways to put something on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from coopgraph import terms
from coopgraph.release.publish import publish
from coopgraph.release.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from coopgraph.release.manifest import Manifest


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "data")


@pytest.fixture
def put(shelf: Shelf) -> Callable[..., Manifest]:
    def publish_here(source: Iterable[Quad] | Path, **changes: Any) -> Manifest:
        arguments: dict[str, Any] = {"verdict": {"conforms": True}, "versions": {"coopgraph": "0"}}
        return publish(shelf, source, **(arguments | changes))

    return publish_here


@pytest.fixture
def some() -> Callable[..., list[Quad]]:
    """Quads number `first` to `last`, in the default graph and in one named graph."""

    def quads(first: int, last: int) -> list[Quad]:
        found = [Quad(terms.thing(f"event/e{i}"), terms.term("number"), Literal(i)) for i in range(first, last)]
        graph = NamedNode(terms.GRAPH + "doc/1")
        return found + [Quad(quad.subject, terms.term("label"), Literal("tên 名"), graph) for quad in found]

    return quads
