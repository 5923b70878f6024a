"""Who makes changes: a process beside the data directory, or a remote store itself. Here it is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coopgraph.release.change import ANY
from coopgraph.release.changer import Changer

if TYPE_CHECKING:
    from coopgraph.release.change import Changed, Guard
    from coopgraph.release.edit import Edit
    from coopgraph.settings import Settings


class Changes(Protocol):
    """Carries out changes, for any number of threads."""

    def start(self) -> None:
        """Make ready for the first change, which then need not wait."""
        ...

    def run(self, edit: Edit, guard: Guard = ANY) -> Changed:
        """What came of the edit.

        Raises:
            CoopgraphError: if nothing did.
        """
        ...

    def close(self) -> None:
        """End everything."""
        ...


def changes(settings: Settings) -> Changes:
    """Who makes the changes of a service with these settings."""
    if settings.store:
        # As for reading: who has no remote store should not wait for its libraries.
        from coopgraph.release.remote_change import RemoteChanger  # noqa: PLC0415

        return RemoteChanger(settings)
    return Changer(
        settings.data,
        seconds=settings.change_seconds,
        memory=settings.change_memory,
        waiting=settings.changes_waiting,
        keep=settings.releases_kept,
    )
