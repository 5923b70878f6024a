"""Ranks from period to period: one line for each of the leading nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.drawing import axis, looks, svg, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from coopgraph.network.drawing.network_picture import Mark

MOST: Final = 10
_LEFT: Final = 40
_NAMES: Final = 300
_TOP: Final = 46
_STEP: Final = 30
_LETTERS: Final = 12
_DASHES: Final = ("", "8 4", "2 3", "10 3 2 3", "5 5")
_TONES: Final = (svg.INK, "#5b7488")


def movement(
    periods: Sequence[str],
    marks: Sequence[Mark],
    ranks: Sequence[Sequence[int | None]],
    *,
    title: str,
    description: str,
) -> Markup:
    """Columns are periods, each line joins a node's place among the nodes shown; a gap where it is not there.

    `ranks[i][j]` is the rank of node i in period j. Dashes and tones tell lines apart; names stand at the right end.
    Within a column nodes stand in order of rank, so that neither marks nor names ever lie on one another.
    """
    places = [_order([row[column] for row in ranks]) for column in range(len(periods))]
    height = _TOP + _STEP * max(1, len(marks)) + 10
    across = (svg.WIDTH - _LEFT - _NAMES) // max(1, len(periods) - 1)
    xs = [_LEFT + across * column for column in range(len(periods))]
    every = axis.every(periods, _LETTERS, across - 6)
    parts = [
        svg.words(x, 24, period, size=_LETTERS, anchor="middle")
        for column, (x, period) in enumerate(zip(xs, periods, strict=True))
        if column % every == 0
    ]
    ends = _ends(places, len(marks))
    for node, mark in enumerate(marks):
        spots = [(x, _y(column[node]), row) for x, column, row in zip(xs, places, ranks[node], strict=True)]
        parts.append(_line(mark, node, spots, xs[-1], _y(ends[node])))
    return svg.sheet("movement", height, parts, title=title, description=description)


def _ends(places: Sequence[Sequence[int | None]], nodes: int) -> list[int | None]:
    """At which place each name stands: beside the last mark, or below for nodes that are gone by then."""
    last = {
        node: max((at for at, column in enumerate(places) if column[node] is not None), default=-1)
        for node in range(nodes)
    }
    there = [node for node in range(nodes) if last[node] >= 0]
    there.sort(key=lambda node: (-last[node], places[last[node]][node] or 0))
    at = {node: number for number, node in enumerate(there)}
    return [at.get(node) for node in range(nodes)]


def _order(ranks: Sequence[int | None]) -> list[int | None]:
    """The place of each node among those that are there, by rank, equal ranks in the order given."""
    there = sorted((rank, node) for node, rank in enumerate(ranks) if rank is not None)
    place = {node: number for number, (_, node) in enumerate(there)}
    return [place.get(node) for node in range(len(ranks))]


def _y(place: int | None) -> int:
    return -1 if place is None else _TOP + _STEP * place + _STEP // 2


def _line(mark: Mark, node: int, spots: Sequence[tuple[int, int, int | None]], right: int, end: int) -> Markup:
    dash, tone = _DASHES[node % len(_DASHES)], _TONES[node // len(_DASHES) % len(_TONES)]
    there = [(x, y, rank) for x, y, rank in spots if rank is not None]
    parts = []
    run: list[tuple[int, int]] = []
    for x, y, rank in [*spots, (0, 0, None)]:
        if rank is not None:
            run.append((x, y))
            continue
        if len(run) > 1:
            parts.append(svg.path(run, stroke=tone, dash=dash))
        run = []
    for x, y, rank in there:
        parts.append(looks.shape(mark.look, x, y, 9))
        parts.append(svg.words(x, y + 4, f"{rank}", size=10, anchor="middle", fill=looks.ink(mark.look), weight=600))
    if there and end >= 0:
        last_x, last_y, _ = there[-1]
        parts.append(svg.path([(last_x + 10, last_y), (right + 16, end)], width=0.7, stroke=svg.SOFT, dash="1 3"))
        name = text.fitted(f"{mark.number}  {mark.label}".strip(), 13, _NAMES - 40)
        parts.append(svg.words(right + 20, end + 4, name))
    return svg.group(parts, title=mark.label)
