"""Pools over one small store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from tests.store import made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

N = 400
G = NamedNode("http://example.org/g")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed store of numbered things, and one more thing in a named graph."""
    name = Literal("Việt Nam 越南", language="mul")
    more = [Quad(NamedNode("http://example.org/in-g"), NamedNode("http://example.org/p"), name, G)]
    return made.seal(tmp_path_factory.mktemp("store"), N, more)


@pytest.fixture
def pool(store: Path) -> Iterator[Callable[..., made.Pool]]:
    """Makes pools over that store, with limits by name."""
    opened: list[made.Pool] = []

    def make(**changes: Any) -> made.Pool:
        opened.append(made.Pool(changes.pop("directory", store), made.limits(**changes)))
        opened[-1].start()
        return opened[-1]

    yield make
    for one in opened:
        one.close()
