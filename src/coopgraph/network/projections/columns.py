"""The answer to a SELECT as columns of numbers that stand for terms: a million rows without a million objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import numpy as np
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, parse_query_results

if TYPE_CHECKING:
    from typing import IO

    from coopgraph.network.arrays import Indices
    from coopgraph.store.port import Reader

_TSV: Final = QueryResultsFormat.TSV
_BLOCK: Final = 1 << 22


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: `codes` point into `terms`, which are different and in the order of their first row; -1 is unbound.

    An IRI is written as it is, without angle brackets; a literal as in Turtle, with its quotes.
    """

    terms: tuple[str, ...]
    codes: Indices

    def values(self) -> list[str]:
        """The term of each row, as text; empty where there is none."""
        return [self.terms[code] if code >= 0 else "" for code in self.codes.tolist()]


def columns(reader: Reader, query: str) -> dict[str, Column]:
    """The columns that answer a SELECT query, by name; all of the same length.

    The engine writes the answer as tab-separated values, which cost it and us least; they are taken in block by block,
    so that memory holds codes and different terms only.

    Raises:
        CoopgraphError: what `Reader.query` raises.
    """
    solutions = reader.query(query)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a projection asks by SELECT")
    names = [variable.value for variable in solutions.variables]
    taker = _Taker(len(names))
    solutions.serialize(cast("IO[bytes]", taker), format=_TSV)
    return dict(zip(names, taker.finish(), strict=True))


def literal(term: str) -> Literal | None:
    """A term of a column as a literal; None if it is none."""
    if not term.startswith('"'):
        return None
    (row,) = parse_query_results(f"?x\n{term}\n", _TSV)  # type: ignore[misc]
    return row[0] if isinstance(row[0], Literal) else None


class _Codes(dict[bytes, int]):
    """Numbers terms as they come."""

    def __missing__(self, term: bytes) -> int:
        self[term] = code = len(self)
        return code


class _Taker:
    """A file to write the answer to, of which codes are kept."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._codes = [_Codes() for _ in range(width)]
        self._parts: list[list[Indices]] = [[] for _ in range(width)]
        self._waiting: list[bytes] = []
        self._size = 0
        self._begun = False

    def write(self, data: bytes) -> int:
        """Take in some of the answer."""
        self._waiting.append(data)
        self._size += len(data)
        if self._size >= _BLOCK:
            self._take()
        return len(data)

    def flush(self) -> None:
        """Nothing: what is not taken in yet waits for the end of its line."""

    def finish(self) -> list[Column]:
        """The columns, when all is written."""
        self._take()
        return [
            self._column(codes, np.concatenate(parts) if parts else np.empty(0, np.int32))
            for codes, parts in zip(self._codes, self._parts, strict=True)
        ]

    def _take(self) -> None:
        block = b"".join(self._waiting)
        end = block.rfind(b"\n") + 1
        self._waiting, self._size = [block[end:]], len(block) - end
        begin = 0
        if not self._begun:
            if not end:
                return
            begin, self._begun = block.index(b"\n") + 1, True
        # Tabs and line ends inside terms are written as \t and \n: those that stand here part cells and rows.
        if not self._width or begin == end:
            return
        cells = block[begin : end - 1].replace(b"\n", b"\t").split(b"\t")
        count = len(cells) // self._width
        for number, codes in enumerate(self._codes):
            found = map(codes.__getitem__, cells[number :: self._width])
            self._parts[number].append(np.fromiter(found, np.int32, count))

    @staticmethod
    def _column(codes: _Codes, rows: Indices) -> Column:
        terms = [term.decode() for term in codes]
        if b"" in codes:
            unbound = codes[b""]
            del terms[unbound]
            rows = np.where(rows == unbound, -1, rows - (rows > unbound)).astype(np.int32)
        return Column(tuple(term[1:-1] if term.startswith("<") else term for term in terms), rows)
