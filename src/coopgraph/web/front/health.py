"""Whether the service lives, and whether it can answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.store.workers import Question
from coopgraph.web.front.sending import data_reply
from coopgraph.web.problems import RETRY_SECONDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.web.front.sending import Reply
    from coopgraph.web.service import Service

_TRIAL: Final = Question("ASK {}", "application/sparql-results+json")


class Health:
    """Tells how a service is."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._opened: str | None = None

    def alive(self) -> Reply:
        """The process lives; no store is touched."""
        return told({"status": "alive"})

    async def ready(self, *, stopping: bool) -> Reply:
        """A reader can open the current release; else 503 and why not."""
        if stopping:
            return _not_ready("The service is being stopped.")
        try:
            reading = self._service.reading()
            manifest = reading.manifest
            if manifest.digest != self._opened:
                # That there are processes says little: one of them must be able to read, and then all are.
                await reading.answer(_TRIAL)
                self._opened = manifest.digest
        except CoopgraphError as error:
            return _not_ready(f"{error.detail} {error.remedy}".strip())
        if not self._service.readers.pool.pids():
            return _not_ready("No reader process is alive.")
        return told({"status": "ready", "release": manifest.number, "digest": manifest.digest})


def told(members: Mapping[str, object], *, status: int = 200, extra: Mapping[str, str] | None = None) -> Reply:
    """JSON that nobody keeps."""
    body = (json.dumps(dict(members)) + "\n").encode()
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store", **(extra or {})}
    return data_reply(body, headers, status=status, outcome="answered" if status < 400 else "not-ready")


def _not_ready(reason: str) -> Reply:
    extra = {"Retry-After": str(RETRY_SECONDS["not-ready"])}
    return told({"status": "not ready", "reasons": [reason]}, status=503, extra=extra)
