"""What is asked of a reader process, what comes back, and how both cross the pipe."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import DefaultGraph, NamedNode

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LENGTH: Final = struct.Struct(">I")
_ERROR_FIELDS: Final = ("code", "detail", "remedy", "line", "column", "limit")


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
    """A whole answer: its media type as registered, its bytes, and the number of solutions, triples, or one for ASK."""

    media_type: str
    body: bytes
    rows: int


def pack(header: Mapping[str, Any]) -> bytes:
    """A message of this header; a body, whose length the header names, may follow it."""
    text = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return LENGTH.pack(len(text)) + text


def question_header(question: Question) -> dict[str, Any]:
    """The question as a header."""
    return {
        "text": question.text,
        "media_type": question.media_type,
        "base": question.base,
        "default_graphs": _names(question.default_graphs),
        "named_graphs": _names(question.named_graphs),
        "prefixes": dict(question.prefixes),
    }


def question_from(header: Mapping[str, Any]) -> Question:
    """The question in a header."""
    default, named = header["default_graphs"], header["named_graphs"]
    return Question(
        text=header["text"],
        media_type=header["media_type"],
        base=header["base"],
        default_graphs=None if default is None else [NamedNode(iri) if iri else DefaultGraph() for iri in default],
        named_graphs=None if named is None else [NamedNode(iri) for iri in named],
        prefixes=header["prefixes"],
    )


def error_header(error: CoopgraphError) -> dict[str, Any]:
    """The error as a header."""
    return {"error": {name: getattr(error, name) for name in _ERROR_FIELDS}}


def error_from(header: Mapping[str, Any]) -> CoopgraphError:
    """The error in a header."""
    return CoopgraphError(**header["error"])


def _names(graphs: Sequence[NamedNode | DefaultGraph] | None) -> list[str | None] | None:
    return None if graphs is None else [graph.value if isinstance(graph, NamedNode) else None for graph in graphs]
