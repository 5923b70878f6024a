"""`coopgraph report`: reports computed from a release."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click
from pyoxigraph import NamedNode, QuerySolutions

from coopgraph import settings
from coopgraph.cli import options, selecting
from coopgraph.cli.output import deliver
from coopgraph.cli.watching import watched
from coopgraph.network import report as reports
from coopgraph.network.cube import cube
from coopgraph.network.engines.choose import LIBRARIES
from coopgraph.network.engines.port import Choice
from coopgraph.network.measures.registry import MEASURES
from coopgraph.network.report.parameters import TOP, Parameters
from coopgraph.network.selection import select
from coopgraph.network.uncertainty.bootstrap import MOST
from coopgraph.release import citation, source
from coopgraph.release.evidence import explain as explain_facts
from coopgraph.release.evidence import why_query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coopgraph.cli.selecting import Wanted
    from coopgraph.release.manifest import Manifest
    from coopgraph.release.shelves import OpenRelease, Releases
    from coopgraph.store.port import Reader


Option = Callable[[Callable[..., None]], Callable[..., None]]

# What every engine takes as a seed.
_SEED: Final = 2**32 - 1


@click.group("report")
def command() -> None:
    """Compute a report from a release; the same release and options give the same bytes."""
    # An engine loads it, and on its first day it tells of its fonts.
    logging.getLogger("matplotlib").setLevel(logging.WARNING)


def _computing(*given: Option) -> Option:
    """Add these options of the computation to a command, which gets them as `parameters`."""

    def added(made: Callable[..., None]) -> Callable[..., None]:
        def wrapped(*, measure: tuple[str, ...], top: int, seed: int, **more: Any) -> None:
            waiting = settings.unfinished()
            parameters = Parameters(
                measures=measure,
                top=top,
                rounds=more.pop("rounds", None),
                seed=seed,
                choice=Choice(engine=more.pop("engine"), backend=more.pop("backend"), seed=seed),
                workers=more.pop("jobs", 1),
                keep=waiting if waiting.is_absolute() else None,
            )
            made(parameters=parameters, **more)

        wrapped.__doc__, wrapped.__name__ = made.__doc__, made.__name__
        wrapped.__click_params__ = getattr(made, "__click_params__", [])  # type: ignore[attr-defined]
        found: Callable[..., None] = wrapped
        for option in reversed((*_CHOSEN, *given)):
            found = option(found)
        return found

    return added


_CHOSEN: tuple[Option, ...] = (
    click.option(
        "--measure",
        multiple=True,
        type=click.Choice([one.name for one in MEASURES]),
        help="A measure to show, instead of the usual ones; can be repeated.",
    ),
    click.option(
        "--top", type=click.IntRange(min=1), default=TOP, show_default=True, help="List so many nodes of each kind."
    ),
    click.option("--seed", type=click.IntRange(0, _SEED), default=0, show_default=True, help="Where chance begins."),
    click.option("--engine", type=click.Choice(list(LIBRARIES)), help="The engine to prefer, instead of one by size."),
    click.option("--backend", metavar="NAME", help="A backend of networkx that is installed."),
)
_ROUNDS: tuple[Option, ...] = (
    click.option(
        "--rounds", type=click.IntRange(0, MOST), help="Rounds of each bootstrap, instead of up to 200 by the size."
    ),
    click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes sharing rounds."),
)
_form = click.option(
    "-f", "--format", "form", type=click.Choice(list(reports.RENDERINGS)), default="markdown", show_default=True
)


@command.command("centrality")
@selecting.network
@_computing(*_ROUNDS)
@click.option("--explain", metavar="ACTOR", help="Open the rank of this node: which ties and passages made it.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice([*reports.RENDERINGS, "trig"]),
    default="markdown",
    show_default=True,
    help="trig: observations that `coopgraph load` puts back into a dataset.",
)
@options.output
@options.release
@options.data
@options.store
def centrality(
    *,
    wanted: Wanted,
    parameters: Parameters,
    explain: str | None,
    form: str,
    output: Path | None,
    number: int | None,
    data: Path | None,
    store: str | None,
) -> None:
    """Who is central in the network of a projection, by several measures, and how far that holds."""
    if explain is not None and not explain.strip():
        raise click.BadParameter("Name an actor, such as actor/asean.", param_hint="--explain")
    selection = wanted.selection()
    with _opened(data, store, number) as release, watched() as progress:
        report = reports.centrality(
            select(release.reader, selection, base=release.manifest.base),
            selection,
            _origin(release.manifest),
            parameters,
            progress,
            explained=explain or "",
            passages=_Passages(release.reader, release.manifest.base),
        )
    if form == "trig":
        deliver(cube(report).encode(), output)
    else:
        _hand_over(report, form, output)


@command.command("actor")
@click.argument("name")
@selecting.network
@_computing(*_ROUNDS)
@_form
@options.output
@options.release
@options.data
@options.store
def actor(
    *,
    name: str,
    wanted: Wanted,
    parameters: Parameters,
    form: str,
    output: Path | None,
    number: int | None,
    data: Path | None,
    store: str | None,
) -> None:
    """One node of a network: its ranks and how far they hold, its ties, events and documents, and what made them.

    NAME is a label, a short name such as actor/asean, or an IRI.
    """
    selection = wanted.selection()
    with _opened(data, store, number) as release, watched() as progress:
        report = reports.actor(
            select(release.reader, selection, base=release.manifest.base),
            selection,
            _origin(release.manifest),
            name,
            parameters=parameters,
            progress=progress,
            passages=_Passages(release.reader, release.manifest.base),
        )
    _hand_over(report, form, output)


@command.command("network")
@selecting.network
@_computing()
@_form
@options.output
@options.release
@options.data
@options.store
def network(
    *,
    wanted: Wanted,
    parameters: Parameters,
    form: str,
    output: Path | None,
    number: int | None,
    data: Path | None,
    store: str | None,
) -> None:
    """What the network of a projection is like as a whole: its measures, parts, degrees and communities."""
    selection = wanted.selection()
    with _opened(data, store, number) as release, watched() as progress:
        found = select(release.reader, selection, base=release.manifest.base)
        report = reports.network(found, selection, _origin(release.manifest), parameters, progress)
    _hand_over(report, form, output)


@command.command("compare")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@selecting.network
@_computing()
@_form
@options.output
@options.release
@options.data
@options.store
def compare(
    *,
    before: str,
    after: str,
    wanted: Wanted,
    parameters: Parameters,
    form: str,
    output: Path | None,
    number: int | None,
    data: Path | None,
    store: str | None,
) -> None:
    """Two networks side by side: who moved, who entered and who left.

    A and B are periods such as 2019..2023, 2031-05.. or ..2030, releases such as release:1, or projections such as
    projection:actor-event. The options say what both have in common.
    """
    if before == after:
        raise click.UsageError("A and B are the same: there is nothing to compare.")
    chosen = settings.load({"data": data, "store": store})
    with source.once(chosen) as at:
        first, second = (_operand(at.shelf, text, wanted, number) for text in (before, after))
        with watched() as progress:
            report = reports.compare(first, second, parameters, progress)
    _hand_over(report, form, output)


def _operand(shelf: Releases, text: str, wanted: Wanted, number: int | None) -> reports.Operand:
    one = selecting.side(text, wanted, number)
    selection = one.wanted.selection()
    with shelf.open(one.release) as release:
        found = select(release.reader, selection, base=release.manifest.base)
        return reports.Operand(one.name, found, selection, _origin(release.manifest))


class _Passages:
    """Looks up in a release where documents say a fact."""

    def __init__(self, reader: Reader, base: str) -> None:
        self._reader = reader
        self._base = base

    def __call__(self, subject: str, predicate: str, object: str) -> tuple[reports.Passage, ...]:
        """The passages behind the fact, in order."""
        asked = why_query(NamedNode(subject), NamedNode(predicate), NamedNode(object), base=self._base)
        answer = self._reader.query(asked)
        if not isinstance(answer, QuerySolutions):
            raise TypeError("a SELECT query is answered by solutions")
        spans = (passage.span for one in explain_facts(answer) for passage in one.passages)
        return tuple(reports.Passage(span.document, span.start, span.end) for span in spans)


@contextmanager
def _opened(data: Path | None, store: str | None, number: int | None) -> Iterator[OpenRelease]:
    chosen = settings.load({"data": data, "store": store})
    with source.once(chosen) as at, at.shelf.open(number) as release:
        yield release


def _hand_over(report: Any, form: str, output: Path | None) -> None:
    deliver(reports.RENDERINGS[form].render(report).encode(), output)


def _origin(manifest: Manifest) -> reports.Source:
    cited = citation.of(manifest)
    return reports.Source(manifest.number, manifest.digest, cited.date, manifest.base, citation.text(cited).strip())
