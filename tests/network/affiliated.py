"""Affiliations made up for tests: who took part in what, by which document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.affiliations import Affiliations, Cited
from coopgraph.network.network import Mode
from coopgraph.network.nodes import Node, Nodes
from coopgraph.network.projections.projection import Projection
from coopgraph.network.projections.rules import NEWMAN, NONE, SIMPLE, size_capped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Row = tuple[str, str, str]


def affiliations(
    rows: Iterable[Row], *, publishers: Mapping[str, str] | None = None, dates: Mapping[str, str] | None = None
) -> Affiliations:
    """Rows of actor, event and document ("" for none); dates are of events, as full days."""
    rows = sorted(rows)
    actors, events = {row[0] for row in rows}, {row[1] for row in rows}
    nodes = Nodes.of(
        [
            *(Node(iri, "actor", "State", f"Actor {iri}", "en") for iri in actors),
            *(Node(iri, "event", "Meeting", f"Event {iri}", "en") for iri in events - actors),
        ]
    )
    index = nodes.index()
    documents = sorted({row[2] for row in rows} - {""})
    place = {iri: number for number, iri in enumerate(documents)} | {"": -1}
    days = np.array([(dates or {}).get(event, "NaT") for _, event, _ in rows], dtype="datetime64[D]")
    return Affiliations(
        nodes=nodes,
        roles=("participant",),
        documents=tuple(Cited(iri, f"Document {iri}", (publishers or {}).get(iri, "")) for iri in documents),
        vias=(),
        source=np.array([index[actor] for actor, _, _ in rows], dtype=np.int32),
        target=np.array([index[event] for _, event, _ in rows], dtype=np.int32),
        role=np.zeros(len(rows), dtype=np.int32),
        document=np.array([place[document] for _, _, document in rows], dtype=np.int32),
        via=np.full(len(rows), -1, dtype=np.int32),
        first=days,
        last=days,
    )


def reported(events: Mapping[str, Iterable[str]], **more: Mapping[str, str]) -> Affiliations:
    """Each event with its actors, reported by one document, which has the event's name in capitals."""
    return affiliations([(who, event, event.upper()) for event, all_ in events.items() for who in all_], **more)


def projection(mode: Mode = Mode.ONE_MODE) -> Projection:
    """A projection of that mode, of which only the rules matter here."""
    folded = mode is Mode.ONE_MODE
    return Projection(
        name="made",
        label="Made",
        question="",
        mode=mode,
        source_kind="actor",
        target_kind="event",
        node="",
        tie="",
        weight="",
        direction="",
        period="",
        boundary="",
        prospective=False,
        query="",
        evidence=(),
        rule=SIMPLE if folded else NONE,
        rules=(SIMPLE, NEWMAN, size_capped(3)) if folded else (NONE,),
        headline="degree",
    )
