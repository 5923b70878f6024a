"""How the kinds of node look: shapes tell them apart without any tone, tones without any colour."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from markupsafe import Markup

from coopgraph.network.drawing.svg import INK


class Look(StrEnum):
    """The shapes of nodes."""

    BODY = "body"
    PERSON = "person"
    GROUP = "group"
    OTHER = "other"


CORNER: Final = 3  # by which a diamond reaches further than the others
_TONES: Final = {
    Look.BODY: ("#0b4f71", "#ffffff"),
    Look.PERSON: ("#ffffff", INK),
    Look.GROUP: ("#9ec9e2", INK),
    Look.OTHER: ("#f2d7a0", INK),
}
_ACTORS: Final = frozenset({"actor", "person", "organisation", "state", "body"})


def of(kind: str, cls: str) -> Look:
    """The look of a node of this kind ("actor", "person", "event", …) and class (its local name)."""
    if cls == "Person":
        return Look.PERSON
    if cls == "ActorGroup":
        return Look.GROUP
    return Look.BODY if kind in _ACTORS else Look.OTHER


def ink(look: Look) -> str:
    """The tone that letters on a node of this look have."""
    return _TONES[look][1]


def shape(look: Look, x: int, y: int, radius: int) -> Markup:
    """The outline: a square for a body, a circle for a person, a diamond for a group, a rounded bar for all else."""
    style = Markup('fill="{}" stroke="{}" stroke-width="1.3"').format(_TONES[look][0], INK)
    if look is Look.PERSON:
        return Markup('<circle cx="{}" cy="{}" r="{}" {}/>').format(x, y, radius, style)
    if look is Look.GROUP:
        far = radius + CORNER
        points = f"{x},{y - far} {x + far},{y} {x},{y + far} {x - far},{y}"
        return Markup('<polygon points="{}" {}/>').format(points, style)
    corner = 8 if look is Look.OTHER else 2
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}" {}/>').format(
        x - radius, y - radius, 2 * radius, 2 * radius, corner, style
    )
