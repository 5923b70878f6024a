"""The choices that a report was computed with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.network.report.quantities import DECIMALS, Count, Name, Rank

if TYPE_CHECKING:
    from coopgraph.network.report.ground import Ground


@dataclass(frozen=True, slots=True)
class Chosen:
    """Measures, length of lists, seed, engine and backend (empty: chosen by size), and decimals of values."""

    measures: tuple[Name, ...]
    top: Rank
    seed: Count
    engine: str
    backend: str
    decimals: Count


def chosen(ground: Ground) -> Chosen:
    """What the report was asked for."""
    asked = ground.parameters
    return Chosen(
        measures=tuple(ground.scores),
        top=asked.top,
        seed=asked.seed,
        engine=asked.choice.engine or "",
        backend=asked.choice.backend or "",
        decimals=DECIMALS,
    )
