"""The kinds of number and text that a report holds; what is said here of each stands in the published schema."""

from __future__ import annotations

from math import isfinite
from typing import Annotated, Final

DECIMALS: Final = 9

Count = Annotated[int, (("minimum", 0),)]
Rank = Annotated[int, (("minimum", 1),)]
Share = Annotated[float, (("minimum", 0), ("maximum", 1))]
Day = Annotated[str, (("format", "date"),)]
Iri = Annotated[str, (("minLength", 1),)]
Name = Annotated[str, (("minLength", 1),)]
Digest = Annotated[str, (("pattern", "^[0-9a-f]{64}$"),)]


def published(value: float) -> float:
    """The value with the decimals that reports have; never minus zero."""
    return round(float(value), DECIMALS) + 0.0


def known(value: float | None) -> float | None:
    """The published value, None for what is not defined (None, NaN or infinite)."""
    return None if value is None or not isfinite(value) else published(value)
