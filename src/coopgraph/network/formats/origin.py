"""Where a network comes from, as files and addresses say it; light, for whoever only asks."""

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
    query = selection.parameters | {"release": str(origin.release)}
    return Place(origin.root or origin.base, selection.projection.name, origin.base, query)


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
