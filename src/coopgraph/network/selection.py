"""Which network is asked for: a projection with its rule, period and level, and the affiliations that this selects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.network.days import first_day, last_day
from coopgraph.network.period import Timing, placed
from coopgraph.network.projections import catalogue, rules
from coopgraph.network.projections.levels import RollUp
from coopgraph.network.projections.read import affiliations
from coopgraph.network.rollup import roll_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.projections.projection import Projection
    from coopgraph.network.projections.rules import Rule
    from coopgraph.store.port import Reader

__all__ = ["RollUp", "Selected", "Selection", "select", "selected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A projection, the rule that folds it, the days (both included; None is without end) and the level of actors."""

    projection: Projection
    rule: Rule
    since: date | None = None
    until: date | None = None
    roll_up: RollUp = RollUp.NONE

    @classmethod
    def of(
        cls,
        name: str | None = None,
        *,
        rule: str | None = None,
        cap: int | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        roll_up: RollUp | str | None = None,
    ) -> Self:
        """The selection that these names mean; what is not given is as the projection declares.

        A month or a year as text is its first day for `since` and its last day for `until`.

        Raises:
            CoopgraphError: "not-found" if there is no such projection; "request" for a rule, a cap or a level that it
                does not have, for what is no date, with its field, or for a period that ends before it begins.
        """
        projection = catalogue.projection(name)
        since, until = _day("since", since, first_day), _day("until", until, last_day)
        if since is not None and until is not None and since > until:
            raise CoopgraphError(
                "request", f"The period ends on {until} before it begins on {since}.", remedy="Exchange the two."
            )
        return cls(
            projection=projection,
            rule=_rule(projection, rule, cap),
            since=since,
            until=until,
            roll_up=_level(projection, roll_up),
        )

    @classmethod
    def read(cls, projection: str | None, given: Mapping[str, str]) -> Self:
        """The selection that these parameters of an address mean; an empty text stands for nothing, as forms send it.

        Raises:
            CoopgraphError: as `of`.
        """
        rule, since, until, level = (
            given.get(name, "").strip() or None for name in ("rule", "since", "until", "roll-up")
        )
        return cls.of(projection, rule=rule, since=since, until=until, roll_up=level)

    @property
    def parameters(self) -> dict[str, str]:
        """What is not as the projection declares, as the parameters that `read` reads."""
        own = self.projection
        given = {
            "rule": "" if self.rule == own.rule else self.rule.name,
            "since": "" if self.since is None else self.since.isoformat(),
            "until": "" if self.until is None else self.until.isoformat(),
            "roll-up": "" if self.roll_up is own.roll_up else self.roll_up.value,
        }
        return {name: value for name, value in given.items() if value}

    @property
    def timed(self) -> bool:
        """Whether a period is asked for."""
        return self.since is not None or self.until is not None


@dataclass(frozen=True, slots=True)
class Selected:
    """The affiliations of a selection, and what was left out or left as it was.

    `timing` counts the statements that the period took in and left out; `alone` and `ambiguous` are the actors, by
    IRI, that were not rolled up: because the sources name nothing above them, or more than one thing.
    """

    affiliations: Affiliations
    timing: Timing
    alone: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


def select(reader: Reader, selection: Selection, *, base: str = terms.BASE) -> Selected:
    """What a release says of a selection: the statements that lie certainly inside its period, and counts of all.

    Without a period nothing is left out, undated statements included. The period is looked at first, then actors are
    rolled up: the counts are those of statements, whoever they count for.

    Raises:
        CoopgraphError: what reading raises.
    """
    found = affiliations(reader, selection.projection, base=base)
    places = placed(found, selection.since, selection.until)
    inside = found.select(places.certain) if selection.timed else found
    rolled = roll_up(reader, inside, selection.projection, selection.roll_up, base=base)
    return Selected(rolled.affiliations, places.counts(), rolled.alone, rolled.ambiguous)


def selected(reader: Reader, selection: Selection, *, base: str = terms.BASE) -> Affiliations:
    """The affiliations of `select`, for whom the counts do not matter."""
    return select(reader, selection, base=base).affiliations


def _day(name: str, given: date | str | None, day: Callable[[str], np.datetime64]) -> date | None:
    if given is None:
        return None
    if isinstance(given, date):
        # A moment is also a date, but the two cannot be compared.
        return date(given.year, given.month, given.day)
    # Who writes the year as a number means it too.
    found = day(str(given)).astype(object)
    if not isinstance(found, date):
        wrong = f"{given!r} is no date such as 2031, 2031-05 or 2031-05-05."
        raise CoopgraphError("request", f"{name}: {wrong}", fields={name: wrong})
    return found


def _rule(projection: Projection, name: str | None, cap: int | None) -> Rule:
    if name is None and cap is None:
        return projection.rule
    wanted = rules.rule(name or "size-capped", cap=cap)
    offered = {_kind(one): one for one in projection.rules}
    if _kind(wanted) not in offered:
        raise CoopgraphError(
            "request",
            f"The projection {projection.name} has no rule {wanted.name}.",
            remedy=f"It has {', '.join(offered)}.",
        )
    return wanted


def _kind(rule: Rule) -> str:
    return rule.name.rstrip("0123456789").rstrip("-")


def _level(projection: Projection, wanted: RollUp | str | None) -> RollUp:
    if wanted is None:
        return projection.roll_up
    try:
        level = RollUp(wanted)
    except ValueError:
        levels = ", ".join(RollUp)
        raise CoopgraphError("request", f"There is no level {wanted!r}.", remedy=f"Levels: {levels}.") from None
    if level is not RollUp.NONE and not projection.rolls:
        raise CoopgraphError("request", f"Nothing in the projection {projection.name} can be rolled up.")
    return level
