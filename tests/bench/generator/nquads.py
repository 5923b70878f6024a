"""A world as N-Quads in the form that a release has: bytewise sorted, no line twice; in memory that does not grow."""

from __future__ import annotations

import contextlib
import hashlib
import heapq
import itertools
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from coopgraph.assemble.dataset import assemble
from coopgraph.curate.ontology import OntologySource
from coopgraph.curate.source import Source
from tests.bench.generator.defects import Expected
from tests.bench.generator.statements import source
from tests.bench.generator.world import RECORD, World

_PAGES = 60
_BLOCK = 100_000


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: the number of lines, their SHA-256 in hex and the findings that must be found."""

    quads: int
    digest: str
    expected: tuple[Expected, ...]


def write_nquads(world: World, target: Path, ontology: OntologySource) -> Written:
    """Write the whole dataset, the ontology and its shapes included.

    No claim is about a thing that another page introduces, apart from repetitions, so that pages can be assembled
    group by group: ranks, projection and inference see all that they depend on.
    """
    bare = OntologySource(ontology.ontology, (), ())
    expected: list[Expected] = []
    with tempfile.TemporaryDirectory(dir=target.parent) as workspace, contextlib.ExitStack() as stack:
        runs = [Path(workspace) / "run"]
        runs[0].write_bytes(_lines(source((), ontology, rows=world.background(), things=[RECORD])))
        for first in range(0, world.pages, _PAGES):
            told = [world.page(index) for index in range(first, min(first + _PAGES, world.pages))]
            expected += [finding for _, findings in told for finding in findings]
            runs.append(Path(workspace) / f"run-{first}")
            runs[-1].write_bytes(_lines(source([page for page, _ in told], bare, rows=(), things=())))
        merged = heapq.merge(*(stack.enter_context(run.open("rb")) for run in runs))
        count, digest = _write((line for line, _ in itertools.groupby(merged)), target)
    return Written(count, digest, tuple(sorted(expected)))


def _lines(chunk: Source) -> bytes:
    written = serialize(assemble(chunk), format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(written.splitlines(keepends=True)))


def _write(lines: Iterable[bytes], target: Path) -> tuple[int, str]:
    remaining, count, digest = iter(lines), 0, hashlib.sha256()
    with target.open("wb") as output:
        while block := list(itertools.islice(remaining, _BLOCK)):
            text = b"".join(block)
            digest.update(text)
            output.write(text)
            count += len(block)
    return count, digest.hexdigest()
