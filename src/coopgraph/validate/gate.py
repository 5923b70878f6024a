"""What of a dataset is validated, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, serialize

from coopgraph import resources, terms
from coopgraph import vocabulary as cg
from coopgraph.curate.ontology import OntologySource, read_ontology
from coopgraph.errors import CoopgraphError
from coopgraph.validate.checks.run import check
from coopgraph.validate.fast import FastRunner
from coopgraph.validate.runner import collected
from coopgraph.validate.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Triple

    from coopgraph.model.problem import Problem
    from coopgraph.validate.runner import Runner


def judge(quads: Sequence[Quad], runner: Runner | None = None, *, shapes: Sequence[Triple] | None = None) -> Verdict:
    """The verdict on a dataset by the shapes given, or by those that it holds itself.

    Raises:
        CoopgraphError: "syntax" if the shapes cannot be used.
    """
    chosen = FastRunner() if runner is None else runner
    used = shapes_of(quads) if shapes is None else list(shapes)
    found = chosen.run(validated(quads), turtle(used))
    return Verdict(collected((*found, *check(quads, used))))


def judge_alone(
    quads: Sequence[Quad], runner: Runner | None = None, *, shapes: Sequence[Triple] | None = None
) -> Verdict:
    """The verdict on data that may come without ontology and shapes; what they lack is taken from the shipped ones.

    Raises:
        CoopgraphError: "syntax" if the shapes cannot be used, "damaged" if the shipped ones cannot be read.
    """
    shipped = _shipped()
    own = any(quad.subject == terms.ONTOLOGY and quad.predicate == cg.RDF_TYPE for quad in quads)
    used = shapes if shapes is not None else shapes_of(quads) or [quad.triple for quad in shipped.shapes]
    return judge([*quads, *(() if own else shipped.terms)], runner, shapes=used)


def validated(quads: Iterable[Quad]) -> bytes:
    """The union that is validated, in N-Triples: everything but the shapes and the triples of plans."""
    left_out = {terms.SHAPES_GRAPH, terms.PROSPECTIVE_GRAPH}
    # A triple of several graphs comes several times; a set to avoid that would cost more than the engine's own.
    return (
        serialize((quad.triple for quad in quads if quad.graph_name not in left_out), format=RdfFormat.N_TRIPLES) or b""
    )


def shapes_of(quads: Iterable[Quad]) -> list[Triple]:
    """The shapes that a dataset holds."""
    return [quad.triple for quad in quads if quad.graph_name == terms.SHAPES_GRAPH]


def turtle(shapes: Iterable[Triple]) -> bytes:
    """Shapes as the engines read them."""
    return serialize(shapes, format=RdfFormat.TURTLE, prefixes=terms.PREFIXES) or b""


def _shipped() -> OntologySource:
    problems: list[Problem] = []
    source = read_ontology(resources.directory("ontology"), problems)
    if problems:
        raise CoopgraphError("damaged", "The shipped ontology cannot be read.", problems=problems)
    return source
