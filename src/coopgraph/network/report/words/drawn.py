"""The network picture of a report, from the rows and ties that it lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.drawing.network_picture import MOST, Picture, picture
from coopgraph.network.report.language import inside, number
from coopgraph.network.report.words import marks

if TYPE_CHECKING:
    from coopgraph.network.report.model import NetworkReport


def network(report: NetworkReport) -> Picture | None:
    """The drawing of the first listed nodes that have ties to one another; None without such ties."""
    ties = report.ties.ties
    first = report.kinds[0].kind
    rows = report.rows
    most = MOST // len({row.kind for row in rows} or {""})
    kept = [row for kind in report.kinds for row in [row for row in rows if row.kind == kind.kind][:most]]
    while True:
        place = {row.iri: number for number, row in enumerate(kept)}
        inner = [tie for tie in ties if tie.source in place and tie.target in place]
        tied = {end for tie in inner for end in (tie.source, tie.target)}
        if len(tied) == len(kept):
            break
        kept = [row for row in kept if row.iri in tied]
    if not inner:
        return None
    directed = report.about.mode == "direct"
    pairs = [(place[tie.source], place[tie.target], tie.strength) for tie in inner]
    ends = sorted(pairs if directed else [(min(a, b), max(a, b), strength) for a, b, strength in pairs])
    label = inside(report.label(report.headline))
    return picture(
        [marks.mark(row, first) for row in kept],
        np.array([source for source, _, _ in ends], dtype=np.int32),
        np.array([target for _, target, _ in ends], dtype=np.int32),
        np.array([strength for _, _, strength in ends], dtype=np.float64),
        directed=directed,
        title=report.title,
        description=f"{number(len(kept), 'node')}, the first by {label}, and {number(len(inner), 'tie')} among them; "
        "the tables of results and of communities say the same in words.",
    )
