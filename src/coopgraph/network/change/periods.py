"""Stretches of time that networks are compared over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `since` to `until`, both included."""

    name: str
    since: date
    until: date


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
