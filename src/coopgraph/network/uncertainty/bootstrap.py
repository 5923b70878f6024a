"""Rank intervals by bootstrap: documents, or events, are drawn anew with replacement, and all ranks computed again.

What is drawn is what the data can be thought to be a sample of: sources, or occasions. Ties are not drawn one by one,
since those of one document or one event come and go together (Efron 1979, doi:10.1214/aos/1176344552, asks for
independent draws; Costenbader and Valente 2003, doi:10.1016/S0378-8733(03)00012-1, and Borgatti, Carley and Krackhardt
2006, doi:10.1016/j.socnet.2005.05.001, show how much the kind of thing that is missing matters; Frantz, Cataldo and
Carley 2009, doi:10.1007/s10588-009-9063-5, how it differs by the topology of the network).

What the intervals are not: a document that is drawn twice adds no tie, so a round knows about 63 of 100 documents, and
no actor has more ties in it than in the whole network. An event that is drawn twice counts twice, yet joins nobody new.
A bootstrap rests on pieces that are independent of one another and on values that are like averages over them; events
and documents are seldom the one, ranks and centralities hardly the other (on drawing nodes: Snijders and Borgatti 1999,
Connections 22 (2)). The intervals therefore show how much ranks depend on single sources or occasions. They are no
confidence intervals for a population, and say nothing about what no source tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.network.network import Mode
from coopgraph.network.progress import SILENT, Progress
from coopgraph.network.uncertainty import draws
from coopgraph.network.uncertainty.carry_out import carried_out, rank_intervals
from coopgraph.network.uncertainty.intervals import LEVEL, RankIntervals
from coopgraph.network.uncertainty.runs import Redrawn
from coopgraph.network.uncertainty.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.scoring import Plan
    from coopgraph.network.uncertainty.keep import Keep

ROUNDS: Final = 200
# Each round is a file until all are done, and the share of rounds in which something is so is then known to 0.2 %.
MOST: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bootstrap:
    """Rank intervals by score name over `rounds` rounds, each of `pieces` draws from as many documents or events."""

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
    keep: Keep | None = None,
    progress: Progress = SILENT,
) -> Bootstrap | None:
    """Rank intervals of the measures of the plan; the same for any number of `workers` (processes).

    With `keep`, work that was stopped goes on where it was: see `keep.keeping`. None where the unit makes no sense:
    no row names a document, or ties join nodes directly, so that there are no events. Time: rounds times that of one
    scoring; memory: what one round takes, times the workers.

    Raises:
        ValueError: if there are fewer than one round or more than `MOST`, fewer than one worker, or `level` is not
            between 0 and 1.
        CoopgraphError: if a run fails, or `progress` ends the work ("cancelled").
    """
    if not 1 <= rounds <= MOST or workers < 1:
        raise ValueError(f"a bootstrap has from one round to {MOST:,}, and one worker or more")
    pieces = len(draws.population(affiliations, unit))
    if not pieces or (unit is Unit.EVENT and plan.projection.mode is Mode.DIRECT):
        return None
    runs = Redrawn(affiliations=affiliations, plan=plan, unit=unit, seed=seed, count=rounds)
    with carried_out(runs, workers=workers, keep=keep, progress=progress) as ranks:
        found = rank_intervals(ranks, level)
    names = (measure.name for measure in plan.measures)
    return Bootstrap(unit=unit, pieces=pieces, rounds=rounds, seed=seed, intervals=dict(zip(names, found, strict=True)))
