"""Read an export back and compare it with what went in, up to the names of blank nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable


def canonical(quads: Iterable[Quad]) -> frozenset[Quad]:
    """The quads with blank nodes named by RDFC-1.0: equal sets for isomorphic datasets."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)


def demand_same(quads: Iterable[Quad], written: bytes, syntax: RdfFormat, *, base: str) -> None:
    """Make sure that the written bytes say what the quads say.

    Raises:
        CoopgraphError: "internal" if they do not; the export must then not be handed over.
    """
    try:
        again = canonical(parse(written, format=syntax, base_iri=base))
    except SyntaxError as error:
        raise CoopgraphError("internal", f"The {syntax.name} export cannot be read back: {error}.") from error
    if again != canonical(quads):
        raise CoopgraphError("internal", f"The {syntax.name} export does not read back as what was exported.")
