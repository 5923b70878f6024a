"""Datasets of tests as quads, and quads that can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import (
    CanonicalizationAlgorithm,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
    serialize,
)
from pyoxigraph import Dataset as Quads

from tests.conformance.terms import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.conformance.cases import Dataset
    from tests.conformance.library import Library


def quads(library: Library, dataset: Dataset) -> tuple[Quad, ...]:
    """What the files say, each read against its own address; blank nodes of two files are never the same."""
    found: list[Quad] = []
    for file in dataset.default:
        found += _file(library, file)
    # A file that a test uses twice brings its blank nodes once.
    read: dict[str, list[Quad]] = {}
    for name, file in dataset.named:
        if file not in read:
            read[file] = list(_file(library, file))
        found += [Quad(one.subject, one.predicate, one.object, NamedNode(name)) for one in read[file]]
    return tuple(found)


def _file(library: Library, iri: str) -> Iterator[Quad]:
    form = RdfFormat.from_extension(iri.rpartition(".")[2])
    assert form is not None, f"{iri} is in no known syntax"
    yield from parse(library.read(iri), format=form, base_iri=iri, rename_blank_nodes=True)


def n_quads(content: Iterable[Quad]) -> bytes:
    """The quads as a file."""
    written = serialize(content, format=RdfFormat.N_QUADS)
    assert written is not None
    return written


def empty_graphs(library: Library, dataset: Dataset) -> tuple[str, ...]:
    """The named graphs that hold nothing, which no file of quads can tell."""
    return tuple(name for name, file in dataset.named if not any(True for _ in _file(library, file)))


def read(content: bytes, media_type: str, base: str | None = None) -> tuple[Quad, ...]:
    """The quads in a body."""
    form = RdfFormat.from_media_type(media_type)
    assert form is not None, f"{media_type} is no RDF syntax"
    return tuple(parse(content, format=form, base_iri=base))


def canonical(content: Iterable[Quad]) -> frozenset[Quad]:
    """The quads with values in one spelling and blank nodes in canonical order: equal sets say the same."""
    dataset = Quads(
        Quad(normal(one.subject), one.predicate, normal(one.object), one.graph_name)  # type: ignore[arg-type]
        for one in content
    )
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)


def in_default_graph(content: Iterable[Quad]) -> tuple[Quad, ...]:
    """The same statements without their graph."""
    return tuple(Quad(one.subject, one.predicate, one.object, DefaultGraph()) for one in content)


def demand_same(actual: Iterable[Quad], expected: Iterable[Quad]) -> None:
    """Make sure that both say the same.

    Raises:
        AssertionError: with what is missing and what is too much.
    """
    got, due = canonical(actual), canonical(expected)
    assert got == due, f"missing: {_some(due - got)}; too much: {_some(got - due)}"


def _some(content: frozenset[Quad]) -> str:
    return " ".join(sorted(str(one) for one in content)[:5]) or "nothing"
