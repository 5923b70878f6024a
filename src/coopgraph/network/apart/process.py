"""The process that computes a network; its workspace holds the request, and then the answer and the outcome."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import RdfFormat, parse

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.network.apart.computations import ANSWER
from coopgraph.network.apart.tasks import TASKS, Work
from coopgraph.network.formats.origin import Origin
from coopgraph.network.selection import Selection
from coopgraph.store.apart import serve
from coopgraph.store.memory import MemoryReader
from coopgraph.store.oxigraph import OxigraphReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.store.port import Reader


def compute(workspace: Path, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Do the task, and leave its answer in the workspace."""
    origin, answer = Origin(**request["origin"]), workspace / ANSWER
    work = Work(
        reader=_reader(request, origin.base),
        selection=Selection.read(request["projection"], request["parameters"]),
        origin=origin,
        options=request["options"],
        answer=answer,
    )
    TASKS[request["task"]](work)
    if answer.stat().st_size > request["size"]:
        raise CoopgraphError(
            "too-large",
            f"The answer has more than {request['size']} bytes, the limit query_bytes; nothing of it was sent.",
            remedy="Ask for a shorter period, or export it with the command coopgraph export.",
            limit="query_bytes",
        )
    return {}


def _reader(request: Mapping[str, Any], base: str) -> Reader:
    if request["store"] is not None:
        return OxigraphReader(Path(request["store"]))
    if base == terms.BASE:
        return MemoryReader(parse(path=request["nquads"], format=RdfFormat.N_QUADS))
    text = terms.rebase(Path(request["nquads"]).read_text(encoding="utf-8"), base)
    return MemoryReader(parse(text, format=RdfFormat.N_QUADS))


if __name__ == "__main__":
    serve(sys.argv[1:], compute)
