"""The centrality report, for a service; what computes it is loaded only where it is computed."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.formats.origin import Origin
    from coopgraph.network.selection import Selection
    from coopgraph.store.port import Reader

FORMS: Final = {"json": "application/json", "html": "text/html", "md": "text/markdown", "csv": "text/csv"}
"""The media types of the forms of a report, by suffix."""

_RENDERINGS: Final = {"md": "markdown"}


def centrality(reader: Reader, selection: Selection, origin: Origin, options: Mapping[str, Any]) -> str:
    """The report in the form `options["form"]`, listing ranks up to `options["top"]`."""
    from coopgraph.network import catalogue, extract  # noqa: PLC0415 - see the module
    from coopgraph.network.report import RENDERINGS, Source  # noqa: PLC0415
    from coopgraph.network.report import centrality as compute  # noqa: PLC0415

    wanted = catalogue.projection(selection.projection.name)
    found = extract.incidence(reader, wanted, base=origin.base)
    source = Source(origin.release, origin.digest, origin.base)
    report = compute(found, wanted, source, top=options["top"])
    return RENDERINGS[_RENDERINGS.get(options["form"], options["form"])].render(report)


def schema() -> bytes:
    """The JSON Schema of the report."""
    return files("coopgraph.network.report").joinpath("centrality.schema.json").read_bytes()
