"""How a dataset begins, and by which gate everything that comes into it is judged from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph import __version__, resources
from coopgraph.errors import CoopgraphError
from coopgraph.release.publish import OPEN, SHACL, publish

if TYPE_CHECKING:
    from coopgraph.release.manifest import Manifest
    from coopgraph.release.shelf import Shelf


def begin_empty(shelf: Shelf, *, gate: str, base: str) -> Manifest:
    """Publish a first release without data: with our model and its shapes, or with nothing at all if nobody judges.

    Raises:
        CoopgraphError: "storage" or "busy" if it cannot be written, "damaged" if the shipped model cannot be read.
    """
    if gate == OPEN:
        return publish(shelf, [], base=base, verdict={}, versions={"coopgraph": __version__}, gate=OPEN)
    # Validation brings libraries that take a second to load; who needs none should not wait for them.
    from coopgraph.release import build  # noqa: PLC0415

    return build.release(build.assemble_model(resources.directory("ontology")), shelf, base=base)


def demand_gate(shelf: Shelf, gate: str) -> None:
    """Let pass the gate that the dataset has; "" is any.

    Raises:
        CoopgraphError: "different" if the dataset has the other one.
    """
    manifest = shelf.current()
    if manifest is None or gate in {"", manifest.gate or SHACL}:
        return
    raise CoopgraphError(
        "different",
        f"The dataset in {shelf.directory} was begun with --gate {manifest.gate or SHACL}, not {gate}.",
        remedy="Leave --gate out, or name another directory with --data.",
    )
