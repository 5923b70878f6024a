"""A thing as its page tells it: what is the case, what is planned and what registers say, never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from coopgraph import vocabulary as cg
from coopgraph.web.wording import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    from coopgraph.release.evidence import Explanation
    from coopgraph.web.naming import Namer, Shown
    from coopgraph.web.statements import About

_SHOWN_NAMES: Final = frozenset({cg.SKOS_PREF_LABEL, cg.SKOS_ALT_LABEL, cg.RDFS_LABEL})
_APART: Final = _SHOWN_NAMES | {cg.SKOS_HIDDEN_LABEL, cg.RDF_TYPE}
_HEADINGS: Final = (
    ("facts", "Facts", None, "actual"),
    ("plans", "Planned, proposed or agreed for later", "graph/prospective", "prospective"),
    ("background", "From registers outside the documents", "graph/background", "actual"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is told under one heading: a graph, and the factuality of the assertions behind it."""

    key: str
    heading: str
    graph: NamedNode | DefaultGraph
    factuality: str


@dataclass(frozen=True, slots=True)
class Support:
    """The assertions about the thing, and subject and predicate of those that name it as their object."""

    explanations: tuple[Explanation, ...]
    asserted: frozenset[tuple[NamedNode, NamedNode]]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property, with what supports it; `why` leads to it and is empty for what only a register says."""

    shown: Shown
    why: str
    evidence: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All values of one property."""

    name: Shown
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Statements of one standing: those about the thing, and those about others that lead to it."""

    key: str
    heading: str
    outgoing: tuple[Group, ...]
    incoming: tuple[Group, ...]

    @property
    def standing(self) -> bool:
        """Whether what no assertion supports must come from a register."""
        return self.key in {key for key, _, _, _ in _HEADINGS}


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with its names, its kinds and its sections, empty ones left out."""

    iri: str
    name: Shown
    names: tuple[Label, ...]
    kinds: tuple[Shown, ...]
    sections: tuple[Section, ...]
    asserted: bool
    """Whether there are assertions about it."""


def tell(about: About, quads: Sequence[Quad], support: Support, namer: Namer) -> Thing:
    """The thing as the reader shall see it; `quads` are those of `about` that are worth showing."""
    named = [quad for quad in about.quads if quad.subject == about.thing]
    kinds = [quad.object for quad in named if quad.predicate == cg.RDF_TYPE and isinstance(quad.object, NamedNode)]
    names = {
        Label(quad.object.value, quad.object.language or "")
        for quad in named
        if quad.predicate in _SHOWN_NAMES and isinstance(quad.object, Literal)
    }
    name = namer.show(about.thing)
    sections = (_section(standing, about.thing, quads, support, namer) for standing in _standings(about, namer))
    return Thing(
        iri=about.thing.value,
        name=name,
        names=tuple(sorted(names - {Label(name.text, name.language)}, key=lambda label: (label.language, label.text))),
        kinds=tuple(namer.show(kind) for kind in dict.fromkeys(kinds)),
        sections=tuple(section for section in sections if section.outgoing or section.incoming),
        asserted=bool(support.explanations),
    )


def as_dict(thing: Thing) -> dict[str, object]:
    """The thing for JSON."""
    return {
        "iri": thing.iri,
        "label": thing.name.text,
        "names": [{"text": name.text, "language": name.language} for name in thing.names],
        "kinds": [{"iri": kind.iri, "label": kind.text} for kind in thing.kinds],
        **{
            section.key: {"statements": _dicts(section.outgoing), "incoming": _dicts(section.incoming)}
            for section in thing.sections
        },
    }


def _standings(about: About, namer: Namer) -> list[Standing]:
    """The usual ones, and one for each other graph that speaks of the thing: of a span, of an assertion."""
    standings = [
        Standing(key, heading, DefaultGraph() if path is None else NamedNode(namer.base + path), factuality)
        for key, heading, path, factuality in _HEADINGS
    ]
    known = {standing.graph for standing in standings}
    for graph in dict.fromkeys(quad.graph_name for quad in about.quads if quad.subject == about.thing):
        if graph not in known and isinstance(graph, NamedNode):
            standings.append(Standing(graph.value, f"In the graph {namer.compact(graph.value)}", graph, "actual"))
    return standings


def _of(quads: Iterable[Quad], graph: NamedNode | DefaultGraph) -> list[Quad]:
    return [quad for quad in quads if quad.graph_name == graph and quad.predicate not in _APART]


def _section(standing: Standing, thing: NamedNode, quads: Sequence[Quad], support: Support, namer: Namer) -> Section:
    evidence = _by_statement(support.explanations, standing.factuality)
    outgoing, incoming = [], []
    for quad in _of(quads, standing.graph):
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
            continue
        why = namer.why(quad.subject, quad.predicate, quad.object)
        if quad.subject == thing:
            found = evidence.get((quad.predicate.value, str(quad.object)), ())
            outgoing.append((quad.predicate, Value(namer.show(quad.object), why if found else "", found)))
        else:
            known = (quad.subject, quad.predicate) in support.asserted
            incoming.append((quad.predicate, Value(namer.show(quad.subject), why if known else "", ())))
    return Section(standing.key, standing.heading, _groups(outgoing, namer), _groups(incoming, namer))


def _groups(pairs: Iterable[tuple[NamedNode, Value]], namer: Namer) -> tuple[Group, ...]:
    ordered = sorted(pairs, key=lambda pair: (namer.label(pair[0].value).text.casefold(), pair[0].value))
    groups = []
    for predicate, members in groupby(ordered, key=lambda pair: pair[0]):
        values = sorted(
            (value for _, value in members), key=lambda value: (value.shown.time, value.shown.text.casefold())
        )
        groups.append(Group(namer.show(predicate), tuple(values)))
    return tuple(groups)


def _by_statement(
    explanations: Iterable[Explanation], factuality: str
) -> dict[tuple[str, str], tuple[Explanation, ...]]:
    found: dict[tuple[str, str], tuple[Explanation, ...]] = {}
    for one in explanations:
        if one.factuality.endswith(f"/{factuality}"):
            key = (one.predicate, str(one.object))
            found[key] = (*found.get(key, ()), one)
    return found


def _dicts(groups: Iterable[Group]) -> list[dict[str, object]]:
    return [
        {
            "property": {"iri": group.name.iri, "label": group.name.text},
            "values": [
                {
                    "text": value.shown.time or value.shown.text,
                    **({"iri": value.shown.iri} if value.shown.iri else {}),
                    **({"language": value.shown.language} if value.shown.language and not value.shown.iri else {}),
                    **({"why": value.why} if value.why else {}),
                }
                for value in group.values
            ],
        }
        for group in groups
    ]
