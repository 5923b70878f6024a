"""The engines there are, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.validate.fast import FastRunner
from coopgraph.validate.reference import PyshaclRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coopgraph.validate.runner import Runner

RUNNERS: Final[Mapping[str, Callable[[], Runner]]] = {FastRunner.name: FastRunner, PyshaclRunner.name: PyshaclRunner}


def runner(name: str) -> Runner:
    """The engine of this name.

    Raises:
        CoopgraphError: "settings" if there is none.
    """
    if name not in RUNNERS:
        raise CoopgraphError("settings", f"There is no SHACL engine {name!r}.", remedy=f"Use {' or '.join(RUNNERS)}.")
    return RUNNERS[name]()
