"""What a bootstrap draws again and again."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """The independent pieces that the data are thought to consist of."""

    DOCUMENT = "document"
    EVENT = "event"
