"""`python -m tests.bench.incremental`: what judging a change costs against judging everything, and that both agree.

Three changes of the same size are made to an invented world: claims of a new document, claims of a known document on
the things that are talked of most, and the withdrawal of claims. CPU seconds are what to trust on a shared machine.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import click
from pyoxigraph import Literal, NamedNode, Quad, Store
from rich.console import Console
from rich.table import Table

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.assemble.assertions import name
from coopgraph.assemble.dataset import assemble
from coopgraph.curate.ontology import OntologySource
from coopgraph.model.claim import Statement
from coopgraph.store.engine import EngineReader
from coopgraph.store.oxigraph import OxigraphBuilder
from coopgraph.validate.gate import judge
from coopgraph.validate.incremental.change import Delta
from coopgraph.validate.incremental.judge import judge_change
from coopgraph.validate.verdict import Verdict
from tests.bench import machine
from tests.bench.generate import shipped_ontology
from tests.bench.generator.nquads import write_nquads
from tests.bench.generator.size import plan
from tests.bench.generator.statements import source
from tests.bench.generator.world import World

LIMIT = 2.0
"""Seconds that judging a hundred claims more in a million quads may take."""


@dataclass(frozen=True, slots=True)
class Row:
    """One change: its size, and seconds; the first judgement reads the shapes too, and `again` is the best of three."""

    change: str
    quads: int
    claims: int
    changed: int
    first: float
    again: float
    again_cpu: float
    full: float
    full_cpu: float
    findings: int
    same: bool
    whole: tuple[str, ...]


@click.command()
@click.option("--quads", default=1_000_000, show_default=True)
@click.option("--claims", default=100, show_default=True)
@click.option("--seed", default=7, show_default=True)
@click.option("--workspace", type=click.Path(path_type=Path), help="Where the data go; else a temporary directory.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the results as JSON.")
def main(*, quads: int, claims: int, seed: int, workspace: Path | None, output: Path | None) -> None:
    """Measure, print a table, and write everything as JSON."""
    report: dict[str, Any] = {"machine": machine.describe(), "limit": LIMIT}
    place = Path(tempfile.mkdtemp(prefix="coopgraph-bench-", dir=workspace))
    try:
        rows = measure(place, quads, claims, seed)
    finally:
        shutil.rmtree(place)
    report["results"] = [asdict(row) for row in rows]
    table = Table(*Row.__slots__, title="Judging a change")
    for row in rows:
        cells = asdict(row).values()
        table.add_row(*(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells))
    Console(width=150).print(table)
    if output is not None:
        output.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def measure(place: Path, quads: int, claims: int, seed: int) -> list[Row]:
    """Make the world, and judge each change of it in both ways."""
    ontology = shipped_ontology()
    world = plan(quads, seed=seed, defects=0, ontology=ontology)
    write_nquads(world, place / "quads.nq", ontology)
    builder = OxigraphBuilder(place / "work")
    try:
        builder.load_file(place / "quads.nq")
        builder.seal(place / "sealed")
    finally:
        builder.close()
    store = Store(place / "sealed")
    before = judge(list(store))
    changes: dict[str, Callable[[Store, Random], Delta]] = {
        "new document": lambda store, _: Delta.of(
            [quad for quad in new_document(world, ontology, claims) if quad not in store], []
        ),
        "known things": lambda store, random: Delta.of(more_claims(store, random, claims), []),
        "withdrawn": lambda store, random: Delta.of([], withdrawn(store, random, claims)),
    }
    return [_row(title, store, make(store, Random(seed)), before) for title, make in changes.items()]


def _row(title: str, store: Store, delta: Delta, before: Verdict) -> Row:
    _apply(store, delta.added, delta.removed)
    reader = EngineReader(store)
    runs, judgement = [], None
    for _ in range(4):
        wall, cpu = time.perf_counter(), time.process_time()
        judgement = judge_change(reader, delta, before.findings)
        runs.append((time.perf_counter() - wall, time.process_time() - cpu))
    assert judgement is not None
    wall, cpu = time.perf_counter(), time.process_time()
    full = judge(list(reader.quads()))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    row = Row(
        title,
        len(store),
        len({quad.subject for quad in delta if quad.predicate == cg.FACTUALITY}),
        len(delta),
        runs[0][0],
        min(run[0] for run in runs[1:]),
        min(run[1] for run in runs[1:]),
        wall,
        cpu,
        len(full.findings),
        full == judgement.verdict,
        judgement.whole,
    )
    _apply(store, delta.removed, delta.added)
    return row


def _apply(store: Store, added: Iterable[Quad], removed: Iterable[Quad]) -> None:
    store.extend(added)
    for quad in removed:
        store.remove(quad)


def new_document(world: World, ontology: OntologySource, claims: int) -> list[Quad]:
    """What documents that the world has not got yet would bring, with about so many claims, and all that follows."""
    pages, rows = [], 0
    while rows < claims:
        page, _ = world.page(world.pages + len(pages))
        rows += len(page.rows)
        pages.append(page)
    return assemble(source(pages, OntologySource(ontology.ontology, (), ()), rows=(), things=()))


def more_claims(store: Store, random: Random, claims: int) -> list[Quad]:
    """Claims that join things which are there, those most talked of first, with the facts that follow from them."""
    spans = list(islice(store.quads_for_pattern(None, cg.HAS_EVIDENCE, None), 5000))
    facts = [
        quad
        for predicate in (cg.PARTICIPANT, cg.REPRESENTS, cg.PART_OF, cg.LOCATED_IN, cg.MEMBER_OF, cg.TOPIC)
        for quad in islice(store.quads_for_pattern(None, predicate, None, None), 5000)
        if "/graph/" not in str(quad.graph_name)
    ]
    known = [one for one, _ in Counter(quad.object for quad in facts).most_common(claims // 4)]
    quads: list[Quad] = []
    while len({quad.subject for quad in quads if quad.predicate == cg.FACTUALITY}) < claims:
        one, other, span = random.choice(facts), random.choice(facts), random.choice(spans)
        same = [thing for thing in known if thing.value.split("/")[:5] == other.subject.value.split("/")[:5]]
        subject = random.choice(same) if same else other.subject
        statement = Statement(subject, one.predicate, one.object, cg.FACTUALITY_ACTUAL, cg.POLARITY_AFFIRMED)
        fact = Quad(subject, one.predicate, one.object)
        if fact not in store and isinstance(span.graph_name, NamedNode):
            quads += [fact, *_asserted(name(statement), statement, span)]
    return [quad for quad in quads if quad not in store]


def _asserted(iri: NamedNode, statement: Statement, span: Quad) -> list[Quad]:
    graph = span.graph_name
    document = terms.thing(f"doc/{str(graph).strip('<>').rpartition('/')[2]}")
    parts: list[tuple[NamedNode, NamedNode | Literal]] = [
        (cg.RDF_TYPE, cg.CLS_ASSERTION),
        (cg.SUBJECT, statement.subject),
        (cg.PREDICATE, statement.predicate),
        (cg.OBJECT, statement.object),
        (cg.FACTUALITY, statement.factuality),
        (cg.POLARITY, statement.polarity),
        (cg.RANK, cg.RANK_NORMAL),
        (cg.STATED_IN, document),
        (cg.HAS_EVIDENCE, span.object),
    ]
    return [Quad(iri, predicate, object_, graph) for predicate, object_ in parts]


def withdrawn(store: Store, random: Random, claims: int) -> list[Quad]:
    """Assertions with all that is said of them, and the facts that they made."""
    stated = list(islice(store.quads_for_pattern(None, cg.SUBJECT, None), 20_000))
    quads: list[Quad] = []
    for subject in random.sample(stated, claims):
        about = list(store.quads_for_pattern(subject.subject, None, None))
        objects = [quad.object for quad in about if quad.predicate in {cg.OBJECT, cg.VALUE}]
        quads += about
        quads += [quad for one in objects for quad in store.quads_for_pattern(subject.object, None, one)]
    return list(dict.fromkeys(quads))


if __name__ == "__main__":
    main()
