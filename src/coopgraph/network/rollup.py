"""Persons and bodies rolled up to their organisation or their state: an option of a network, never a stored fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph import terms
from coopgraph.network.nodes import Nodes
from coopgraph.network.projections.columns import columns
from coopgraph.network.projections.levels import RollUp
from coopgraph.network.projections.naming import named
from coopgraph.network.projections.projection import End

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Indices
    from coopgraph.network.projections.projection import Projection
    from coopgraph.store.port import Reader

_RELATION: Final = f"SELECT ?below ?above WHERE {{{{ ?below <{terms.NS}{{}}> ?above }}}}"
_POSTS: Final = f"SELECT ?below ?above WHERE {{ ?below <{terms.NS}holdsPost> ?post . ?post <{terms.NS}postIn> ?above }}"
_OF_CLASS: Final = (
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    f"SELECT ?below ?above WHERE {{{{ ?below a ?above . ?above rdfs:subClassOf* <{terms.NS}{{}}> }}}}"
)

Relation = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Ladder:
    """What the facts of a release say of whom an actor belongs to, by the actor's IRI.

    `posts`: what it holds a post in or is affiliated with; `represents`, `part_of` and `nationality` as the properties
    of these names.
    """

    states: frozenset[str]
    organisations: frozenset[str]
    posts: Relation
    represents: Relation
    part_of: Relation
    nationality: Relation

    def top(self, actor: str, level: RollUp) -> Top:
        """What an actor is rolled up to.

        To an organisation: an organisation, a state among them, is its own. Anybody else goes to the organisation in
        which he or she holds a post, else to the one that he, she or it represents. If there are several, those that
        others are a part of do not count, the smaller one being meant.

        To a state: the state in which the actor holds a post, directly or through the organisation of the post; else
        the one that it represents, that it is a part of, or whose nationality the sources give it, in this order and
        through any number of organisations. Who has no state goes to the outermost organisation found on the way.

        Where a step leads to several, nothing says which is meant: the actor stays itself and is ambiguous. No dates
        are looked at: a post once held is one held.
        """
        if level is RollUp.NONE:
            return Top(actor)
        found = self._organisation(actor, ()) if level is RollUp.ORGANISATION else self._state(actor, ())
        return Top(actor, ambiguous=True) if found is None else Top(found)

    def _organisation(self, actor: str, below: tuple[str, ...]) -> str | None:
        """The organisation; the actor itself if there is none; None if it is ambiguous."""
        if actor in self.organisations:
            return actor
        for relation in (self.posts, self.represents):
            above = relation.get(actor, frozenset()) - {actor, *below}
            if above:
                reached = {self._organisation(one, (*below, actor)) for one in above}
                reached -= {whole for one in reached if one is not None for whole in self._wholes(one)}
                return reached.pop() if len(reached) == 1 else None
        return actor

    def _state(self, actor: str, below: tuple[str, ...]) -> str | None:
        """The state; the outermost organisation if there is none; None if it is ambiguous."""
        if actor in self.states:
            return actor
        outermost: str | None = None
        for relation in (self.posts, self.represents, self.part_of, self.nationality):
            above = relation.get(actor, frozenset()) - {actor, *below}
            reached = {self._state(one, (*below, actor)) for one in above}
            if len(reached) > 1 or None in reached:
                return None
            if reached:
                (found,) = reached
                if found in self.states:
                    return found
                outermost = outermost or found
        return outermost or actor

    def _wholes(self, organisation: str) -> set[str]:
        """All that an organisation is a part of."""
        found: set[str] = set()
        todo = [organisation]
        while todo:
            above = self.part_of.get(todo.pop(), frozenset()) - found - {organisation}
            found |= above
            todo += above
        return found


@dataclass(frozen=True, slots=True)
class Top:
    """To whom an actor is rolled up: perhaps itself; `ambiguous` if the sources lead to several."""

    iri: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class RolledUp:
    """Affiliations between the tops of actors, and the IRIs of the actors that stayed: alone, or ambiguous."""

    affiliations: Affiliations
    alone: tuple[str, ...]
    ambiguous: tuple[str, ...]


def ladder(reader: Reader, *, base: str = terms.BASE) -> Ladder:
    """What the facts of a release say of whom actors belong to.

    Raises:
        CoopgraphError: what `Reader.query` raises.
    """

    def relation(query: str) -> Relation:
        table = columns(reader, terms.rebase(query, base))
        found: dict[str, set[str]] = {}
        for below, above in zip(table["below"].values(), table["above"].values(), strict=True):
            found.setdefault(below, set()).add(above)
        return {below: frozenset(above) for below, above in found.items()}

    posts, affiliated = relation(_POSTS), relation(_RELATION.format("affiliatedWith"))
    return Ladder(
        states=frozenset(relation(_OF_CLASS.format("State"))),
        organisations=frozenset(relation(_OF_CLASS.format("Organization"))),
        posts={
            actor: posts.get(actor, frozenset()) | affiliated.get(actor, frozenset()) for actor in posts | affiliated
        },
        represents=relation(_RELATION.format("represents")),
        part_of=relation(_RELATION.format("partOf")),
        nationality=relation(_RELATION.format("nationality")),
    )


def roll_up(
    reader: Reader, affiliations: Affiliations, projection: Projection, level: RollUp, *, base: str = terms.BASE
) -> RolledUp:
    """The affiliations with actors rolled up at the ends that the projection names; rows inside one group vanish.

    Each row keeps the actors that its statement names, in `stated_source` and `stated_target`, so that the passages
    behind a tie are found as ever; the node table holds those named and those that they are rolled up to.

    Raises:
        CoopgraphError: what `Reader.query` raises.
    """
    if level is RollUp.NONE or not projection.rolls:
        return RolledUp(affiliations, (), ())
    ends = {End.SOURCE: affiliations.source, End.TARGET: affiliations.target}
    moving = np.unique(np.concatenate([ends[end] for end in sorted(projection.rolls)]))
    rungs = ladder(reader, base=base)
    tops = {affiliations.nodes.iri[actor]: rungs.top(affiliations.nodes.iri[actor], level) for actor in moving.tolist()}
    nodes, place = _with(reader, affiliations.nodes, (top.iri for top in tops.values()), base)
    above = {actor: top.iri for actor, top in tops.items()}
    source, target = (
        _moved(ends[end], affiliations.nodes, place, above if end in projection.rolls else {}) for end in End
    )
    stated_source, stated_target = (_moved(ends[end], affiliations.nodes, place, {}) for end in End)
    rolled = replace(
        affiliations,
        nodes=nodes,
        source=source,
        target=target,
        stated_source=stated_source,
        stated_target=stated_target,
    )
    keys = (stated_target, stated_source, rolled.via, rolled.role, rolled.document, target, source)
    order = np.lexsort(keys).astype(np.int32)
    return RolledUp(
        rolled.select(order[source[order] != target[order]]),
        _stayed(
            actor
            for actor, top in tops.items()
            if top.iri == actor and not _is_top(rungs, actor, level) and not top.ambiguous
        ),
        _stayed(actor for actor, top in tops.items() if top.ambiguous),
    )


def _is_top(rungs: Ladder, actor: str, level: RollUp) -> bool:
    return actor in (rungs.states if level is RollUp.STATE else rungs.organisations)


def _stayed(actors: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(actors))


def _with(reader: Reader, nodes: Nodes, tops: Iterable[str], base: str) -> tuple[Nodes, dict[str, int]]:
    """The nodes and these tops, an actor each, and the place of each IRI."""
    index = nodes.index()
    new = named(reader, dict.fromkeys((iri for iri in tops if iri not in index), "actor"), base=base)
    both = Nodes.of([*(nodes[place] for place in range(len(nodes))), *(new[place] for place in range(len(new)))])
    return both, both.index()


def _moved(end: Indices, nodes: Nodes, place: Mapping[str, int], above: Mapping[str, str]) -> Indices:
    """The ends as indices into the new table, those moved that have something above."""
    places = np.array([place[above.get(iri, iri)] for iri in nodes.iri], dtype=np.int32)
    return places[end]
