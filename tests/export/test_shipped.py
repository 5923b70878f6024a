"""The shipped graph leaves in every RDF format as what it is."""

from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, Quad, RdfFormat, parse

from coopgraph.export.registry import export
from tests import shipped

pytestmark = pytest.mark.slow

DATASETS = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
GRAPHS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}
READERS = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}


def canonical(quads: list[Quad]) -> set[str]:
    """The quads as text, blank nodes named by their content."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


@pytest.mark.parametrize("name", DATASETS)
def test_all_graphs_come_back(name: str) -> None:
    content = export(shipped.reader(), name, graph="all")
    assert canonical(list(parse(content, DATASETS[name]))) == canonical(list(shipped.quads()))


@pytest.mark.parametrize("name", GRAPHS)
def test_the_facts_come_back_and_rdflib_reads_as_many(name: str) -> None:
    content = export(shipped.reader(), name, graph="facts")
    facts = [quad for quad in shipped.quads() if isinstance(quad.graph_name, DefaultGraph)]
    assert canonical(list(parse(content, GRAPHS[name]))) == canonical(facts)
    assert len(rdflib.Graph().parse(data=content, format=READERS[name])) == len(facts)
