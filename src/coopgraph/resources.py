"""Where the shipped ontology and graph lie: inside the installed package, or beside the source tree."""

from __future__ import annotations

from pathlib import Path

from coopgraph.errors import CoopgraphError


def directory(name: str) -> Path:
    """The shipped directory `ontology` or `graph`.

    Raises:
        CoopgraphError: "not-found" if neither the package nor the source tree has it.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "data" / name, package.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise CoopgraphError("not-found", f"The shipped directory {name!r} is missing.", remedy="Install coopgraph again.")
