"""How much one shared event adds to the strength of the tie between two of those who share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.network.arrays import Counts, Floats

CAP: Final = 30


@dataclass(frozen=True, slots=True)
class Rule:
    """A named projection rule; `share` maps the sizes of events (two or more) to what each adds to a tie."""

    name: str
    formula: str
    reason: str
    share: Callable[[Counts], Floats]


SIMPLE: Final = Rule(
    "simple",
    "strength(a, b) = number of events that a and b share",
    "Every shared event counts the same, however many took part.",
    lambda sizes: np.ones(len(sizes)),
)
NEWMAN: Final = Rule(
    "newman",
    "strength(a, b) = sum over the events e that a and b share of 1 / (n(e) - 1), n(e) being the number of actors of e",
    "A small meeting says more about two of its participants than a big summit does (Newman 2001, "
    "doi:10.1103/PhysRevE.64.016132).",
    lambda sizes: np.reciprocal(sizes - 1.0, dtype=np.float64),
)


def size_capped(cap: int = CAP) -> Rule:
    """The rule that leaves out events of more than `cap` actors; 0 shares make no tie."""
    return Rule(
        f"size-capped-{cap}",
        f"strength(a, b) = number of events of at most {cap} actors that a and b share",
        "Events that bring together very many say little about any two of them; they make no tie at all.",
        lambda sizes: (sizes <= cap).astype(np.float64),
    )


NONE: Final = Rule(
    "none",
    "strength = 1 for every tie",
    "Nothing is projected.",
    lambda sizes: np.ones(len(sizes)),
)
