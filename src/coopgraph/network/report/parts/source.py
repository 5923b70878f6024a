"""Where a report's numbers come from, and by what they were computed."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import version

from coopgraph import __version__
from coopgraph.network.engines.choose import LIBRARIES
from coopgraph.network.report.quantities import Digest, Iri, Name, Rank


@dataclass(frozen=True, slots=True)
class Source:
    """The release that was read: its number, content digest, date and base IRI, and how to cite it."""

    release: Rank
    digest: Digest
    date: str
    base: Iri
    citation: str


@dataclass(frozen=True, slots=True)
class Software:
    """A program or library and its version."""

    name: Name
    version: Name


def software(engines: tuple[str, ...] = ()) -> tuple[Software, ...]:
    """The versions of everything that has part in the numbers; engines by name, a backend of networkx after a slash.

    networkit is always among them: it finds the communities.
    """
    names = (LIBRARIES[engine.split("/", maxsplit=1)[0]] for engine in engines)
    libraries = dict.fromkeys(("numpy", "scipy", "networkx", "networkit", *names))
    return (
        Software("coopgraph", __version__),
        *(Software(name, version(name)) for name in libraries),
        Software("Python", platform.python_version()),
    )
