"""What a projection is: a network as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopgraph.network.network import Mode
    from coopgraph.network.projections.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A question about the graph, and the network that answers it.

    `query` is a SPARQL SELECT with one row for each statement: ?source ?target ?role ?document, and where they make
    sense ?via, ?first and ?last (full dates that bound when the tie held). `evidence` are triple patterns over the same
    variables: filled in from a row they are the facts whose assertions hold the passages. `rule` is the default of
    `rules`; both concern one-mode networks. `source_kind` and `target_kind` are words such as "actor" and "event".
    `headline` names the measure by which a report orders its rows.
    """

    name: str
    label: str
    question: str
    mode: Mode
    source_kind: str
    target_kind: str
    node: str
    tie: str
    weight: str
    direction: str
    period: str
    boundary: str
    prospective: bool
    query: str
    evidence: tuple[str, ...]
    rule: Rule
    rules: tuple[Rule, ...]
    headline: str
