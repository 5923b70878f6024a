"""A release describes itself, and that is no part of what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from coopgraph import resources, terms
from coopgraph.export.selection import ALL, Selection
from coopgraph.release import description, examples, partitions
from coopgraph.release.change import change
from coopgraph.release.edit import Update
from coopgraph.release.verify import verify
from coopgraph.sparql.policy import admit
from tests import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coopgraph.release.manifest import Manifest
    from coopgraph.release.shelf import Shelf

BASE = "https://example.org/elsewhere/"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CLASSES = """PREFIX void: <http://rdfs.org/ns/void#>
SELECT ?class {
  ?graph <http://www.w3.org/ns/sparql-service-description#graph>/void:classPartition/void:class ?class
}"""


@pytest.mark.parametrize("base", [terms.BASE, BASE])
def test_content_and_digest_do_not_know_of_it(
    shelf: Shelf, put: Callable[..., Manifest], some: Callable[..., list[Quad]], base: str
) -> None:
    plain = put(some(0, 20), base=base)
    described = put(some(0, 20), base=base, describe=description.of_ours())
    assert described.number == 2
    assert described.digest == plain.digest
    assert described.counts == plain.counts
    assert verify(shelf, 2) == ()
    with shelf.open(1) as before, shelf.open(2) as after:
        assert set(before.quads()) == set(after.quads())
        assert before.nquads.read_bytes() == after.nquads.read_bytes()
        chosen = Selection(ALL)
        assert chosen.quads(before.reader, base=base) == chosen.quads(after.reader, base=base)
        assert str(next(iter(before.reader.query(COUNT)))) == str(next(iter(after.reader.query(COUNT))))
        graph = NamedNode(terms.rebase(terms.DESCRIPTION_GRAPH.value, base))
        lines = terms.rebase((after.directory / description.FILE).read_text(encoding="utf-8"), base)
        assert set(after.reader.quads(graph=graph)) == set(parse(input=lines, format=RdfFormat.N_QUADS))


def test_it_is_sealed(shelf: Shelf, put: Callable[..., Manifest], some: Callable[..., list[Quad]]) -> None:
    put(some(0, 20), describe=())
    with (shelf.path(1) / description.FILE).open("a", encoding="utf-8") as file:
        file.write("<a:a> <a:b> <a:c> .\n")
    assert any(description.FILE in sentence for sentence in verify(shelf, 1))


def test_the_same_content_is_the_same_release_again(
    put: Callable[..., Manifest], some: Callable[..., list[Quad]]
) -> None:
    assert put(some(0, 20), describe=()) == put(some(0, 20), describe=())


def test_a_query_about_the_dataset_finds_it_and_others_do_not(shelf: Shelf, put: Callable[..., Manifest]) -> None:
    put(shipped.quads(), describe=description.of_ours(), base=BASE)
    with shelf.open() as release:
        reader = release.reader
        classes = {row["class"].value for row in reader.query(CLASSES)}
        assert f"{BASE}ns#Person" in classes
        assert not [*reader.query(CLASSES.replace("?class {", f"?class FROM <{BASE}graph/shapes> {{"))]
        assert not [*reader.query(CLASSES, default_graphs=[DefaultGraph()])]
        (row,) = reader.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(CONTAINS(STR(?p), 'void')) }")
        assert row["n"].value == "0"


def test_without_a_description_nothing_is_found(
    shelf: Shelf, put: Callable[..., Manifest], some: Callable[..., list[Quad]]
) -> None:
    put(some(0, 5))
    with shelf.open() as release:
        assert not [*release.reader.query(CLASSES)]


def test_many_graphs_do_not_make_a_long_description(
    shelf: Shelf, put: Callable[..., Manifest], some: Callable[..., list[Quad]]
) -> None:
    graphs = [NamedNode(f"{terms.GRAPH}doc/{number}") for number in range(3 * partitions.DETAILED)]
    quads = [Quad(one.subject, one.predicate, one.object, graph) for one in some(0, 1) for graph in graphs]
    put(quads, describe=())
    with shelf.open() as release:
        prologue = "PREFIX void: <http://rdfs.org/ns/void#> SELECT DISTINCT ?part "
        named = "{ ?graph <http://www.w3.org/ns/sparql-service-description#name> ?name ; "
        named += "<http://www.w3.org/ns/sparql-service-description#graph> ?part . "
        assert len([*release.reader.query(prologue + named + "?part void:triples 2 }")]) == len(graphs)
        assert (
            len([*release.reader.query(prologue + named + "?part void:propertyPartition ?p }")]) == partitions.DETAILED
        )


def test_every_question_is_an_example_that_runs() -> None:
    files = {file.stem for file in (resources.directory("ontology") / "questions").glob("*.rq")}
    assert {one.name for one in examples.shipped()} == files
    named = {str(one.subject) for one in examples.executables(examples.shipped())}
    assert len(named) == len(files)
    for one in examples.shipped():
        assert admit(one.query) is not None


@pytest.mark.parametrize(("query", "form"), [
    ("PREFIX a: <a:> SELECT * { ?s ?p ?o }", "Select"), ("ASK{}", "Ask"), ("CONSTRUCT WHERE{}", "Construct"),
])  # fmt: skip
def test_an_executable_tells_its_form(query: str, form: str) -> None:
    triples = [*examples.executables([examples.Example("one", "One?", query)])]
    kinds = {one.object.value.rpartition("#")[2] for one in triples if isinstance(one.object, NamedNode)}
    assert f"SPARQL{form}Executable" in kinds
    assert [one.object.value for one in triples if one.predicate.value.endswith(f"#{form.lower()}")] == [query]


@pytest.mark.parametrize("base", [terms.BASE, BASE])
def test_a_change_is_described_from_what_it_changes(
    shelf: Shelf,
    put: Callable[..., Manifest],
    some: Callable[..., list[Quad]],
    base: str,
    tmp_path: Path,
) -> None:
    """Nothing is counted anew, and what is written is what a full count writes."""
    more = description.of_ours()
    put(some(0, 50), base=base, describe=more, gate="none")
    data = f"<{base}id/a> a <{base}ns#State> ; <{base}ns#p> 1 . GRAPH <{base}graph/g> {{ <{base}id/a> a <{base}ns#X> }}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partitions, "count", None)
        change(shelf, Update(f"INSERT DATA {{ {data} }}"))
        change(shelf, Update(f"DELETE DATA {{ <{base}id/a> a <{base}ns#State> }}"))
        change(shelf, Update(f"DROP GRAPH <{base}graph/g>"))
    assert shelf.numbers() == (1, 2, 3, 4)
    for number in shelf.numbers():
        assert verify(shelf, number) == ()
        with shelf.open(number) as release:
            description.write(release.nquads, tmp_path / "full.nq", more)
            assert (release.directory / description.FILE).read_bytes() == (tmp_path / "full.nq").read_bytes()
            graph = NamedNode(terms.rebase(terms.DESCRIPTION_GRAPH.value, base))
            lines = terms.rebase((tmp_path / "full.nq").read_text(encoding="utf-8"), base)
            assert set(release.reader.quads(graph=graph)) == set(parse(input=lines, format=RdfFormat.N_QUADS))
