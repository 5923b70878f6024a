"""Reports on the shipped graph have the numbers that its file gives when computed anew from the stated definitions."""

from __future__ import annotations

from collections import defaultdict
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.network.oracle import statements as read
from tests.network.oracle import values as computed
from tests.network.report.made import FEW, of_shipped

if TYPE_CHECKING:
    import networkx as nx

    from tests.network.oracle.statements import Statement

STATED = {
    "co-participation": lambda: read.sharing("participant"),
    "countries": lambda: read.by_state(read.sharing("participant")),
    "co-signature": lambda: read.sharing("party"),
    "partnership": lambda: read.sharing("partner"),
    "co-participation-prospective": lambda: read.sharing("participant", planned=True),
    "partnership-prospective": lambda: read.sharing("partner", planned=True),
    "representation-and-membership": read.acting,
}
DIRECT = {"representation-and-membership"}


def graph_of(name: str, stated: list[Statement]) -> nx.Graph:
    return computed.straight(stated) if name in DIRECT else computed.folded(stated)


@pytest.mark.parametrize("name", STATED)
def test_nodes_and_ties_rest_on_what_is_stated(name: str) -> None:
    found, stated = of_shipped(name), STATED[name]()
    graph = graph_of(name, stated)
    size = found.size
    assert (size.statements, size.nodes, size.ties) == (len(stated), len(graph), graph.number_of_edges())
    ties = {(tie.source, tie.target): tie for tie in found.ties.ties}
    assert len(ties) == found.ties.among
    shared = defaultdict(set)
    for one in stated:
        shared[one.source].add(one.target)
    for (source, target), tie in ties.items():
        assert tie.strength == pytest.approx(float(graph[source][target]["w"]), abs=1e-9)
        assert tie.distance == pytest.approx(1 / float(graph[source][target]["w"]), abs=1e-9)
        if name in DIRECT:
            rows = [one for one in stated if (one.source, one.target) == (source, target)]
            between = {one.via for one in rows if one.via} or {""}
        else:
            between = shared[source] & shared[target]
            rows = [one for one in stated if one.source in (source, target) and one.target in between]
        documents = {one.document for one in rows}
        assert (tie.targets, tie.documents) == (len(between), len(documents))
        assert tie.publishers == len({read.publisher(document) for document in documents})
        days = [
            [str(day) for day in ends if day is not None]
            for ends in zip(*((r.first, r.last) for r in rows), strict=True)
        ]
        assert (tie.first, tie.last) == (min(days[0], default=None), max(days[1], default=None))


@pytest.mark.parametrize("name", STATED)
def test_values_and_ranks_follow_the_stated_formulas(name: str) -> None:
    found = of_shipped(name)
    every = computed.values(graph_of(name, STATED[name]()))
    compared = {one.name for one in found.measures if one.network != "two-mode"}
    assert compared == every.keys()
    for measure in compared:
        ranked = computed.ranks(every[measure], lowest=measure == "constraint")
        for row in found.rows:
            score = row.score(measure)
            assert score.value == pytest.approx(every[measure][row.iri], abs=2e-9)
            assert score.rank == ranked[row.iri]
            assert score.sharing == sum(rank == score.rank for rank in ranked.values())


def test_ranks_under_other_conditions_are_those_of_what_is_left() -> None:
    found, stated = of_shipped("co-participation"), STATED["co-participation"]()
    documents, events = (sorted({one[place] for one in stated}) for place in (3, 1))

    def by_strength(rows: list[Statement], times: dict[str, int] | None = None) -> dict[str, int]:
        graph = computed.folded(rows, (times or {}).get) if times else computed.folded(rows)
        return computed.ranks({node: float(value) for node, value in graph.degree(weight="w")})

    def drawn(pieces: list[str], number: int) -> dict[str, int]:
        stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(FEW.seed, spawn_key=(number,))))
        counts = np.bincount(stream.integers(len(pieces), size=len(pieces)), minlength=len(pieces))
        return {piece: int(count) for piece, count in zip(pieces, counts, strict=True) if count}

    left = [by_strength([one for one in stated if one.document != document]) for document in documents]
    again = {"documents": [], "events": []}
    for number in range(FEW.rounds):
        kept = drawn(documents, number)
        again["documents"].append(by_strength([one for one in stated if one.document in kept]))
        kept = drawn(events, number)
        again["events"].append(by_strength([one for one in stated if one.target in kept], kept))
    whole = by_strength(stated)
    for row in found.rows:
        score = row.score("strength")
        those = [run[row.iri] for run in (whole, *left) if row.iri in run]
        assert (score.left_out.low, score.left_out.high) == (min(those), max(those))
        assert score.left_out.absent == pytest.approx(sum(row.iri not in run for run in left) / len(left))
        for unit, runs in again.items():
            interval = getattr(score, unit)
            those = sorted(run[row.iri] for run in runs if row.iri in run)
            assert interval.absent == pytest.approx(1 - len(those) / len(runs))
            low, high = (those[max(ceil(len(those) * end) - 1, 0)] if those else None for end in (0.025, 0.975))
            assert (interval.low, interval.high) == (low, high)


def test_no_tie_that_is_only_planned_is_among_those_that_exist() -> None:
    plans, done = (computed.folded(read.sharing("partner", planned=planned)) for planned in (True, False))
    only = {frozenset(tie) for tie in plans.edges} - {frozenset(tie) for tie in done.edges}
    assert only
    assert not only & {frozenset((tie.source, tie.target)) for tie in of_shipped("partnership").ties.ties}
