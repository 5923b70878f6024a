"""The shipped graph, assembled once for all tests that need it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coopgraph import resources
from coopgraph.assemble.dataset import assemble
from coopgraph.curate.source import Source, read_source
from coopgraph.store.memory import MemoryReader

if TYPE_CHECKING:
    from pyoxigraph import Quad


@cache
def source() -> Source:
    """What people wrote, without the documents: as every user has it."""
    return read_source(resources.directory("graph"), resources.directory("ontology"))


@cache
def quads() -> tuple[Quad, ...]:
    """The dataset in canonical order."""
    return tuple(assemble(source()))


@cache
def reader() -> MemoryReader:
    """A reader of the dataset."""
    return MemoryReader(quads())
