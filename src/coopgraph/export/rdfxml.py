"""RDF/XML: one graph, for older programs; read back before it is handed over, since XML cannot say everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from pyoxigraph import RdfFormat, serialize

from coopgraph.errors import CoopgraphError
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
    # The serialiser writes a carriage return as it is, and every XML parser would read it as a line feed.
    written = written.replace(b"\r", b"&#13;")
    try:
        expat.ParserCreate().Parse(written, True)
    except expat.ExpatError as error:
        raise CoopgraphError(
            "internal", f"RDF/XML cannot carry a character of this release: {error}.", remedy="Choose another format."
        ) from error
    demand_same(quads, written, RdfFormat.RDF_XML, base=content.base)
    return written


FORM: Final = Form(
    name="rdfxml",
    media_type="application/rdf+xml",
    default=FACTS,
    many=False,
    quotable=True,
    write=write,
)
