"""The drawing of the network: numbered nodes, names where there is room, ties as lines by strength."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import networkx as nx
from markupsafe import Markup, escape

from coopgraph.network.drawing import labels
from coopgraph.network.drawing.layout import WIDTH, layout
from coopgraph.network.drawing.text import FONT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.drawing.labels import Label
    from coopgraph.network.report.model import CentralityReport, Row

MOST: Final = 80
RADIUS: Final = 12
_CORNER: Final = 3  # by which a diamond reaches further
# Light, middle and dark tell the kinds apart in grey as well; the shapes tell them apart without any tone.
_LOOK: Final = {
    "person": ("#ffffff", "#1b2a3a"),
    "group": ("#9ec9e2", "#1b2a3a"),
    "body": ("#0b4f71", "#ffffff"),
    "event": ("#f2d7a0", "#1b2a3a"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """The SVG with what it shows: numbers of drawn and named nodes, and of listed nodes without any tie."""

    svg: Markup
    drawn: int
    named: int
    alone: int
    listed: int


def numbers(report: CentralityReport) -> dict[str, str]:
    """The number of each listed node: 1, 2, … for actors in the order of the table, E1, E2, … for events."""
    actors = [row.iri for row in report.rows if row.kind == "actor"]
    events = [row.iri for row in report.rows if row.kind == "event"]
    return {iri: str(place) for place, iri in enumerate(actors, 1)} | {
        iri: f"E{place}" for place, iri in enumerate(events, 1)
    }


def look(row: Row) -> str:
    """Which of the four looks a node has."""
    if row.kind == "event":
        return "event"
    return {"Person": "person", "ActorGroup": "group"}.get(row.cls, "body")


def picture(report: CentralityReport) -> Picture:
    """The drawing of the first listed nodes that have ties, and of the ties among them."""
    network = nx.Graph()
    for tie in report.ties:
        network.add_edge(tie.source, tie.target, strength=tie.strength)
    rows = [row for row in report.rows if row.iri in network]
    alone = len(report.rows) - len(rows)
    kinds = {row.kind for row in rows}
    events = [row for row in rows if row.kind == "event"][: MOST // 2]
    actors = [row for row in rows if row.kind == "actor"][: MOST - len(events)]
    network = nx.Graph(network.subgraph([row.iri for row in (*actors, *events)]))
    rows = [row for row in (*actors, *events) if network.degree(row.iri)]
    network = nx.Graph(network.subgraph([row.iri for row in rows]))
    if not rows:
        return Picture(Markup(), 0, 0, alone, len(report.rows))
    positions, height = layout(network)
    numbered = numbers(report)
    sheet = labels.Box(4, 4, WIDTH - 4, height - 4)
    # Events come after actors in the rows, so by ties both kinds get their share of the room.
    order = sorted(rows, key=lambda row: (-row.ties, row.label, row.iri)) if len(kinds) > 1 else rows
    names = labels.place([(row.iri, row.label) for row in order], positions, radius=RADIUS + _CORNER, sheet=sheet)
    parts = [_ties(network, positions)]
    parts += [_leader(positions[iri], label) for iri, label in sorted(names.items()) if label.far]
    parts += [_node(row, numbered[row.iri], positions[row.iri]) for row in rows]
    parts += [_label(label) for _, label in sorted(names.items())]
    title = Markup("<title>{}</title>").format(report.title)
    head = Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" class="network">').format(
        WIDTH, height
    )
    svg = head + title + Markup("\n").join(parts) + Markup("</svg>")
    return Picture(svg, len(rows), len(names), alone, len(report.rows))


def shape(kind: str, x: int, y: int, radius: int) -> Markup:
    """The outline of a node: circle for a person, square for a body, diamond for a group, bar for an event."""
    fill = _LOOK[kind][0]
    style = Markup('fill="{}" stroke="#1b2a3a" stroke-width="1.3"').format(fill)
    if kind == "person":
        return Markup('<circle cx="{}" cy="{}" r="{}" {}/>').format(x, y, radius, style)
    if kind == "group":
        far = radius + _CORNER
        points = f"{x},{y - far} {x + far},{y} {x},{y + far} {x - far},{y}"
        return Markup('<polygon points="{}" {}/>').format(points, style)
    corner = 8 if kind == "event" else 2
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}" {}/>').format(
        x - radius, y - radius, 2 * radius, 2 * radius, corner, style
    )


def _ties(network: nx.Graph, positions: Mapping[str, tuple[int, int]]) -> Markup:
    strongest = max((strength for _, _, strength in network.edges(data="strength")), default=1.0)
    lines = []
    for source, target, strength in sorted(network.edges(data="strength"), key=lambda tie: (tie[2], tie[0], tie[1])):
        thick = f"{0.6 + 3.4 * strength / strongest:.1f}"
        lines.append(
            Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke-width="{}"/>').format(
                *positions[source], *positions[target], thick
            )
        )
    return Markup('<g stroke="#8a949e" stroke-opacity="0.55">') + Markup("\n").join(lines) + Markup("</g>")


def _leader(position: tuple[int, int], label: Label) -> Markup:
    box = label.box
    x, y = position
    nearest_x, nearest_y = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#1b2a3a" stroke-width="0.7"/>').format(
        x, y, nearest_x, nearest_y
    )


def _node(row: Row, number: str, position: tuple[int, int]) -> Markup:
    x, y = position
    kind = look(row)
    digits = Markup(
        '<text x="{}" y="{}" font-family="{}" font-size="{}" font-weight="600" text-anchor="middle" fill="{}">{}</text>'
    ).format(x, y + 4, FONT, 11 if len(number) < 3 else 9, _LOOK[kind][1], number)
    return Markup("<g><title>{}</title>").format(row.label) + shape(kind, x, y, RADIUS) + digits + Markup("</g>")


def _label(label: Label) -> Markup:
    box = label.box
    spans = Markup("").join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(
            (box.left + box.right) // 2, box.top + labels.LINE * index + labels.SIZE - 1, escape(line)
        )
        for index, line in enumerate(label.lines)
    )
    # A white rim keeps the letters legible where a tie passes behind them.
    return Markup(
        '<text class="name" font-family="{}" font-size="{}" text-anchor="middle" fill="#111" stroke="#fff" '
        'stroke-width="3" stroke-linejoin="round" paint-order="stroke">{}</text>'
    ).format(FONT, labels.SIZE, spans)
