"""Where a network comes from, and how a selection is named in files and addresses; light, for whoever only asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph import __version__
from coopgraph.network.formats.links import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.selection import Selection


@dataclass(frozen=True, slots=True)
class Origin:
    """The release that is read: number, digest and base; `root` is the address where ties can be opened, if known."""

    release: int
    digest: str
    base: str
    root: str = ""


def place(selection: Selection, origin: Origin) -> Place:
    """Where the ties of the selection are opened."""
    query = asked(selection) | {"release": str(origin.release)}
    return Place(origin.root or origin.base, selection.projection.name, origin.base, query)


def asked(selection: Selection) -> dict[str, str]:
    """What of the selection is not as its projection declares, as parameters of an address."""
    own = selection.projection
    given = {
        "rule": "" if selection.rule == own.rule else selection.rule.name,
        "since": "" if selection.since is None else selection.since.isoformat(),
        "until": "" if selection.until is None else selection.until.isoformat(),
        "roll-up": "" if selection.roll_up is own.roll_up else selection.roll_up.value,
    }
    return {name: value for name, value in given.items() if value}


def about(selection: Selection, origin: Origin) -> Mapping[str, str]:
    """What the network is, in words that go into the file."""
    own = selection.projection
    return {
        "label": own.label,
        "projection": own.name,
        "rule": selection.rule.name,
        "formula": selection.rule.formula,
        "weight": own.weight,
        "since": "" if selection.since is None else selection.since.isoformat(),
        "until": "" if selection.until is None else selection.until.isoformat(),
        "roll-up": selection.roll_up.value,
        "release": str(origin.release),
        "digest": origin.digest,
        "software": f"coopgraph {__version__}",
    }
