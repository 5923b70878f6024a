"""JSON-LD, compacted with the shipped context; read back before it is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyld import jsonld
from pyoxigraph import RdfFormat

from coopgraph.export.context import context, dump, rdf_dataset, refuse_loading, with_native_values
from coopgraph.export.form import Form
from coopgraph.export.sameness import demand_same
from coopgraph.export.selection import ALL

if TYPE_CHECKING:
    from coopgraph.export.content import Content


def write(content: Content) -> bytes:
    """The content with its context inside, so that the file can be read without any other.

    Raises:
        CoopgraphError: "internal" if compaction lost anything.
    """
    quads = content.quads()
    # PyLD's own native types would change doubles as well.
    expanded = jsonld.from_rdf(rdf_dataset(quads), {"useNativeTypes": False})
    terms_of = context(content.base)
    document = jsonld.compact(expanded, {"@context": terms_of}, {"documentLoader": refuse_loading, "graph": True})
    document = with_native_values(document, terms_of)
    document["@context"] = terms_of
    written = dump(document)
    demand_same(quads, written, RdfFormat.JSON_LD, base=content.base)
    return written


FORM: Final = Form(
    name="jsonld",
    media_type="application/ld+json",
    default=ALL,
    many=True,
    quotable=True,
    write=write,
)
