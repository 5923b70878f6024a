"""What the shipped graph states, read from its file by the words of a projection's declaration, not by its query."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

GRAPH = Path(__file__).parents[3] / "graph" / "coopgraph.trig"
BASE = "https://w3id.org/coopgraph/"
NS = f"{BASE}ns#"
SUB_PROPERTY = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf"
SUB_CLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PUBLISHER = "http://purl.org/dc/terms/publisher"

Pairs = dict[str, set[tuple[str, str]]]


class Statement(NamedTuple):
    """Somebody is joined to something, as one document says."""

    source: str
    target: str
    role: str
    document: str
    via: str
    first: date | None
    last: date | None


@cache
def _read() -> tuple[Pairs, Pairs, tuple[dict[str, set[str]], ...]]:
    """Facts and plans as pairs by property, and the members of each assertion of a document."""
    facts, plans = defaultdict(set), defaultdict(set)
    said = defaultdict(lambda: defaultdict(set))
    for quad in ox.parse(path=str(GRAPH)):
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object.value
        if isinstance(quad.graph_name, ox.DefaultGraph):
            facts[predicate].add((subject, value))
        elif quad.graph_name.value == f"{BASE}graph/prospective":
            plans[predicate].add((subject, value))
        elif quad.graph_name.value.startswith(f"{BASE}graph/doc/"):
            said[quad.graph_name.value, subject][predicate.removeprefix(NS)].add(value)
    return facts, plans, tuple(one for one in said.values() if "factuality" in one)


def publisher(document: str) -> str:
    """Who published a document."""
    return min(value for thing, value in _read()[0][PUBLISHER] if thing == document)


def below(relation: str, top: str) -> set[str]:
    """The classes or properties below one of this local name, itself among them."""
    found, size = {NS + top}, 0
    while size < len(found):
        size = len(found)
        found |= {lower for lower, upper in _read()[0][relation] if upper in found}
    return found


def sharing(top: str, *, planned: bool = False) -> list[Statement]:
    """Who has a part of this kind in what: actual, or planned and nowhere else."""
    facts, plans, _ = _read()
    where = plans if planned else facts
    made = []
    for one, subject, role, value in _counted("prospective" if planned else "actual", below(SUB_PROPERTY, top)):
        if (subject, value) in where[role]:
            days = [[date.fromisoformat(day) for thing, day in where[NS + end] if thing == subject] for end in _ENDS]
            first, last = min(days[0], default=None), max(days[1], default=None)
            made += [Statement(value, subject, role, document, "", first, last) for document in one["statedIn"]]
    return sorted(set(made), key=repr)


def acting() -> list[Statement]:
    """Who represents, belongs to or holds a post in whom; the shipped graph dates none of it."""
    facts = _read()[0]
    direct = {NS + name for name in ("represents", "memberOf", "partOf", "affiliatedWith")}
    made = []
    for one, subject, role, value in _counted("actual", direct | {f"{NS}holdsPost"}):
        assert not one["validFrom"] | one["validUntil"]
        posts = [(above, value) for post, above in facts[f"{NS}postIn"] if post == value]
        ends = [(value, "")] if role in direct else posts
        made += [Statement(subject, *end[:1], role, doc, end[1], None, None) for end in ends for doc in one["statedIn"]]
    return sorted(set(made), key=repr)


_ENDS = ("notBefore", "notAfter")


def _counted(factuality: str, roles: set[str]) -> list[tuple[dict[str, set[str]], str, str, str]]:
    """The affirmed and not superseded assertions with one of these properties and a thing as value."""
    kept = []
    for one in _read()[2]:
        if min(one["predicate"]) in roles and one["object"] and one["statedIn"]:
            axes = [min(one[axis]).rsplit("/", 1)[-1] for axis in ("factuality", "polarity", "rank")]
            if axes[:2] == [factuality, "affirmed"] and axes[2] != "deprecated":
                kept.append((one, min(one["subject"]), min(one["predicate"]), min(one["object"])))
    return kept


def by_state(statements: list[Statement]) -> list[Statement]:
    """Sources put together as their state: by post, by whom they represent or are part of, by nationality."""
    facts = _read()[0]
    states = {thing for thing, kind in facts[TYPE] if kind in below(SUB_CLASS, "State")}
    posts = {
        (who, body) for who, post in facts[f"{NS}holdsPost"] for held, body in facts[f"{NS}postIn"] if post == held
    }
    relations = [posts | facts[f"{NS}affiliatedWith"], *(facts[NS + name] for name in _UPWARDS)]

    def top(actor: str, seen: frozenset[str]) -> str | None:
        outermost = actor
        for relation in () if actor in states else relations:
            found = {top(up, seen | {actor}) for low, up in relation if low == actor and up not in seen | {actor}}
            if len(found) > 1 or None in found:
                return None
            if found & states:
                return found.pop()
            if found and outermost == actor:
                outermost = found.pop()
        return outermost

    return [one._replace(source=top(one.source, frozenset()) or one.source) for one in statements]


_UPWARDS = ("represents", "partOf", "nationality")
