"""The centrality report, for a service; what computes it is loaded only where it is computed."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.formats.origin import Origin
    from coopgraph.network.selection import Selection
    from coopgraph.store.port import Reader

FORMS: Final = {
    "json": "application/json",
    "html": "text/html",
    "md": "text/markdown",
    "csv": "text/csv",
    "trig": "application/trig",
}
"""The media types of the forms of a report, by suffix."""

TOP: Final = 50
"""How many nodes of a kind are listed unless asked otherwise."""


def centrality(reader: Reader, selection: Selection, origin: Origin, options: Mapping[str, Any]) -> dict[str, str]:
    """The report in all its forms, by suffix: computing it costs much more than writing it down.

    The options hold the `date` and `citation` of the release, and what the report's parameters are called: `top`,
    `measures`, `rounds` and `seed`.

    Raises:
        CoopgraphError: if a measure is unknown or not defined for such a network.
    """
    from coopgraph.network import report as reports  # noqa: PLC0415 - see the module
    from coopgraph.network.cube import cube  # noqa: PLC0415
    from coopgraph.network.engines.port import Choice  # noqa: PLC0415
    from coopgraph.network.selection import select  # noqa: PLC0415

    found = select(reader, selection, base=origin.base)
    source = reports.Source(origin.release, origin.digest, options["date"], origin.base, options["citation"])
    parameters = reports.Parameters(
        measures=tuple(options["measures"]),
        top=options["top"],
        rounds=options["rounds"],
        seed=options["seed"],
        choice=Choice(seed=options["seed"]),
    )
    report = reports.centrality(found, selection, source, parameters)
    forms = {one.suffix: one.render(report) for one in reports.RENDERINGS.values()}
    return {**forms, "trig": cube(report)}


def schema() -> bytes:
    """The JSON Schema of the report."""
    return files("coopgraph.network.report").joinpath("schemas", "centrality.schema.json").read_bytes()
