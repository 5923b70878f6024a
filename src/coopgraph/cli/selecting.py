"""Options that say which network of a release is meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from coopgraph.network.days import first_day, last_day
from coopgraph.network.projections.catalogue import DEFAULT, PROJECTIONS
from coopgraph.network.projections.levels import RollUp
from coopgraph.network.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable


class Day(click.ParamType[date]):
    """A day, a month or a year, as its first or its last day."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self._day: Any = last_day if last else first_day

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        if isinstance(value, date):
            return value
        found = self._day(value).astype(object)
        if not isinstance(found, date):
            self.fail(f"{value!r} is no date such as 2031, 2031-05 or 2031-05-05.", param, ctx)
        return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options say of a network."""

    projection: str
    rule: str | None
    since: date | None
    until: date | None
    roll_up: str | None

    def selection(self) -> Selection:
        """The selection that is meant.

        Raises:
            CoopgraphError: if the projection does not have this rule or level, or the period ends before it begins.
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
        days = (
            Day(last=last).convert(end, None, None) if end else None for end, last in ((since, False), (until, True))
        )
        both = since if since == until else f"{since} to {until}"
        name = both if since and until else f"since {since}" if since else f"until {until}"
        return Side(name, replace(common, since=next(days), until=next(days)), release)
    raise click.BadParameter(f"{text!r} is no period such as 2019..2023, no release:1 and no projection:NAME.")


def network(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a network; the command gets them as `wanted`."""

    def wrapped(
        *, projection: str, rule: str | None, since: date | None, until: date | None, roll_up: str | None, **more: Any
    ) -> None:
        command(wanted=Wanted(projection, rule, since, until, roll_up), **more)

    wrapped.__doc__ = command.__doc__
    wrapped.__name__ = command.__name__
    # A wrapped command remembers the options below it.
    wrapped.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


_OPTIONS = (
    click.option("--projection", type=click.Choice(list(PROJECTIONS)), default=DEFAULT.name, show_default=True),
    click.option(
        "--rule", metavar="NAME", help="How shared events add up to strength: simple, newman, size-capped-30."
    ),
    click.option("--since", type=Day(last=False), help="Only what lies in the period from this day, month or year on."),
    click.option("--until", type=Day(last=True), help="Only what lies in the period until this day, month or year."),
    click.option(
        "--roll-up", type=click.Choice([level.value for level in RollUp]), help="The level at which actors are nodes."
    ),
)
