"""How much one shared event adds to the strength of the tie between two of those who share it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.errors import CoopgraphError
from coopgraph.network.arrays import quotients

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.network.arrays import Counts, Floats

CAP: Final = 30


@dataclass(frozen=True, slots=True)
class Rule:
    """A named projection rule; `share` maps the sizes of events to what each adds to a tie, 0 where nobody met."""

    name: str
    formula: str
    reason: str
    share: Callable[[Counts], Floats]


def _whole(sizes: Counts) -> Floats:
    return (sizes > 1).astype(np.float64)


def _spread(sizes: Counts) -> Floats:
    return quotients(1.0, sizes - 1)


def _up_to(cap: int, sizes: Counts) -> Floats:
    return ((sizes > 1) & (sizes <= cap)).astype(np.float64)


# Named functions, so that a rule can be sent to another process.
SIMPLE: Final = Rule(
    "simple",
    "strength(a, b) = number of events that a and b share",
    "Every shared event counts the same, however many took part.",
    _whole,
)
NEWMAN: Final = Rule(
    "newman",
    "strength(a, b) = sum over the events e that a and b share of 1 / (n(e) - 1), n(e) being the number of actors of e",
    "A small meeting says more about two of its participants than a big summit does (Newman 2001, "
    "doi:10.1103/PhysRevE.64.016132).",
    _spread,
)


def size_capped(cap: int = CAP) -> Rule:
    """The rule that leaves out events of more than `cap` actors; 0 shares make no tie."""
    return Rule(
        f"size-capped-{cap}",
        f"strength(a, b) = number of events of at most {cap} actors that a and b share",
        "Events that bring together very many say little about any two of them; they make no tie at all.",
        partial(_up_to, cap),
    )


NONE: Final = Rule(
    "none",
    "strength = 1 for every tie",
    "Nothing is projected.",
    _whole,
)
NAMES: Final = (SIMPLE.name, NEWMAN.name, "size-capped", NONE.name)


def rule(name: str, *, cap: int | None = None) -> Rule:
    """The rule of this name; `cap` is for size-capped rules, whose name may also end in it: size-capped-20.

    Raises:
        CoopgraphError: "request" if there is none of this name, or a cap where none belongs or below 2.
    """
    kind, number = re.fullmatch(r"(.*?)(?:-(\d+))?", name, re.DOTALL).groups()  # type: ignore[union-attr]
    found = {one.name: one for one in (SIMPLE, NEWMAN, NONE)}
    if kind == "size-capped":
        chosen = int(number) if cap is None and number else CAP if cap is None else cap
        if chosen < 2 or (cap is not None and number and int(number) != cap):
            raise CoopgraphError("request", f"{chosen} is no cap for the rule {name}.", remedy="Give one of 2 or more.")
        return size_capped(chosen)
    if number or name not in found:
        raise CoopgraphError("request", f"There is no projection rule {name!r}.", remedy=f"Rules: {', '.join(NAMES)}.")
    if cap is not None:
        raise CoopgraphError("request", f"The rule {name} has no cap.", remedy="Ask for the rule size-capped.")
    return found[name]
