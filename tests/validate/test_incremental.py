"""Judging a change gives exactly what judging everything gives, whatever the change."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.store.memory import MemoryReader
from coopgraph.validate.gate import judge
from coopgraph.validate.incremental.change import Delta
from coopgraph.validate.incremental.judge import judge_change
from tests import shipped
from tests.validate.mutations import MUTATIONS
from tests.validate.world import DOCUMENT, Edit, iri, literal, shapes, world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from coopgraph.model.finding import Finding
    from coopgraph.validate.incremental.judge import Judgement

QUICK, MANY = 24, 300


class State:
    """A dataset as a store keeps it, with what a full run finds."""

    def __init__(self, quads: Iterable[Quad], rules: Sequence[Triple]) -> None:
        self.reader = MemoryReader(quads)
        self.quads = frozenset(self.reader.quads())
        self.rules = rules
        self.findings = judge(list(self.reader.quads()), shapes=rules).findings

    def changed(self, quads: Iterable[Quad]) -> tuple[State, Judgement]:
        """The state with these quads instead, and what judging the change says of it."""
        other = State(quads, self.rules)
        delta = Delta.of(other.quads - self.quads, self.quads - other.quads)
        return other, judge_change(other.reader, delta, self.findings, shapes=self.rules)


def agreed(state: State, quads: Iterable[Quad]) -> tuple[State, Judgement]:
    """The next state; judging the change and judging everything must say the same of it."""
    other, judgement = state.changed(quads)
    found, wanted = set(judgement.verdict.findings), set(other.findings)
    assert found == wanted, f"missing {sorted(wanted - found)[:3]}, surplus {sorted(found - wanted)[:3]}"
    assert judgement.verdict.findings == other.findings
    return other, judgement


@cache
def sound() -> State:
    """The small world."""
    return State(world(), shapes())


@cache
def large() -> State:
    """The shipped graph."""
    return State(shipped.quads(), shapes())


@pytest.mark.parametrize("code", MUTATIONS)
def test_each_broken_rule_is_seen_and_its_mending_too(code: str) -> None:
    edit = Edit()
    MUTATIONS[code](edit)
    broken, judgement = agreed(sound(), edit.quads)
    assert judgement.whole == ()
    if code != "K03":
        # The store writes this value as the rule wants it.
        assert code in {finding.code for finding in judgement.verdict.findings}
    assert agreed(broken, sound().quads)[1].whole == ()


@pytest.mark.parametrize("seed", range(4))
def test_one_change_after_another(seed: int) -> None:
    random = Random(seed)
    state = sound()
    for _ in range(5):
        edit = Edit()
        edit.quads = dict.fromkeys(state.quads)
        for code in random.sample(list(MUTATIONS), 3):
            # Some changes need what an earlier one took away.
            attempt = Edit()
            attempt.quads = dict(edit.quads)
            try:
                MUTATIONS[code](attempt)
            except (AssertionError, StopIteration):
                continue
            edit = attempt
        state, _ = agreed(state, edit.quads)


# Random changes of the shipped graph


def plain(quads: Iterable[Quad]) -> list[Quad]:
    """What is neither ontology nor shapes, in an order that does not change."""
    return sorted(
        (
            quad
            for quad in quads
            if quad.graph_name != terms.SHAPES_GRAPH
            and isinstance(quad.subject, NamedNode)
            and terms.ID in quad.subject.value
        ),
        key=str,
    )


@cache
def stock() -> list[Quad]:
    return plain(large().quads)


def take(random: Random, quads: set[Quad]) -> None:
    for quad in random.sample(stock(), random.choice((1, 3, 30))):
        quads.discard(quad)


def forget(random: Random, quads: set[Quad]) -> None:
    """All that is said of some things."""
    gone = {quad.subject for quad in random.sample(stock(), random.choice((1, 2, 8)))}
    quads.difference_update([quad for quad in quads if quad.subject in gone])


def cross(random: Random, quads: set[Quad]) -> None:
    """Subjects, objects, properties or graphs that belong to others."""
    for _ in range(random.choice((1, 3, 20))):
        one, other = random.sample(stock(), 2)
        quads.add(
            random.choice(
                (
                    Quad(one.subject, one.predicate, other.object, one.graph_name),
                    Quad(other.subject, one.predicate, one.object, one.graph_name),
                    Quad(one.subject, other.predicate, one.object, one.graph_name),
                    Quad(one.subject, one.predicate, one.object, other.graph_name),
                    Quad(one.subject, one.predicate, one.object, terms.PROSPECTIVE_GRAPH),
                    Quad(one.subject, one.predicate, one.object),
                )
            )
        )


def replace(random: Random, quads: set[Quad]) -> None:
    for quad in random.sample(stock(), random.choice((1, 4))):
        same = [other.object for other in stock() if other.predicate == quad.predicate]
        quads.discard(quad)
        quads.add(Quad(quad.subject, quad.predicate, random.choice(same), quad.graph_name))


def retype(random: Random, quads: set[Quad]) -> None:
    typed = [quad for quad in stock() if quad.predicate == cg.RDF_TYPE]
    for quad in random.sample(typed, 3):
        if random.random() < 0.7:
            quads.discard(quad)
        quads.add(Quad(quad.subject, cg.RDF_TYPE, random.choice(typed).object, quad.graph_name))


def relabel(random: Random, quads: set[Quad]) -> None:
    labels = [quad for quad in stock() if quad.predicate == cg.SKOS_PREF_LABEL]
    for one, other in zip(random.sample(labels, 3), random.sample(labels, 3), strict=True):
        predicate = random.choice((cg.SKOS_PREF_LABEL, iri("skos:altLabel"), iri("skos:hiddenLabel")))
        quads.add(Quad(one.subject, predicate, other.object, one.graph_name))


def misspell(random: Random, quads: set[Quad]) -> None:
    values = (
        literal("007", "integer"), literal("2019-02-31", "date"), literal("x", "anyURI"), Literal("b {?value}"),
        literal("2019-13", "gYearMonth"), literal("1.50", "decimal"), literal("true", "boolean"),
    )  # fmt: skip
    for quad in random.sample([quad for quad in stock() if isinstance(quad.object, Literal)], 2):
        quads.add(Quad(quad.subject, quad.predicate, random.choice(values), quad.graph_name))


def rerank(random: Random, quads: set[Quad]) -> None:
    parts = {
        iri("cg:rank"): ("rank:preferred", "rank:normal", "rank:deprecated"),
        iri("cg:factuality"): ("factuality:actual", "factuality:prospective", "factuality:hypothetical"),
        iri("cg:polarity"): ("polarity:affirmed", "polarity:denied"),
    }
    predicate = random.choice(list(parts))
    for quad in random.sample([quad for quad in stock() if quad.predicate == predicate], random.choice((1, 5))):
        quads.discard(quad)
        quads.add(Quad(quad.subject, predicate, iri(random.choice(parts[predicate])), quad.graph_name))


def claim(random: Random, quads: set[Quad]) -> None:
    """New claims on what is there, as the table of a new document would bring them; sometimes without their facts."""
    edit = Edit()
    edit.quads = dict.fromkeys(quads)
    known = [quad for quad in stock() if isinstance(quad.graph_name, DefaultGraph) and "ns#" in quad.predicate.value]
    for _ in range(random.choice((1, 12))):
        one, other = random.sample(known, 2)
        same = random.choice([quad.object for quad in known if quad.predicate == one.predicate])
        object_ = random.choice((one.object, other.object, same))
        factuality = random.choice(("actual", "actual", "prospective", "hypothetical"))
        edit.claim(str(one.subject), str(one.predicate), object_, factuality)  # type: ignore[arg-type]
    start, end = sorted(random.sample(range(5000), 2))
    span, graph = f"span/{DOCUMENT}/{start}-{end}", f"doc/{DOCUMENT}"
    edit.add(span, "rdf:type", "cg:TextSpan", graph=graph)
    edit.add(span, "oa:start", literal(str(start), "integer"), graph=graph)
    edit.add(span, "cg:inDocument", f"doc/{DOCUMENT}", graph=graph)
    quads.clear()
    quads.update(edit.quads)
    if random.random() < 0.3:
        take(random, quads)


def circle(random: Random, quads: set[Quad]) -> None:
    for name in ("cg:partOf", "cg:within", "cg:partOfEvent"):
        known = [quad for quad in stock() if quad.predicate == iri(name)]
        for quad in random.sample(known, min(2, len(known))):
            if isinstance(quad.object, NamedNode):
                quads.add(Quad(quad.object, quad.predicate, quad.subject, quad.graph_name))


CHANGES: tuple[Callable[[Random, set[Quad]], None], ...] = (
    take, forget, cross, replace, retype, relabel, misspell, rerank, claim, circle,
)  # fmt: skip


def chain(seed: int, state: State, length: int) -> None:
    """Random changes, one upon another, some of them undone."""
    random = Random(seed)
    for _ in range(length):
        if random.random() < 0.2:
            state, _ = agreed(state, large().quads)
            continue
        quads = set(state.quads)
        for change in random.sample(CHANGES, random.choice((1, 1, 2, 4))):
            change(random, quads)
        state, _ = agreed(state, quads)


@pytest.mark.parametrize("seed", range(QUICK // 4))
def test_random_changes_of_the_shipped_graph(seed: int) -> None:
    chain(seed, large(), 4)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(1000, 1000 + MANY // 6))
def test_many_random_changes_of_the_shipped_graph(seed: int) -> None:
    chain(seed, large(), 6)


# The union of graphs


def test_a_triple_in_another_graph_too_is_neither_new_nor_gone() -> None:
    quad = next(quad for quad in sorted(sound().quads, key=str) if quad.predicate == iri("cg:hasEvidence"))
    twin = Quad(quad.subject, quad.predicate, quad.object, terms.document_graph("8899aabbccddeeff"))
    twice, _ = agreed(sound(), [*sound().quads, twin])
    agreed(twice, sound().quads)
    agreed(twice, [one for one in twice.quads if one != quad])


def test_plans_are_no_data_but_are_checked() -> None:
    quads = sorted(sound().quads, key=str)
    fact = next(quad for quad in quads if quad.predicate == iri("cg:heldIn") or quad.predicate == iri("cg:host"))
    plan = Quad(fact.subject, fact.predicate, fact.object, terms.PROSPECTIVE_GRAPH)
    _, judgement = agreed(sound(), [*quads, plan])
    assert {finding.code for finding in judgement.verdict.findings} >= {"K08"}


def test_a_blank_node_in_a_finding_is_judged_anew() -> None:
    edit = Edit()
    edit.add(BlankNode("x"), "rdf:type", "cg:Actor")
    quads, rules = [*edit.quads], shapes()
    state, judgement = sound().changed(quads)
    assert any("without a name" in reason for reason in judgement.whole)
    assert len(judgement.verdict.findings) == len(judge(quads, shapes=rules).findings) == len(state.findings)


# What is not understood


def test_a_change_of_the_ontology_is_judged_anew() -> None:
    _, judgement = agreed(sound(), [*sound().quads, Quad(iri("cg:host"), iri("rdfs:subPropertyOf"), iri("cg:party"))])
    assert judgement.whole == ("everything: the change touches the ontology or the shapes",)


def test_a_delta_that_does_not_fit_the_store_is_not_believed() -> None:
    quad = Quad(iri("actor/x"), iri("rdf:type"), iri("cg:Actor"))
    judgement = judge_change(sound().reader, Delta.of([quad], []), sound().findings, shapes=shapes())
    assert judgement.verdict.findings == sound().findings
    assert judgement.whole == ("everything: the change is not the difference to what is stored",)


def test_no_change_leaves_the_findings() -> None:
    judgement = judge_change(sound().reader, Delta.of([], []), sound().findings, shapes=shapes())
    assert judgement.verdict.findings == sound().findings


PREFIXES = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in terms.PREFIXES.items())
PREFIXES += "@prefix x: <urn:x:> .\n"


def rules(text: str) -> list[Triple]:
    return [quad.triple for quad in parse((PREFIXES + text).encode(), RdfFormat.TURTLE)]


def data(text: str) -> list[Quad]:
    return list(parse((PREFIXES + text).encode(), RdfFormat.TRIG))


def select(where: str, *, message: str = "X {?value}", target: str = "sh:targetClass x:C") -> str:
    return f'x:S a sh:NodeShape ; {target} ; sh:sparql [ sh:message "{message}" ; sh:select """{where}""" ] .'


UNFAMILIAR = {
    "an unknown word": "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:minCount 1 ] ; "
    "sh:memberShape [ sh:minLength 1 ] .",
    "a target in SPARQL": 'x:S a sh:NodeShape ; sh:targetClass x:C ; sh:target [ a sh:SPARQLTarget ; sh:select "x" ] ; '
    "sh:property [ sh:path x:p ; sh:minCount 1 ] .",
    "values of values": "x:S a sh:PropertyShape ; sh:targetClass x:C ; sh:path x:q ; "
    "sh:property [ sh:path x:p ; sh:minCount 1 ] .",
    "disjoint siblings": "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property [ sh:path x:q ; "
    "sh:qualifiedValueShape [ sh:class x:D ] ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ] .",
    "a limit": select("SELECT $this ?value WHERE { { SELECT $this ?value { $this <urn:x:q> ?value } LIMIT 5 } }"),
    "a value that is computed": select("SELECT $this ?value WHERE { $this <urn:x:q> ?v BIND(STR(?v) AS ?value) }"),
    "a count over everything": select(
        "SELECT $this ?value WHERE { $this <urn:x:q> ?value "
        "{ SELECT (COUNT(*) AS ?n) { ?a <urn:x:q> ?b } } FILTER(?n > 2) }"
    ),
    "a negated path": select("SELECT $this ?value WHERE { $this !<urn:x:p> ?value }"),
}

FAMILIAR = {
    "closed": "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:closed true ; sh:ignoredProperties ( rdf:type x:q ) ; "
    "sh:property [ sh:path x:p ] .",
    "several properties": "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property x:P , "
    "[ sh:path x:p ; sh:minCount 2 ] . x:P sh:path ( x:q x:p ) ; sh:maxCount 1 . "
    "x:T a sh:NodeShape ; sh:targetSubjectsOf x:p ; sh:property x:P .",
    "a class with a shape": "x:C a rdfs:Class , sh:NodeShape ; sh:property [ sh:path [ sh:inversePath x:q ] ; "
    "sh:maxCount 1 ] .",
    "repeated paths": "x:S a sh:PropertyShape ; sh:targetNode x:a , x:b ; sh:path [ sh:oneOrMorePath x:q ] ; "
    "sh:class x:D ; sh:severity sh:Warning .",
    "one of several": "x:S a sh:NodeShape ; sh:targetObjectsOf x:q ; sh:xone ( [ sh:class x:D ] "
    "[ sh:property [ sh:path x:p ; sh:hasValue x:a ] ] [ sh:not [ sh:property [ sh:path x:q ; sh:minCount 1 ] ] ] ) .",
    "equal, unlike, less": "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:equals x:q ] , "
    "[ sh:path x:p ; sh:disjoint x:r ] , [ sh:path x:r ; sh:lessThan x:n ; sh:uniqueLang true ] .",
    "qualified": "x:S a sh:PropertyShape ; sh:targetClass x:C ; sh:path [ sh:alternativePath ( x:q x:p ) ] ; "
    "sh:qualifiedValueShape [ sh:node [ sh:property [ sh:path x:q ; sh:minCount 1 ] ] ] ; sh:qualifiedMinCount 1 ; "
    "sh:qualifiedMaxCount 2 .",
    "at least one of a class": "x:S a sh:PropertyShape ; sh:targetClass x:C ; sh:path x:q ; "
    "sh:qualifiedValueShape [ sh:class x:D ] ; sh:qualifiedMinCount 1 .",
    "nothing at the end": "x:S a sh:PropertyShape ; sh:targetClass x:C ; sh:path ( x:q x:q ) ; sh:maxCount 0 .",
    "not exists": select(
        "SELECT $this ?value WHERE { $this <urn:x:q> ?value FILTER NOT EXISTS { ?value <urn:x:q> ?z . "
        "?z a <urn:x:D> } }"
    ),
    "exists": select("SELECT $this ?value WHERE { $this <urn:x:q> ?value FILTER EXISTS { ?value <urn:x:p> ?z } }"),
    "union and optional": select(
        "SELECT $this ?value ?k WHERE { { $this <urn:x:q> ?value } UNION { ?value <urn:x:p> $this } "
        "?value <urn:x:q>|^<urn:x:p> ?k OPTIONAL { ?k <urn:x:q> ?z . FILTER(?z != ?value) } FILTER(!BOUND(?z)) }",
        message="X {?value} {?k} {$this}",
    ),
    "a group": select(
        "SELECT $this ?value WHERE { { SELECT $this ?value (COUNT(?z) AS ?n) WHERE { $this <urn:x:q> ?value . "
        "?value <urn:x:q>|<urn:x:p> ?z } GROUP BY $this ?value } FILTER(?n > 1) }"
    ),
    "a group and having": select(
        "SELECT $this ?value WHERE { $this <urn:x:q>+ ?value . ?z <urn:x:q> ?value } GROUP BY $this ?value "
        "HAVING (COUNT(DISTINCT ?z) > 1)"
    ),
    "a circle": select("SELECT $this WHERE { $this (<urn:x:q>/<urn:x:q>?)+ $this }", message="X {$this}"),
    "any property": select(
        "SELECT $this ?value WHERE { $this ?p ?value . ?value ?p ?z OPTIONAL { ?z ?p $this . ?z a ?c } "
        "FILTER(!BOUND(?c)) }",
        target="sh:targetSubjectsOf x:q",
    ),
    "objects": select("SELECT $this ?value WHERE { ?value <urn:x:p> $this }", target="sh:targetObjectsOf x:q"),
    "query beside core": "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:minCount 1 ] ; "
    'sh:sparql [ sh:message "X {?value}" ; sh:select "SELECT $this ?value { ?value <urn:x:q> $this }" ] .',
}


def scrambled(random: Random) -> list[Quad]:
    """A small graph of few names, in which much hangs together."""
    nodes = [NamedNode(f"urn:x:{name}") for name in "abcdef"]
    links = [NamedNode(f"urn:x:{name}") for name in "pqr"]
    classes = [NamedNode(f"urn:x:{name}") for name in "CD"]
    places: tuple[NamedNode | DefaultGraph, ...] = (DefaultGraph(), nodes[0])
    quads = [Quad(node, cg.RDF_TYPE, random.choice(classes)) for node in nodes if random.random() < 0.8]
    quads += [
        Quad(random.choice(nodes), random.choice(links), random.choice(nodes), random.choice(places))
        for _ in range(random.randrange(4, 16))
    ]
    texts = [Literal("a", language="en"), Literal("b", language="en"), Literal("b"), literal("2", "integer")]
    quads += [
        Quad(random.choice(nodes), NamedNode(f"urn:x:{random.choice('rn')}"), random.choice(texts)) for _ in range(4)
    ]
    quads.append(Quad(nodes[0], cg.FACTUALITY, nodes[1], nodes[2]))
    return quads


def shaken(random: Random, quads: Iterable[Quad]) -> list[Quad]:
    """The same with some quads less and some more."""
    kept = [quad for quad in quads if random.random() < 0.85]
    return [*kept, *random.sample(scrambled(random), random.randrange(4))]


@pytest.mark.parametrize("name", [*UNFAMILIAR, *FAMILIAR])
def test_other_shapes_are_judged_rightly_too(name: str) -> None:
    own = rules(UNFAMILIAR.get(name) or FAMILIAR[name])
    random = Random(name)
    told, found = set(), 0
    for _ in range(12):
        state = State(scrambled(random), own)
        for _ in range(6):
            state, judgement = agreed(state, shaken(random, state.quads))
            told.update(judgement.whole)
            found += len(judgement.verdict.findings)
    # A rule that is not understood is told of; one that is understood is not judged over the whole graph.
    assert bool([reason for reason in told if "urn:x:S" in reason]) == (name in UNFAMILIAR)
    assert found or name in UNFAMILIAR


def test_results_that_an_engine_might_write_otherwise_are_left_to_it() -> None:
    own = rules(select("SELECT $this ?value { $this <urn:x:r> ?value }"))
    state = State(data("x:a a x:C . x:b a x:C ."), own)
    _, judgement = agreed(state, data('x:a a x:C ; x:r "{?this}" . x:b a x:C ; x:r _:z , "z" .'))
    assert judgement.whole
    found: set[Finding] = set(judgement.verdict.findings)
    assert len(found) == 3
