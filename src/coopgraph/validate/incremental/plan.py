"""What each rule of SHACL Core looks at, read off its shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from coopgraph.validate.incremental.shapes import OWL, RDF, RDFS, ShapesGraph, UnfamiliarError, sh
from coopgraph.validate.incremental.steps import HERE, Link, Path, Repeat, Sequence, cuts, joined
from coopgraph.validate.runner import SH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coopgraph.validate.incremental.view import Node

TYPE: Final = NamedNode(RDF + "type")
SUB_CLASS_OF: Final = NamedNode(RDFS + "subClassOf")
UPWARD: Final[Path] = Repeat(Link(SUB_CLASS_OF), 0, many=True)
CLASSES: Final[Path] = Sequence((Link(TYPE), UPWARD))

TARGETS: Final = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_SILENT: Final = frozenset(
    {
        "path", "name", "description", "order", "group", "defaultValue", "message", "severity", "deactivated", "flags",
        "ignoredProperties", *TARGETS,
    }
)  # fmt: skip
_OF_VALUE: Final = frozenset(
    {
        "datatype", "nodeKind", "minExclusive", "minInclusive", "maxExclusive", "maxInclusive", "minLength",
        "maxLength", "pattern", "languageIn", "in", "class", "node", "property", "and", "or", "xone", "not", "closed",
    }
)  # fmt: skip
_OF_PAIR: Final = frozenset({"equals", "disjoint", "lessThan", "lessThanOrEquals"})
_OF_COUNT: Final = frozenset({"minCount", "maxCount"})
_OF_QUALIFIED: Final = frozenset({"qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount"})
_OF_ALL: Final = frozenset({"uniqueLang", "hasValue"})
KNOWN: Final = _OF_VALUE | _OF_PAIR | _OF_COUNT | _OF_QUALIFIED | _OF_ALL
# Each value is judged by itself, given the properties of the focus node that it is compared with; results name it.
_SEPARATE: Final = _OF_VALUE - {"property", "closed"} | {"disjoint", "lessThan", "lessThanOrEquals"}
_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Target:
    """One way in which a shape chooses its focus nodes."""

    kind: str
    node: Node


@dataclass(frozen=True, slots=True)
class Shape:
    """What a shape looks at: from its focus node along the path, and from each value further on."""

    path: Path | None
    constraints: frozenset[str]
    others: tuple[NamedNode, ...] = ()
    """Properties of the focus node that the values are compared with."""
    inner: tuple[Shape, ...] = ()
    """Shapes that the values are held against."""
    classes: bool = False
    closed: bool = False
    enough: int | None = None
    """So many values settle the matter, if only their number counts."""

    @property
    def own_path(self) -> Path:
        """The path to the values."""
        return HERE if self.path is None else self.path


@dataclass(frozen=True, slots=True)
class Reading:
    """A property that is read, or any if there is none, at the nodes that a path leads to from the focus node."""

    before: Path
    link: Link | None


def readings(shape: Shape, before: Path = HERE) -> Iterator[Reading]:
    """Everything that judging a focus node may read."""
    for ahead, link, _ in cuts(shape.own_path):
        yield Reading(joined(before, ahead), link)
    for other in shape.others:
        yield Reading(before, Link(other))
    yield from value_readings(shape, joined(before, shape.own_path))


def value_readings(shape: Shape, before: Path = HERE) -> Iterator[Reading]:
    """What judging a value may read, seen from that value unless another place is given."""
    if shape.classes:
        for ahead, link, _ in cuts(CLASSES):
            yield Reading(joined(before, ahead), link)
    if shape.closed:
        yield Reading(before, None)
    for inner in shape.inner:
        yield from readings(inner, before)


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape with targets."""

    node: Node
    shape: Shape
    targets: tuple[Target, ...]
    names: frozenset[str]
    """The shapes that its results may name, as findings write them."""
    sparql: tuple[Node, ...] = ()
    """Its constraints in SPARQL."""

    @property
    def separate(self) -> bool:
        """Whether each value is judged by itself, so that the other values need not be looked at."""
        return self.shape.path is not None and bool(self.shape.constraints) and self.shape.constraints <= _SEPARATE

    @property
    def forbids(self) -> bool:
        """Whether the only rule is that there is no value at all."""
        return self.shape.path is not None and self.shape.constraints == {"maxCount"} and self.shape.enough == 1

    @property
    def pleased_by_more(self) -> bool:
        """Whether a further triple can mend this rule and never break it."""
        shape = self.shape
        return (
            shape.path is not None
            and bool(shape.constraints)
            and shape.constraints <= {"minCount", "qualifiedMinCount", "qualifiedValueShape"}
            and all(inner.path is None and inner.constraints == {"class"} for inner in shape.inner)
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules that are understood, in groups of those whose results name the same shapes, and the others."""

    groups: tuple[tuple[Rule, ...], ...]
    whole: dict[str, str] = field(default_factory=dict)
    """Names of shapes that are judged over the whole graph, and why."""

    def names(self) -> dict[str, int]:
        """The group of each shape that results may name."""
        return {name: number for number, group in enumerate(self.groups) for rule in group for name in rule.names}


def planned(graph: ShapesGraph) -> Plan:
    """The rules of a shapes graph."""
    own_components = any(graph.values(node, "parameter") for node in graph)
    rules: list[Rule] = []
    unknown: list[tuple[frozenset[str], str]] = []
    for node in graph:
        if not _targeted(graph, node) or _switched_off(graph, node):
            continue
        names = frozenset(_names(graph, node))
        try:
            if own_components:
                raise UnfamiliarError("constraint components of their own")
            rules.append(_rule(graph, node, names))
        except UnfamiliarError as reason:
            unknown.append((names, str(reason)))
    whole: dict[str, str] = {name: reason for names, reason in unknown for name in names}
    groups: list[tuple[Rule, ...]] = []
    for group in _grouped(rules):
        names = frozenset(name for rule in group for name in rule.names)
        shared = [whole[name] for name in names if name in whole]
        if shared:
            whole |= dict.fromkeys(names, shared[0])
        else:
            groups.append(group)
    return Plan(tuple(groups), whole)


def _grouped(rules: Iterable[Rule]) -> list[tuple[Rule, ...]]:
    groups: list[tuple[set[str], list[Rule]]] = []
    for rule in rules:
        names, members = set(rule.names), [rule]
        for group in [group for group in groups if group[0] & names]:
            groups.remove(group)
            names |= group[0]
            members = group[1] + members
        groups.append((names, members))
    return [tuple(members) for _, members in groups]


def _targeted(graph: ShapesGraph, node: Node) -> bool:
    return any(name.value.startswith(SH + "target") for name in graph.properties(node)) or _is_class(graph, node)


def _is_class(graph: ShapesGraph, node: Node) -> bool:
    types = set(graph.properties(node).get(TYPE, ()))
    return bool(types & {NamedNode(RDFS + "Class"), NamedNode(OWL + "Class")}) and (
        bool(types & {sh("NodeShape"), sh("PropertyShape")})
        or any(name.value.removeprefix(SH) in KNOWN | {"sparql"} for name in graph.properties(node))
    )


def _switched_off(graph: ShapesGraph, node: Node) -> bool:
    return [str(value.value) for value in graph.values(node, "deactivated") if isinstance(value, Literal)] == ["true"]


def _names(graph: ShapesGraph, node: Node, above: str = "", depth: int = 0) -> Iterator[str]:
    name = above if isinstance(node, BlankNode) else str(node)
    yield name
    if depth < _DEEPEST:
        for nested in graph.values(node, "property"):
            yield from _names(graph, nested, name, depth + 1)


def _rule(graph: ShapesGraph, node: Node, names: frozenset[str]) -> Rule:
    targets = [Target(kind, value) for kind in TARGETS for value in graph.values(node, kind)]
    if _is_class(graph, node):
        targets.append(Target("targetClass", node))
    for name in graph.properties(node):
        local = name.value.removeprefix(SH)
        if local != name.value and local not in KNOWN | _SILENT | {"sparql"}:
            raise UnfamiliarError(f"sh:{local}")
    for target in targets:
        if target.kind != "targetNode" and not isinstance(target.node, NamedNode):
            raise UnfamiliarError("a target without a name")
    shape = _shape(graph, node, top=True)
    return Rule(node, shape, tuple(targets), names, tuple(graph.values(node, "sparql")))


def _shape(graph: ShapesGraph, node: Node, *, top: bool = False, depth: int = 0) -> Shape:
    if depth > _DEEPEST:
        raise UnfamiliarError("a shape within itself")
    said = {name.value.removeprefix(SH): values for name, values in graph.properties(node).items() if SH in name.value}
    unknown = said.keys() - KNOWN - _SILENT - ({"sparql"} if top else set())
    if unknown:
        raise UnfamiliarError(f"sh:{min(unknown)}")
    ends = graph.one(node, "path")
    path = None if ends is None else graph.path(ends)
    if path is not None and ("property" in said or (top and "sparql" in said)):
        # Results of the first have another focus node, those of the second a path that is put into the query.
        raise UnfamiliarError("rules about values of values" if "property" in said else "a query along a path")
    nested: list[Node] = [*said.get("node", ()), *said.get("not", ()), *said.get("property", ())]
    nested += said.get("qualifiedValueShape", ())
    for name in ("and", "or", "xone"):
        for members in said.get(name, ()):
            nested += graph.list(members)
    others = [other for name in _OF_PAIR for other in said.get(name, ())]
    named = tuple(other for other in others if isinstance(other, NamedNode))
    if len(named) != len(others):
        raise UnfamiliarError("a comparison with no property")
    constraints = frozenset(said.keys() & KNOWN)
    return Shape(
        path,
        constraints,
        others=named,
        inner=tuple(_shape(graph, one, depth=depth + 1) for one in nested),
        classes="class" in said,
        closed="closed" in said,
        enough=_enough(graph, node) if constraints and constraints <= _OF_COUNT else None,
    )


def _enough(graph: ShapesGraph, node: Node) -> int:
    least, most = graph.number(node, "minCount"), graph.number(node, "maxCount")
    return max(least or 0, 0 if most is None else most + 1)
