"""How a request narrows the network that it wants something computed of, and the addresses that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from coopgraph.network.selection import RollUp
from coopgraph.web.operation import Parameter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coopgraph.network.selection import Selection
    from coopgraph.sparql.negotiation import Offer

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


def address(path: str, chosen: Selection, given: Mapping[str, str], **more: str) -> str:
    """The path with the parameters of the selection, the release if one was named, and more."""
    pairs = chosen.parameters | ({"release": given["release"]} if given.get("release") else {}) | more
    return f"{path}?{urlencode(pairs, safe='/')}" if pairs else path


def alternates(
    path: str, offers: Iterable[Offer], chosen: Selection, given: Mapping[str, str], **more: str
) -> Iterator[str]:
    """Links to the same in other formats, whose names are suffixes of the path."""
    for offer in offers:
        to = address(f"{path}.{offer.name}", chosen, given, **more)
        yield f'<{to}>; rel="alternate"; type="{offer.media_type}"'
