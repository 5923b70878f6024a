"""On whose behalf a page asks its questions: known to whatever works on the request, without being handed around."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coopgraph.web.front.presence import Presence


@dataclass(frozen=True, slots=True)
class Behalf:
    """The id of a request, the client that sent it, and whether that client still waits."""

    id: str
    client: str
    presence: Presence


BEHALF: Final[ContextVar[Behalf | None]] = ContextVar("behalf", default=None)
"""The request that is worked on; None outside of any."""
