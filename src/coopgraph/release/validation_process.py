"""The process that judges data which somebody posted; its workspace holds the request, and then the outcome."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad, RdfFormat, parse, serialize

from coopgraph import terms
from coopgraph.curate.rdf import RdfText
from coopgraph.errors import CoopgraphError
from coopgraph.release.validation import DATA, REPORT
from coopgraph.store.apart import serve
from coopgraph.validate import rendering, report
from coopgraph.validate.gate import judge_alone, shapes_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coopgraph.validate.verdict import Verdict


def judge(workspace: Path, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Judge what the workspace holds, and leave the report there."""
    base = request["base"]
    text = RdfText((workspace / DATA).read_bytes(), request["media_type"], request["document"])
    # Shapes that come with the data would be programs of strangers; ours are used.
    posted = [quad for quad in _in_default_base(list(text.quads()), base) if quad.graph_name != terms.SHAPES_GRAPH]
    if request["release"] is None:
        verdict = judge_alone(posted)
    else:
        release = list(parse(path=request["release"], format=RdfFormat.N_QUADS))
        verdict = judge_alone([*release, *posted], shapes=shapes_of(release) or None)
    written = terms.rebase(_written(verdict, request["report"]), base).encode()
    if len(written) > request["size"]:
        raise CoopgraphError(
            "too-large",
            f"The report has more than {request['size']} bytes, the limit query_bytes; nothing of it was sent.",
            remedy="Send less, or mend the first findings.",
            limit="query_bytes",
        )
    (workspace / REPORT).write_bytes(written)
    return dict(verdict.summary())


def _written(verdict: Verdict, media_type: str) -> str:
    if media_type == "application/json":
        return rendering.as_json(verdict) + "\n"
    form = RdfFormat.from_media_type(media_type)
    if form is None:
        raise CoopgraphError("not-acceptable", f"A report does not come as {media_type}.")
    return (serialize(report.triples(verdict), format=form, prefixes=terms.PREFIXES) or b"").decode()


def _in_default_base(quads: list[Quad], base: str) -> list[Quad]:
    if base == terms.BASE:
        return quads
    text = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()
    return list(parse(text.replace(base, terms.BASE), format=RdfFormat.N_QUADS))


if __name__ == "__main__":
    serve(sys.argv[1:], judge)
