"""How long work tells how far it is, and how it is told to stop."""

from __future__ import annotations

from typing import Final, Protocol

from coopgraph.errors import CoopgraphError


class CancelledError(CoopgraphError):
    """Whoever watched the work has ended it; what was begun has been put away."""

    def __init__(self, detail: str = "The work was ended before it was done.") -> None:
        super().__init__("cancelled", detail)


class Progress(Protocol):
    """Watches one piece of work after another; each is some number of equal steps.

    Both methods may raise `CancelledError`, or let a KeyboardInterrupt through; the work then leaves nothing half
    done behind.
    """

    def begin(self, total: int, label: str) -> None:
        """A piece of work of `total` steps begins; `label` names it in a few words."""

    def advance(self, steps: int = 1) -> None:
        """So many more steps of the piece of work begun last are done."""


class Silent:
    """Watches nothing and never cancels."""

    def begin(self, total: int, label: str) -> None:
        """Nothing is shown."""

    def advance(self, steps: int = 1) -> None:
        """Nothing is shown."""


SILENT: Final[Progress] = Silent()
