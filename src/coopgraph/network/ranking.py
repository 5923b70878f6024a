"""Ranks: equal values share a rank, and the noise of floating point makes no difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DECIMALS: Final = 9
METHOD: Final = (
    f"Values are rounded to {DECIMALS} decimals and ranked from the highest; equal values share the best of their "
    "ranks and the ranks after them are skipped (1, 2, 2, 4)."
)


def rounded(values: Mapping[str, float]) -> dict[str, float]:
    """The values as they are published; never minus zero."""
    return {node: round(float(value), DECIMALS) + 0.0 for node, value in values.items()}


def ranks(values: Mapping[str, float]) -> dict[str, int]:
    """The rank of each node among these, by rounded value."""
    published = rounded(values)
    first: dict[float, int] = {}
    for position, value in enumerate(sorted(published.values(), reverse=True), start=1):
        first.setdefault(value, position)
    return {node: first[value] for node, value in published.items()}
