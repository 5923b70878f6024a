"""A world as a graph directory: registry, bibliography, claims tables, span tables and, if wished, the texts."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from coopgraph import terms
from coopgraph.curate.claims import BACKGROUND, COLUMNS
from coopgraph.curate.registry import KINDS
from coopgraph.curate.texts import digest
from tests.bench.generator.page import Page, Row
from tests.bench.generator.statements import describe, describe_page
from tests.bench.generator.world import RECORD, World


def write_directory(world: World, directory: Path, *, texts: Path | None = None) -> None:
    """Write the graph directory, and the documents' texts into `texts`; `directory` must not exist."""
    for part in ("entities", "claims", "spans"):
        (directory / part).mkdir(parents=True)
    bibliography: list[Quad] = []
    entities: dict[str, list[Quad]] = defaultdict(list)
    things = [RECORD]
    for page, _ in world.all_pages():
        bibliography += describe_page(page)
        things += page.things
        (directory / "claims" / f"{page.id}.csv").write_text(_table(page.rows), encoding="utf-8")
        (directory / "spans" / f"{page.id}.csv").write_text(_spans(page), encoding="utf-8")
        if texts is not None:
            texts.mkdir(parents=True, exist_ok=True)
            (texts / f"{page.id}.txt").write_bytes(page.text.encode())
    for thing in things:
        entities[KINDS[thing.path.partition("/")[0]][1]] += describe(thing)
    (directory / "claims" / f"{BACKGROUND}.csv").write_text(_table(world.background()), encoding="utf-8")
    (directory / "documents.ttl").write_bytes(_turtle(bibliography))
    for name, quads in entities.items():
        (directory / "entities" / f"{name}.ttl").write_bytes(_turtle(quads))


def _table(rows: Iterable[Row]) -> str:
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows([COLUMNS, *sorted(row.cells() for row in rows)])
    return output.getvalue()


def _spans(page: Page) -> str:
    spans = sorted({span for row in page.rows for span in row.evidence})
    lines = (f"{start},{end},{digest(page.text[start:end])}" for start, end in spans)
    return "\n".join(["start,end,sha256", *lines]) + "\n"


def _turtle(quads: list[Quad]) -> bytes:
    return serialize(quads, format=RdfFormat.TURTLE, prefixes=terms.PREFIXES) or b""
