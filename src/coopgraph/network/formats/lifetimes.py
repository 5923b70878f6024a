"""When nodes and ties can have been there, by one rule for what has no date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from coopgraph.network.arrays import Days, Indices

RULE: Final = (
    "A tie lasts from the earliest day that its evidence allows to the latest; on a side that no source dates it is "
    "open. A node lasts from the earliest of its ties to the latest; on a side on which one of its ties is open, or if "
    "it has no tie, it is open too. So no tie outlasts its ends."
)


def of_nodes(n: int, source: Indices, target: Indices, first: Days, last: Days) -> tuple[Days, Days]:
    """The first and the last day of each of `n` nodes, NaT where open, from those of the ties."""
    return _bound(n, source, target, first, np.minimum), _bound(n, source, target, last, np.maximum)


def as_text(days: Days) -> list[str]:
    """The days as YYYY-MM-DD, the empty text for an unknown one."""
    text = np.datetime_as_string(days.astype("datetime64[D]"), unit="D")
    return ["" if day == "NaT" else day for day in text.tolist()]


def _bound(n: int, source: Indices, target: Indices, days: Days, choose: np.ufunc) -> Days:
    ends = np.concatenate([source, target])
    both = np.concatenate([days, days]).astype("datetime64[D]")
    unknown = np.isnat(both)
    number = both.astype(np.int64)
    highest = np.iinfo(np.int64).max
    found = np.full(n, highest if choose is np.minimum else -highest, dtype=np.int64)
    choose.at(found, ends[~unknown], number[~unknown])
    bound = found.astype("datetime64[D]")
    bound[np.abs(found) == highest] = np.datetime64("NaT")
    bound[ends[unknown]] = np.datetime64("NaT")
    return bound
