"""The communities: how sure they are, who is in them, and their matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.drawing.matrix import MOST, TONES, matrix, tones
from coopgraph.network.drawing.svg import INK, rect
from coopgraph.network.report.language import number, value, verb, whole
from coopgraph.network.report.page import Block, Bullets, Cell, Column, Picture, Section, Table
from coopgraph.network.report.words import marks

if TYPE_CHECKING:
    from coopgraph.network.report.model import NetworkReport
    from coopgraph.network.report.parts.communities import Communities, Community

_NAMED = 12


def communities(report: NetworkReport) -> Section:
    """The section on communities."""
    found = report.communities
    blocks: list[Block] = [Bullets(sentences(found))]
    if found.communities:
        drawn = _matrix(report)
        if drawn is not None:
            blocks.append(drawn)
        blocks.append(_table(found))
    return Section("communities", "Communities", tuple(blocks))


def sentences(found: Communities) -> tuple[str, ...]:
    """How the communities were found, and how sure they are."""
    if not found.of:
        return ("No tie joins two nodes, so there are no communities.",)
    settled = (
        "all runs found the same"
        if found.agreement == 1
        else f"two runs agree by {value(found.agreement)} on average (adjusted Rand index: 1: the same, 0: chance)"
    )
    single = f" {number(found.single, 'node')} {verb(found.single, 'is', 'are')} in none." if found.single else ""
    made = [
        f"{number(found.of, 'community', 'communities')} of two nodes and more {verb(found.of, 'was', 'were')} "
        f"found.{single}",
        f"Method: {found.method}; {number(found.seeds, 'run')}, seeds {found.first_seed} to "
        f"{found.first_seed + found.seeds - 1}, resolution {found.resolution:g}; {settled}.",
    ]
    if found.modularity is not None:
        made.append(
            f"Modularity is {value(found.modularity)}: the share of strength inside communities beyond what the same "
            "strengths of nodes would give by chance."
        )
    if len(found.communities) < found.of:
        made.append(f"The {len(found.communities):,} largest are listed.")
    return tuple(made)


def _table(found: Communities) -> Table:
    return Table(
        "Communities with the strength of the ties inside and to others, and their members in the order of the "
        "results; in brackets, where it is below 1, the share of runs that put a member together with its "
        "neighbours there",
        (
            Column("No.", numeric=True),
            *(Column(name, numeric=True) for name in ("Nodes", "Inside", "To others")),
            Column("Members"),
        ),
        tuple(
            (
                Cell(f"{one.number}"),
                Cell(whole(one.size)),
                Cell(value(one.inside)),
                Cell(value(one.outside)),
                Cell(_members(one)),
            )
            for one in found.communities
        ),
    )


def _members(one: Community) -> str:
    shown = [
        member.label if member.share == 1 else f"{member.label} ({member.share:.2f})" for member in one.members[:_NAMED]
    ]
    more = one.size - len(shown)
    return "; ".join(shown) + (f"; and {more:,} more" if more > 0 else "")


def _matrix(report: NetworkReport) -> Picture | None:
    block_of = {member.iri: one.number for one in report.communities.communities for member in one.members}
    tied = {end for tie in report.ties.ties for end in (tie.source, tie.target)}
    rows = [row for row in report.rows if row.iri in block_of and row.iri in tied][:MOST]
    rows.sort(key=lambda row: block_of[row.iri])
    place = {row.iri: number for number, row in enumerate(rows)}
    ties = [tie for tie in report.ties.ties if tie.source in place and tie.target in place]
    if not ties:
        return None
    first = report.kinds[0].kind
    told = (
        f"{number(len(rows), 'node')} in rows and in the same order in columns, by community, with a frame around each "
        f"community; a square for each of {number(len(ties), 'tie')}, the darker the stronger."
    )
    drawn = matrix(
        [marks.mark(row, first) for row in rows],
        [block_of[row.iri] for row in rows],
        np.array([place[tie.source] for tie in ties], dtype=np.int32),
        np.array([place[tie.target] for tie in ties], dtype=np.int32),
        np.array([tie.strength for tie in ties]),
        title="Ties within and between communities",
        description=told,
    )
    key = tuple(
        (marks.framed(rect(2, 2, 18, 18, fill=TONES[tone], stroke=INK)), meaning)
        for tone, meaning in _strengths([tie.strength for tie in ties])
    )
    return Picture("Matrix of the communities", drawn, told, key)


def _strengths(strengths: list[float]) -> list[tuple[int, str]]:
    """The tones that occur, with the strengths that have them."""
    found: dict[int, list[float]] = {}
    for strength, tone in zip(strengths, tones(np.array(strengths)), strict=True):
        found.setdefault(tone, []).append(strength)
    ends = {tone: (value(min(each)), value(max(each))) for tone, each in sorted(found.items())}
    return [
        (tone, f"strength {low}" if low == high else f"strength {low} to {high}") for tone, (low, high) in ends.items()
    ]
