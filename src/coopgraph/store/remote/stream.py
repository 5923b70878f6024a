"""The body of an answer while it arrives: counted, bounded, rid of what must not be seen, on disk if it is long."""

from __future__ import annotations

import re
import tempfile
from typing import IO, TYPE_CHECKING, Final, cast

from pyoxigraph import QueryResultsFormat

from coopgraph.errors import CoopgraphError
from coopgraph.store.bounds import row_counter, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coopgraph.store.remote.service import AnswerForm, RemoteLimits

TABLE: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"
IN_MEMORY: Final = 1 << 20
"""Bytes of an answer that are held in memory; a longer one lies in a file without a name."""

_BOOLEAN: Final = b"http://www.w3.org/2001/XMLSchema#boolean"
# Virtuoso's own ways: labels of blank nodes that no standard knows, and truth as a number. A quotation mark inside a
# text would be escaped, so none of these can be a part of one.
_REPAIRED_TABLES: Final = {
    b'"bnode", "value": "nodeID://': b'"bnode", "value": "',
    b'"' + _BOOLEAN + b'", "value": "1"': b'"' + _BOOLEAN + b'", "value": "true"',
    b'"' + _BOOLEAN + b'", "value": "0"': b'"' + _BOOLEAN + b'", "value": "false"',
}
_REPAIRED_GRAPHS: Final = {
    b'"1"^^<' + _BOOLEAN + b">": b'"true"^^<' + _BOOLEAN + b">",
    b'"0"^^<' + _BOOLEAN + b">": b'"false"^^<' + _BOOLEAN + b">",
}


class Replacing:
    """Replaces texts in bytes that come in parts, also where a text is cut between two parts."""

    def __init__(self, replacements: Mapping[bytes, bytes]) -> None:
        self._replacements = dict(replacements)
        self._pattern = re.compile(b"|".join(map(re.escape, self._replacements)))
        self._longest = max(map(len, self._replacements))
        self._rest = b""

    def of(self, data: bytes) -> bytes:
        """As much as can be told after this part."""
        data = self._rest + data
        parts, position = [], 0
        for found in self._pattern.finditer(data):
            parts += [data[position : found.start()], self._replacements[found[0]]]
            position = found.end()
        # What may be the beginning of one of the texts has to wait for the next part.
        longest = min(self._longest - 1, len(data) - position)
        cut = next((length for length in range(longest, 0, -1) if self._begins(data[-length:])), 0)
        self._rest = data[len(data) - cut :]
        return b"".join([*parts, data[position : len(data) - cut]])

    def end(self) -> bytes:
        """What was kept back in case it went on."""
        rest, self._rest = self._rest, b""
        return rest

    def _begins(self, data: bytes) -> bool:
        return any(text.startswith(data) for text in self._replacements)


class Arriving:
    """A body that is written part by part and can be read when it is finished.

    Raises:
        CoopgraphError: "too-large", from `write`, with the limit.
    """

    def __init__(self, limits: RemoteLimits, *, media_type: str, form: AnswerForm, hidden: str = "") -> None:
        self.media_type: Final = media_type
        self.form: Final = form
        self.file: Final = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
        self._limits = limits
        repaired = _REPAIRED_GRAPHS if form == "graph" else _REPAIRED_TABLES
        self._replacing = Replacing(repaired | ({hidden.encode(): b""} if hidden else {}))
        self._count = _counter(media_type)
        self._rows = 0
        self._size = 0

    def write(self, data: bytes) -> None:
        """Take the next part, or refuse."""
        self._size += len(data)
        if self._size > self._limits.size:
            raise too_large("bytes", "query_bytes", self._limits.size)
        self._rows += self._count(data)
        if self._rows > self._limits.rows:
            raise too_large("triples" if self.form == "graph" else "rows", "query_rows", self._limits.rows)
        self.file.write(self._replacing.of(data))

    def finish(self) -> None:
        """Nothing more comes: the file can be read from its beginning."""
        self.file.write(self._replacing.end())
        self.file.seek(0)

    def close(self) -> None:
        """Give back the memory or the file."""
        self.file.close()


def _counter(media_type: str) -> Callable[[bytes], int]:
    """How many rows begin in a part; what other formats hold is counted when they are read."""
    if media_type == TABLE:
        return row_counter(QueryResultsFormat.JSON)
    return _lines if media_type == TRIPLES else _none


def _lines(data: bytes) -> int:
    return data.count(b"\n")


def _none(_: bytes) -> int:
    return 0


def unreadable(why: str) -> CoopgraphError:
    """The error for a body that is not what its media type promises, such as one with an error at its end."""
    return CoopgraphError(
        "store-failed", f"The store's answer is cut or damaged; nothing of it was sent: {why}.", remedy="Try again."
    )
