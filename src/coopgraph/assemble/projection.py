"""Projection: the plain triples that the assertions of best rank justify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Triple

from coopgraph import vocabulary as cg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from coopgraph.assemble.assertions import Assertion
    from coopgraph.model.ontology import Ontology


def best(assertions: Iterable[Assertion], factuality: NamedNode) -> list[Assertion]:
    """The affirmed assertions of this factuality that count.

    For each subject and property the preferred ones if there are any, else those of normal rank; deprecated ones never.
    """
    candidates: dict[tuple[NamedNode, NamedNode], list[Assertion]] = {}
    for assertion in assertions:
        statement = assertion.statement
        if statement.factuality == factuality and statement.polarity == cg.POLARITY_AFFIRMED:
            candidates.setdefault((statement.subject, statement.predicate), []).append(assertion)
    chosen = []
    for group in candidates.values():
        preferred = [assertion for assertion in group if cg.RANK_PREFERRED in assertion.ranks]
        chosen += preferred or [assertion for assertion in group if cg.RANK_NORMAL in assertion.ranks]
    return chosen


def project(assertions: Iterable[Assertion], factuality: NamedNode, ontology: Ontology) -> set[Triple]:
    """The triples of the assertions of this factuality that count, closed under super-properties."""
    return {
        Triple(assertion.statement.subject, predicate, assertion.statement.object)
        for assertion in best(assertions, factuality)
        for predicate in ontology.properties[assertion.statement.predicate].ancestors
    }
