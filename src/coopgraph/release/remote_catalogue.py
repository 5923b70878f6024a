"""Which releases a remote store holds, and which one is current: a few triples in graphs with fixed names.

The alias is one triple in a graph of its own, moved by one update, so that every reader sees either the old or the
new one. What is known of a release is written after the release is there, whole and counted.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from coopgraph.errors import CoopgraphError
from coopgraph.release.manifest import Manifest
from coopgraph.release.remote_view import NAMES, ReleaseView
from coopgraph.store.remote.service import RemoteQuery

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

ALIAS_GRAPH: Final = NamedNode(NAMES + "alias")
RELEASES_GRAPH: Final = NamedNode(NAMES + "releases")

_CURRENT: Final = NamedNode(NAMES + "current")
_IS: Final = NamedNode(NAMES + "is")
_TELLS: Final = NamedNode(NAMES + "tells")
_UPLOADING: Final = NamedNode(NAMES + "uploading")


@dataclass(frozen=True, slots=True)
class Entry:
    """A release in a remote store: its manifest, without the files of a store on disk, and where it lies."""

    manifest: Manifest
    view: ReleaseView

    @property
    def name(self) -> NamedNode:
        """What the catalogue calls it."""
        return NamedNode(self.view.mark.removesuffix(":"))

    def as_json(self) -> str:
        """What the catalogue keeps of it."""
        return json.dumps({"manifest": self.manifest.as_json(), "graphs": sorted(self.view.graphs)})


def entry_of(manifest: Manifest, graphs: Iterable[str]) -> Entry:
    """The place of a release, which depends on its number and content alone."""
    identity = hashlib.sha256(f"{manifest.digest} {manifest.base}".encode()).hexdigest()[:16]
    view = ReleaseView(f"{NAMES}release:{manifest.number}-{identity}:", frozenset(graphs))
    return Entry(dataclasses.replace(manifest, files={}), view)


def entry_from(name: NamedNode, text: str) -> Entry:
    """The release that a catalogue tells of.

    Raises:
        CoopgraphError: "damaged" if it was not written by `Entry.as_json`.
    """
    try:
        told: dict[str, Any] = json.loads(text)
        view = ReleaseView(name.value + ":", frozenset(told["graphs"]))
        return Entry(Manifest.from_json(told["manifest"]), view)
    except (ValueError, KeyError, TypeError) as error:
        raise CoopgraphError("damaged", f"What the store tells of {name.value} cannot be read: {error}.") from error


def alias_query() -> RemoteQuery:
    """Asks for the name of the current release, as ?release."""
    return _asked(f"SELECT ?release {{ {_CURRENT} {_IS} ?release }}", ALIAS_GRAPH)


def alias_in(rows: QuerySolutions) -> frozenset[NamedNode]:
    """The names called current: one; none before the first push; several if two were pushed at once."""
    return frozenset(row["release"] for row in rows)


def current(entries: Iterable[Entry], names: Collection[NamedNode]) -> Entry | None:
    """The newest of the releases that are called current."""
    return max((one for one in entries if one.name in names), key=lambda one: one.manifest.number, default=None)


def entries_query() -> RemoteQuery:
    """Asks for all releases, as ?release and ?told."""
    return _asked(f"SELECT ?release ?told {{ ?release {_TELLS} ?told }}", RELEASES_GRAPH)


def entries_in(rows: QuerySolutions) -> tuple[Entry, ...]:
    """All releases, ascending by number.

    Raises:
        CoopgraphError: "damaged" if one of them cannot be read.
    """
    found = [entry_from(row["release"], row["told"].value) for row in rows]
    return tuple(sorted(found, key=lambda entry: entry.manifest.number))


def uploads_query() -> RemoteQuery:
    """Asks for what was begun and not finished, as ?release, ?since (seconds since the epoch) and ?graph."""
    text = f"SELECT ?release ?since ?graph {{ ?release {_UPLOADING} ?since OPTIONAL {{ ?release {_IS} ?graph }} }}"
    return _asked(text, RELEASES_GRAPH)


def announce(entry: Entry, graphs: Iterable[str], since: int) -> str:
    """The update that tells of an upload before it begins, so that it can be cleared away if it never ends."""
    names = " ".join(f"{entry.name} {_IS} <{graph}> ." for graph in graphs)
    return f"INSERT DATA {{ GRAPH {RELEASES_GRAPH} {{ {entry.name} {_UPLOADING} {Literal(since)} . {names} }} }}"


def end_upload(name: NamedNode) -> str:
    """The update that takes an upload's announcement back."""
    return (
        f"DELETE WHERE {{ GRAPH {RELEASES_GRAPH} {{ {name} {_IS} ?graph }} }} ; "
        f"DELETE WHERE {{ GRAPH {RELEASES_GRAPH} {{ {name} {_UPLOADING} ?since }} }}"
    )


def forget(entry: Entry) -> str:
    """The update that makes a release unknown."""
    return f"DELETE WHERE {{ GRAPH {RELEASES_GRAPH} {{ {entry.name} {_TELLS} ?told }} }}"


def enter(entry: Entry) -> str:
    """The update that makes a release known."""
    told = Literal(entry.as_json())
    return f"INSERT DATA {{ GRAPH {RELEASES_GRAPH} {{ {entry.name} {_TELLS} {told} }} }}"


def move(old: Collection[NamedNode], new: NamedNode) -> str | None:
    """The one update that makes another release current; None if it is so already.

    It names what it takes away instead of asking for it, and takes nothing away that it puts in: engines differ in
    what a pattern that finds nothing means to a template, and in what comes first.
    """
    gone = " ".join(f"{_CURRENT} {_IS} {name} ." for name in sorted(old, key=str) if name != new)
    deleted, inserted = (f"{{ GRAPH {ALIAS_GRAPH} {{ {part} }} }}" for part in (gone, f"{_CURRENT} {_IS} {new}"))
    if new in old:
        return f"DELETE DATA {deleted}" if gone else None
    return f"DELETE {deleted} INSERT {inserted} WHERE {{}}" if gone else f"INSERT DATA {inserted}"


def drop(graph: str) -> str:
    """The update that empties a graph, whether it is there or not."""
    return f"DROP SILENT GRAPH <{graph}>"


def _asked(text: str, graph: NamedNode) -> RemoteQuery:
    return RemoteQuery(text=text, form="table", default_graphs=(graph.value,))
