"""Which engine computes what."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.network.engines import choose
from coopgraph.network.engines.choose import engine, evaluate, installed, too_large
from coopgraph.network.engines.port import Choice
from coopgraph.network.measures.registry import measure
from tests.bench.networks.invented import invented
from tests.network.classic import karate

if TYPE_CHECKING:
    from pathlib import Path


def by(name: str, ties: int, **choice: object) -> str:
    return evaluate(measure(name), invented(ties), Choice(**choice)).engine  # type: ignore[arg-type]


def test_the_reference_computes_small_networks() -> None:
    for name in ("degree", "pagerank", "betweenness", "core"):
        assert by(name, 500) == "networkx"


def test_fast_engines_compute_large_ones() -> None:
    assert by("pagerank", 4000) == "scipy"
    assert by("core", 4000) == "scipy"
    assert by("clustering", 4000) == "networkit"
    assert by("betweenness", 2000) == "networkit"


def test_betweenness_is_estimated_where_it_would_take_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "EXACT", 10**5)
    monkeypatch.setattr(choose, "_FEW", 249)
    assert by("betweenness", 2000) == "sampling"


def test_betweenness_of_few_nodes_is_exact_however_they_are_tied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "EXACT", 10**5)
    assert by("betweenness", 2000) == "networkit"
    monkeypatch.setattr(choose, "LARGEST", 10**5)
    assert by("betweenness", 2000) == "sampling"


def test_what_cannot_be_estimated_is_refused_where_it_would_take_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "LARGEST", 10**5)
    made = invented(2000)
    assert "250 nodes along 2,000 ties" in too_large(measure("harmonic"), made, Choice())
    with pytest.raises(CoopgraphError, match="Name an engine") as caught:
        evaluate(measure("harmonic"), made, Choice())
    assert caught.value.code == "too-large"
    assert too_large(measure("harmonic"), made, Choice(engine="networkit")) == ""
    assert evaluate(measure("harmonic"), made, Choice(engine="networkit")).engine == "networkit"
    assert too_large(measure("pagerank"), made, Choice()) == ""


def test_an_engine_is_taken_by_name_whatever_the_size() -> None:
    assert by("pagerank", 100, engine="scipy") == "scipy"
    assert by("pagerank", 4000, engine="networkx") == "networkx"


def test_what_a_named_engine_does_not_offer_is_chosen_by_size() -> None:
    assert by("clustering", 100, engine="scipy") == "networkx"


def test_igraph_is_never_chosen() -> None:
    for name in ("betweenness", "closeness", "harmonic", "core", "clustering"):
        assert by(name, 3000) != "igraph"


def test_an_unknown_engine_is_refused_with_what_is_installed() -> None:
    with pytest.raises(CoopgraphError, match="no engine 'neo4j'") as caught:
        evaluate(measure("degree"), karate(), Choice(engine="neo4j"))
    assert "networkx, scipy, sampling, networkit" in caught.value.remedy
    assert caught.value.code == "request"


def test_a_missing_engine_is_refused_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "find_spec", lambda name: None if name == "igraph" else object())
    with pytest.raises(CoopgraphError, match="igraph is not installed") as caught:
        engine("igraph")
    assert "coopgraph[igraph]" in caught.value.remedy
    assert caught.value.code == "not-installed"
    assert "igraph" not in installed()


@pytest.mark.parametrize("choice", [Choice(error=0.0), Choice(error=1.5), Choice(confidence=1.0)])
def test_an_error_that_is_none_is_refused(choice: Choice) -> None:
    with pytest.raises(CoopgraphError, match="between 0 and 1"):
        evaluate(measure("betweenness"), karate(), choice)


def test_values_do_not_depend_on_the_run() -> None:
    made = invented(3000)
    for name in ("betweenness", "closeness", "harmonic", "core", "clustering", "pagerank"):
        runs = [evaluate(measure(name), made, Choice()).values for _ in range(2)]
        assert np.array_equal(*runs), name


def test_engines_are_loaded_by_whoever_computes_and_by_nobody_else(root: Path) -> None:
    program = (
        "import sys, coopgraph.cli.main, coopgraph.web.app, coopgraph.network.scoring, coopgraph.network.communities\n"
        "print(sorted({'networkit', 'igraph', 'rustworkx'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
