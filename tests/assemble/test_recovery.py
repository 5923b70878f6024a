"""What was written about assertions reads back as the same assertions, and the same follows from them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.assemble import recovery
from coopgraph.assemble.assertions import assert_all
from coopgraph.assemble.dataset import assemble, derived
from coopgraph.curate.ontology import understand
from coopgraph.curate.source import Source, read_source

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def source(root: Path) -> Source:
    return read_source(root / "graph", root / "ontology")


@pytest.fixture(scope="module")
def quads(source: Source) -> list[Quad]:
    return assemble(source)


def test_the_ontology_reads_back(source: Source, quads: list[Quad]) -> None:
    assert understand(quad for quad in quads if quad.graph_name == DefaultGraph()) == source.ontology.ontology


def test_the_shipped_assertions_read_back(source: Source, quads: list[Quad]) -> None:
    ontology = source.ontology.ontology
    written = [dataclasses.replace(one, cls=cg.CLS_ASSERTION) for one in assert_all(source.claims, ontology)]
    assert list(recovery.stated(quads, ontology)) == [one for one in written if one.spans]
    assert list(recovery.background(quads, ontology)) == [one for one in written if one.records]


def test_the_same_follows_from_them(source: Source, quads: list[Quad]) -> None:
    ontology = source.ontology.ontology
    claimed = assert_all(source.claims, ontology)
    first = derived([one for one in claimed if one.spans], [one for one in claimed if one.records], ontology)
    again = derived(recovery.stated(quads, ontology), recovery.background(quads, ontology), ontology)
    assert again == first
    assert again <= set(quads)
    for graph in (terms.PROSPECTIVE_GRAPH, terms.INFERRED_GRAPH):
        assert {quad for quad in quads if quad.graph_name == graph} <= again


def test_what_follows_about_some_things_is_what_follows_about_them(source: Source, quads: list[Quad]) -> None:
    ontology = source.ontology.ontology
    stated, background = recovery.stated(quads, ontology), recovery.background(quads, ontology)
    subjects = sorted({one.statement.subject for one in (*stated, *background)}, key=str)
    parts = [derived(stated, background, ontology, about=frozenset(subjects[part::3])) for part in range(3)]
    assert set().union(*parts) == derived(stated, background, ontology)
    assert sum(map(len, parts)) >= len(set().union(*parts))


@pytest.mark.parametrize(
    "missing", [cg.SUBJECT, cg.PREDICATE, cg.FACTUALITY, cg.POLARITY, cg.RANK, cg.OBJECT, cg.HAS_EVIDENCE]
)
def test_half_an_assertion_is_none(source: Source, quads: list[Quad], missing: NamedNode) -> None:
    ontology = source.ontology.ontology
    whole = next(one for one in recovery.stated(quads, ontology) if isinstance(one.statement.object, NamedNode))
    own = [quad for quad in quads if quad.subject == whole.iri]
    assert recovery.stated(own, ontology) == (whole,)
    assert recovery.stated([quad for quad in own if quad.predicate != missing], ontology) == ()


def test_two_objects_are_none_either(source: Source, quads: list[Quad]) -> None:
    ontology = source.ontology.ontology
    whole = recovery.stated(quads, ontology)[0]
    own = [quad for quad in quads if quad.subject == whole.iri]
    assert recovery.stated([*own, Quad(whole.iri, cg.VALUE, Literal("x"), own[0].graph_name)], ontology) == ()
