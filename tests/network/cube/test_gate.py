"""The observations of a report pass the gate beside the shipped graph; what lacks a dimension does not."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.network.cube import cube
from coopgraph.validate.gate import judge
from tests import shipped
from tests.network.report.made import of_shipped

if TYPE_CHECKING:
    from pathlib import Path


@cache
def measured() -> tuple[Quad, ...]:
    return tuple(parse(cube(of_shipped("co-participation")), RdfFormat.TRIG))


def codes(quads: tuple[Quad, ...]) -> list[str]:
    return sorted(finding.code for finding in judge([*shipped.quads(), *quads]).findings)


def test_what_a_report_gives_back_conforms() -> None:
    assert codes(measured()) == codes(())


def test_what_is_incomplete_or_elsewhere_does_not() -> None:
    (first, *_) = [quad for quad in measured() if quad.predicate == cg.IN_PERIOD]
    lacking = tuple(quad for quad in measured() if quad != first)
    assert codes(lacking) == sorted([*codes(()), "N06"])
    other = terms.MEASURES_GRAPH.value.replace("measures", "nowhere")
    moved = tuple(
        Quad(quad.subject, quad.predicate, quad.object, type(terms.MEASURES_GRAPH)(other)) for quad in measured()
    )
    assert codes(moved) == sorted([*codes(()), "K06"])


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "coopgraph.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.slow
def test_a_report_is_loaded_and_asked_by_sparql(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "measures.trig"
    assert run("build", "--data", data).returncode == 0
    options = ("--rounds", "0", "--measure", "degree", "--data", data)
    assert run("report", "centrality", *options, "-f", "trig", "-o", file).returncode == 0
    loaded = run("load", file, "--data", data)
    assert loaded.returncode == 0, loaded.stderr
    assert run("load", file, "--data", data).returncode == 0  # the same again changes nothing
    question = (
        "PREFIX cg: <https://w3id.org/coopgraph/ns#> SELECT ?node ?rank { GRAPH "
        "<https://w3id.org/coopgraph/graph/measures> { ?o cg:ofNode ?node ; cg:centralityRank ?rank } } ORDER BY ?rank"
    )
    asked = json.loads(run("query", question, "-f", "json", "--data", data).stdout)
    report = json.loads(run("report", "centrality", *options, "-f", "json", "--release", "1").stdout)
    ranks = {row["iri"]: row["scores"][0]["rank"] for row in report["rows"]}
    assert {row["node"]["value"]: int(row["rank"]["value"]) for row in asked["results"]["bindings"]} == ranks
    # Facts stay what they were: nobody who does not ask for measures meets one.
    plain = "SELECT ?o { ?o <https://w3id.org/coopgraph/ns#centralityRank> ?r } LIMIT 1"
    assert json.loads(run("query", plain, "-f", "json", "--data", data).stdout)["results"]["bindings"] == []
