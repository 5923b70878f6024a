"""A shapes graph made ready for judging changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, parse

from coopgraph.validate.incremental.constraints import Query, queries
from coopgraph.validate.incremental.focus import Index
from coopgraph.validate.incremental.plan import Plan, planned
from coopgraph.validate.incremental.rows import Rows
from coopgraph.validate.incremental.shapes import ShapesGraph, UnfamiliarError
from coopgraph.validate.runner import SH

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Compiled:
    """What is known of the rules, and the shapes themselves."""

    text: bytes
    triples: tuple[Triple, ...]
    index: Index
    rows: Rows
    whole: dict[str, str]
    """Names of shapes that are judged over the whole graph, and why."""

    @property
    def plan(self) -> Plan:
        """The rules that are understood."""
        return self.index.plan

    def alike(self, names: Collection[str]) -> set[str]:
        """These shapes and those that their results cannot be told apart from."""
        groups = [{name for rule in group for name in rule.names} for group in self.plan.groups]
        return {*names, *(name for group in groups if group & set(names) for name in group)}

    def only(self, names: Collection[str]) -> list[Triple]:
        """The shapes, with targets left to none but these and those with results of the same name."""
        others = {rule.node for group in self.plan.groups for rule in group if not rule.names & set(names)}
        return [
            triple
            for triple in self.triples
            if triple.subject not in others or not triple.predicate.value.startswith(SH + "target")
        ]


@lru_cache(maxsize=4)
def compiled(shapes: bytes) -> Compiled:
    """Shapes in Turtle, read once."""
    # The blank nodes keep their names, so that the text that is made of them again is about the same nodes.
    triples = tuple(quad.triple for quad in parse(shapes, RdfFormat.TURTLE))
    graph = ShapesGraph(triples)
    plan = planned(graph)
    whole = dict(plan.whole)
    groups, found = [], []
    for group in plan.groups:
        try:
            queried: list[Query] = [query for rule in group for query in queries(graph, rule)]
        except UnfamiliarError as reason:
            whole |= {name: str(reason) for rule in group for name in rule.names}
        else:
            groups.append(group)
            found += queried
    return Compiled(shapes, triples, Index(Plan(tuple(groups), whole)), Rows(found), whole)
