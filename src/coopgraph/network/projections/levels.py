"""To what actors can be rolled up."""

from __future__ import annotations

from enum import StrEnum


class RollUp(StrEnum):
    """The level at which actors are nodes: as the sources name them, their organisations, or their states."""

    NONE = "none"
    ORGANISATION = "organisation"
    STATE = "state"
