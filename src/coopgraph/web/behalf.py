"""On whose behalf a page asks its questions: known to whatever works on the request, without being handed around."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

BEHALF: Final[ContextVar[tuple[str, str] | None]] = ContextVar("behalf", default=None)
"""The id of the request and its client; None outside of any."""
