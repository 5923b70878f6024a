"""Options that say which network of a release is meant."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from coopgraph.network.projections.catalogue import DEFAULT, PROJECTIONS
from coopgraph.network.projections.levels import RollUp
from coopgraph.network.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options say of a network."""

    projection: str
    rule: str | None
    since: str | None
    until: str | None
    roll_up: str | None

    def selection(self) -> Selection:
        """The selection that is meant.

        Raises:
            CoopgraphError: as `Selection.of`.
        """
        return Selection.of(self.projection, rule=self.rule, since=self.since, until=self.until, roll_up=self.roll_up)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its name, the network, and the release if it is another one than the current."""

    name: str
    wanted: Wanted
    release: int | None


def side(text: str, common: Wanted, release: int | None) -> Side:
    """What `2019..2023`, `release:1` or `projection:actor-event` means beside what both sides have in common.

    Raises:
        click.BadParameter: if it is none of these.
    """
    kind, colon, value = text.partition(":")
    if colon and kind == "release" and value.isdecimal():
        return Side(f"release {value}", common, int(value))
    if colon and kind == "projection":
        return Side(value, replace(common, projection=value), release)
    since, dots, until = text.partition("..")
    if dots and (since or until):
        if common.since or common.until:
            raise click.BadParameter(f"{text!r} is a period already; leave out --since and --until.")
        both = since if since == until else f"{since} to {until}"
        name = both if since and until else f"since {since}" if since else f"until {until}"
        return Side(name, replace(common, since=since or None, until=until or None), release)
    raise click.BadParameter(f"{text!r} is no period such as 2019..2023, no release:1 and no projection:NAME.")


def network(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a network; the command gets them as `wanted`."""

    @functools.wraps(command)
    def wrapped(
        *, projection: str, rule: str | None, since: str | None, until: str | None, roll_up: str | None, **more: Any
    ) -> None:
        command(wanted=Wanted(projection, rule, since, until, roll_up), **more)

    found: Callable[..., None] = wrapped
    for option in reversed(_OPTIONS):
        found = option(found)
    return found


_OPTIONS = (
    click.option("--projection", type=click.Choice(list(PROJECTIONS)), default=DEFAULT.name, show_default=True),
    click.option(
        "--rule", metavar="NAME", help="How shared events add up to strength: simple, newman, size-capped-30."
    ),
    click.option("--since", metavar="DATE", help="Only what lies in the period from this day, month or year on."),
    click.option("--until", metavar="DATE", help="Only what lies in the period until this day, month or year."),
    click.option(
        "--roll-up", type=click.Choice([level.value for level in RollUp]), help="The level at which actors are nodes."
    ),
)
