"""Slices of time, honest with dates that are partial or missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Mask


@dataclass(frozen=True, slots=True)
class Timing:
    """How many rows lie certainly inside a period, possibly inside it, outside it, and how many have no date."""

    certain: int
    possible: int
    outside: int
    undated: int


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Where each row lies: every row is in exactly one of the four masks."""

    certain: Mask
    possible: Mask
    outside: Mask
    undated: Mask

    def counts(self) -> Timing:
        """The numbers of rows."""
        return Timing(*(int(mask.sum()) for mask in (self.certain, self.possible, self.outside, self.undated)))


def placed(affiliations: Affiliations, since: date | None, until: date | None) -> Placed:
    """Where the rows lie relative to the days from `since` to `until`, both included; None is without end.

    What the sources say of a row is that it held at some time between the days `first` and `last`; a missing one of
    the two is without end on its side. A row is

    - undated if both are missing, whatever the period;
    - certainly inside if all days from first to last are in the period;
    - outside if none is;
    - possibly inside otherwise: an event of "2025" is possibly, not certainly, inside the second half of 2025.

    So a period without ends holds all dated rows, and a row that is certain for a period is certain for a longer one.
    """
    first, last = affiliations.first, affiliations.last
    undated = np.isnat(first) & np.isnat(last)
    # Comparisons with NaT are false: a side without end is neither after `since` nor before `until`.
    begins = np.ones(len(first), dtype=bool) if since is None else first >= np.datetime64(since, "D")
    ends = np.ones(len(last), dtype=bool) if until is None else last <= np.datetime64(until, "D")
    before = np.zeros(len(last), dtype=bool) if since is None else last < np.datetime64(since, "D")
    after = np.zeros(len(first), dtype=bool) if until is None else first > np.datetime64(until, "D")
    certain, outside = begins & ends & ~undated, (before | after) & ~undated
    return Placed(certain, ~(certain | outside | undated), outside, undated)
