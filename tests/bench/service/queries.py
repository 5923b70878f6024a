"""What is asked: many point lookups, many middling joins, and twenty analytic queries."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PREFIXES: Final = """PREFIX cg: <https://w3id.org/coopgraph/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""
VARIANTS: Final = 500
"""How many different queries of a kind are sent, so that no cache holds them because they are few."""

_PARTICIPANT: Final = b"<https://w3id.org/coopgraph/ns#participant>"
_LABEL: Final = b"<http://www.w3.org/2004/02/skos/core#prefLabel>"


@dataclass(frozen=True, slots=True)
class Workload:
    """Queries of one kind: point lookups and middling joins as texts, analytic ones by name."""

    point: tuple[str, ...]
    mid: tuple[str, ...]
    analytic: dict[str, str]


def workload(lines: Path, *, seed: int) -> Workload:
    """Queries about things that the N-Quads file speaks of; the same file and seed give the same queries."""
    labelled: set[str] = set()
    events: Counter[str] = Counter()
    with lines.open("rb") as stream:
        for line in stream:
            subject, predicate, object_, *_ = line.split(b" ", 3)
            if predicate == _LABEL and b"/id/actor/" in subject:
                labelled.add(subject.decode())
            elif predicate == _PARTICIPANT and b"/graph/" not in line:
                events[object_.decode()] += 1
    chance = random.Random(seed)
    # The busiest first: a join over an actor with one event would be a point lookup by another name.
    busy = [actor for actor, _ in events.most_common(VARIANTS)]
    actors = chance.sample(sorted(labelled), min(VARIANTS, len(labelled)))
    return Workload(
        point=tuple(f"SELECT ?p ?o WHERE {{ {actor} ?p ?o }}" for actor in actors),
        # In no order: a slow server, which does not get through all of them, must not get the heaviest alone.
        mid=tuple(_partners(actor) for actor in chance.sample(busy, len(busy))),
        analytic={name: PREFIXES + text for name, text in ANALYTIC.items()},
    )


def _partners(actor: str) -> str:
    return (
        f"{PREFIXES}SELECT ?other ?label (COUNT(?event) AS ?n) WHERE {{ ?event cg:participant {actor} , ?other . "
        f'?other skos:prefLabel ?label FILTER(LANG(?label) = "en") }} GROUP BY ?other ?label'
    )


ANALYTIC: Final = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class",
    "predicates": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "busiest actors": "SELECT ?a (COUNT(?e) AS ?n) { ?e cg:participant ?a } GROUP BY ?a ORDER BY DESC(?n) LIMIT 20",
    "events by year": (
        "SELECT ?year (COUNT(?e) AS ?n) { ?e cg:startDate ?d BIND(SUBSTR(STR(?d), 1, 4) AS ?year) } GROUP BY ?year"
    ),
    "co-participation": (
        "SELECT ?a ?b (COUNT(?e) AS ?n) { ?e cg:participant ?a , ?b FILTER(STR(?a) < STR(?b)) } "
        "GROUP BY ?a ?b ORDER BY DESC(?n) LIMIT 20"
    ),
    "topics of organisations": (
        "SELECT ?topic (COUNT(DISTINCT ?a) AS ?n) { ?a a cg:Company ; cg:topic ?topic } GROUP BY ?topic"
    ),
    "signed in a period": (
        'SELECT (COUNT(?i) AS ?n) { ?i cg:signatory ?a ; cg:notBefore ?d FILTER(STR(?d) < "2024") }'
    ),
    "posts and organisations": "SELECT (COUNT(*) AS ?n) { ?person cg:holdsPost ?post . ?post cg:postIn ?body }",
    "represented states": (
        "SELECT ?state (COUNT(DISTINCT ?p) AS ?n) { ?p cg:represents ?body . ?body cg:partOf* ?state . "
        "?state a cg:State } GROUP BY ?state"
    ),
    "without a date": "SELECT (COUNT(?e) AS ?n) { ?e cg:eventType ?t MINUS { ?e cg:startDate ?d } }",
    "labels that contain": (
        'SELECT (COUNT(*) AS ?n) { ?a skos:prefLabel ?l FILTER(CONTAINS(LCASE(STR(?l)), "centre")) }'
    ),
    "labels that match": 'SELECT (COUNT(*) AS ?n) { ?a skos:prefLabel ?l FILTER(REGEX(STR(?l), "^[A-M].*land$")) }',
    "sorted labels": "SELECT ?l { ?a a cg:Company ; skos:prefLabel ?l } ORDER BY ?l LIMIT 100",
    "assertions by factuality": ("SELECT ?f (COUNT(?x) AS ?n) { GRAPH ?g { ?x cg:factuality ?f } } GROUP BY ?f"),
    "spans of a document": (
        "SELECT ?d (COUNT(?s) AS ?n) { GRAPH ?g { ?s cg:inDocument ?d } } GROUP BY ?d ORDER BY DESC(?n) LIMIT 10"
    ),
    "evidence of participation": (
        "SELECT (COUNT(?span) AS ?n) { GRAPH ?g { ?x cg:predicate cg:participant ; cg:hasEvidence ?span } }"
    ),
    "speakers and acts": (
        "SELECT ?act (COUNT(?u) AS ?n) { ?u cg:utteredBy ?person ; cg:speechAct ?act . ?person cg:nationality ?state } "
        "GROUP BY ?act"
    ),
    "plans": (
        "SELECT ?p (COUNT(*) AS ?n) { GRAPH <https://w3id.org/coopgraph/graph/prospective> { ?s ?p ?o } } GROUP BY ?p"
    ),
    "description": "CONSTRUCT { ?a skos:prefLabel ?l } WHERE { ?a a cg:Company ; skos:prefLabel ?l }",
}
