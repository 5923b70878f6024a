"""A whole graph directory, read and anchored: what the next room turns into assertions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from coopgraph.curate.anchor import anchor, read_recorded
from coopgraph.curate.claims import Tables
from coopgraph.curate.documents import understand_documents
from coopgraph.curate.ontology import OntologySource, read_ontology
from coopgraph.curate.registry import read_registry
from coopgraph.curate.turtle import read_turtle
from coopgraph.errors import CoopgraphError
from coopgraph.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pyoxigraph import Quad

    from coopgraph.curate.texts import Texts
    from coopgraph.model.claim import Claim
    from coopgraph.model.document import Document, Span


@dataclass(frozen=True, slots=True)
class Source:
    """Everything that people wrote, checked: the only input of a build."""

    ontology: OntologySource
    entities: tuple[Quad, ...]
    classes: Mapping[NamedNode, NamedNode]
    documents: Mapping[str, Document]
    claims: tuple[Claim, ...]
    digests: Mapping[Span, str]


def read_source(graph: Path, ontology: Path, texts: Texts | None = None) -> Source:
    """The graph directory read against the ontology directory and, where they are at hand, the documents.

    Raises:
        CoopgraphError: "curation", with all problems of all files; of an ontology that cannot be read, with those
            alone, since by a broken one every claim would be a mistake.
    """
    problems: list[Problem] = []
    for directory in (graph, ontology):
        if not directory.is_dir():
            raise CoopgraphError("not-found", f"There is no directory {directory}.")
    terms = read_ontology(ontology, problems)
    _demand_none(problems)
    bibliography = read_turtle(graph / "documents.ttl", problems, name="graph/documents.ttl")
    documents = understand_documents(bibliography, problems)
    registry = read_registry(graph / "entities", terms.ontology, problems)
    described = frozenset(registry.classes) | {
        quad.subject for quad in bibliography if isinstance(quad.subject, NamedNode)
    }
    tables = Tables(terms.ontology, described, documents, problems)
    claims = [claim for file in sorted((graph / "claims").glob("*.csv")) for claim in tables.read(file)]
    recorded = read_recorded(graph / "spans", problems)
    digests, lost = anchor((span for claim in claims for span in claim.spans), documents, recorded, texts)
    problems.extend(lost)
    _demand_none(problems)
    return Source(terms, (*bibliography, *registry.quads), registry.classes, documents, tuple(claims), digests)


def _demand_none(problems: list[Problem]) -> None:
    if problems:
        count = len(problems)
        raise CoopgraphError(
            "curation",
            f"{count} problem{'s' if count > 1 else ''} in what the graph is made from; nothing was built.",
            problems=sorted(problems),
        )
