"""Small networks in all modes, with labels in many scripts and with gaps in what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph import terms
from coopgraph.network.arrays import Strengths
from coopgraph.network.evidence import Evidence
from coopgraph.network.formats.describing import describe
from coopgraph.network.formats.links import Place
from coopgraph.network.formats.sheet import Column, Kind
from coopgraph.network.network import Mode, Network
from coopgraph.network.nodes import Node, Nodes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coopgraph.network.formats.sheet import Sheet

ABOUT: Mapping[str, str] = {"label": "Who & <what>", "projection": "co-participation", "rule": "newman", "release": "3"}
LABELS = ("Atlantis", "雷姆利亚 Institute", 'Zoë "Z" O\'Brien', "Fishers & <friends>", "مؤسسة", "Atlantis")
PLACE = Place("https://example.org/", "co-participation", terms.BASE, {"rule": "newman", "release": "3"})


def network(
    mode: Mode = Mode.ONE_MODE,
    ties: Sequence[tuple[int, int, float]] = ((0, 1, 4 / 3), (0, 2, 0.5), (1, 2, 1 / 3), (2, 4, 1e-12)),
    labels: Sequence[str] = LABELS,
) -> Network:
    """Nodes with these labels and these ties; in a two-mode network every other node is an event."""
    two = mode is Mode.TWO_MODE
    nodes = Nodes.of(
        Node(
            f"{terms.ID}actor/a{index}" if index % 2 == 0 or not two else f"{terms.ID}event/b{index}",
            "event" if two and index % 2 else "actor",
            "Meeting" if two and index % 2 else ("State", "Organization")[index % 2],
            label,
            ("en", "zh-hans")[index % 2],
            "named" if index else "",
        )
        for index, label in enumerate(labels)
    )
    side = np.array([int(kind == "event") for kind in nodes.kind], dtype=np.int32)
    if two:
        rows, columns = np.flatnonzero(side == 0), np.flatnonzero(side == 1)
        ties = [(int(rows[a % len(rows)]), int(columns[b % len(columns)]), 1.0) for a, b, _ in ties]
        ties = sorted({tie[:2]: tie for tie in ties}.values())
    source, target = (np.array([tie[end] for tie in ties], dtype=np.int32) for end in (0, 1))
    strengths = Strengths(np.array([tie[2] for tie in ties], dtype=np.float64))
    count = len(nodes)
    return Network(
        mode=mode,
        nodes=nodes,
        origin=np.arange(count, dtype=np.int32),
        side=side,
        source=source,
        target=target,
        strengths=strengths,
        distances=strengths.distances(),
    )


def evidence(made: Network) -> Evidence:
    """Counts that differ from tie to tie; the second tie of three has no first day, the third no day at all."""
    number = np.arange(made.m, dtype=np.int32)
    first = np.datetime64("2030-01-31") + number.astype("timedelta64[D]")
    last = first + np.timedelta64(400, "D")
    first[number % 3 > 0] = np.datetime64("NaT")
    last[number % 3 == 2] = np.datetime64("NaT")
    return Evidence(number + 1, number % 2 + 1, number % 2, first, last)


def sheet(mode: Mode = Mode.ONE_MODE, made: Network | None = None) -> Sheet:
    """The sheet of such a network, its nodes in communities of two."""
    one = network(mode) if made is None else made
    community = Column("community", Kind.WHOLE, "number", np.arange(one.n, dtype=np.int32) // 2 + 1)
    return describe(one, evidence(one), PLACE, ABOUT, further=(community,))
