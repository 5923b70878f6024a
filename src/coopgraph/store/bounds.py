"""Keeps an answer within its limits while the engine writes it.

The engine's serialiser writes a table in one call and tells nobody how many rows it wrote, so they are counted in
the bytes that pass, exactly, by what separates rows in each format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryResultsFormat

from coopgraph.errors import CoopgraphError
from coopgraph.store.spool import Spooled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Triple

_BUT_MARKS_OF_JSON: Final = bytes(set(range(256)) - set(b'{[,:"'))
_BUT_MARKS_OF_LINES: Final = bytes(set(range(256)) - set(b'\n"'))
_RESULT: Final = b"<result>"


class BoundedOutput:
    """A file that holds at most `size` bytes and `rows` rows and refuses more.

    What is written stays in memory up to `inline` bytes; beyond that all of it is in the file `spooled`. `count` tells
    of the bytes that follow one another how many rows begin in them.

    Raises:
        CoopgraphError: "too-large", from `write`, with the limit; "storage" if the disk is full.
    """

    __slots__ = ("_chunks", "_count", "_harmless", "_limits", "_rows", "_uncounted", "size", "spooled")

    def __init__(
        self, *, size: int, rows: int, inline: int | None = None, count: Callable[[bytes], int] | None = None
    ) -> None:
        self._chunks: list[bytes] = []
        self._uncounted: list[bytes] = []
        self.spooled: Spooled | None = None
        self.size = 0
        self._rows = 0
        self._limits = size, rows, size if inline is None else inline
        # No row is without a byte, so until there are so many bytes nothing has to be looked at.
        self._harmless = min(self._limits)
        self._count = count

    @property
    def rows(self) -> int:
        """The rows that have been written, or what they were said to be."""
        if self._count is not None and self._uncounted:
            # Counting is quickest where all of an answer is there.
            self._rows += self._count(b"".join(self._uncounted))
            self._uncounted.clear()
        return self._rows

    @rows.setter
    def rows(self, number: int) -> None:
        self._rows = number

    @property
    def content(self) -> bytes | Spooled:
        """All that has been written."""
        return b"".join(self._chunks) if self.spooled is None else self.spooled

    def write(self, data: bytes) -> int:
        """Keep the data, or refuse."""
        self.size += len(data)
        if self._count is not None:
            self._uncounted.append(data)
        if self.spooled is None:
            self._chunks.append(data)
        else:
            self.spooled.write(data)
        if self.size > self._harmless:
            self._judge()
        return len(data)

    def flush(self) -> None:
        """Do nothing: everything is kept at once."""

    def _judge(self) -> None:
        size, rows, inline = self._limits
        if self.size > size:
            raise too_large("bytes", "query_bytes", size)
        if self._count is not None and self.rows > rows:
            raise too_large("rows", "query_rows", rows)
        if self.spooled is None and self.size > inline:
            self.spooled = Spooled.create()
            for chunk in self._chunks:
                self.spooled.write(chunk)
            self._chunks.clear()


def bounded(triples: Iterable[Triple], rows: int, counted: Callable[[int], None]) -> Iterator[Triple]:
    """The triples, up to `rows` of them; `counted` is told their number at the end.

    Raises:
        CoopgraphError: "too-large" if there are more.
    """
    number = 0
    for number, triple in enumerate(triples, 1):
        if number > rows:
            raise too_large("triples", "query_rows", rows)
        yield triple
    counted(number)


def too_large(what: str, limit: str, value: int) -> CoopgraphError:
    """The error for an answer that passes a limit."""
    return CoopgraphError(
        "too-large",
        f"The answer has more than {value} {what}, the limit {limit}; nothing of it was sent.",
        remedy="Ask for less, for example with LIMIT.",
        limit=limit,
    )


def row_counter(form: QueryResultsFormat) -> Callable[[bytes], int]:
    """A function that is given the bytes of a table, part by part, and tells how many rows begin in each part."""
    if form == QueryResultsFormat.JSON:
        return _JsonRows().count
    if form == QueryResultsFormat.XML:
        return _XmlRows().count
    return _LineRows(quotes=form == QueryResultsFormat.CSV).count


class _Outside:
    """What stands outside double quotes, without the bytes in `rest`; a quote may span parts."""

    def __init__(self, rest: bytes) -> None:
        self._rest = rest
        self._inside = 0

    def of(self, data: bytes) -> bytes:
        pieces = data.translate(None, self._rest).split(b'"')
        outside = b"".join(pieces[self._inside :: 2])
        self._inside ^= (len(pieces) - 1) & 1
        return outside


class _JsonRows:
    """A row is an object that follows `[` or `,`; all other objects follow `:` or begin the text.

    Most answers come in one part, where the rows can be told apart without reading every mark.
    """

    def __init__(self) -> None:
        self._outside: _Outside | None = None
        self._escape = b""
        self._last = b""
        self._whole: bytes | None = None
        self._begun = False

    def count(self, data: bytes) -> int:
        whole, self._whole = self._whole, None
        if whole is not None:
            # There is more to come after all, so where the first part ended matters.
            self._read(whole)
        if not self._begun:
            self._begun = True
            if (rows := _rows_of_whole(data)) is not None:
                self._whole = data
                return rows
        return self._read(data)

    def _read(self, data: bytes) -> int:
        data = self._escape + data
        # An escape may be cut between two parts.
        self._escape = data[len(data.rstrip(b"\\")) :]
        data = data[: len(data) - len(self._escape)].replace(b"\\\\", b"").replace(b'\\"', b"")
        if self._outside is None:
            self._outside = _Outside(_BUT_MARKS_OF_JSON)
        marks = self._last + self._outside.of(data)
        self._last = marks[-1:]
        return marks.count(b"[{") + marks.count(b",{")


def _rows_of_whole(data: bytes) -> int | None:
    """The rows in a text that looks whole; None if what looks like the beginning of a row may be something else.

    Between two rows stands what could else only be the end of a string, which is followed by a comma or a bracket.
    """
    if not data.endswith(b"]}}") or b"{}" in data or b'}},{"}' in data or b'}},{",' in data:
        return None
    return data.count(b'}},{"') + (b'"bindings":[{"' in data)


class _XmlRows:
    """A row begins with its tag; in text the bracket is escaped."""

    def __init__(self) -> None:
        self._tail = b""

    def count(self, data: bytes) -> int:
        data = self._tail + data
        self._tail = data[-(len(_RESULT) - 1) :]
        return data.count(_RESULT)


class _LineRows:
    """A row ends with LF; CSV may have more of them inside quotes, TSV escapes them. The first line is the head."""

    def __init__(self, *, quotes: bool) -> None:
        self._outside = _Outside(_BUT_MARKS_OF_LINES) if quotes else None
        self._head = 1

    def count(self, data: bytes) -> int:
        lines = data if self._outside is None else self._outside.of(data)
        rows = lines.count(b"\n") - self._head
        if rows < 0:
            return 0
        self._head = 0
        return rows
