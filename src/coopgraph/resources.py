"""Where the shipped ontology and graph lie: inside the installed package, or beside the source tree."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from coopgraph.errors import CoopgraphError

_PACKAGED: Final = Path(__file__).resolve().parent / "data"


def installed() -> bool:
    """Whether the shipped directories lie inside an installed package, where nobody should write."""
    return _PACKAGED.is_dir()


def directory(name: str) -> Path:
    """The shipped directory `ontology` or `graph`.

    Raises:
        CoopgraphError: "not-found" if neither the package nor the source tree has it.
    """
    for candidate in (_PACKAGED / name, _PACKAGED.parents[2] / name):
        if candidate.is_dir():
            return candidate
    raise CoopgraphError("not-found", f"The shipped directory {name!r} is missing.", remedy="Install coopgraph again.")
