"""Dates of any precision as whole days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.network.arrays import Days

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:Z|[+-]\d\d:\d\d)?")
UNKNOWN: Final = np.datetime64("NaT", "D")


def first_day(text: str) -> np.datetime64:
    """The earliest day of a date, a month or a year; NaT for what is none of these.

    A time zone is left out: a day is the day that the source names.
    """
    found = _DATE.fullmatch(text)
    if found is None:
        return UNKNOWN
    try:
        return np.datetime64("-".join(part for part in found.groups() if part), "D")
    except ValueError:
        return UNKNOWN


def last_day(text: str) -> np.datetime64:
    """The latest day of a date, a month or a year; NaT for what is none of these."""
    found = _DATE.fullmatch(text)
    begun = first_day(text)
    if found is None or np.isnat(begun) or found[3]:
        return begun
    unit = "M" if found[2] else "Y"
    last: np.datetime64 = (begun.astype(f"datetime64[{unit}]") + 1).astype("datetime64[D]") - 1
    return last


def days(values: Iterable[np.datetime64]) -> Days:
    """These days as an array."""
    return np.array(list(values), dtype="datetime64[D]")


def iso(day: np.datetime64) -> str:
    """The day as YYYY-MM-DD; empty for NaT."""
    return "" if np.isnat(day) else str(day)
