"""Put the quotation beside each passage, read from the documents at hand and checked against its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.export.selection import order
from coopgraph.model.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.curate.texts import Texts

_OA: Final = terms.PREFIXES["oa"]


def with_quotations(quads: Iterable[Quad], texts: Texts, *, base: str = terms.BASE) -> list[Quad]:
    """The quads with an oa:exact for every text span among them, in order.

    Raises:
        CoopgraphError: "request" if there is no span to quote, "not-found" if a document is not at hand or is not the
            text that the graph was made from; then nothing is quoted.
    """
    kept = list(quads)
    namespace = terms.rebase(terms.NS, base)
    digest, document = NamedNode(namespace + "spanDigest"), NamedNode(namespace + "inDocument")
    wanted = {document, digest, NamedNode(_OA + "start"), NamedNode(_OA + "end")}
    spans: dict[tuple[object, object], dict[NamedNode, str]] = {}
    for quad in kept:
        if quad.predicate in wanted and isinstance(quad.object, NamedNode | Literal):
            spans.setdefault((quad.subject, quad.graph_name), {})[quad.predicate] = quad.object.value
    for quad in list(kept):
        if quad.predicate != digest:
            continue
        parts = spans[quad.subject, quad.graph_name]
        identifier = parts.get(document, "").rsplit("/", 1)[-1]
        try:
            span = Span(identifier, int(parts[NamedNode(_OA + "start")]), int(parts[NamedNode(_OA + "end")]))
        except (KeyError, ValueError) as error:
            raise CoopgraphError("damaged", f"{quad.subject} has a digest and no position.") from error
        quotation = texts.quote(span, parts[digest])
        if quotation is None:
            raise CoopgraphError(
                "not-found",
                f"Passage {span.start}-{span.end} of document {identifier} cannot be read as it was.",
                remedy="Give the directory of the unchanged documents, or export without quotations.",
            )
        kept.append(Quad(quad.subject, NamedNode(_OA + "exact"), Literal(quotation), quad.graph_name))
    if all(quad.predicate != digest for quad in kept):
        raise CoopgraphError(
            "request", "These graphs hold no passages to quote.", remedy="Choose --graph all or --graph doc/<id>."
        )
    return sorted(kept, key=order)
