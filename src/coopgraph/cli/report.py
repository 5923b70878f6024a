"""`coopgraph report`: reports computed from a release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coopgraph import settings
from coopgraph.cli import options, selecting
from coopgraph.cli.output import deliver
from coopgraph.cli.watching import watched
from coopgraph.network import report as reports
from coopgraph.network.engines.choose import LIBRARIES
from coopgraph.network.engines.port import Choice
from coopgraph.network.measures.registry import MEASURES
from coopgraph.network.report.parameters import TOP, Parameters
from coopgraph.network.selection import select
from coopgraph.release import citation, source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coopgraph.cli.selecting import Wanted
    from coopgraph.release.manifest import Manifest


@click.group("report")
def command() -> None:
    """Compute a report from a release; the same release and options give the same bytes."""


def _computing(made: Callable[..., None]) -> Callable[..., None]:
    """Add the options of the computation; the command gets them as `parameters`."""

    def wrapped(*, measure: tuple[str, ...], top: int, rounds: int | None, seed: int, jobs: int, **more: Any) -> None:
        choice = Choice(engine=more.pop("engine"), backend=more.pop("backend"), seed=seed)
        parameters = Parameters(
            measures=measure, top=top, rounds=rounds, seed=seed, choice=choice, workers=jobs, keep=settings.unfinished()
        )
        made(parameters=parameters, **more)

    wrapped.__doc__, wrapped.__name__ = made.__doc__, made.__name__
    wrapped.__click_params__ = getattr(made, "__click_params__", [])  # type: ignore[attr-defined]
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


_OPTIONS = (
    click.option(
        "--measure",
        multiple=True,
        type=click.Choice([one.name for one in MEASURES]),
        help="A measure to show, instead of the usual ones; can be repeated.",
    ),
    click.option(
        "--top", type=click.IntRange(min=1), default=TOP, show_default=True, help="List so many nodes of each kind."
    ),
    click.option(
        "--rounds", type=click.IntRange(min=0), help="Rounds of each bootstrap, instead of up to 200 by the size."
    ),
    click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Where chance begins."),
    click.option("--engine", type=click.Choice(list(LIBRARIES)), help="The engine to prefer, instead of one by size."),
    click.option("--backend", metavar="NAME", help="A backend of networkx that is installed."),
    click.option(
        "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that share rounds."
    ),
)
_form = click.option(
    "-f", "--format", "form", type=click.Choice(list(reports.RENDERINGS)), default="markdown", show_default=True
)


@command.command("centrality")
@selecting.network
@_computing
@_form
@options.output
@options.release
@options.data
@options.store
def centrality(
    *,
    wanted: Wanted,
    parameters: Parameters,
    form: str,
    output: Path | None,
    number: int | None,
    data: Path | None,
    store: str | None,
) -> None:
    """Who is central in the network of a projection, by several measures, and how far that holds."""
    chosen = settings.load({"data": data, "store": store})
    selection = wanted.selection()
    with source.once(chosen) as at, at.shelf.open(number) as release:
        found = select(release.reader, selection, base=release.manifest.base)
        origin = _origin(release.manifest)
    with watched() as progress:
        report = reports.centrality(found, selection, origin, parameters, progress)
    deliver(reports.RENDERINGS[form].render(report).encode(), output)


def _origin(manifest: Manifest) -> reports.Source:
    cited = citation.of(manifest)
    return reports.Source(manifest.number, manifest.digest, cited.date, manifest.base, citation.text(cited).strip())
