"""The chain from what people wrote to a sealed release."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph import __version__, terms
from coopgraph.assemble.dataset import assemble, trig
from coopgraph.curate.anchor import span_table
from coopgraph.curate.ontology import OntologySource, read_ontology
from coopgraph.curate.source import Source, read_source
from coopgraph.errors import CoopgraphError
from coopgraph.release import description, durable
from coopgraph.release.publish import publish
from coopgraph.validate.gate import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pyoxigraph import Quad

    from coopgraph.curate.texts import Texts
    from coopgraph.model.document import Span
    from coopgraph.model.problem import Problem
    from coopgraph.release.manifest import Manifest
    from coopgraph.release.shelf import Shelf
    from coopgraph.validate.verdict import Verdict

CANONICAL: Final = "coopgraph.trig"


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build: the quads in canonical order, the files that record them, and the verdict."""

    quads: tuple[Quad, ...]
    files: Mapping[Path, bytes]
    verdict: Verdict
    versions: Mapping[str, str]


def assemble_graph(
    graph: Path, ontology: Path, texts: Texts | None = None, *, say: Callable[[str], None] = lambda _: None
) -> Built:
    """The graph as it follows from its sources, and the verdict on it; nothing is written.

    Raises:
        CoopgraphError: "curation", with all problems, if the sources contain mistakes.
    """
    say("Reading registry and claims …")
    source = read_source(graph, ontology, texts)
    say(f"Assembling {len(source.claims)} claims …")
    quads = assemble(source)
    say(f"Validating {len(quads)} quads …")
    verdict = judge(quads)
    return Built(tuple(quads), _records(graph, source, quads), verdict, _versions(source, quads))


def assemble_model(ontology: Path) -> Built:
    """What a dataset begins with before there are any data: ontology, vocabularies and shapes, judged.

    Raises:
        CoopgraphError: "curation" if the ontology cannot be read.
    """
    source = Source(_read_model(ontology), (), {}, {}, (), {})
    quads = assemble(source)
    return Built(tuple(quads), {}, judge(quads), _versions(source, quads))


def check(built: Built) -> None:
    """Compare with what is recorded beside the sources.

    Raises:
        CoopgraphError: "not-conformant" or "different", naming the files that differ.
    """
    _demand_conformance(built.verdict)
    differing = [path for path, content in built.files.items() if not path.exists() or path.read_bytes() != content]
    if differing:
        names = ", ".join(str(path) for path in differing)
        raise CoopgraphError(
            "different", f"Not what the sources say: {names}.", remedy="Run `coopgraph build` and keep what it writes."
        )


def release(built: Built, shelf: Shelf, *, base: str, say: Callable[[str], None] = lambda _: None) -> Manifest:
    """Record the build beside its sources and publish it as the current release.

    Raises:
        CoopgraphError: "not-conformant" if the verdict forbids it, "storage" or "busy" if it cannot be written; then
            the current release stays as it is.
    """
    _demand_conformance(built.verdict)
    say("Sealing the release …")
    manifest = publish(
        shelf,
        built.quads,
        base=base,
        verdict=built.verdict.summary(),
        versions=built.versions,
        describe=description.of_ours(),
        findings=built.verdict.findings,
    )
    for path, content in built.files.items():
        if not path.exists() or path.read_bytes() != content:
            _record(path, content)
    return manifest


def _read_model(ontology: Path) -> OntologySource:
    problems: list[Problem] = []
    source = read_ontology(ontology, problems)
    if problems:
        raise CoopgraphError("curation", "The ontology cannot be read.", problems=sorted(problems))
    return source


def _demand_conformance(verdict: Verdict) -> None:
    if not verdict.conforms:
        raise CoopgraphError(
            "not-conformant",
            f"{verdict.violations} violations; the graph does not conform and the current release stays.",
            remedy="Mend what the messages above say and build again.",
        )


def _records(graph: Path, source: Source, quads: Sequence[Quad]) -> dict[Path, bytes]:
    # Grouped once: a table made from the spans of all documents would cost the square of their number.
    spans: dict[str, dict[Span, str]] = {document: {} for document in source.documents}
    for span, digest in source.digests.items():
        spans[span.document][span] = digest
    files = {
        graph / "spans" / f"{document}.csv": span_table(document, anchored).encode()
        for document, anchored in spans.items()
    }
    return {graph / CANONICAL: trig(quads), **files}


def _versions(source: Source, quads: Sequence[Quad]) -> dict[str, str]:
    # As they stand in the dataset, where blank nodes are named by their content.
    shapes = "\n".join(str(quad) for quad in quads if quad.graph_name == terms.SHAPES_GRAPH)
    return {
        "coopgraph": __version__,
        "ontology": source.ontology.ontology.version,
        "shapes": hashlib.sha256(shapes.encode()).hexdigest()[:16],
    }


def _record(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.replace(path, content)
    except OSError as error:
        raise CoopgraphError(
            "storage",
            f"{path} cannot be written: {error.strerror}. The release is published all the same.",
            remedy="Make the directory writable and build again.",
        ) from error
