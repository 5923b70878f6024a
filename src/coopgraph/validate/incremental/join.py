"""Solving conjunctions of patterns on a view: on with what has the fewest matches, which is found out by reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import NamedNode

from coopgraph.validate.incremental.patterns import Atom, Branch, Condition, Var
from coopgraph.validate.incremental.shapes import UnfamiliarError
from coopgraph.validate.incremental.steps import HERE, Link, Path, cuts, reverse
from coopgraph.validate.incremental.view import triple_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pyoxigraph import Triple

    from coopgraph.validate.incremental.lazy import Lazy
    from coopgraph.validate.incremental.patterns import Term
    from coopgraph.validate.incremental.view import Node, View

Binding = dict[str, "Node"]


def solutions(
    view: View,
    atoms: tuple[Atom, ...],
    conditions: tuple[Condition, ...],
    binding: Binding,
    wanted: frozenset[str],
    *,
    known: Callable[[Binding], bool] | None = None,
) -> Iterator[Binding]:
    """The solutions that extend a binding: all that differ in a wanted variable, and of the others one each.

    Those of which `known` says so, once the wanted variables are bound, are left out.

    Raises:
        UnfamiliarError: if a pattern is joined to no other, so that there is no way to it.
    """
    left = _unmatched(view, atoms, binding)
    if left is None:
        return
    bound = binding.keys()
    waiting = tuple(one for one in conditions if not one.names <= bound)
    if len(waiting) < len(conditions) and any(one.names <= bound and one.test(binding) is False for one in conditions):
        return
    settled = wanted <= bound
    if settled and known is not None:
        if known(binding):
            return
        known = None
    if not left:
        yield binding
        return
    atom, matches = _narrowest(view, left, binding)
    left.remove(atom)
    rest = tuple(left)
    for match in matches:
        wider = _bound(atom, match, binding)
        if wider is None:
            continue
        for solution in solutions(view, rest, waiting, wider, wanted, known=known):
            yield solution
            if settled:
                return


def _unmatched(view: View, atoms: tuple[Atom, ...], binding: Binding) -> list[Atom] | None:
    """The patterns with variables that are not bound yet; nothing if one of the others does not match."""
    left: list[Atom] = []
    bound = binding.keys()
    for atom in atoms:
        if not atom.variables <= bound:
            left.append(atom)
        elif not _stands(view, atom, binding):
            return None
    return left


def _stands(view: View, atom: Atom, binding: Binding) -> bool:
    subject, via, object_ = _value(atom.subject, binding), _via(atom, binding), _value(atom.object, binding)
    return subject is not None and via is not None and object_ is not None and view.joins(via, subject, object_)


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
    subject, via, object_ = _value(atom.subject, binding), _via(atom, binding), _value(atom.object, binding)
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


_Matches: TypeAlias = "Lazy[Node] | Lazy[tuple[Node, Node]]"


def _narrowest(view: View, atoms: list[Atom], binding: Binding) -> tuple[Atom, _Matches]:
    ready: list[tuple[Atom, _Matches]] = []
    last: list[tuple[Atom, _Matches]] = []
    for atom in atoms:
        via, subject, object_ = _via(atom, binding), _value(atom.subject, binding), _value(atom.object, binding)
        matches = _matches(view, via, subject, object_)
        if matches is None:
            if isinstance(via, Link):
                last.append((atom, view.every(via.predicate)))
        elif matches.within(1):
            return atom, matches
        else:
            ready.append((atom, matches))
    choice = ready or last
    if not choice:
        raise UnfamiliarError("patterns without a beginning")
    if len(choice) == 1:
        return choice[0]
    reach = 4
    while True:
        for atom, matches in choice:
            if matches.within(reach):
                return atom, matches
        reach *= 4


def _matches(view: View, via: Path | None, subject: Node | None, object_: Node | None) -> _Matches | None:
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
    subject, via, object_ = _value(atom.subject, binding), _via(atom, binding), _value(atom.object, binding)
    parts: list[tuple[Term, Node]]
    if not isinstance(match, tuple):
        if subject is None:
            parts = [(atom.subject, match)]
        elif object_ is None:
            parts = [(atom.object, match)]
        else:
            parts = [(atom.via, match)]  # type: ignore[list-item]
    elif subject is not None:
        parts = [(atom.via, match[0]), (atom.object, match[1])]  # type: ignore[list-item]
    elif object_ is not None:
        parts = [(atom.subject, match[0]), (atom.via, match[1])]  # type: ignore[list-item]
    else:
        ends = match[::-1] if isinstance(via, Link) and via.inverse else match
        parts = [(atom.subject, ends[0]), (atom.object, ends[1])]
    found: Binding | None = binding
    for term, node in parts:
        found = None if found is None else _with(term, node, found)
    return found


def _joined(atom: Atom, triple: Triple, binding: Binding) -> Binding | None:
    found: Binding | None = binding
    for term, node in ((atom.subject, triple.subject), (atom.via, triple.predicate), (atom.object, triple.object)):
        found = None if found is None else _with(term, node, found)  # type: ignore[arg-type]
    return found


def _with(term: Term, node: Node, binding: Binding) -> Binding | None:
    if not isinstance(term, Var):
        return binding if term == node else None
    known = binding.get(term.name)
    if known is None:
        return binding | {term.name: node}
    return binding if known == node else None


def _value(term: Term, binding: Mapping[str, Node]) -> Node | None:
    return binding.get(term.name) if isinstance(term, Var) else term


def _via(atom: Atom, binding: Mapping[str, Node]) -> Path | None:
    if not isinstance(atom.via, Var):
        return atom.via
    node = binding.get(atom.via.name)
    # What is no IRI joins nothing.
    return Link(node) if isinstance(node, NamedNode) else None
