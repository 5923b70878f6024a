"""Rules of SHACL Core: the focus nodes and values that a change affects, and the triples that judging them needs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coopgraph.validate.incremental.plan import (
    CLASSES,
    TYPE,
    UPWARD,
    Plan,
    Rule,
    Shape,
    Target,
    readings,
    value_readings,
)
from coopgraph.validate.incremental.steps import Link, cuts, joined, reverse
from coopgraph.validate.incremental.view import Node, View, triple_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode, Triple

    from coopgraph.model.finding import Finding
    from coopgraph.validate.incremental.change import Difference
    from coopgraph.validate.incremental.steps import Path


class Index:
    """The rules of a plan by the properties that they read."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.single = [len(group) == 1 for group in plan.groups]
        # By property (nothing stands for any): group and path from the focus node to where the property is read.
        self.read: dict[NamedNode | None, list[tuple[int, Path, bool]]] = defaultdict(list)
        # The same for rules that judge each value by itself: cuts of their path, and what is read at a value.
        self.edges: dict[NamedNode, list[tuple[int, Path, Link, Path]]] = defaultdict(list)
        self.at_value: dict[NamedNode | None, list[tuple[int, Path, bool]]] = defaultdict(list)
        self.targets: dict[tuple[str, Node], list[int]] = defaultdict(list)
        for number, group in enumerate(plan.groups):
            for rule in group:
                self._add(number, rule)

    def by_value(self, number: int) -> bool:
        """Whether the group is one rule that judges each value by itself."""
        return self.single[number] and self.plan.groups[number][0].separate

    def forbidding(self, number: int) -> bool:
        """Whether the group is one rule that wants no value at all."""
        return self.single[number] and self.plan.groups[number][0].forbids

    def _add(self, number: int, rule: Rule) -> None:
        for target in rule.targets:
            self.targets[target.kind, target.node].append(number)
        shape = rule.shape
        if self.by_value(number) or self.forbidding(number):
            for before, link, after in cuts(shape.own_path):
                self.edges[link.predicate].append((number, before, link, after))
            for other in shape.others:
                self.read[other].append((number, joined(), False))
            found, spots = value_readings(shape), self.at_value
        else:
            found, spots = readings(shape), self.read
        for reading in found:
            key = None if reading.link is None else reading.link.predicate
            spot = (number, reading.before, reading.link is not None and reading.link.inverse)
            if spot not in spots[key]:
                spots[key].append(spot)


class Affected:
    """What a change affects: whole focus nodes, and single values of focus nodes."""

    def __init__(self, index: Index, after: View, either: View, before: Iterable[Finding]) -> None:
        self._index = index
        self._after, self._either = after, either
        self._names = index.plan.names()
        self._ill: set[tuple[int, str]] = set()
        self._ill_values: set[tuple[int, str, str]] = set()
        for finding in before:
            number = self._names.get(finding.shape)
            if number is not None:
                self._ill.add((number, finding.focus))
                self._ill_values.add((number, finding.focus, finding.value))
        self._whole: list[set[Node]] = [set() for _ in index.plan.groups]
        self._values: list[dict[Node, set[Node]]] = [{} for _ in index.plan.groups]
        self._whole_names: set[tuple[int, str]] = set()
        self._value_names: set[tuple[int, str, str]] = set()
        self._taped: set[tuple[object, ...]] = set()
        self._targeted: dict[tuple[int, Node], bool] = {}
        self.tape: set[Triple] = set()
        """The triples that the engine needs."""

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is about something that was affected."""
        number = self._names.get(finding.shape)
        if number is None:
            return False
        return (number, finding.focus) in self._whole_names or (
            number,
            finding.focus,
            finding.value,
        ) in self._value_names

    def find(self, change: Difference) -> None:
        """Find what is affected, and tape what judging it needs."""
        for triple in change:
            self._by_target(triple)
        for triples, new in ((change.added, True), (change.removed, False)):
            for triple in triples:
                self._by_reading(triple, new=new)
        for triples, new in ((change.added, True), (change.removed, False)):
            for triple in triples:
                self._by_edge(triple, new=new)
                self._by_value(triple)
        for number, nodes in enumerate(self._whole):
            for node in nodes:
                self._whole_names.add((number, str(node)))
                self._tape_whole(number, node)
        for number, found in enumerate(self._values):
            for node, values in found.items():
                self._tape_values(number, node, values)

    # Who is affected

    def _by_target(self, triple: Triple) -> None:
        targets = self._index.targets
        for kind, node in (("targetSubjectsOf", triple.subject), ("targetObjectsOf", triple.object)):
            for number in targets.get((kind, triple.predicate), ()):
                self._whole[number].add(node)
        if triple.predicate == TYPE:
            # The hierarchy of classes has not changed: that would be a change of the ontology.
            for cls in self._either.follow(UPWARD, triple.object):
                for number in targets.get(("targetClass", cls), ()):
                    self._whole[number].add(triple.subject)

    def _by_reading(self, triple: Triple, *, new: bool) -> None:
        read = self._index.read
        for key in (triple.predicate, None):
            for number, before, inverse in read.get(key, ()):
                harmless = new and self._pleased(number)
                for node in self._either.follow(reverse(before), triple.object if inverse else triple.subject):
                    if node in self._whole[number] or (harmless and (number, str(node)) not in self._ill):
                        continue
                    if self._is_target(number, node):
                        self._whole[number].add(node)

    def _by_edge(self, triple: Triple, *, new: bool) -> None:
        for number, before, link, after in self._index.edges.get(triple.predicate, ()):
            start, end = (triple.object, triple.subject) if link.inverse else (triple.subject, triple.object)
            forbidding = self._index.forbidding(number)
            if not new and forbidding:
                for node in self._either.follow(reverse(before), start):
                    if (number, str(node)) in self._ill and self._is_target(number, node):
                        self._whole[number].add(node)
                continue
            view = self._after if new else self._either
            nodes = [
                node
                for node in view.follow(reverse(before), start)
                if node not in self._whole[number] and self._is_target(number, node)
            ]
            if not nodes:
                continue
            if forbidding and any((number, str(node)) in self._ill for node in nodes):
                self._whole[number].update(node for node in nodes if (number, str(node)) in self._ill)
            values = list(view.follow(after, end))
            if new:
                self._run(reverse(before), start)
                self._run(after, end)
                self.tape.add(triple)
                for node in nodes:
                    self._values[number].setdefault(node, set()).update(values)
                continue
            # A value that is reached no more needs a look only if it was found wanting; another path may lead to it.
            for node in nodes:
                for value in values:
                    if (number, str(node), str(value)) in self._ill_values:
                        self._values[number].setdefault(node, set()).add(value)
                        self._run(reverse(self._path(number)), value)

    def _by_value(self, triple: Triple) -> None:
        for key in (triple.predicate, None):
            for number, before, inverse in self._index.at_value.get(key, ()):
                back = reverse(self._path(number))
                for value in self._either.follow(reverse(before), triple.object if inverse else triple.subject):
                    nodes = [
                        node
                        for node in self._either.follow(back, value)
                        if node not in self._whole[number] and self._is_target(number, node)
                    ]
                    if nodes:
                        self._run(back, value)
                    for node in nodes:
                        self._values[number].setdefault(node, set()).add(value)

    def _path(self, number: int) -> Path:
        return self._index.plan.groups[number][0].shape.own_path

    def _pleased(self, number: int) -> bool:
        return self._index.single[number] and self._index.plan.groups[number][0].pleased_by_more

    def _is_target(self, number: int, node: Node) -> bool:
        known = self._targeted.get((number, node))
        if known is None:
            rules = self._index.plan.groups[number]
            known = any(_chosen(self._either, target, node) for rule in rules for target in rule.targets)
            self._targeted[number, node] = known
        return known

    # What judging them needs

    def _tape_whole(self, number: int, node: Node) -> None:
        for rule in self._index.plan.groups[number]:
            if self._tape_target(rule, node):
                self._tape_shape(rule.shape, node)

    def _tape_values(self, number: int, node: Node, values: Iterable[Node]) -> None:
        [rule] = self._index.plan.groups[number]
        if rule.forbids:
            self._whole_names.add((number, str(node)))
        self._tape_target(rule, node)
        for other in rule.shape.others:
            self._run(Link(other), node)
        for value in values:
            self._value_names.add((number, str(node), str(value)))
            self._tape_value(rule.shape, value)

    def _tape_target(self, rule: Rule, node: Node) -> bool:
        """Tape why the node is a focus node of the rule, if it is one."""
        found = False
        for target in rule.targets:
            if not _chosen(self._after, target, node):
                continue
            found = True
            match target.kind, target.node:
                case "targetClass", _:
                    self._run(CLASSES, node)
                case "targetSubjectsOf", predicate:
                    other = self._after.out(node, predicate).first()  # type: ignore[arg-type]
                    if other is not None:
                        self.tape.add(triple_of(node, predicate, other))  # type: ignore[arg-type]
                case "targetObjectsOf", predicate:
                    other = self._after.into(predicate, node).first()  # type: ignore[arg-type]
                    if other is not None:
                        self.tape.add(triple_of(other, predicate, node))  # type: ignore[arg-type]
        return found

    def _tape_shape(self, shape: Shape, node: Node) -> None:
        key = (id(shape), node)
        if key in self._taped:
            return
        self._taped.add(key)
        for other in shape.others:
            self._run(Link(other), node)
        if shape.enough is not None and shape.path is not None:
            values = self._after.walk(shape.path, node, self.tape)
            for _ in zip(range(shape.enough), values, strict=False):
                pass
            return
        for value in self._run(shape.own_path, node):
            self._tape_value(shape, value)

    def _tape_value(self, shape: Shape, value: Node) -> None:
        if shape.classes:
            self._run(CLASSES, value)
        if shape.closed:
            for predicate, object_ in self._after.about(value):
                self.tape.add(triple_of(value, predicate, object_))  # type: ignore[arg-type]
        for inner in shape.inner:
            self._tape_shape(inner, value)

    def _run(self, path: Path, node: Node) -> Iterable[Node]:
        """Tape all triples on the path from a node, once; the nodes it leads to."""
        key = (path, node)
        if key not in self._taped:
            self._taped.add(key)
            return list(self._after.walk(path, node, self.tape))
        return self._after.follow(path, node)


def _chosen(view: View, target: Target, node: Node) -> bool:
    match target.kind, target.node:
        case "targetNode", chosen:
            return node == chosen
        case "targetClass", cls:
            return cls in view.follow(CLASSES, node)
        case "targetSubjectsOf", predicate:
            return view.out(node, predicate).first() is not None  # type: ignore[arg-type]
        case _, predicate:
            return view.into(predicate, node).first() is not None  # type: ignore[arg-type]
