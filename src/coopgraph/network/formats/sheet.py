"""What every file says, before it is in any format: nodes and ties as rows with typed, named columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from coopgraph.network.arrays import Indices
    from coopgraph.network.network import Mode

_CHUNK: Final = 1 << 16

NODE: Final = "node"
TIE: Final = "tie"

Row = tuple[Any, ...]
"""`(NODE, id, value…)` or `(TIE, source id, target id, value…)`, values in the order of the columns."""


class Kind(StrEnum):
    """The type of an attribute, the same for every node or tie. Of a date, the empty text means that it is unknown."""

    TEXT = "text"
    WHOLE = "whole number"
    REAL = "real number"
    DATE = "date"


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """An attribute of all nodes or of all ties; `values` may be an array, and is walked through in order."""

    name: str
    kind: Kind
    meaning: str
    values: Sequence[Any] | np.ndarray[Any, Any]

    def plain(self) -> Iterator[Any]:
        """The values as plain str, int or float, a chunk of an array at a time."""
        values = self.values
        if not isinstance(values, np.ndarray):
            yield from values
            return
        for start in range(0, len(values), _CHUNK):
            yield from values[start : start + _CHUNK].tolist()


@dataclass(frozen=True, slots=True)
class Head:
    """What a file tells before its rows: whether ties have a direction, and names and types of attributes."""

    directed: bool
    nodes: tuple[tuple[str, Kind], ...]
    ties: tuple[tuple[str, Kind], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A network to write: `source` and `target` are indices into `ids`; `about` says where it comes from, in order."""

    mode: Mode
    directed: bool
    about: Mapping[str, str]
    ids: Sequence[str]
    nodes: tuple[Column, ...]
    source: Indices
    target: Indices
    ties: tuple[Column, ...]

    @property
    def n(self) -> int:
        """The number of nodes."""
        return len(self.ids)

    @property
    def m(self) -> int:
        """The number of ties."""
        return len(self.source)

    @property
    def head(self) -> Head:
        """Direction and columns."""
        nodes, ties = (tuple((one.name, one.kind) for one in columns) for columns in (self.nodes, self.ties))
        return Head(self.directed, nodes, ties)

    def node_rows(self) -> Iterator[Row]:
        """The id and the values of each node."""
        return zip(self.ids, *(column.plain() for column in self.nodes), strict=True)

    def ends(self) -> Iterator[tuple[int, int]]:
        """The indices of both ends of each tie."""
        for start in range(0, self.m, _CHUNK):
            part = slice(start, start + _CHUNK)
            yield from zip(self.source[part].tolist(), self.target[part].tolist(), strict=True)

    def tie_rows(self) -> Iterator[Row]:
        """The indices of both ends, and the values, of each tie."""
        values = zip(*(column.plain() for column in self.ties), strict=True) if self.ties else iter([()] * self.m)
        for ends, row in zip(self.ends(), values, strict=True):
            yield (*ends, *row)

    def named_ties(self) -> Iterator[Row]:
        """The ids of both ends, and the values, of each tie."""
        ids = self.ids
        for source, target, *values in self.tie_rows():
            yield (ids[source], ids[target], *values)

    def tie(self, index: int) -> dict[str, Any]:
        """The values of one tie by the names of their columns, as plain str, int or float."""
        values = ((column.name, column.values[index]) for column in self.ties)
        return {name: value.item() if isinstance(value, np.generic) else value for name, value in values}

    def rows(self) -> Iterator[Row]:
        """Everything, as a reader of a file gives it back."""
        for row in self.node_rows():
            yield (NODE, *row)
        for row in self.named_ties():
            yield (TIE, *row)

    def node_column(self, name: str) -> Column:
        """The column of nodes with this name."""
        return next(column for column in self.nodes if column.name == name)

    def tie_column(self, name: str) -> Column:
        """The column of ties with this name."""
        return next(column for column in self.ties if column.name == name)
