"""Framed JSON-LD: the graph cut into trees of one shape, such as an event with its participants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyld import jsonld
from pyoxigraph import NamedNode, Quad

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.export.context import dump, frame, frame_names, rdf_dataset, refuse_loading, with_native_values
from coopgraph.export.form import Form
from coopgraph.export.quotations import with_quotations
from coopgraph.export.selection import ALL, FACTS, Selection, names

if TYPE_CHECKING:
    from coopgraph.export.content import Content

# The frame that needs the assertions; the other ones must never see a plan among the facts.
EVIDENCE: Final = "evidence"


def write(content: Content) -> bytes:
    """One tree for each thing that fits the frame, under @graph.

    Raises:
        CoopgraphError: "request" if no frame or an unsuitable graph was chosen, "not-found" for an unknown frame.
    """
    if not content.frame:
        remedy = f"There are {', '.join(frame_names())}."
        raise CoopgraphError("request", "A framed export needs the name of a frame.", remedy=remedy)
    shape = frame(content.frame, content.base)
    expanded = jsonld.from_rdf(rdf_dataset(_quads(content)), {"useNativeTypes": False})
    options = {"documentLoader": refuse_loading, "omitGraph": False, "omitDefault": True, "embed": "@never"}
    document = with_native_values(jsonld.frame(expanded, shape, options), shape["@context"])
    document["@context"] = shape["@context"]
    for thing in document.get("@graph", []):
        _sort_pillars(thing)
    return dump(document)


def _quads(content: Content) -> list[Quad]:
    """The triples that the frame reads, all in one graph: labels and facts of things and concepts, or assertions."""
    chosen = content.selection.name
    facts = Selection(FACTS).quads(content.reader, base=content.base)
    if content.frame == EVIDENCE:
        graphs = [name for name in names(content.reader, base=content.base) if name.startswith("doc/")]
        if chosen not in {FACTS, ALL}:
            graphs = [chosen]
        stated = [quad for name in graphs for quad in Selection(name).quads(content.reader, base=content.base)]
        if content.texts is not None:
            stated = with_quotations(stated, content.texts, base=content.base)
        facts = [*(quad for quad in facts if _is_label(quad)), *stated]
    elif chosen != FACTS:
        raise CoopgraphError("request", f"The frame {content.frame} shows facts.", remedy="Leave out --graph.")
    elif content.texts is not None:
        raise CoopgraphError("request", "Only the frame evidence has passages to quote.")
    space = terms.rebase(terms.ID, content.base), terms.rebase(terms.VOCAB, content.base)
    return [
        Quad(quad.subject, quad.predicate, quad.object)
        for quad in facts
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(space)
    ]


def _is_label(quad: Quad) -> bool:
    return quad.predicate.value == terms.PREFIXES["skos"] + "prefLabel"


def _sort_pillars(thing: dict[str, Any]) -> None:
    """Framing does not order; the position of a pillar does."""
    pillars = thing.get("hasPillar")
    if isinstance(pillars, list):
        pillars.sort(key=lambda pillar: (int(pillar.get("position", 0)), pillar["id"]))


FORM: Final = Form(
    name="jsonld-framed",
    media_type="application/ld+json",
    default=FACTS,
    many=True,
    quotable=True,
    write=write,
)
