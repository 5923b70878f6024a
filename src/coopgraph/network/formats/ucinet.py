"""UCINET DL: the strengths as an edge list, one-mode or two-mode.

UCINET has no Unicode, turns labels into capitals and cuts them, by older versions at 18 characters. So a node is called
N and its number there, and the table of nodes, a file of its own, says which number is whom, in any script.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.formats.form import Form
from coopgraph.network.formats.sheet import NODE, TIE, Head, Kind
from coopgraph.network.network import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from coopgraph.network.formats.sheet import Row, Sheet

_HEAD: Final = Head(True, (("side", Kind.WHOLE),), (("strength", Kind.REAL),))


def write(sheet: Sheet, path: Path) -> None:
    """A tie without direction stands there both ways, as the symmetric matrix that UCINET makes of it has it."""
    with path.open("w", encoding="ascii", newline="\n") as out:
        if sheet.mode is Mode.TWO_MODE:
            side = np.fromiter(sheet.node_column("bipartite").plain(), np.int32, sheet.n)
            rows, columns = np.flatnonzero(side == 0), np.flatnonzero(side == 1)
            out.write(f"DL nr={len(rows)} nc={len(columns)}\nformat = edgelist2\n")
            for title, some in (("row", rows), ("column", columns)):
                out.write(f"{title} labels:\n{_names(some.tolist())}\n")
        else:
            out.write(f"DL n={sheet.n}\nformat = edgelist1\nlabels:\n{_names(range(sheet.n))}\n")
        out.write("data:\n")
        out.writelines(f"{source} {target} {strength!r}\n" for source, target, strength in _lines(sheet))


def read(path: Path) -> Iterator[Head | Row]:
    """Nodes by label and side (0 rows, 1 columns), ties with their strengths."""
    with path.open(encoding="ascii", newline="\n") as lines:
        sizes = dict(re.findall(r"(n|nr|nc)=(\d+)", next(lines)))
        two = "nr" in sizes
        expected = ["format = edgelist2"] if two else ["format = edgelist1"]
        if [next(lines).strip()] != expected:
            raise ValueError("this is no edge list")
        yield _HEAD
        labels: list[list[str]] = []
        for side, size in enumerate((sizes["nr"], sizes["nc"]) if two else (sizes["n"],)):
            next(lines)
            labels.append([label for label in next(lines).strip().split(",") if label])
            if len(labels[-1]) != int(size):
                raise ValueError("there are more or fewer labels than nodes")
            for label in labels[-1]:
                yield (NODE, label, side)
        if next(lines).strip() != "data:":
            raise ValueError("there are no data")
        for line in lines:
            source, target, strength = line.split()
            yield (TIE, labels[0][int(source) - 1], labels[-1][int(target) - 1], float(strength))


def says(sheet: Sheet) -> Iterator[Head | Row]:
    """Numbers and strengths."""
    two = sheet.mode is Mode.TWO_MODE
    sides = list(sheet.node_column("bipartite").plain()) if two else [0] * sheet.n
    yield _HEAD
    for side in (0, 1):
        for number, own in enumerate(sides, start=1):
            if own == side:
                yield (NODE, f"N{number}", side)
    for source, target, strength in _ties(sheet):
        yield (TIE, f"N{source + 1}", f"N{target + 1}", strength)


def _names(indices: Iterable[int]) -> str:
    """The labels on one line, as Gephi wants them; UCINET and igraph take them either way."""
    return ",".join(f"N{index + 1}" for index in indices)


def _ties(sheet: Sheet) -> Iterator[tuple[int, int, float]]:
    """Both ends as indices; two-mode ones from row to column, the others as often as the matrix has them."""
    two = sheet.mode is Mode.TWO_MODE
    sides = list(sheet.node_column("bipartite").plain()) if two else []
    for (source, target), strength in zip(sheet.ends(), sheet.tie_column("strength").plain(), strict=True):
        if two and sides[source]:
            yield target, source, strength
        else:
            yield source, target, strength
        if not two and not sheet.directed:
            yield target, source, strength


def _lines(sheet: Sheet) -> Iterator[tuple[int, int, float]]:
    if sheet.mode is not Mode.TWO_MODE:
        yield from ((source + 1, target + 1, strength) for source, target, strength in _ties(sheet))
        return
    place: dict[int, int] = {}
    count = [0, 0]
    for index, side in enumerate(sheet.node_column("bipartite").plain()):
        count[side] += 1
        place[index] = count[side]
    yield from ((place[source], place[target], strength) for source, target, strength in _ties(sheet))


FORM: Final = Form(
    name="dl",
    extension="dl",
    media_type="text/plain",
    title="UCINET DL",
    loses="labels and all attributes but strength; nodes are N1, N2, … as numbered in nodes.csv",
    write=write,
    read=read,
    says=says,
    companions=("nodes.csv", "edges.csv"),
)
