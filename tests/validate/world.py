"""A made-up world that keeps every rule, and the means to break single rules in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.assemble.assertions import classify, name
from coopgraph.model.claim import Statement
from coopgraph.validate.gate import shapes_of
from tests import shipped

if TYPE_CHECKING:
    from coopgraph.model.ontology import Ontology

DOCUMENT = "0011223344556677"
OTHER_DOCUMENT = "8899aabbccddeeff"
SPAN = f"span/{DOCUMENT}/30-60"
PROPOSAL_SPAN = f"span/{DOCUMENT}/70-90"
_KEPT = {
    cg.RDF_TYPE, cg.RDFS_SUB_CLASS_OF, cg.RDFS_SUB_PROPERTY_OF, cg.RDFS_DOMAIN, cg.RDFS_RANGE, cg.RDFS_IS_DEFINED_BY,
    cg.SKOS_IN_SCHEME, cg.SKOS_PREF_LABEL, cg.SKOS_DEFINITION, cg.SKOS_NOTATION, cg.SKOS_BROADER, cg.ROLE_PROPERTY,
}  # fmt: skip


@cache
def ontology() -> Ontology:
    return shipped.source().ontology.ontology


@cache
def shapes() -> tuple[Triple, ...]:
    """The shipped shapes."""
    return tuple(shapes_of(shipped.quads()))


@cache
def world() -> tuple[Quad, ...]:
    """The world with what rules read of the shipped ontology: without texts for people, which only take time."""
    own = (
        quad
        for quad in shipped.source().ontology.terms
        if quad.predicate in _KEPT and getattr(quad.object, "language", None) in {None, "en"}
    )
    text = (Path(__file__).parent / "data" / "world.trig").read_bytes()
    return tuple(dict.fromkeys([*(Quad(q.subject, q.predicate, q.object) for q in own), *parse(text, RdfFormat.TRIG)]))


def node(text: str | Literal | NamedNode | BlankNode) -> NamedNode | Literal | BlankNode:
    """`actor/x` is a thing, `status:held` a concept, `cg:host` and `skos:altLabel` are terms, `<…>` any IRI."""
    if not isinstance(text, str):
        return text
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    prefix, colon, rest = text.partition(":")
    if colon:
        return NamedNode(terms.PREFIXES[prefix] + rest) if prefix in terms.PREFIXES else terms.concept(text)
    return terms.thing(text)


def iri(text: str) -> NamedNode:
    """`node` where a literal makes no sense."""
    found = node(text)
    assert isinstance(found, NamedNode)
    return found


def literal(text: str, datatype: str = "string") -> Literal:
    return Literal(text, datatype=NamedNode(terms.PREFIXES["xsd"] + datatype))


class Edit:
    """A copy of the world that can be changed; plain triples follow the claims that are made or withdrawn."""

    def __init__(self) -> None:
        self.quads = dict.fromkeys(world())

    def add(
        self, subject: str | BlankNode, predicate: str, *objects: str | Literal | BlankNode, graph: str = ""
    ) -> None:
        """Add triples to a graph, the default one unless its name is given."""
        subject_ = subject if isinstance(subject, BlankNode) else iri(subject)
        place = NamedNode(terms.GRAPH + graph) if graph else DefaultGraph()
        for one in objects:
            self.quads[Quad(subject_, iri(predicate), node(one), place)] = None

    def take(self, subject: str, predicate: str, *objects: str | Literal, graph: str | None = None) -> list[Quad]:
        """Remove all matching quads, of all graphs unless one is named; there must be some."""
        wanted = {node(one) for one in objects}
        gone = [
            quad
            for quad in self.quads
            if quad.subject == iri(subject)
            and quad.predicate == iri(predicate)
            and (not wanted or quad.object in wanted)
            and (graph is None or graph in str(quad.graph_name))
        ]
        assert gone, f"{subject} {predicate} {objects} is not there"
        for quad in gone:
            del self.quads[quad]
        return gone

    def put(self, subject: str, predicate: str, object_: str | Literal) -> None:
        """Replace the objects of a subject and predicate, in the graphs where they stood."""
        for quad in self.take(subject, predicate):
            self.quads[Quad(quad.subject, quad.predicate, node(object_), quad.graph_name)] = None

    def rewrite(self, old: str, new: str) -> None:
        """Replace a piece of text in all names."""
        renamed = (str(quad).replace(old, new) for quad in self.quads)
        lines = "".join(f"{line} .\n" for line in renamed)
        self.quads = dict.fromkeys(parse(lines.encode(), RdfFormat.N_QUADS))

    def claim(
        self,
        subject: str,
        predicate: str,
        object_: str | Literal,
        factuality: str = "actual",
        *,
        span: str = SPAN,
        roles: tuple[str, ...] = (),
        through: str = "",
    ) -> str:
        """Assert something and project it; `through` forces cg:object or cg:value. The path of the assertion."""
        target = node(object_)
        assert isinstance(target, NamedNode | Literal)
        statement = Statement(
            iri(subject), iri(predicate), target, iri(f"factuality:{factuality}"), cg.POLARITY_AFFIRMED
        )
        path = name(statement).value.removeprefix(terms.ID)
        known = iri(predicate) in ontology().properties
        classes = {cg.CLS_ASSERTION, classify(iri(predicate), ontology()) if known else cg.CLS_ASSERTION}
        graph = f"doc/{DOCUMENT}"
        for one in classes:
            self.add(path, "rdf:type", f"<{one.value}>", graph=graph)
        self.add(path, "cg:subject", subject, graph=graph)
        self.add(path, "cg:predicate", predicate, graph=graph)
        self.add(path, through or ("cg:value" if isinstance(target, Literal) else "cg:object"), object_, graph=graph)
        self.add(path, "cg:factuality", f"factuality:{factuality}", graph=graph)
        self.add(path, "cg:polarity", "polarity:affirmed", graph=graph)
        self.add(path, "cg:rank", "rank:normal", graph=graph)
        self.add(path, "cg:hasEvidence", span, graph=graph)
        self.add(path, "cg:statedIn", f"doc/{DOCUMENT}", graph=graph)
        for role in roles:
            self.add(path, "cg:role", role, graph=graph)
        places = {"actual": "", "prospective": "prospective"}
        if factuality in places:
            for above in _above(predicate):
                self.add(subject, f"<{above.value}>", object_, graph=places[factuality])
        return path

    def unclaim(self, subject: str, predicate: str, object_: str | Literal | None = None) -> None:
        """Withdraw the assertions of this kind with their triples and all that was inferred from them."""
        found = [self.assertion(subject, predicate, object_)]
        while found:
            path = found.pop()
            for inference in self._subjects("prov:wasDerivedFrom", path):
                found += self._subjects("cg:hasEvidence", inference)
                self._forget(inference)
            self._forget(path)

    def assertion(self, subject: str, predicate: str, object_: str | Literal | None = None) -> str:
        """The path of the first assertion with these parts."""
        for path in self._subjects("cg:subject", subject):
            parts = self._about(path)
            if iri(predicate) not in {quad.object for quad in parts if quad.predicate == cg.PREDICATE}:
                continue
            if object_ is None or node(object_) in {quad.object for quad in parts}:
                return path
        raise AssertionError(f"{subject} {predicate} {object_} is not asserted")

    def _forget(self, path: str) -> None:
        parts = {quad.predicate: quad.object for quad in self._about(path)}
        subject, predicate = parts.get(cg.SUBJECT), parts.get(cg.PREDICATE)
        for quad in self._about(path):
            del self.quads[quad]
        if subject is None or predicate is None:
            return
        fact = parts.get(cg.OBJECT, parts.get(cg.VALUE))
        gone = [
            q for q in self.quads if q.subject == subject and q.object == fact and q.predicate in _above(str(predicate))
        ]
        for quad in gone:
            del self.quads[quad]

    def _about(self, path: str) -> list[Quad]:
        return [quad for quad in self.quads if quad.subject == iri(path)]

    def _subjects(self, predicate: str, object_: str) -> list[str]:
        found = (q.subject for q in self.quads if q.predicate == iri(predicate) and q.object == node(object_))
        return list(dict.fromkeys(str(one)[1:-1].removeprefix(terms.ID) for one in found))


def _above(predicate: str) -> frozenset[NamedNode]:
    known = ontology().properties.get(iri(predicate))
    return frozenset({iri(predicate)}) if known is None else known.ancestors
