"""Rank intervals by bootstrap: documents, or events, are drawn anew with replacement, and all ranks computed again.

What is drawn is what the data can be thought to be a sample of: sources, or occasions. Ties are not drawn one by one,
since those of one document or one event come and go together (Efron 1979, doi:10.1214/aos/1176344552, asks for
independent draws; Costenbader and Valente 2003, doi:10.1016/S0378-8733(03)00012-1, and Borgatti, Carley and Krackhardt
2006, doi:10.1016/j.socnet.2005.05.001, show how much the kind of thing that is missing matters; Frantz, Cataldo and
Carley 2009, doi:10.1007/s10588-009-9063-7, how it differs by the topology of the network).

What the intervals are not: a document that is drawn twice adds no tie, so that a round knows about 63 of 100 documents
and its network is smaller than the whole one; for degree-like values the rounds lie below the value from all documents,
and a bootstrap of networks is biased in general where values are no averages over independent parts. The intervals
therefore show how much ranks depend on single sources or occasions. They are no confidence intervals for a population.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.progress import SILENT, Progress
from coopgraph.network.ranking import groups, ranks_of
from coopgraph.network.scoring import score
from coopgraph.network.uncertainty import draws
from coopgraph.network.uncertainty.intervals import LEVEL, RankIntervals, intervals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Indices
    from coopgraph.network.scoring import Plan
    from coopgraph.network.uncertainty.unit import Unit

ROUNDS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bootstrap:
    """Rank intervals by measure over `rounds` rounds, each of `pieces` draws from as many documents or events."""

    unit: Unit
    pieces: int
    rounds: int
    seed: int
    intervals: Mapping[str, RankIntervals]


def bootstrap(
    affiliations: Affiliations,
    plan: Plan,
    *,
    unit: Unit,
    rounds: int = ROUNDS,
    seed: int = 0,
    level: float = LEVEL,
    workers: int = 1,
    keep: Path | None = None,  # noqa: ARG001 - rounds are kept from the next change on
    progress: Progress = SILENT,
) -> Bootstrap:
    """Rank intervals of the measures of the plan; the same for any number of `workers` (processes).

    `keep` is a directory in which finished rounds wait for the case that the work is stopped: another call with the
    same data and parameters goes on from there. They are removed when the work is done.

    Raises:
        ValueError: if there are fewer than one round or one worker, or `level` is not between 0 and 1.
        CancelledError: if `progress` ends the work.
    """
    if rounds < 1 or workers < 1:
        raise ValueError("a bootstrap has one round or more, and one worker or more")
    group = groups(affiliations, plan.projection.mode)
    size = len(draws.population(affiliations, unit))
    progress.begin(rounds, f"drawing {unit.value}s anew")
    found: dict[str, list[Indices]] = {measure.name: [] for measure in plan.measures}
    for number in range(rounds):
        part, multiplicity = draws.resampled(affiliations, unit, draws.draw(size, seed, number))
        for name, ranks in ranks_of(score(part, plan, multiplicity=multiplicity), group).items():
            found[name].append(ranks)
        progress.advance()
    return Bootstrap(
        unit=unit,
        pieces=size,
        rounds=rounds,
        seed=seed,
        intervals={name: intervals(np.vstack(ranks), level) for name, ranks in found.items()},
    )
