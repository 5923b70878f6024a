"""The projections that are offered: one TOML file each, in `declared/`, named as the projection."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.network.projections.declaration import read

if TYPE_CHECKING:
    from coopgraph.network.projections.projection import Projection

_DECLARED: Final = files("coopgraph.network.projections") / "declared"
_FIRST: Final = "co-participation"


def _shipped() -> dict[str, Projection]:
    texts = {
        file.name.removesuffix(".toml"): file.read_text(encoding="utf-8")
        for file in _DECLARED.iterdir()
        if file.name.endswith(".toml")
    }
    found = read(texts)
    return {name: found[name] for name in sorted(found, key=lambda name: (name != _FIRST, name))}


PROJECTIONS: Final[dict[str, Projection]] = _shipped()
"""By name: the default one first, the others in alphabetical order."""

DEFAULT: Final = PROJECTIONS[_FIRST]


def projection(name: str | None = None) -> Projection:
    """The projection of this name; without a name the default one.

    Raises:
        CoopgraphError: "not-found" if there is none of this name.
    """
    if name is None:
        return DEFAULT
    if name not in PROJECTIONS:
        raise CoopgraphError(
            "not-found", f"There is no projection {name!r}.", remedy=f"There are {', '.join(PROJECTIONS)}."
        )
    return PROJECTIONS[name]
