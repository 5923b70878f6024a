"""What a file format states about itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coopgraph.network.formats.sheet import Head, Row, Sheet


class Content(StrEnum):
    """What the sheet holds that a format is written from: ties, with the communities of nodes too, or statements."""

    TIES = "ties"
    STATEMENTS = "statements"
    COMMUNITIES = "communities"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A format of one file.

    `write` writes the sheet, `read` gives back what the file says, its head first, then all nodes, then all ties, and
    `says` what of the sheet such a file can say. `companions` are formats that hold what this one has no room for.
    A file of more than `most` ties is refused, because reading it back takes all of it at once.
    """

    name: str
    extension: str
    media_type: str
    title: str
    loses: str
    write: Callable[[Sheet, Path], None]
    read: Callable[[Path], Iterator[Head | Row]]
    says: Callable[[Sheet], Iterator[Head | Row]]
    companions: tuple[str, ...] = ()
    most: int | None = None
    content: Content = Content.TIES
