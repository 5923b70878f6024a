"""What is asked of a reader, and what comes back."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyoxigraph import DefaultGraph, NamedNode

    from coopgraph.store.spool import Spooled


@dataclass(frozen=True, slots=True)
class Question:
    """One query, the media type its answer is wanted in, and its dataset as in `Reader.query`.

    Tables and booleans come in the media types of SPARQL results (JSON, XML, CSV, TSV), graphs in those of RDF
    (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD). `prefixes` shorten IRIs in graphs, where the format can.
    """

    text: str
    media_type: str
    base: str | None = None
    default_graphs: Sequence[NamedNode | DefaultGraph] | None = None
    named_graphs: Sequence[NamedNode] | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer of `size` bytes: in memory, or in a file without a name if it is large.

    The media type is written as registered; `rows` counts solutions or triples, and is one for ASK.
    """

    media_type: str
    rows: int
    size: int
    content: bytes | Spooled

    @property
    def body(self) -> bytes:
        """All bytes at once, read into memory where they are not there yet."""
        return self.content if isinstance(self.content, bytes) else b"".join(self.content.parts())

    def parts(self) -> Iterator[bytes]:
        """The bytes in pieces that are small enough to be sent one after another."""
        return iter((self.content,)) if isinstance(self.content, bytes) else self.content.parts()

    def open(self) -> IO[bytes]:
        """The bytes as a file to read, for who needs but the first of them."""
        return io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content.open()

    def close(self) -> None:
        """Give back the disk space of a large answer; otherwise that happens when nobody holds the answer any more."""
        if not isinstance(self.content, bytes):
            self.content.close()
