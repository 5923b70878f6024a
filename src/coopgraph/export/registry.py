"""The export formats that are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.export import facts_csv, jsonld, jsonld_framed, nquads, ntriples, rdfxml, trig, turtle
from coopgraph.export.content import Content
from coopgraph.export.selection import Selection

if TYPE_CHECKING:
    from coopgraph.curate.texts import Texts
    from coopgraph.export.form import Form
    from coopgraph.store.port import Reader

FORMS: Final[dict[str, Form]] = {
    module.FORM.name: module.FORM
    for module in (turtle, trig, ntriples, nquads, rdfxml, jsonld, jsonld_framed, facts_csv)
}


def export(
    reader: Reader,
    name: str,
    *,
    base: str = terms.BASE,
    graph: str | None = None,
    texts: Texts | None = None,
    frame: str = "",
) -> bytes:
    """A release in a format: all graphs where the format can tell them apart, else the facts, unless `graph` says so.

    With `texts`, the passages are quoted from these documents; without, an export holds no sentence of a source.

    Raises:
        CoopgraphError: "not-found" for an unknown format, graph or frame or a passage that cannot be read; "request"
            for what the format cannot hold; "internal" if the export does not read back as what was exported.
    """
    if name not in FORMS:
        raise CoopgraphError("not-found", f"There is no format {name!r}.", remedy=f"There are {', '.join(FORMS)}.")
    form = FORMS[name]
    if texts is not None and not form.quotable:
        raise CoopgraphError("request", f"The format {name} has no place for quotations.")
    selection = Selection(graph or form.default)
    return form.write(Content(reader=reader, base=base, selection=selection, texts=texts, frame=frame))
