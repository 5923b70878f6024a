"""Turtle files, read with their mistakes told by line and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from coopgraph.model.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path


def read_turtle(path: Path, problems: list[Problem], *, name: str) -> list[Quad]:
    """The triples of a file, as quads of the default graph; none, and a problem, if it is not Turtle.

    `name` is how the file is called in problems.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(Problem(name, 0, 0, f"The file cannot be read: {error.strerror}.", "Check the path."))
        return []
    # Blank nodes of different files must stay apart, whatever labels the files give them.
    try:
        return [_apart(quad, path.stem) for quad in parse(content, RdfFormat.TURTLE)]
    except SyntaxError as error:
        message = re.sub(r"^Parser error at .*?: ", "", str(error.args[0] if error.args else error))
        problems.append(Problem(name, error.lineno or 0, error.offset or 0, message, "Mend the Turtle syntax."))
        return []


def line_of(text: str, iri: str, prefixes: tuple[tuple[str, str], ...]) -> int:
    """The line on which a subject is described first, written in full or with a prefix; nought if it is not found."""
    spellings = [f"<{iri}>"] + [f"{name}:{iri.removeprefix(ns)}" for name, ns in prefixes if iri.startswith(ns)]
    for spelling in spellings:
        found = re.search(rf"(?m)^{re.escape(spelling)}(?=\s)", text)
        if found:
            return text.count("\n", 0, found.start()) + 1
    return 0


def _apart(quad: Quad, stem: str) -> Quad:
    def rename(node: NamedNode | BlankNode) -> NamedNode | BlankNode:
        return BlankNode(f"{stem.replace('-', '')}{node.value}") if isinstance(node, BlankNode) else node

    if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode):
        return quad
    subject = rename(quad.subject) if isinstance(quad.subject, NamedNode | BlankNode) else quad.subject
    object_ = rename(quad.object) if isinstance(quad.object, NamedNode | BlankNode) else quad.object
    return Quad(subject, quad.predicate, object_, quad.graph_name)
