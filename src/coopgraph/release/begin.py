"""How a dataset begins, and by which gate everything that comes into it is judged from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph import __version__, resources
from coopgraph.errors import CoopgraphError
from coopgraph.release.change import change
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


def ensure_gate(shelf: Shelf, gate: str) -> bool:
    """See to it that the dataset has this gate; "" is any. True if it has it only now.

    A dataset that nobody judges gets a gate if all that it holds conforms; with our model, as far as it lacks that. Who
    relies on a gate must not lose it, so a dataset never loses its own.

    Raises:
        RefusedError: if what the dataset holds does not conform; nothing has changed then.
        CoopgraphError: "different" if it has a gate and should have none; what `change` raises.
    """
    manifest = shelf.current()
    if manifest is None or gate in {"", manifest.gate or SHACL}:
        return False
    if gate == OPEN:
        raise CoopgraphError(
            "different",
            f"The dataset in {shelf.directory} is judged by its shapes, and would be no more.",
            remedy="Leave --gate out, or name another directory with --data.",
        )
    # As above: only who needs the libraries of validation should wait for them.
    from coopgraph.release import model  # noqa: PLC0415

    change(shelf, model.Completed(manifest.base), gate=SHACL)
    return True
