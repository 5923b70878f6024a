"""What a projection is: a network as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from coopgraph.network.projections.levels import RollUp

if TYPE_CHECKING:
    from coopgraph.network.network import Mode
    from coopgraph.network.projections.rules import Rule


class End(StrEnum):
    """An end of a tie."""

    SOURCE = "source"
    TARGET = "target"


class Dated(StrEnum):
    """What gives a tie its dates: the thing at one end, what stands between, or the statement itself."""

    SOURCE = "source"
    TARGET = "target"
    VIA = "via"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A question about the graph, and the network that answers it.

    `query` is a SPARQL SELECT with one row for each statement: ?source ?target ?role ?document, and where they make
    sense ?via, ?first and ?last (dates of any precision that bound when the tie held, if `dated` is the statement).
    `evidence` are triple patterns over the same variables: filled in from a row they are the facts whose assertions
    hold the passages. `rule` is the default of `rules`; both concern one-mode networks. `source_kind` and
    `target_kind` are words such as "actor" and "event". `headline` names the measure by which a report orders its
    rows. `rolls` are the ends at which actors can be rolled up; `roll_up` is to what they are unless asked otherwise.
    `fact`, where there is one, is a triple pattern over facts that gives the same pairs of source and target, for
    engines that read triples and no SPARQL.
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
    dated: Dated = Dated.TARGET
    rolls: frozenset[End] = frozenset()
    roll_up: RollUp = RollUp.NONE
    fact: str = ""
