"""Plans and networks that the tests of this room share."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from coopgraph.network.measures import registry
from coopgraph.network.network import Mode
from coopgraph.network.scoring import Plan
from tests.network.affiliated import affiliations, projection

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.projections.rules import Rule

CHEAP = ("degree", "strength")


def plan(*measures: str, mode: Mode = Mode.ONE_MODE, rule: Rule | None = None) -> Plan:
    """A plan of these measures, by default two that are quick."""
    made = projection(mode)
    names = measures or (CHEAP if mode is not Mode.TWO_MODE else ("two-mode-degree",))
    return Plan(projection=made, rule=rule or made.rule, measures=tuple(registry.measure(name) for name in names))


def some(seed: int = 1, *, actors: int = 12, events: int = 15, documents: int = 5, rows: int = 60) -> Affiliations:
    """Rows at random, but the same for the same seed."""
    chance = random.Random(seed)
    found = {
        (f"a{chance.randrange(actors):02}", f"e{chance.randrange(events):02}", f"d{chance.randrange(documents)}")
        for _ in range(rows)
    }
    return affiliations(found)
