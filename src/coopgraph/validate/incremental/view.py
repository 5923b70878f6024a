"""The validated union of a store's graphs, looked at node by node; what was looked up once is kept."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from coopgraph.validate.incremental.change import HIDDEN
from coopgraph.validate.incremental.lazy import Lazy
from coopgraph.validate.incremental.steps import Choice, Link, Path, Repeat, Sequence, reverse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sized

    from pyoxigraph import Quad

    from coopgraph.validate.incremental.change import Quads

Node: TypeAlias = NamedNode | BlankNode | Literal | Triple
T = TypeVar("T")
_ANYWAY: Final = 100_000
_NOTHING: Lazy[Node] = Lazy(())
_NO_PAIRS: Lazy[tuple[Node, Node]] = Lazy(())


class TooWideError(Exception):
    """More was looked at than a full run would cost."""


class Budget:
    """How much may still be looked at: a little at any rate, then a share of what there is."""

    def __init__(self, store: Sized) -> None:
        self._store: Sized | None = store
        self._left = _ANYWAY

    def spend(self, amount: int) -> None:
        """Take from it.

        Raises:
            TooWideError: if nothing is left.
        """
        self._left -= amount
        if self._left < 0:
            if self._store is None:
                raise TooWideError
            # Counting takes a store some time, so it is left until it matters.
            self._left += len(self._store) // 2
            self._store = None
            self.spend(0)


class View:
    """The union of all graphs but the hidden ones after a change; with `gone` also what the change took away.

    Of nodes from which nothing has gone, `now` is asked if it is given: the view of the same without what has gone.
    """

    def __init__(
        self,
        store: Quads,
        budget: Budget,
        gone: Iterable[Triple] = (),
        *,
        now: View | None = None,
        hidden: frozenset[NamedNode] = HIDDEN,
    ) -> None:
        self._now = now
        self._store = store
        self._hidden: frozenset[object] = hidden
        self._budget = budget
        self._gone: dict[tuple[str, Node], list[Triple]] = {}
        for triple in gone:
            for part, node in (("s", triple.subject), ("p", triple.predicate), ("o", triple.object)):
                self._gone.setdefault((part, node), []).append(triple)
        self._nodes: dict[tuple[object, ...], Lazy[Node]] = {}
        self._pairs: dict[tuple[object, ...], Lazy[tuple[Node, Node]]] = {}

    def out(self, subject: Node, predicate: NamedNode) -> Lazy[Node]:
        """The objects of a subject and predicate."""
        if self._now is not None and ("s", subject) not in self._gone:
            return self._now.out(subject, predicate)
        if not isinstance(subject, NamedNode | BlankNode):
            return _NOTHING
        return self._memo(
            self._nodes, ("out", subject, predicate), lambda: self._found(lambda t: t.object, subject, predicate, None)
        )

    def into(self, predicate: NamedNode, object_: Node) -> Lazy[Node]:
        """The subjects of a predicate and object."""
        if self._now is not None and ("o", object_) not in self._gone:
            return self._now.into(predicate, object_)
        return self._memo(
            self._nodes,
            ("into", predicate, object_),
            lambda: self._found(lambda t: t.subject, None, predicate, object_),
        )

    def between(self, subject: Node, object_: Node) -> Lazy[Node]:
        """The predicates that join two nodes."""
        if self._now is not None and ("s", subject) not in self._gone:
            return self._now.between(subject, object_)
        if not isinstance(subject, NamedNode | BlankNode):
            return _NOTHING
        return self._memo(
            self._nodes,
            ("between", subject, object_),
            lambda: self._found(lambda t: t.predicate, subject, None, object_),
        )

    def about(self, subject: Node) -> Lazy[tuple[Node, Node]]:
        """Predicates and objects of a subject."""
        if self._now is not None and ("s", subject) not in self._gone:
            return self._now.about(subject)
        if not isinstance(subject, NamedNode | BlankNode):
            return _NO_PAIRS
        return self._memo(
            self._pairs,
            ("about", subject),
            lambda: self._found(lambda t: (t.predicate, t.object), subject, None, None),
        )

    def onto(self, object_: Node) -> Lazy[tuple[Node, Node]]:
        """Subjects and predicates of an object."""
        if self._now is not None and ("o", object_) not in self._gone:
            return self._now.onto(object_)
        return self._memo(
            self._pairs, ("onto", object_), lambda: self._found(lambda t: (t.subject, t.predicate), None, None, object_)
        )

    def every(self, predicate: NamedNode) -> Lazy[tuple[Node, Node]]:
        """Subjects and objects of a predicate."""
        if self._now is not None and ("p", predicate) not in self._gone:
            return self._now.every(predicate)
        return self._memo(
            self._pairs,
            ("every", predicate),
            lambda: self._found(lambda t: (t.subject, t.object), None, predicate, None),
        )

    def holds(self, subject: Node, predicate: NamedNode, object_: Node) -> bool:
        """Whether the triple stands."""
        if not isinstance(subject, NamedNode | BlankNode):
            return False
        if self._now is not None and ("s", subject) not in self._gone:
            return self._now.holds(subject, predicate, object_)
        known = self._nodes.get(("into", predicate, object_))
        if known is not None and known.complete:
            return subject in known
        known = self._nodes.get(("out", subject, predicate))
        if known is not None and known.within(32):
            return object_ in known
        key = ("holds", subject, predicate, object_)
        found = self._memo(self._nodes, key, lambda: self._found(lambda t: t.object, subject, predicate, object_))
        return found.first() is not None

    def follow(self, path: Path, node: Node) -> Lazy[Node]:
        """The nodes at the end of a path, each once."""
        if isinstance(path, Link):
            return self.into(path.predicate, node) if path.inverse else self.out(node, path.predicate)
        return self._memo(self._nodes, (path, node), lambda: distinct(self._walk(path, node, None)))

    def joins(self, path: Path, start: Node, end: Node) -> bool:
        """Whether a path leads from one node to the other; looked for from both sides at once."""
        if isinstance(path, Link):
            subject, object_ = (end, start) if path.inverse else (start, end)
            return self.holds(subject, path.predicate, object_)
        ahead, back = self.follow(path, start), self.follow(reverse(path), end)
        reach = 4
        while True:
            if ahead.within(reach):
                return end in ahead
            if back.within(reach):
                return start in back
            reach *= 4

    def walk(self, path: Path, node: Node, tape: set[Triple]) -> Iterator[Node]:
        """The nodes at the end of a path, each once; every triple on the way there is put on the tape."""
        return distinct(self._walk(path, node, tape))

    def _walk(self, path: Path, node: Node, tape: set[Triple] | None) -> Iterator[Node]:
        match path:
            case Link(predicate, inverse):
                for other in self.into(predicate, node) if inverse else self.out(node, predicate):
                    if tape is not None:
                        tape.add(triple_of(other, predicate, node) if inverse else triple_of(node, predicate, other))
                    yield other
            case Sequence(()):
                yield node
            case Sequence(steps):
                rest = steps[1] if len(steps) == 2 else Sequence(steps[1:])
                for middle in distinct(self._walk(steps[0], node, tape)):
                    yield from self._walk(rest, middle, tape)
            case Choice(options):
                yield from chain.from_iterable(self._walk(option, node, tape) for option in options)
            case Repeat():
                yield from self._again(path, node, tape)

    def _again(self, path: Repeat, node: Node, tape: set[Triple] | None) -> Iterator[Node]:
        if path.least == 0:
            yield node
        seen: set[Node] = set()
        todo = [node]
        while todo:
            for found in self._walk(path.step, todo.pop(), tape):
                if found not in seen:
                    seen.add(found)
                    yield found
                    if path.many:
                        todo.append(found)

    def _memo(
        self, memory: dict[tuple[object, ...], Lazy[T]], key: tuple[object, ...], make: Callable[[], Iterator[T]]
    ) -> Lazy[T]:
        found = memory.get(key)
        if found is None:
            self._budget.spend(3)
            found = memory[key] = Lazy(make())
        return found

    def _found(
        self,
        part: Callable[[Triple | Quad], T],
        subject: Node | None,
        predicate: NamedNode | None,
        object_: Node | None,
    ) -> Iterator[T]:
        seen: set[T] = set()
        for quad in self._store.quads(subject, predicate, object_):  # type: ignore[arg-type]
            self._budget.spend(1)
            if quad.graph_name in self._hidden:
                continue
            wanted = part(quad)
            if wanted not in seen:
                seen.add(wanted)
                yield wanted
        for triple in self._lost(subject, predicate, object_):
            if (
                (subject is None or triple.subject == subject)
                and (predicate is None or triple.predicate == predicate)
                and (object_ is None or triple.object == object_)
            ):
                wanted = part(triple)
                if wanted not in seen:
                    seen.add(wanted)
                    yield wanted

    def _lost(self, subject: Node | None, predicate: Node | None, object_: Node | None) -> list[Triple]:
        if not self._gone:
            return []
        parts = (("s", subject), ("p", predicate), ("o", object_))
        return min((self._gone.get((part, node), []) for part, node in parts if node is not None), key=len)


def distinct(nodes: Iterable[T]) -> Iterator[T]:
    """Each of them once."""
    seen: set[T] = set()
    for node in nodes:
        if node not in seen:
            seen.add(node)
            yield node


def triple_of(subject: Node, predicate: NamedNode, object_: Node) -> Triple:
    """A triple of nodes that were found as its parts."""
    return Triple(subject, predicate, object_)  # type: ignore[arg-type]
