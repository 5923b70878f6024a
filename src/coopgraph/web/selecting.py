"""What a request wants to be computed of: a projection, and how it is narrowed."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from coopgraph.errors import CoopgraphError
from coopgraph.network.formats.origin import asked
from coopgraph.network.selection import RollUp, Selection
from coopgraph.web.operation import Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE: Final = {"anyOf": [{"type": "string", "format": "date"}, {"const": ""}]}

NARROWING: Final = (
    Parameter(
        "rule",
        "How shared events become strength, such as newman, simple or size-capped-30; else as the projection has it.",
        {"type": "string", "pattern": "^[a-z]*(-[a-z]+)?(-[0-9]+)?$"},
    ),
    Parameter("since", "Only what certainly was on or after this day.", _DATE, "2019-01-01"),
    Parameter("until", "Only what certainly was on or before this day.", _DATE),
    Parameter("roll-up", "To what actors are rolled up.", {"enum": ["", *RollUp]}),
)
"""The parameters that narrow a network."""


def selection(projection: str | None, given: Mapping[str, str]) -> Selection:
    """The selection that these parameters mean; an empty text stands for nothing, as forms send it.

    Raises:
        CoopgraphError: "not-found" if there is no such projection, "request" for what it cannot be narrowed by.
    """
    since, until = (_day(given.get(name, "").strip(), name) for name in ("since", "until"))
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


def _day(text: str, name: str) -> date | None:
    if not text:
        return None
    try:
        if _DAY.fullmatch(text) is None:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        sentence = f"{text!r} is no day. Write YYYY-MM-DD."
        raise CoopgraphError("request", f"{name}: {sentence}", fields={name: sentence}) from error
