"""Solving conjunctions of patterns on a view: on with what has the fewest matches, which is found out by reading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import NamedNode

from coopgraph.validate.incremental.patterns import Atom, Branch, Condition, Var
from coopgraph.validate.incremental.shapes import UnfamiliarError
from coopgraph.validate.incremental.steps import HERE, Link, Path, cuts, reverse
from coopgraph.validate.incremental.view import triple_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pyoxigraph import Triple

    from coopgraph.validate.incremental.lazy import Lazy
    from coopgraph.validate.incremental.patterns import Term
    from coopgraph.validate.incremental.view import Node, View

Binding: TypeAlias = dict[str, "Node"]
_Matches: TypeAlias = "Lazy[Node] | Lazy[tuple[Node, Node]]"
_TURN = 16


@dataclass(frozen=True, slots=True)
class Search:
    """A search for the solutions that differ in a wanted variable; of the others there is one each.

    Those of which `known` says so, once the wanted variables are bound, are left out.
    """

    view: View
    wanted: frozenset[str]
    known: Callable[[Binding], bool] = lambda _: False

    def solutions(
        self, atoms: Sequence[Atom], conditions: tuple[Condition, ...], binding: Binding, *, settled: bool = False
    ) -> Iterator[Binding]:
        """The solutions that extend a binding.

        Raises:
            UnfamiliarError: if a pattern is joined to no other, so that there is no way to it.
        """
        step = self._forced(atoms, conditions, binding)
        if step is None:
            return
        left, conditions, binding = step
        if not settled and self.wanted <= binding.keys():
            if self.known(binding):
                return
            settled = True
        if not left:
            yield binding
            return
        ways = self._ways(left, binding)
        if settled:
            found = self._any(ways, left, conditions, binding)
            if found is not None:
                yield found
            return
        atom, matches = _narrowest(ways)
        rest = [other for other in left if other is not atom]
        for match in matches:
            wider = _bound(atom, match, binding)
            if wider is not None:
                yield from self.solutions(rest, conditions, wider)

    def _any(
        self, ways: list[tuple[Atom, _Matches]], left: list[Atom], conditions: tuple[Condition, ...], binding: Binding
    ) -> Binding | None:
        """A solution, looked for in all ways by turns; one that is at its end without any shows that there is none."""
        tried = [(atom, iter(matches), [other for other in left if other is not atom]) for atom, matches in ways]
        while True:
            for atom, matches, rest in tried:
                turn = list(islice(matches, _TURN))
                for match in turn:
                    wider = _bound(atom, match, binding)
                    if wider is not None:
                        for solution in self.solutions(rest, conditions, wider, settled=True):
                            return solution
                if len(turn) < _TURN:
                    return None

    def _forced(
        self, atoms: Sequence[Atom], conditions: tuple[Condition, ...], binding: Binding
    ) -> tuple[list[Atom], tuple[Condition, ...], Binding] | None:
        """What remains when every pattern with only one match has been given it; nothing if some pattern has none."""
        view = self.view
        while True:
            bound = binding.keys()
            if conditions:
                ready = [one for one in conditions if one.names <= bound]
                if any(one.test(binding) is False for one in ready):
                    return None
                conditions = tuple(one for one in conditions if one not in ready) if ready else conditions
            # What needs no looking further comes first: most ways end there.
            left: list[Atom] = []
            for atom in atoms:
                if not atom.variables <= bound:
                    left.append(atom)
                elif not _stands(view, atom, binding):
                    return None
            before, open_ = binding, []
            for atom in left:
                found = _matches(view, *_parts(atom, binding))
                if found is None or not found.within(1) or atom.variables <= binding.keys():
                    open_.append(atom)
                    continue
                match = found.first()
                wider = None if match is None else _bound(atom, match, binding)
                if wider is None:
                    return None
                binding = wider
            if binding is before:
                return open_, conditions, binding
            atoms = open_

    def _ways(self, atoms: list[Atom], binding: Binding) -> list[tuple[Atom, _Matches]]:
        """Where to go on: patterns of which an end is known, or else those with a property at least."""
        ways: list[tuple[Atom, _Matches]] = []
        last: list[tuple[Atom, _Matches]] = []
        for atom in atoms:
            subject, via, object_ = _parts(atom, binding)
            matches = _matches(self.view, subject, via, object_)
            if matches is not None:
                ways.append((atom, matches))
            elif isinstance(via, Link):
                last.append((atom, self.view.every(via.predicate)))
        if not ways and not last:
            raise UnfamiliarError("patterns without a beginning")
        return ways or last


def seeded(branch: Branch, place: int, triple: Triple) -> Iterator[tuple[tuple[Atom, ...], Binding]]:
    """The ways in which a pattern of the branch can use a triple: the patterns that remain, and what is bound then."""
    atom = branch.atoms[place]
    rest = branch.atoms[:place] + branch.atoms[place + 1 :]
    if isinstance(atom.via, Var):
        if (binding := _joined(atom, triple, {})) is not None:
            yield rest, binding
        return
    for before, link, after in cuts(atom.via):
        if link.predicate != triple.predicate:
            continue
        start, end = (triple.object, triple.subject) if link.inverse else (triple.subject, triple.object)
        found: Binding | None = {}
        more: list[Atom] = []
        for term, path, node in ((atom.subject, reverse(before), start), (atom.object, after, end)):
            if path == HERE:
                found = None if found is None else _with(term, node, found)
            else:
                more.append(Atom(node, path, term))
        if found is not None:
            yield (*more, *rest), found


def used(view: View, atom: Atom, binding: Mapping[str, Node], tape: set[Triple]) -> None:
    """Tape the triples by which a solution matches a pattern."""
    subject, via, object_ = _parts(atom, binding)
    if subject is None or object_ is None or via is None:
        return
    if isinstance(via, Link):
        start, end = (object_, subject) if via.inverse else (subject, object_)
        tape.add(triple_of(start, via.predicate, end))
        return
    # The side from which less is seen; both hold every way from one end to the other.
    ahead, back, reach = view.follow(via, subject), view.follow(reverse(via), object_), 4
    while not ahead.within(reach) and not back.within(reach):
        reach *= 4
    forward = ahead.within(reach)
    for _ in view.walk(via if forward else reverse(via), subject if forward else object_, tape):
        pass


def _stands(view: View, atom: Atom, binding: Binding) -> bool:
    subject, via, object_ = _parts(atom, binding)
    return subject is not None and via is not None and object_ is not None and view.joins(via, subject, object_)


def _narrowest(ways: list[tuple[Atom, _Matches]]) -> tuple[Atom, _Matches]:
    if len(ways) == 1:
        return ways[0]
    reach = 4
    while True:
        for atom, matches in ways:
            if matches.within(reach):
                return atom, matches
        reach *= 4


def _matches(view: View, subject: Node | None, via: Path | None, object_: Node | None) -> _Matches | None:
    """What matches a pattern of which an end is known; nothing if none is."""
    if via is not None:
        if subject is not None:
            return view.follow(via, subject)
        return None if object_ is None else view.follow(reverse(via), object_)
    if subject is not None:
        return view.about(subject) if object_ is None else view.between(subject, object_)
    return None if object_ is None else view.onto(object_)


def _bound(atom: Atom, match: Node | tuple[Node, Node], binding: Binding) -> Binding | None:
    """The binding with what a match adds to it; nothing if the two contradict each other."""
    subject, via, object_ = _parts(atom, binding)
    if not isinstance(match, tuple):
        term = atom.subject if subject is None else atom.object if object_ is None else atom.via
        return _with(term, match, binding)
    if subject is not None:
        terms: tuple[Term | Path, Term | Path] = (atom.via, atom.object)
    elif object_ is not None:
        terms = (atom.subject, atom.via)
    else:
        inverse = isinstance(via, Link) and via.inverse
        terms = (atom.object, atom.subject) if inverse else (atom.subject, atom.object)
    wider = _with(terms[0], match[0], binding)
    return None if wider is None else _with(terms[1], match[1], wider)


def _joined(atom: Atom, triple: Triple, binding: Binding) -> Binding | None:
    found: Binding | None = binding
    for term, node in ((atom.subject, triple.subject), (atom.via, triple.predicate), (atom.object, triple.object)):
        found = None if found is None else _with(term, node, found)
    return found


def _with(term: Term | Path, node: Node, binding: Binding) -> Binding | None:
    if not isinstance(term, Var):
        return binding if term == node else None
    known = binding.get(term.name)
    if known is None:
        return {**binding, term.name: node}
    return binding if known == node else None


def _parts(atom: Atom, binding: Mapping[str, Node]) -> tuple[Node | None, Path | None, Node | None]:
    """Subject, property and object of a pattern, as far as they are known."""
    subject, via, object_ = atom.names
    return (
        atom.subject if subject is None else binding.get(subject),  # type: ignore[return-value]
        atom.via if via is None else _link(binding.get(via)),
        atom.object if object_ is None else binding.get(object_),
    )


@lru_cache(maxsize=1024)
def _link(node: Node | None) -> Path | None:
    # What is no IRI joins nothing.
    return Link(node) if isinstance(node, NamedNode) else None
