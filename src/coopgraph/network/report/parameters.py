"""What may be chosen for a report beyond its network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from coopgraph.network.engines.port import Choice

if TYPE_CHECKING:
    from pathlib import Path

TOP: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Choices with their defaults.

    `measures` are names, empty for those that fit the network; `top` is how many nodes of a kind are listed. `rounds`
    of bootstrap are as many as the budget of steps allows when None, and none when 0. `keep` is where finished rounds
    wait in case the work is interrupted, `workers` how many processes share the work: neither changes a number.
    """

    measures: tuple[str, ...] = ()
    top: int = TOP
    rounds: int | None = None
    seed: int = 0
    choice: Choice = field(default_factory=Choice)
    workers: int = 1
    keep: Path | None = None
