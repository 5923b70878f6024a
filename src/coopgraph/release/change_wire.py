"""How an edit crosses the pipe to the process that carries it out, and how what came of it crosses back.

A message is a line of JSON, followed by as many bytes as its member `lengths` sums up to.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode

from coopgraph.curate.rdf import RdfText
from coopgraph.errors import CoopgraphError
from coopgraph.release import findings
from coopgraph.release.change import Changed, Guard
from coopgraph.release.edit import Delete, Patch, Post, Put, Update
from coopgraph.release.passage import RefusedError
from coopgraph.validate.verdict import Verdict

if TYPE_CHECKING:
    from typing import BinaryIO

    from coopgraph.release.edit import Edit, Graph


def pack_request(edit: Edit, guard: Guard) -> bytes:
    """An edit and what it depends on as a message."""
    documents: tuple[RdfText, ...] = ()
    told: dict[str, Any] = {"kind": type(edit).__name__, "guard": asdict(guard)}
    if isinstance(edit, Update | Patch):
        told |= {"text": edit.text, "base": edit.base}
    if isinstance(edit, Post | Put):
        documents = edit.documents
        told["documents"] = [{"media_type": document.media_type, "base": document.base} for document in documents]
    if isinstance(edit, Post | Put | Delete | Patch):
        told["graph"] = _graph_name(edit.graph)
    told["lengths"] = [len(document.content) for document in documents]
    return b"".join([_line(told), *(document.content for document in documents)])


def read_request(stream: BinaryIO) -> tuple[Edit, Guard] | None:
    """The next message on the stream; None if there is none any more."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    told = json.loads(line)
    contents = [stream.read(length) for length in told["lengths"]]
    documents = tuple(
        RdfText(content=content, **said) for content, said in zip(contents, told.get("documents", []), strict=True)
    )
    return _edit(told, documents), Guard(**told["guard"])


def pack_reply(changed: Changed) -> bytes:
    """What came of an edit as a message."""
    return _line({"changed": asdict(changed)})


def pack_error(error: CoopgraphError) -> bytes:
    """The failure of an edit as a message."""
    if isinstance(error, RefusedError):
        return _line({"refused": findings.packed(error.verdict.findings)})
    return _line({"error": error.as_arguments()})


def reply_in(line: bytes) -> Changed:
    """What came of an edit.

    Raises:
        CoopgraphError: the one that the other side has packed.
    """
    told = json.loads(line)
    if "refused" in told:
        raise RefusedError(Verdict(findings.unpacked(told["refused"])))
    if "error" in told:
        raise CoopgraphError(**told["error"])
    return Changed(**told["changed"])


def _edit(told: dict[str, Any], documents: tuple[RdfText, ...]) -> Edit:
    match told["kind"]:
        case "Update":
            return Update(told["text"], told["base"])
        case "Post":
            return Post(documents, _graph(told["graph"]))
        case "Put":
            return Put(documents, _graph(told["graph"]))
        case "Delete":
            return Delete(_graph(told["graph"]))
        case kind:
            graph = _graph(told["graph"])
            if kind != "Patch" or graph is None:
                raise ValueError(kind)
            return Patch(told["text"], told["base"], graph)


def _graph_name(graph: Graph | None) -> str | None:
    return None if graph is None else graph.value if isinstance(graph, NamedNode) else ""


def _graph(name: str | None) -> Graph | None:
    return None if name is None else NamedNode(name) if name else DefaultGraph()


def _line(told: dict[str, Any]) -> bytes:
    # In ASCII, where half of a surrogate pair, which a stranger's text may hold, is an escape like any other.
    return json.dumps(told).encode() + b"\n"
