"""`coopgraph report`: reports computed from a release."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the options say that all reports have."""

    wanted: Wanted
    parameters: Parameters
    form: str
    output: Path | None
    number: int | None
    data: Path | None
    store: str | None

    @contextmanager
    def shelf(self) -> Iterator[Releases]:
        """The releases."""
        with source.once(settings.load({"data": self.data, "store": self.store})) as at:
            yield at.shelf

    @contextmanager
    def release(self) -> Iterator[OpenRelease]:
        """The release that is meant."""
        with self.shelf() as shelf, shelf.open(self.number) as release:
            yield release

    def hand_over(self, report: Any) -> None:
        """Write the report down in the form and to the place that are wanted."""
        deliver(reports.RENDERINGS[self.form].render(report).encode(), self.output)


def _asking(*own: Option) -> Option:
    """Add the options of all reports to a command, which gets them as `asked`, and these of its own."""

    def added(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def wrapped(
            *,
            wanted: Wanted,
            measure: tuple[str, ...],
            top: int,
            seed: int,
            engine: str | None,
            backend: str | None,
            form: str,
            output: Path | None,
            number: int | None,
            data: Path | None,
            store: str | None,
            rounds: int | None = None,
            jobs: int = 1,
            **more: Any,
        ) -> None:
            waiting = settings.unfinished()
            parameters = Parameters(
                measures=measure,
                top=top,
                rounds=rounds,
                seed=seed,
                choice=Choice(engine=engine, backend=backend, seed=seed),
                workers=jobs,
                keep=waiting if waiting.is_absolute() else None,
            )
            asked = _Asked(
                wanted=wanted,
                parameters=parameters,
                form=form,
                output=output,
                number=number,
                data=data,
                store=store,
            )
            command(asked=asked, **more)

        found: Callable[..., None] = wrapped
        every: tuple[Option, ...] = (*_CHOSEN, *own, options.output, options.release, options.data, options.store)
        for option in reversed(every):
            found = option(found)
        return selecting.network(found)

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
@_asking(
    *_ROUNDS,
    click.option("--explain", metavar="ACTOR", help="Open the rank of this node: which ties and passages made it."),
    click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice([*reports.RENDERINGS, "trig"]),
        default="markdown",
        show_default=True,
        help="trig: observations that `coopgraph load` puts back into a dataset.",
    ),
)
def centrality(*, asked: _Asked, explain: str | None) -> None:
    """Who is central in the network of a projection, by several measures, and how far that holds."""
    if explain is not None and not explain.strip():
        raise click.BadParameter("Name an actor, such as actor/asean.", param_hint="--explain")
    selection = asked.wanted.selection()
    with asked.release() as release, watched() as progress:
        report = reports.centrality(
            select(release.reader, selection, base=release.manifest.base),
            selection,
            _origin(release.manifest),
            asked.parameters,
            progress,
            explained=explain or "",
            passages=_Passages(release.reader, release.manifest.base),
        )
    if asked.form == "trig":
        deliver(cube(report).encode(), asked.output)
    else:
        asked.hand_over(report)


@command.command("actor")
@click.argument("name")
@_asking(*_ROUNDS, _form)
def actor(*, asked: _Asked, name: str) -> None:
    """One node of a network: its ranks and how far they hold, its ties, events and documents, and what made them.

    NAME is a label, a short name such as actor/asean, or an IRI.
    """
    selection = asked.wanted.selection()
    with asked.release() as release, watched() as progress:
        report = reports.actor(
            select(release.reader, selection, base=release.manifest.base),
            selection,
            _origin(release.manifest),
            name,
            parameters=asked.parameters,
            progress=progress,
            passages=_Passages(release.reader, release.manifest.base),
        )
    asked.hand_over(report)


@command.command("network")
@_asking(_form)
def network(*, asked: _Asked) -> None:
    """What the network of a projection is like as a whole: its measures, parts, degrees and communities."""
    selection = asked.wanted.selection()
    with asked.release() as release, watched() as progress:
        found = select(release.reader, selection, base=release.manifest.base)
        report = reports.network(found, selection, _origin(release.manifest), asked.parameters, progress)
    asked.hand_over(report)


@command.command("compare")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@_asking(_form)
def compare(*, asked: _Asked, before: str, after: str) -> None:
    """Two networks side by side: who moved, who entered and who left.

    A and B are periods such as 2019..2023, 2031-05.. or ..2030, releases such as release:1, or projections such as
    projection:actor-event. The options say what both have in common.
    """
    if before == after:
        raise click.UsageError("A and B are the same: there is nothing to compare.")
    with asked.shelf() as shelf, watched() as progress:
        first, second = (_operand(shelf, text, asked) for text in (before, after))
        report = reports.compare(first, second, asked.parameters, progress)
    asked.hand_over(report)


def _operand(shelf: Releases, text: str, asked: _Asked) -> reports.Operand:
    one = selecting.side(text, asked.wanted, asked.number)
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


def _origin(manifest: Manifest) -> reports.Source:
    cited = citation.of(manifest)
    return reports.Source(manifest.number, manifest.digest, cited.date, manifest.base, citation.text(cited).strip())
