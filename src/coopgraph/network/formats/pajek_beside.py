"""What Pajek wants beside a network, in the order of its vertices: partitions (.clu) and vectors (.vec)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.formats.form import Content, Form
from coopgraph.network.formats.sheet import NODE, Head, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from coopgraph.network.formats.sheet import Row, Sheet


def numbered(sheet: Sheet, column: str) -> list[int]:
    """The number of each node's value among all values of the column, in order of the values; 0 for the empty one."""
    values = list(sheet.node_column(column).plain())
    number = {value: place for place, value in enumerate(sorted({value for value in values if value != ""}), start=1)}
    return [number.get(value, 0) for value in values]


def strengths(sheet: Sheet) -> list[float]:
    """The sum of the strengths of each node's ties."""
    ends = np.concatenate([sheet.source, sheet.target])
    weights = np.tile(np.fromiter(sheet.tie_column("strength").plain(), np.float64, sheet.m), 2)
    return [float(value) for value in np.bincount(ends, weights, sheet.n)]


def _write(sheet: Sheet, path: Path, *, numbers: Callable[[Sheet], Sequence[int] | Sequence[float]]) -> None:
    lines = (f"{value!r}\n" for value in numbers(sheet))
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write(f"*Vertices {sheet.n}\n")
        out.writelines(lines)


def _read(path: Path, *, kind: Kind) -> Iterator[Head | Row]:
    with path.open(encoding="ascii", newline="\n") as lines:
        count = int(next(lines).split()[1])
        yield Head(False, (("value", kind),), ())
        number = 0
        for number, line in enumerate(lines, start=1):
            yield (NODE, str(number), int(line) if kind is Kind.WHOLE else float(line))
        if number != count:
            raise ValueError("there are more or fewer values than the file says")


def _says(
    sheet: Sheet, *, kind: Kind, numbers: Callable[[Sheet], Sequence[int] | Sequence[float]]
) -> Iterator[Head | Row]:
    yield Head(False, (("value", kind),), ())
    for number, value in enumerate(numbers(sheet), start=1):
        yield (NODE, str(number), value)


def communities(sheet: Sheet) -> list[int]:
    """The number of each node's community."""
    return list(sheet.node_column("community").plain())


def _form(
    name: str,
    kind: Kind,
    title: str,
    numbers: Callable[[Sheet], Sequence[int] | Sequence[float]],
    content: Content = Content.TIES,
) -> Form:
    return Form(
        name=name,
        extension=name,
        media_type="text/plain",
        title=title,
        loses="everything else: it goes with a Pajek network",
        write=partial(_write, numbers=numbers),
        read=partial(_read, kind=kind),
        says=partial(_says, kind=kind, numbers=numbers),
        companions=("pajek",),
        content=content,
    )


PARTITION: Final = _form(
    "clu",
    Kind.WHOLE,
    "Pajek partition: classes, numbered in the order of their names",
    partial(numbered, column="class"),
)
COMMUNITIES: Final = _form(
    "communities.clu",
    Kind.WHOLE,
    "Pajek partition: communities, numbered from the largest, as the report on the network has them",
    communities,
    Content.COMMUNITIES,
)
VECTOR: Final = _form("vec", Kind.REAL, "Pajek vector: the sum of the strengths of each node's ties", strengths)
