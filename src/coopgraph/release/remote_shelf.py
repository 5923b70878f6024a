"""The releases in a remote store, or, if none was ever pushed there, whatever it holds."""

from __future__ import annotations

import contextlib
import logging
import secrets
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import RdfFormat, parse

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release import canonical
from coopgraph.release import remote_catalogue as catalogue
from coopgraph.release.manifest import Manifest
from coopgraph.release.remote_view import PlainView
from coopgraph.store.remote.reader import RemoteReader
from coopgraph.store.remote.service import RemoteLimits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    from pyoxigraph import Quad

    from coopgraph.release.remote_catalogue import Entry
    from coopgraph.store.port import View
    from coopgraph.store.remote.reader import RemoteStore

_log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 0.5
"""How often the alias is looked at."""

TRUST_SECONDS: Final = 3.0
"""How long the last look is relied on when the store cannot be asked."""

UNNUMBERED: Final = 0
"""The number that stands for a dataset that has no releases."""

_CATALOGUE_SECONDS: Final = 5.0
_LIMITS: Final = RemoteLimits(seconds=2.0, rows=100_000, size=100_000_000)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a store was found to hold: releases by number, and the current one; `at` is seconds of a steady clock."""

    entries: Mapping[int, Entry]
    current: Entry | None
    names: frozenset[object] = frozenset()
    at: float = field(default_factory=time.monotonic)


def look(store: RemoteStore, before: Seen | None = None) -> Seen:
    """What the store holds now; the catalogue is read again if the alias has moved or a while has passed.

    Raises:
        CoopgraphError: "damaged", or what `RemoteClient.ask` raises.
    """
    names = catalogue.alias_in(store.select(catalogue.alias_query(), _LIMITS))
    unmoved = before is not None and before.current is not None and names == before.names
    if before is not None and unmoved and time.monotonic() - before.at < _CATALOGUE_SECONDS:
        return before
    found = catalogue.entries_in(store.select(catalogue.entries_query(), _LIMITS))
    current = catalogue.current(found, names)
    if current is None and before is not None and found:
        # Some engines take an update apart: the alias was caught while it moved.
        current = before.current
    return Seen({entry.manifest.number: entry for entry in found}, current, names)


class Watcher:
    """Looks at a store again and again, in a thread, so that nobody waits for a look; ends with the store."""

    def __init__(self, store: RemoteStore) -> None:
        self._store: Final = store
        self._lock = threading.Lock()
        self._looked = threading.Event()
        self._thread: threading.Thread | None = None
        self._seen: Seen | None = None
        self._checked = 0.0
        self._error: CoopgraphError | None = None

    def __call__(self) -> Seen:
        """What was seen last.

        Raises:
            CoopgraphError: why the store cannot be looked at, if it has not been for a while.
        """
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="coopgraph-alias", daemon=True)
                self._thread.start()
        self._looked.wait(_LIMITS.seconds + TRUST_SECONDS)
        seen, error = self._seen, self._error
        if seen is None or (error is not None and time.monotonic() - self._checked > TRUST_SECONDS):
            raise _again(error)
        return seen

    def _watch(self) -> None:
        while not self._store.closed.wait(LOOK_SECONDS if self._looked.is_set() else 0):
            try:
                self._seen = look(self._store, self._seen)
            except CoopgraphError as error:
                if self._error is None:
                    _log.warning("The store cannot be looked at: %s", error.detail)
                self._error = error
            else:
                if self._error is not None:
                    _log.warning("The store can be looked at again.")
                self._checked, self._error = time.monotonic(), None
            self._looked.set()


class RemoteShelf:
    """See `Releases`. Without releases, the store's own content passes for one that is never the same twice.

    `seen` tells what the store holds; `base` begins the IRIs of a dataset without releases; `limits` hold for each
    answer to a reader of an open release.
    """

    def __init__(self, store: RemoteStore, seen: Callable[[], Seen], *, base: str, limits: RemoteLimits) -> None:
        self._store = store
        self._seen = seen
        self._base = base
        self._limits = limits

    def numbers(self) -> tuple[int, ...]:
        """See `Releases.numbers`."""
        return tuple(self._seen().entries)

    def has(self, number: int) -> bool:
        """See `Releases.has`; a dataset without releases may have changed at any time."""
        return number in self._seen().entries

    def path(self, number: int) -> None:
        """See `Releases.path`: there are no files."""

    def manifest(self, number: int) -> Manifest:
        """See `Releases.manifest`."""
        return self._entry(number).manifest

    def manifests(self) -> tuple[Manifest, ...]:
        """See `Releases.manifests`."""
        return tuple(entry.manifest for entry in self._seen().entries.values())

    def stamp(self) -> str:
        """See `Releases.stamp`; a dataset without releases may have changed at any time."""
        current = self._seen().current
        return "" if current is None else f"{current.manifest.number} {current.manifest.digest}"

    def current_number(self) -> int | None:
        """See `Releases.current_number`."""
        seen = self._seen()
        if not seen.entries:
            return UNNUMBERED
        return None if seen.current is None else seen.current.manifest.number

    def current(self) -> Manifest | None:
        """See `Releases.current`."""
        seen = self._seen()
        if not seen.entries:
            return _of_no_release(self._base)
        return None if seen.current is None else seen.current.manifest

    def open(self, number: int | None = None) -> RemoteRelease:
        """See `Releases.open`."""
        seen = self._seen()
        if not seen.entries and number in {None, UNNUMBERED}:
            return RemoteRelease(self._store, _of_no_release(self._base), PlainView(), self._limits)
        if number is None and seen.current is None:
            raise CoopgraphError("not-ready", "No release is current in the store.", remedy="Push one.")
        entry = self._entry(number) if number is not None else seen.current
        if entry is None:
            raise CoopgraphError("not-ready", "No release is current in the store.", remedy="Push one.")
        return RemoteRelease(self._store, entry.manifest, entry.view, self._limits)

    def _entry(self, number: int) -> Entry:
        entries = self._seen().entries
        if number not in entries:
            have = ", ".join(map(str, entries)) or "none"
            raise CoopgraphError("not-found", f"There is no release {number}.", remedy=f"There are: {have}.")
        return entries[number]


class RemoteRelease:
    """See `OpenRelease`."""

    def __init__(self, store: RemoteStore, manifest: Manifest, view: View, limits: RemoteLimits) -> None:
        self.manifest: Final = manifest
        self.store: Final = view
        self.reader: Final = RemoteReader(store, view, limits)
        self._kept = contextlib.ExitStack()
        self._nquads: Path | None = None

    @property
    def nquads(self) -> Path:
        """See `OpenRelease.nquads`; the quads are fetched for it.

        Raises:
            CoopgraphError: what `RemoteReader.query` raises.
        """
        if self._nquads is None:
            workspace = Path(self._kept.enter_context(tempfile.TemporaryDirectory(prefix="coopgraph-")))
            lines, target = workspace / "as-stored.nq", workspace / "quads.nq"
            canonical.write_quads(self.reader.quads(), lines, workspace=workspace)
            if self.manifest.base == terms.BASE:
                target = lines
            else:
                rebased = lines.read_text(encoding="utf-8").replace(self.manifest.base, terms.BASE)
                target.write_text("".join(sorted(rebased.splitlines(keepends=True))), encoding="utf-8")
            self._nquads = target
        return self._nquads

    def quads(self) -> Iterator[Quad]:
        """See `OpenRelease.quads`."""
        yield from parse(path=str(self.nquads), format=RdfFormat.N_QUADS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.reader.close()
        self._kept.close()


def _of_no_release(base: str) -> Manifest:
    """A manifest with an identity that is used once, since nothing tells whether the dataset has changed."""
    return Manifest(
        number=UNNUMBERED,
        digest=secrets.token_hex(32),
        parent=None,
        created=datetime.now(UTC),
        base=base,
        counts={},
        verdict={},
        versions={},
    )


def _again(error: CoopgraphError | None) -> CoopgraphError:
    """The error once more, without the history of where it was raised before.

    A limit that a look has reached is none of those that were set for whoever asks now.
    """
    if error is None or error.limit is not None:
        return CoopgraphError("store-lost", "The store behind this service does not answer.", remedy="Try again.")
    return CoopgraphError(error.code, error.detail, remedy=error.remedy, limit=error.limit)
