"""Rolling up: whom an actor counts for, and what becomes of ties."""

from __future__ import annotations

from itertools import permutations

import pytest
from pyoxigraph import RdfFormat, parse

from coopgraph import terms
from coopgraph.network import fold
from coopgraph.network.evidence import statements
from coopgraph.network.explain.statements import facts
from coopgraph.network.projections.catalogue import projection
from coopgraph.network.projections.levels import RollUp
from coopgraph.network.projections.read import affiliations
from coopgraph.network.rollup import Ladder, Top, ladder, roll_up
from coopgraph.network.selection import Selection, select
from coopgraph.store.memory import MemoryReader
from tests.network import sample

A = terms.ID + "actor/"
WORLD = """
PREFIX cg: <https://w3id.org/coopgraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX actor: <https://w3id.org/coopgraph/id/actor/>
PREFIX post: <https://w3id.org/coopgraph/id/post/>
cg:State rdfs:subClassOf cg:Organization . cg:GovernmentBody rdfs:subClassOf cg:Organization .
cg:Company rdfs:subClassOf cg:Organization .
actor:atlantis a cg:State . actor:lemuria a cg:State .
actor:ministry a cg:GovernmentBody ; cg:partOf actor:atlantis .
actor:office a cg:GovernmentBody ; cg:partOf actor:ministry .
actor:union a cg:Organization . actor:bureau a cg:Organization ; cg:partOf actor:union .
actor:firm a cg:Company ; cg:nationality actor:lemuria .
actor:loose a cg:Company .
actor:minister a cg:Person ; cg:holdsPost post:minister ; cg:represents actor:lemuria .
post:minister cg:postIn actor:office .
actor:envoy a cg:Person ; cg:represents actor:bureau .
actor:double a cg:Person ; cg:affiliatedWith actor:office , actor:ministry .
actor:torn a cg:Person ; cg:affiliatedWith actor:firm , actor:ministry .
actor:delegates a cg:ActorGroup ; cg:represents actor:atlantis , actor:lemuria .
actor:guide a cg:Person ; cg:represents actor:delegates .
actor:expert a cg:Person ; cg:affiliatedWith actor:loose ; cg:nationality actor:atlantis .
actor:fans a cg:ActorGroup ; cg:nationality actor:lemuria .
actor:crowd a cg:ActorGroup .
actor:one a cg:Organization ; cg:partOf actor:two . actor:two a cg:Organization ; cg:partOf actor:one .
"""


@pytest.fixture(scope="module")
def rungs() -> Ladder:
    return ladder(MemoryReader(parse(WORLD, format=RdfFormat.TURTLE)))


@pytest.mark.parametrize(
    ("actor", "organisation", "state"),
    [
        ("atlantis", "atlantis", "atlantis"),
        ("office", "office", "atlantis"),
        # The post comes before what somebody is said to represent.
        ("minister", "office", "atlantis"),
        ("envoy", "bureau", "union"),
        # Of two posts the one in the part is meant; both lead to one state.
        ("double", "office", "atlantis"),
        ("torn", None, None),
        ("delegates", None, None),
        # Whoever acts for an ambiguous group is ambiguous too.
        ("guide", None, None),
        ("firm", "firm", "lemuria"),
        ("expert", "loose", "atlantis"),
        ("fans", "fans", "lemuria"),
        ("crowd", "crowd", "crowd"),
        ("loose", "loose", "loose"),
        ("unheard-of", "unheard-of", "unheard-of"),
    ],
)
def test_whom_an_actor_counts_for(rungs: Ladder, actor: str, organisation: str | None, state: str | None) -> None:
    for level, top in ((RollUp.ORGANISATION, organisation), (RollUp.STATE, state)):
        expected = Top(A + actor, ambiguous=True) if top is None else Top(A + top)
        assert rungs.top(A + actor, level) == expected
    assert rungs.top(A + actor, RollUp.NONE) == Top(A + actor)


def test_two_that_are_parts_of_one_another_end_somewhere(rungs: Ladder) -> None:
    assert {rungs.top(A + one, RollUp.STATE).iri for one in ("one", "two")} <= {A + "one", A + "two"}


EXTRA = """
PREFIX cg: <https://w3id.org/coopgraph/ns#>
PREFIX actor: <https://w3id.org/coopgraph/id/actor/>
actor:zoe cg:represents actor:lemuria .
actor:institute cg:partOf actor:mu .
"""


def test_ties_inside_a_group_vanish_and_statements_keep_their_names() -> None:
    reader = MemoryReader([*sample.quads(), *parse(EXTRA, format=RdfFormat.TURTLE)])
    declared = projection("countries")
    found = roll_up(reader, affiliations(reader, declared), declared, RollUp.STATE)
    network = fold.network(found.affiliations, declared.mode, declared.rule)
    names = [iri.rpartition("/")[2] for iri in network.nodes.iri]
    ends = {(names[one], names[other]) for one, other in zip(network.source, network.target, strict=True)}
    # Mu was not there itself; the institute was. Zoë and Lemuria are one.
    assert ends == {("atlantis", "lemuria"), ("atlantis", "mu"), ("lemuria", "mu")}
    assert set(names) == {"atlantis", "lemuria", "mu", "crowd"}
    assert network.nodes[names.index("mu")].label == "Mu"
    assert (found.alone, found.ambiguous) == ((A + "crowd",), ())
    tie = names.index("atlantis"), names.index("mu")
    place = list(zip(network.source.tolist(), network.target.tolist(), strict=True)).index(tie)
    said = {
        fact
        for row in statements(found.affiliations, network, place)
        for fact in facts(found.affiliations, declared, int(row))
    }
    assert {fact.object for fact in said} == {A + "atlantis", A + "institute"}


def test_direct_ties_inside_a_group_vanish() -> None:
    from tests import shipped

    rows = select(shipped.reader(), Selection.of("representation-and-membership", roll_up="state")).affiliations
    assert (rows.source != rows.target).all()
    iri = rows.nodes.iri
    pairs = {
        (iri[one].rpartition("/")[2], iri[other].rpartition("/")[2])
        for one, other in zip(rows.source, rows.target, strict=True)
    }
    assert ("cambodia", "asean") in pairs
    assert not any(pair in pairs for pair in permutations(("cambodia", "vongsey-vissoth")))


def test_what_has_no_actors_is_left_as_it_is() -> None:
    reader = MemoryReader(sample.quads())
    declared = projection("framework-topic")
    rows = affiliations(reader, declared)
    assert roll_up(reader, rows, declared, RollUp.STATE).affiliations is rows
