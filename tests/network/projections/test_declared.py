"""Each declaration that is shipped, held against the shipped graph."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean

from coopgraph import terms
from coopgraph.network.explain.statements import facts
from coopgraph.network.measures.registry import MEASURES
from coopgraph.network.network import Mode
from coopgraph.network.projections.catalogue import DEFAULT, PROJECTIONS, projection
from coopgraph.network.projections.columns import columns
from coopgraph.network.projections.levels import RollUp
from coopgraph.network.projections.projection import Dated, Projection
from coopgraph.network.projections.read import affiliations
from tests import shipped

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.explain.account import Fact

every = pytest.mark.parametrize("declared", PROJECTIONS.values(), ids=list(PROJECTIONS))
# What justifies a fact: an assertion in some graph, with the factuality that is wanted, that nobody withdrew. An
# affiliation may follow from a post.
ASSERTED = """
ASK {{ GRAPH ?graph {{ ?assertion <{ns}subject> <{s}> ; <{ns}predicate> <{p}> ; <{ns}object> <{o}> ;
  <{ns}factuality> <{vocab}factuality/{factuality}> ; <{ns}polarity> <{vocab}polarity/affirmed> ;
  <{ns}rank> ?rank {document} . FILTER(?rank != <{vocab}rank/deprecated>) }} }}
"""


@cache
def read(name: str) -> Affiliations:
    return affiliations(shipped.reader(), projection(name))


def asserted(fact: Fact, factuality: str, document: str = "") -> bool:
    stated = f"; <{terms.NS}statedIn> <{document}>" if document else ""
    names = {"ns": terms.NS, "vocab": terms.VOCAB, "factuality": factuality, "document": stated}
    answer = shipped.reader().query(ASSERTED.format(s=fact.subject, p=fact.predicate, o=fact.object, **names))
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def stands(fact: Fact, graph: NamedNode | DefaultGraph) -> bool:
    subject, predicate, object_ = (NamedNode(part) for part in (fact.subject, fact.predicate, fact.object))
    return next(shipped.reader().quads(subject, predicate, object_, graph), None) is not None


def test_what_there_is_to_be_is_there() -> None:
    assert {
        "actor-event",
        "co-participation",
        "co-participation-count",
        "co-participation-prospective",
        "co-signature",
        "countries",
        "document-actor",
        "framework-topic",
        "organisation-topic",
        "partnership",
        "person-organisation",
        "representation-and-membership",
    } <= set(PROJECTIONS)
    assert {"actor-event", "co-participation", "co-signature", "partnership"} <= {
        name for name, declared in PROJECTIONS.items() if declared.fact
    }
    assert next(iter(PROJECTIONS)) == DEFAULT.name == "co-participation"
    assert {declared.mode for declared in PROJECTIONS.values()} == set(Mode)


@every
def test_it_says_what_it_means(declared: Projection) -> None:
    prose = ("label", "question", "node", "tie", "weight", "direction", "period", "boundary", "source_kind")
    assert all(getattr(declared, name).strip() for name in prose)
    assert declared.question.endswith("?")
    assert declared.evidence
    assert declared.rule.name in {rule.name for rule in declared.rules}
    # Only folding has rules to choose from.
    assert (declared.mode is Mode.ONE_MODE) == (declared.rule.name != "none")
    measure = next(measure for measure in MEASURES if measure.name == declared.headline)
    assert (measure.mode is Mode.TWO_MODE) == (declared.mode is Mode.TWO_MODE)


@every
def test_its_query_asks_for_rows_and_is_not_empty(declared: Projection) -> None:
    table = columns(shipped.reader(), declared.query)
    assert {"source", "target", "role", "document"} <= set(table)
    # A date must be there to be read, and a pattern must have its value.
    assert declared.dated is not Dated.VIA or "via" in table
    assert not any("?via" in pattern for pattern in declared.evidence) or "via" in table
    assert len(read(declared.name)) > 0
    assert all((column.codes >= 0).all() for name, column in table.items() if name in {"source", "target", "role"})


@every
def test_a_row_is_a_statement_of_a_document_and_there_once(declared: Projection) -> None:
    rows = read(declared.name)
    assert (rows.document >= 0).all()
    keys = list(
        zip(
            *(column.tolist() for column in (rows.source, rows.target, rows.document, rows.role, rows.via)), strict=True
        )
    )
    assert all(before < after for before, after in pairwise(keys))


@every
def test_every_row_leads_to_facts_that_its_document_states(declared: Projection) -> None:
    rows = read(declared.name)
    factuality = "prospective" if declared.prospective else "actual"
    graph = terms.PROSPECTIVE_GRAPH if declared.prospective else DefaultGraph()
    for row in range(len(rows)):
        found = facts(rows, declared, row)
        document = rows.documents[rows.document[row]].iri
        assert found
        assert all(stands(fact, graph) for fact in found)
        assert all(asserted(fact, factuality) for fact in found)
        assert any(asserted(fact, factuality, document) for fact in found)


@every
def test_plans_are_in_it_only_by_name(declared: Projection) -> None:
    assert declared.prospective == declared.name.endswith("-prospective")
    assert declared.prospective == ("graph/prospective" in declared.query)


@every
def test_what_reads_triples_alone_can_read_its_fact(declared: Projection) -> None:
    # It neither looks into the graph of plans nor finds out for whom an actor acts.
    assert not declared.fact or (not declared.prospective and declared.roll_up is RollUp.NONE)


@every
def test_first_days_are_not_after_last_days(declared: Projection) -> None:
    rows = read(declared.name)
    assert not (rows.first > rows.last).any()


def test_nodes_have_kind_class_and_label() -> None:
    nodes = read("framework-topic").nodes
    topic = nodes[nodes.index()[terms.VOCAB + "topic/artificial-intelligence"]]
    assert (topic.kind, topic.label, topic.language) == ("topic", "artificial intelligence", "en")
    people = read("person-organisation").nodes
    assert {node.cls for node in (people[place] for place in range(len(people))) if node.kind == "person"} == {"Person"}


def test_documents_have_the_publishers_that_they_name() -> None:
    cited = {document.iri.rpartition("/")[2]: document.publisher for document in read("co-participation").documents}
    assert cited["78b34052cbba27db"] == "China Daily"
    assert len(set(cited.values())) == len(cited) == 5
