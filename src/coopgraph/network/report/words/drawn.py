"""The drawing of the network, from the rows and ties that the report lists, and what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.drawing import network_picture
from coopgraph.network.report.language import inside, number
from coopgraph.network.report.page import Picture
from coopgraph.network.report.words import marks

if TYPE_CHECKING:
    from coopgraph.network.report.model import NetworkReport


def network(report: NetworkReport) -> Picture | None:
    """The drawing of the first listed nodes that have ties to one another; None without such ties."""
    most = network_picture.MOST // max(1, len({row.kind for row in report.rows}))
    first = [row for kind in report.kinds for row in [row for row in report.rows if row.kind == kind.kind][:most]]
    there = {row.iri for row in first}
    ties = [tie for tie in report.ties.ties if tie.source in there and tie.target in there]
    if not ties:
        return None
    tied = {end for tie in ties for end in (tie.source, tie.target)}
    rows = [row for row in first if row.iri in tied]
    place = {row.iri: at for at, row in enumerate(rows)}
    drawn = network_picture.picture(
        [marks.mark(row, report.kinds[0].kind) for row in rows],
        np.array([place[tie.source] for tie in ties], dtype=np.int32),
        np.array([place[tie.target] for tie in ties], dtype=np.int32),
        np.array([tie.strength for tie in ties], dtype=np.float64),
        directed=report.about.mode == "direct",
        title=report.title,
        description=f"{number(len(rows), 'node')}, the first by {inside(report.label(report.headline))}, and "
        f"{number(len(ties), 'tie')} among them; the tables of results and of communities say the same in words.",
    )
    return Picture("Drawing of the network", drawn.svg, _caption(report, drawn), marks.key(rows))


def _caption(report: NetworkReport, drawn: network_picture.Picture) -> str:
    """What the drawing shows, and what it does not."""
    text = [
        f"{number(drawn.nodes, 'node')} of {report.size.nodes:,}, the first by {inside(report.label(report.headline))} "
        "of those that have a tie to another one shown."
    ]
    if drawn.ties < drawn.ties_in_all:
        text.append(
            f"Of {number(drawn.ties_in_all, 'tie')} among them the {drawn.ties:,} strongest at their ends are drawn."
        )
    else:
        text.append("All ties among them are drawn.")
    if len({tie.strength for tie in report.ties.ties}) > 1:
        text.append("The thicker a line, the stronger the tie.")
    if report.about.mode == "direct":
        text.append("A wedge points to where a tie leads.")
    text.append("The numbers are those of the tables of results.")
    if drawn.named < drawn.nodes:
        hidden = drawn.nodes - drawn.named
        text.append(f"{hidden:,} of the names found no room and stand in the tables only.")
    text.append("Nodes stand the nearer, the stronger the ties between them; the directions on paper have no meaning.")
    return " ".join(text)
