"""RDF/XML: one graph, for older programs; read back before it is handed over, since XML cannot say everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

from coopgraph.export.form import Form, prefixes, triples
from coopgraph.export.sameness import demand_same
from coopgraph.export.selection import FACTS

if TYPE_CHECKING:
    from coopgraph.export.content import Content


def write(content: Content) -> bytes:
    """The content.

    Raises:
        CoopgraphError: "internal" if a value holds a character that XML has no way to write.
    """
    quads = triples(content)
    written = serialize(quads, format=RdfFormat.RDF_XML, prefixes=prefixes(content)) or b""
    demand_same(quads, written, RdfFormat.RDF_XML, base=content.base)
    return written


FORM: Final = Form(
    name="rdfxml",
    media_type="application/rdf+xml",
    extension="rdf",
    default=FACTS,
    many=False,
    quotable=True,
    write=write,
)
