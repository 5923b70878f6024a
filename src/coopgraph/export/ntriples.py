"""N-Triples: one graph, one triple a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

from coopgraph.export.form import Form, triples
from coopgraph.export.selection import FACTS

if TYPE_CHECKING:
    from coopgraph.export.content import Content


def write(content: Content) -> bytes:
    """The content, prefixes first where the format has them."""
    return serialize(triples(content), format=RdfFormat.N_TRIPLES) or b""


FORM: Final = Form(
    name="ntriples",
    media_type="application/n-triples",
    default=FACTS,
    many=False,
    quotable=True,
    write=write,
)
