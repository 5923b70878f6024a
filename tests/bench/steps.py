"""The steps that are measured, each run as `python -m tests.bench.steps NAME ARGUMENT…`; the last line out is JSON."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Store, parse

from tests.bench.judgement import offenders

Times = dict[str, float]


@contextmanager
def _timed(times: Times, name: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    times[name], times[name + "_cpu"] = time.perf_counter() - wall, time.process_time() - cpu


def start() -> object:
    """Start Python and read the modules of a build: what every step pays before it begins."""
    import coopgraph.release.build  # noqa: F401

    return {}


def generate(quads: str, seed: str, defects: str, form: str, output: str) -> object:
    """Make the data."""
    from tests.bench.generate import main

    main(
        ["--quads", quads, "--seed", seed, "--defects", defects, "--form", form, "-o", output],
        standalone_mode=False,
    )
    return json.loads((Path(output) / "world.json").read_text(encoding="utf-8"))


def build(graph: str, data: str) -> object:
    """`coopgraph build`, from the claims to the sealed release."""
    from coopgraph import resources
    from coopgraph.release import build as chain
    from coopgraph.release.shelf import Shelf

    times: Times = {}
    with _timed(times, "assemble_and_judge"):
        built = chain.assemble_graph(Path(graph), resources.directory("ontology"))
    with _timed(times, "release"):
        manifest = chain.release(built, Shelf(Path(data)), base="https://w3id.org/coopgraph/")
    return {"quads": len(built.quads), "digest": manifest.digest, **times}


def validate(lines: str) -> object:
    """Parse a file, judge it, and tell the findings by code and offender."""
    from coopgraph.validate.gate import judge

    times: Times = {}
    with _timed(times, "parse"):
        quads = list(parse(path=lines, format=RdfFormat.N_QUADS))
    with _timed(times, "judge"):
        verdict = judge(quads)
    return {"quads": len(quads), "found": sorted(offenders(verdict.findings)), **times}


def raw(lines: str, store: str) -> object:
    """What the engine needs by itself: `bulk_load` of the file, and `optimize` after it, told apart."""
    times: Times = {}
    opened = Store(store)
    with _timed(times, "bulk_load"):
        opened.bulk_load(path=lines, format=RdfFormat.N_QUADS)
    with _timed(times, "optimize"):
        opened.optimize()
    return times


def publish(lines: str, data: str) -> object:
    """From a file to the current release: copied, checked, digested, loaded, optimised, sealed, described."""
    from coopgraph.release.publish import publish as release
    from coopgraph.release.shelf import Shelf

    times: Times = {}
    with _timed(times, "publish"):
        manifest = release(Shelf(Path(data)), Path(lines), verdict={}, versions={})
    return {"quads": manifest.counts["quads"], "digest": manifest.digest, **times}


def store_of(kind: str, quads: str, seed: str, store: str) -> object:
    """Make data of a kind, and a sealed store of it."""
    from coopgraph.store.oxigraph import OxigraphBuilder
    from tests.bench.meetings import write

    workspace = Path(store + "-made")
    workspace.mkdir(parents=True)
    lines = workspace / "quads.nq"
    if kind == "meetings":
        write(int(quads), lines, seed=int(seed))
    else:
        generate(quads, seed, "0", "nquads", str(workspace))
    builder = OxigraphBuilder(workspace / "building")
    builder.load_file(lines)
    builder.seal(Path(store))
    builder.close()
    shutil.rmtree(workspace)
    return {}


def project(store: str, name: str) -> object:
    """Read a projection into arrays, fold it, and count the evidence of its ties."""
    from coopgraph.network import evidence, fold
    from coopgraph.network.selection import Selection, select
    from coopgraph.store.oxigraph import OxigraphReader

    times: Times = {}
    selection = Selection.of(name)
    reader = OxigraphReader(Path(store))
    with _timed(times, "read"):
        rows = select(reader, selection).affiliations
    with _timed(times, "fold"):
        network = fold.network(rows, selection.projection.mode, selection.rule)
    with _timed(times, "evidence"):
        evidence.evidence(rows, network)
    quads = len(reader)
    reader.close()
    return {"quads": quads, "rows": len(rows), "nodes": network.n, "ties": network.m, **times}


def report(data: str, rounds: str, output: str) -> object:
    """`coopgraph report centrality` with so many rounds of each bootstrap, on all processors."""
    from coopgraph.cli.main import root

    # Rounds that an earlier run has kept would cost nothing.
    os.environ["XDG_CACHE_HOME"] = str(Path(output).with_name("cache"))
    jobs = str(os.cpu_count() or 1)
    asked = ["report", "centrality", "--data", data, "--rounds", rounds, "--jobs", jobs, "-f", "json", "-o", output]
    root.main(asked, standalone_mode=False)
    found = json.loads(Path(output).read_text(encoding="utf-8"))
    bootstraps = {one["unit"]: one["rounds"] for one in found["robustness"]["bootstraps"]}
    return {"nodes": found["size"]["nodes"], "ties": found["size"]["ties"], "bootstraps": bootstraps}


STEPS: Final[dict[str, Callable[..., object]]] = {
    step.__name__: step for step in (start, generate, build, validate, raw, publish, store_of, project, report)
}

if __name__ == "__main__":
    # Whatever a step prints is for people; the answer alone goes to standard output.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    json.dump(STEPS[sys.argv[1]](*sys.argv[2:]), answer)
    answer.write("\n")
    answer.close()
