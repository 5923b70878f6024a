"""`python -m tests.bench.networks.rounds`: what one round of a bootstrap costs.

Columns: ties; what is worked out once; folding the rows of a round anew; making its network from what was worked out;
how many times quicker that is; a whole round with measures and ranks; memory. CPU seconds, the best of some rounds.
"""

from __future__ import annotations

import resource
import time
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import click

from coopgraph.network import fold
from coopgraph.network.measures import registry
from coopgraph.network.network import Mode
from coopgraph.network.projections import catalogue
from coopgraph.network.scoring import Plan
from coopgraph.network.skeleton import Skeleton
from coopgraph.network.uncertainty.runs import Redrawn, begun
from coopgraph.network.uncertainty.unit import Unit
from tests.bench.networks.meetings import meetings

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Mask
    from coopgraph.network.measures.measure import Measure
    from coopgraph.network.network import Network

Made = TypeVar("Made")
MEASURES = ("degree", "strength", "pagerank", "eigenvector", "two-mode-degree")


@click.command()
@click.option("--sizes", default="10000,100000,1000000", show_default=True, help="Numbers of ties.")
@click.option("--rounds", default=3, show_default=True, help="Rounds that are timed.")
@click.option("--measures", default=",".join(MEASURES), show_default=True, help="What each round computes.")
def main(*, sizes: str, rounds: int, measures: str) -> None:
    """Measure, and print a table."""
    click.echo(f"measures: {measures}")
    click.echo(f"{'ties':>10} {'set up':>8} {'fold':>8} {'network':>8} {'ratio':>6} {'round':>8} {'peak GB':>8}")
    chosen = tuple(registry.measure(name) for name in measures.split(","))
    for size in map(int, sizes.split(",")):
        click.echo(_row(size, chosen, rounds))


def _row(size: int, measures: tuple[Measure, ...], rounds: int) -> str:
    made, projection = meetings(size), catalogue.projection(None)
    plan = Plan(projection=projection, rule=projection.rule, measures=measures)
    runs = Redrawn(affiliations=made, plan=plan, unit=Unit.DOCUMENT, seed=0, count=rounds)
    setting, skeleton = _timed(partial(Skeleton, made, Mode.ONE_MODE, plan.rule))
    parts = [runs.rows(number)[0] for number in range(rounds)]
    folding = min(_timed(partial(_folded, made, plan, part))[0] for part in parts)
    again = min(_timed(partial(skeleton.network, part))[0] for part in parts)
    run = begun(runs)
    whole = min(_timed(partial(run, number))[0] for number in range(rounds))
    ties = fold.network(made, Mode.ONE_MODE, plan.rule).m
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    times = f"{setting:>8.2f} {folding:>8.3f} {again:>8.3f} {folding / again:>6.1f} {whole:>8.3f}"
    return f"{ties:>10,} {times} {peak:>8.2f}"


def _folded(made: Affiliations, plan: Plan, rows: Mask) -> Network:
    return fold.network(made.select(rows), Mode.ONE_MODE, plan.rule)


def _timed(work: Callable[[], Made]) -> tuple[float, Made]:
    begun_at = time.process_time()
    made = work()
    return time.process_time() - begun_at, made


if __name__ == "__main__":
    main()
