"""Turtle: one graph, easy to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

from coopgraph.export.form import Form, prefixes, triples
from coopgraph.export.selection import FACTS

if TYPE_CHECKING:
    from coopgraph.export.content import Content


def write(content: Content) -> bytes:
    """The content, prefixes first where the format has them."""
    return serialize(triples(content), format=RdfFormat.TURTLE, prefixes=prefixes(content)) or b""


FORM: Final = Form(name="turtle", media_type="text/turtle", default=FACTS, many=False, quotable=True, write=write)
