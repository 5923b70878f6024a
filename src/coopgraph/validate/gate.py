"""What of a dataset is validated, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, serialize

from coopgraph import terms
from coopgraph.validate.fast import FastRunner
from coopgraph.validate.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coopgraph.validate.runner import Runner


def judge(quads: Sequence[Quad], runner: Runner | None = None) -> Verdict:
    """The verdict on a dataset by the shapes that it holds itself."""
    chosen = FastRunner() if runner is None else runner
    return Verdict(chosen.run(validated(quads), shapes(quads)))


def validated(quads: Iterable[Quad]) -> bytes:
    """The union that is validated, in N-Triples: everything but the shapes and the triples of plans."""
    left_out = {terms.SHAPES_GRAPH, terms.PROSPECTIVE_GRAPH}
    triples = {quad.triple for quad in quads if quad.graph_name not in left_out}
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def shapes(quads: Iterable[Quad]) -> bytes:
    """The shapes of a dataset in Turtle."""
    triples = (quad.triple for quad in quads if quad.graph_name == terms.SHAPES_GRAPH)
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=terms.PREFIXES) or b""
