"""Stretches of time that networks are compared over."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.network.affiliations import Affiliations


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `since` to `until`, both included; None is without end."""

    name: str
    since: date | None
    until: date | None


def years(affiliations: Affiliations) -> tuple[Period, ...]:
    """Every calendar year from the first to the last in which a row lies certainly; none if there is no such row.

    A row lies certainly in a year if both its first and its last day do.
    """
    first, last = (days.astype("datetime64[Y]") for days in (affiliations.first, affiliations.last))
    inside = first[~np.isnat(first) & (first == last)]
    if not len(inside):
        return ()
    bounds = [int(each.astype(int)) + 1970 for each in (inside.min(), inside.max())]
    return tuple(Period(str(year), date(year, 1, 1), date(year, 12, 31)) for year in range(bounds[0], bounds[1] + 1))


def parted(boundaries: Sequence[date]) -> tuple[Period, ...]:
    """The time before the first boundary, between each two, and from the last one on; a boundary begins a period.

    Raises:
        CoopgraphError: "request" if there is no boundary, or if they do not follow one another.
    """
    if not boundaries or any(one >= other for one, other in itertools.pairwise(boundaries)):
        raise CoopgraphError(
            "request", "Periods need boundaries that follow one another.", remedy="Give dates in order."
        )
    day = timedelta(days=1)
    ends = [*(boundary - day for boundary in boundaries), None]
    return tuple(
        Period(_named(since, until), since, until) for since, until in zip([None, *boundaries], ends, strict=True)
    )


def _named(since: date | None, until: date | None) -> str:
    if since is None:
        return f"until {until}"
    return f"since {since}" if until is None else f"{since} to {until}"
