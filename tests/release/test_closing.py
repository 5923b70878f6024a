"""A dataset that nobody judged gets a gate: all of it is judged, and what follows from it is there afterwards."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from coopgraph import resources, terms
from coopgraph import vocabulary as cg
from coopgraph.curate.texts import Texts
from coopgraph.errors import CoopgraphError
from coopgraph.release import build, description, findings
from coopgraph.release.begin import begin_empty, ensure_gate
from coopgraph.release.change import change
from coopgraph.release.edit import Update
from coopgraph.release.passage import RefusedError
from coopgraph.release.publish import OPEN, publish
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify
from coopgraph.validate.gate import judge
from tests.small import Small

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.release.build import Built

FORUM, LEMURIA = terms.thing("event/atlantis-forum-2031"), terms.thing("actor/lemuria")
OTHER = "https://other.example/kg/"
HOSTED = Quad(FORUM, cg.HOST, LEMURIA)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    directory = tmp_path_factory.mktemp("small")
    small, texts = Small().write(directory), Texts(directory / "documents")
    return dataclasses.replace(build.assemble_graph(small, resources.directory("ontology"), texts), files={})


def opened(directory: Path, quads: list[Quad], *, base: str = terms.BASE) -> Shelf:
    """An open dataset that holds these quads."""
    shelf = Shelf(directory)
    publish(shelf, quads, base=base, verdict={}, versions={"coopgraph": "0"}, gate=OPEN)
    return shelf


def quads_of(shelf: Shelf) -> set[Quad]:
    with shelf.open() as release:
        return set(release.quads())


@pytest.mark.parametrize("base", [terms.BASE, OTHER])
def test_a_dataset_that_conforms_becomes_what_a_build_makes(built: Built, tmp_path: Path, base: str) -> None:
    """Without the model and without what follows from its assertions, which both come by themselves."""
    model = set(build.assemble_model(resources.directory("ontology")).quads)
    derived = {terms.PROSPECTIVE_GRAPH, terms.INFERRED_GRAPH}
    own = [quad for quad in built.quads if quad not in model and quad.graph_name not in derived and quad != HOSTED]
    shelf = opened(tmp_path / "data", own, base=base)
    assert ensure_gate(shelf, "shacl")
    assert verify(shelf) == ()
    manifest = shelf.current()
    assert manifest is not None
    assert (manifest.number, manifest.parent, manifest.gate, manifest.base) == (2, 1, "shacl", base)
    assert quads_of(shelf) == set(built.quads)
    verdict = judge(built.quads)
    assert manifest.verdict == verdict.summary()
    assert manifest.versions["shapes"]
    assert manifest.versions["ontology"] == built.versions["ontology"]
    with shelf.open() as release:
        assert findings.read(release.directory) == verdict.findings
        description.write(release.nquads, tmp_path / "about.nq", description.of_ours())
        assert (release.directory / description.FILE).read_bytes() == (tmp_path / "about.nq").read_bytes()
    assert not ensure_gate(shelf, "shacl")
    with pytest.raises(RefusedError):
        change(
            shelf,
            Update(
                f"INSERT DATA {{ <{base}{FORUM.value[len(terms.BASE) :]}> <{base}ns#host> <{base}id/actor/lemuria> }}"
            ),
        )
    assert shelf.numbers() == (1, 2)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (HOSTED, "W01"),
        (Quad(FORUM, cg.HOST, LEMURIA, terms.PROSPECTIVE_GRAPH), "W01"),
        (Quad(terms.thing("actor/x"), cg.RDF_TYPE, cg.CLS_STATE), None),
        (Quad(NamedNode("http://e/a"), NamedNode("http://e/b"), Literal(1), NamedNode("http://e/g")), None),
    ],
)
def test_a_dataset_that_does_not_conform_stays_open(built: Built, tmp_path: Path, more: Quad, code: str | None) -> None:
    shelf = opened(tmp_path / "data", [*built.quads, more])
    with pytest.raises(RefusedError) as caught:
        ensure_gate(shelf, "shacl")
    assert caught.value.kind.http == 422
    found = caught.value.verdict.findings
    assert {str(more.subject), str(more.graph_name)} & {one.focus for one in found}
    assert code is None or code in {one.code for one in found}
    assert shelf.numbers() == (1,)
    manifest = shelf.current()
    assert manifest is not None
    assert manifest.gate == OPEN
    assert change(shelf, Update("INSERT DATA { <http://e/c> <http://e/b> 1 }")).number == 2


def test_what_has_a_gate_keeps_it(built: Built, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    build.release(built, shelf, base=terms.BASE)
    assert not ensure_gate(shelf, "shacl")
    with pytest.raises(CoopgraphError) as caught:
        ensure_gate(shelf, "none")
    assert caught.value.code == "different"
    assert shelf.numbers() == (1,)


def test_an_empty_dataset_gets_the_model(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    begin_empty(shelf, gate="none", base=terms.BASE)
    assert ensure_gate(shelf, "shacl")
    assert quads_of(shelf) == set(build.assemble_model(resources.directory("ontology")).quads)
    assert (
        change(
            shelf, Update(f"INSERT DATA {{ {terms.ONTOLOGY} <http://www.w3.org/2004/02/skos/core#note> 'x' }}")
        ).number
        == 3
    )
