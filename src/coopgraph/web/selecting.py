"""What a request wants to be computed of: a projection, and how it is narrowed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from coopgraph.errors import CoopgraphError
from coopgraph.network.days import first_day, last_day
from coopgraph.network.formats.origin import asked
from coopgraph.network.selection import RollUp, Selection
from coopgraph.web.operation import Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DATE: Final = {"type": "string", "pattern": "^([0-9]{4}(-[0-9]{2}){0,2})?$"}

NARROWING: Final = (
    Parameter(
        "rule",
        "How shared events become strength, such as newman, simple or size-capped-30; else as the projection has it.",
        {"type": "string", "pattern": "^[a-z]*(-[a-z]+)?(-[0-9]+)?$"},
    ),
    Parameter("since", "Only what lies in the period from this day, month or year on.", _DATE, "2019-01-01"),
    Parameter("until", "Only what lies in the period until this day, month or year.", _DATE),
    Parameter("roll-up", "To what actors are rolled up.", {"enum": ["", *RollUp]}),
)
"""The parameters that narrow a network."""


def selection(projection: str | None, given: Mapping[str, str]) -> Selection:
    """The selection that these parameters mean; an empty text stands for nothing, as forms send it.

    Raises:
        CoopgraphError: "not-found" if there is no such projection, "request" for what it cannot be narrowed by.
    """
    since, until = (
        _day(given.get(name, "").strip(), name, bound) for name, bound in (("since", first_day), ("until", last_day))
    )
    return Selection.of(
        projection,
        rule=given.get("rule", "").strip() or None,
        since=since,
        until=until,
        roll_up=given.get("roll-up", "").strip() or None,
    )


def address(path: str, chosen: Selection, given: Mapping[str, str], **more: str) -> str:
    """The path with the parameters of the selection, the release if one was named, and more."""
    pairs = asked(chosen) | ({"release": given["release"]} if given.get("release") else {}) | more
    return f"{path}?{urlencode(pairs, safe='/')}" if pairs else path


def _day(text: str, name: str, bound: Callable[[str], Any]) -> date | None:
    if not text:
        return None
    found = bound(text).astype(object)
    if not isinstance(found, date):
        sentence = f"{text!r} is no date such as 2031, 2031-05 or 2031-05-05."
        raise CoopgraphError("request", f"{name}: {sentence}", fields={name: sentence})
    return found
