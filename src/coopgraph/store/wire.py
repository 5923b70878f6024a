"""How questions reach a reader and replies come back: lengths first, then JSON for what is small, bytes for the rest.

A reply is read without JSON where it carries an answer, since most do, and a large answer travels as an open file.
"""

from __future__ import annotations

import json
import struct
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode

from coopgraph.errors import CoopgraphError
from coopgraph.store.question import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

QUESTION: Final = struct.Struct("!II")
"""The lengths of the JSON head and of the query's text, which follow in this order."""

WITHDRAW: Final = QUESTION.pack(0, 0)
"""Stands between questions: those before it that have not been begun with are not to be."""

REPLY: Final = struct.Struct("!BBIQQ")
"""Kind, length of the media type, microseconds that it took, rows, size.

The media type follows, and then, unless it is spooled, the content.
"""

_MOST_MICROS: Final = (1 << 32) - 1


class Kind(IntEnum):
    """What a reply carries."""

    READY = 0
    ANSWER = 1
    SPOOLED = 2
    ERROR = 3
    SKIPPED = 4


_KINDS: Final = tuple(Kind)


class Head(NamedTuple):
    """The beginning of a reply: what tells how long the rest is."""

    kind: Kind
    micros: int
    rows: int
    size: int
    media_type_end: int

    @property
    def length(self) -> int:
        """The length of the whole reply on the wire."""
        return self.media_type_end + (0 if self.kind is Kind.SPOOLED else self.size)


def pack_question(question: Question, directory: str) -> bytes:
    """The question to the store in this directory."""
    default, named = _names(question.default_graphs), _names(question.named_graphs)
    if default is None and named is None and not question.prefixes:
        head = _plain_head(directory, question.media_type, question.base)
    else:
        head = json.dumps(
            (directory, question.media_type, question.base, default, named, dict(question.prefixes))
        ).encode()
    # Half a surrogate pair is no character; the engine shall say so.
    text = question.text.encode("utf-8", "surrogatepass")
    return b"".join((QUESTION.pack(len(head), len(text)), head, text))


@lru_cache(maxsize=256)
def _plain_head(directory: str, media_type: str, base: str | None) -> bytes:
    """What most questions have before their text."""
    return json.dumps((directory, media_type, base, None, None, {})).encode()


def unpack_question(head: bytes, text: bytes) -> tuple[Question, str]:
    """The question, and the directory of the store it is put to."""
    directory, media_type, base, default, named, prefixes = _unpacked(head)
    question = Question(
        text=text.decode("utf-8", "surrogatepass"),
        media_type=media_type,
        base=base,
        default_graphs=None if default is None else [NamedNode(iri) if iri else DefaultGraph() for iri in default],
        named_graphs=None if named is None else [NamedNode(iri) for iri in named],
        prefixes=prefixes,
    )
    return question, directory


@lru_cache(maxsize=64)
def _unpacked(head: bytes) -> tuple[Any, ...]:
    """What stands in a head; most questions have the same one as those before."""
    return tuple(json.loads(head))


def pack_reply(kind: Kind, media_type: str = "", *, seconds: float = 0.0, rows: int = 0, size: int = 0) -> bytes:
    """The beginning of a reply."""
    name = media_type.encode()
    micros = min(int(seconds * 1e6), _MOST_MICROS)
    return REPLY.pack(kind, len(name), micros, rows, size) + name


def reply_head(data: bytes | bytearray, start: int = 0) -> Head | None:
    """The head of the reply that begins here; None as long as it is not all there."""
    if len(data) - start < REPLY.size:
        return None
    kind, name, micros, rows, size = REPLY.unpack_from(data, start)
    return Head(_KINDS[kind], micros, rows, size, REPLY.size + name)


def pack_error(error: CoopgraphError) -> bytes:
    """A whole reply that tells the error."""
    content = json.dumps(error.as_arguments()).encode()
    return pack_reply(Kind.ERROR, size=len(content)) + content


def unpack_error(content: bytes) -> CoopgraphError:
    """The error that a reply tells."""
    members: dict[str, Any] = json.loads(content)
    return CoopgraphError(**members)


def _names(graphs: Sequence[NamedNode | DefaultGraph] | None) -> list[str | None] | None:
    return None if graphs is None else [graph.value if isinstance(graph, NamedNode) else None for graph in graphs]
