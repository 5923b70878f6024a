"""How long each named question takes on the shipped graph: in the engine, through a reader process, and as JSON.

`python -m tests.bench.questions` prints a table, slowest first, and ends with status 1 if one passes the limit.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph import resources
from coopgraph.curate.questions import read_questions
from coopgraph.release.shelf import Shelf
from coopgraph.settings import Settings
from coopgraph.sparql.paging import page_query
from coopgraph.store.workers import Question as Asked
from coopgraph.web import create_app
from tests.bench import machine
from tests.web import made

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.curate.questions import Question

LIMIT: Final = 10.0
"""Milliseconds that a question may take in the engine and through a reader."""

_ROUNDS: Final = 9
_ROWS: Final = 1001


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds, the least of several rounds: CPU time in the engine, elapsed time through a reader and as JSON."""

    name: str
    engine: float
    reader: float
    json: float


def main() -> int:
    """Measure all questions and print them."""
    with tempfile.TemporaryDirectory() as directory:
        found = sorted(measure(Path(directory)), key=lambda one: -max(one.engine, one.reader))
    told = machine.describe()
    print(f"{told['processor']}, load {told['load']}, {told['packages']}")  # noqa: T201
    print(f"{'question':36}{'engine ms':>10}{'reader ms':>10}{'JSON ms':>10}")  # noqa: T201
    for one in found:
        print(f"{one.name:36}{one.engine:10.2f}{one.reader:10.2f}{one.json:10.2f}")  # noqa: T201
    slow = [one.name for one in found if max(one.engine, one.reader) >= LIMIT]
    print(f"{len(found)} questions, {len(slow)} not under {LIMIT:g} ms {' '.join(slow)}".rstrip())  # noqa: T201
    return 1 if slow else 0


def measure(directory: Path) -> list[Measured]:
    """Publish the shipped graph in the directory and put every question to it."""
    made.shipped_release(directory)
    app = create_app(Settings(data=directory / "data", readers=1))
    client, service = app.test_client(), app.extensions["coopgraph"]
    found = []
    try:
        reading = service.reading()
        with Shelf(directory / "data").open() as release:
            for question in read_questions(resources.directory("ontology")):
                text = _text(question)
                found.append(
                    Measured(
                        question.name,
                        _least(lambda text=text: list(release.reader.query(text)), time.process_time),
                        _least(lambda text=text: reading.ask(_asked(text)), time.perf_counter),
                        _least(lambda name=question.name: client.get(f"/questions/{name}.json"), time.perf_counter),
                    )
                )
    finally:
        service.close()
    return found


def _text(question: Question) -> str:
    return page_query(question, {one.name: one.default for one in question.parameters}, limit=_ROWS)


def _asked(text: str) -> Asked:
    return Asked(text, "application/sparql-results+json")


def _least(step: Callable[[], object], clock: Callable[[], float]) -> float:
    times = []
    for _ in range(_ROUNDS):
        begin = clock()
        step()
        times.append((clock() - begin) * 1000)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
