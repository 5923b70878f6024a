"""Changes of an open dataset: each one a sound release of its own, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from coopgraph.curate.rdf import RdfText
from coopgraph.errors import CoopgraphError
from coopgraph.release import canonical
from coopgraph.release.begin import begin_empty, ensure_gate
from coopgraph.release.change import Changed, Guard, change
from coopgraph.release.edit import Delete, Edit, Patch, Post, Put, Update
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

G = NamedNode("http://example.org/g")
DEFAULT = DefaultGraph()


@pytest.fixture
def opened(shelf: Shelf) -> Shelf:
    begin_empty(shelf, gate="none", base="https://w3id.org/coopgraph/")
    return shelf


def turtle(text: str, media_type: str = "text/turtle") -> tuple[RdfText, ...]:
    return (RdfText(text.encode(), media_type, "http://example.org/doc"),)


def content(shelf: Shelf) -> set[str]:
    """What the store holds, after it was compared with the lines beside it."""
    assert verify(shelf) == ()
    with shelf.open() as release:
        return {str(quad) for quad in release.reader.quads()}


def failure(shelf: Shelf, edit: Edit, **options: Any) -> str:
    before = shelf.current()
    with pytest.raises(CoopgraphError) as caught:
        change(shelf, edit, **options)
    assert shelf.current() == before
    assert not list(shelf.directory.glob("building-*"))
    return caught.value.code


def test_an_update_makes_a_release(opened: Shelf) -> None:
    told = change(opened, Update("INSERT DATA { <a> <p> 1, 'x' . GRAPH <g> { _:b <p> 1 } }", "http://e/"))
    assert (told.number, told.added, told.removed) == (2, 3, 0)
    manifest = opened.current()
    assert manifest is not None
    assert (manifest.gate, manifest.parent, manifest.counts) == ("none", 1, {"quads": 3, "graphs": 1})
    assert manifest.verdict == {}
    told = change(opened, Update("DELETE WHERE { ?s ?p 1 }"))
    assert (told.number, told.added, told.removed) == (3, 0, 1)
    assert len(content(opened)) == 2


def test_an_update_may_declare_names_between_operations(opened: Shelf) -> None:
    told = change(opened, Update("INSERT DATA { <a> <p> 1 } ; PREFIX e: <q/> INSERT DATA { e:b <p> 2 }", "http://e/"))
    assert (told.number, told.added, told.removed) == (2, 2, 0)
    told = change(opened, Update("DELETE WHERE { ?s ?p 1 } ; BASE <http://e/> INSERT { <c> ?p 3 } WHERE { ?s ?p 2 }"))
    assert (told.number, told.added, told.removed) == (3, 1, 1)
    change(opened, Put(turtle("<a> <p> 1 ."), G))
    told = change(opened, Patch("INSERT DATA { <x:a> <x:p> 2 } ; BASE <x:> DELETE WHERE { ?s <p> 2 }", None, G))
    assert (told.added, told.removed) == (0, 0)
    failed = Update("CLEAR ALL ;\nPREFIX e: <x:>\nINSERT DATA { e:a }")
    with pytest.raises(CoopgraphError) as caught:
        change(opened, failed)
    assert (caught.value.code, caught.value.line) == ("syntax", 3)
    assert len(content(opened)) == 3


def test_what_changes_nothing_makes_no_release(opened: Shelf) -> None:
    change(opened, Put(turtle("<a> <p> 042 ."), G))
    for edit in (
        Update("INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/a> <http://example.org/p> 42 } }"),
        Update("DELETE WHERE { ?s ?p ?o }"),
        Update("CREATE GRAPH <http://example.org/empty>"),
        Put(turtle("<a> <p> 42 ."), G),
        Post(turtle("<a> <p> 42 ."), G),
    ):
        told = change(opened, edit)
        assert (told.number, told.added, told.removed) == (2, 0, 0)
    assert opened.numbers() == (1, 2)


def test_graphs_come_and_go(opened: Shelf) -> None:
    assert not change(opened, Put(turtle("<a> <p> [ <q> 1 ] ."), G)).existed
    assert change(opened, Post(turtle("<a> <p> [] ."), G)).existed
    assert change(opened, Put(turtle("<a> <p> <b> ."), DEFAULT)).existed
    assert len(content(opened)) == 4
    assert change(opened, Put(turtle("<a> <p> 1 ."), G)).removed == 3
    change(opened, Delete(G))
    assert len(content(opened)) == 1
    assert failure(opened, Delete(G)) == "not-found"
    change(opened, Put(turtle('<http://a> <http://p> "1" <http://g> .', "application/n-quads"), None))
    assert len(content(opened)) == 1
    change(opened, Delete(None))
    assert content(opened) == set()


def test_blank_nodes_keep_their_labels_and_never_meet(opened: Shelf) -> None:
    change(opened, Post(turtle("_:x <p> 1 ."), DEFAULT))
    first = content(opened)
    change(opened, Post(turtle("_:x <p> 1 ."), DEFAULT))
    assert len(content(opened)) == 2
    assert first < content(opened)


def test_a_patch_sees_one_graph(opened: Shelf) -> None:
    change(opened, Put(turtle("<a> <p> 1, [] ."), G))
    change(opened, Put(turtle("<a> <p> 2 ."), DEFAULT))
    kept = {line for line in content(opened) if "_:" in line}
    told = change(opened, Patch("DELETE { ?s ?p 1 } INSERT { ?s ?p 3 } WHERE { ?s ?p 1 }", None, G))
    assert (told.added, told.removed) == (1, 1)
    assert kept < content(opened)
    assert failure(opened, Patch("INSERT DATA { GRAPH <http://h> { <http://a> <http://p> 1 } }", None, G)) == "request"
    assert failure(opened, Patch("CLEAR ALL", None, NamedNode("http://none"))) == "not-found"


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (Update("INSERT DATA {"), "syntax"),
        (Update("ASK {}"), "syntax"),
        (Update("DELETE DATA { _:b <http://p> 1 }"), "syntax"),
        (Update("INSERT DATA { ?s <http://p> 1 }"), "syntax"),
        (Update("INSERT DATA { <relative> <http://p> 1 }"), "syntax"),
        (Update("INSERT DATA { <http://a> <http://p> 1 } ; DROP GRAPH <http://none>"), "not-found"),
        (Post(turtle("<a> <p>"), G), "syntax"),
        (Post(turtle("<a> <p> 1", "text/html"), G), "media-type"),
        (Post(turtle('<http://a> <http://p> "1" <http://g> .', "application/n-quads"), G), "syntax"),
        (Post(turtle('{"@context": "http://example.org/c", "a": 1}', "application/ld+json"), G), "syntax"),
        (Post(turtle("[" * 2000, "application/ld+json"), G), "too-large"),
    ],
)
def test_what_is_refused_changes_nothing(opened: Shelf, edit: Edit, code: str) -> None:
    change(opened, Update("INSERT DATA { <http://a> <http://p> 0 }"))
    assert failure(opened, edit) == code


def test_guards(opened: Shelf) -> None:
    first = change(opened, Put(turtle("<a> <p> 1 ."), G))
    change(opened, Put(turtle("<a> <p> 2 ."), G), guard=Guard(digest=first.digest))
    assert failure(opened, Put(turtle("<a> <p> 3 ."), G), guard=Guard(digest=first.digest)) == "precondition"
    assert failure(opened, Put(turtle("<a> <p> 3 ."), G), guard=Guard(existed=False)) == "precondition"


def test_without_a_release_nothing_can_be_changed(shelf: Shelf) -> None:
    with pytest.raises(CoopgraphError) as caught:
        change(shelf, Update("CLEAR ALL"))
    assert caught.value.code == "not-ready"


def test_only_so_many_releases_stay_but_for_those_that_are_read(opened: Shelf) -> None:
    with opened.open(1) as first:
        assert len(first.reader) == 0
        for number in range(6):
            change(opened, Update(f"INSERT DATA {{ <http://a> <http://p> {number} }}"), keep=3)
        assert opened.numbers() == (1, 5, 6, 7)
    change(opened, Update("CLEAR ALL"), keep=3)
    assert opened.numbers() == (6, 7, 8)
    change(opened, Update("INSERT DATA { <http://a> <http://p> 1 }"), keep=0)
    assert opened.numbers() == (6, 7, 8, 9)


def test_many_small_changes_leave_few_files(opened: Shelf) -> None:
    for number in range(25):
        change(
            opened,
            Update(f"INSERT DATA {{ <http://a> <http://p> {number} . GRAPH <http://g> {{ _:b <http://p> 1 }} }}"),
        )
    assert len(content(opened)) == 50
    with opened.open() as release:
        assert len(list(release.store.iterdir())) < 100


def test_another_base(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "data")
    begin_empty(shelf, gate="none", base="https://other.example/")
    change(shelf, Update("INSERT DATA { <https://other.example/id/a> <http://p> 1 }"))
    assert verify(shelf) == ()
    with shelf.open() as release:
        assert b"https://w3id.org/coopgraph/id/a" in release.nquads.read_bytes()
        assert b"other.example" not in release.nquads.read_bytes()
    assert failure(shelf, Update("INSERT DATA { <https://w3id.org/coopgraph/id/a> <http://p> 1 }")) == "request"


def test_a_dataset_keeps_its_gate(opened: Shelf) -> None:
    assert not ensure_gate(opened, "")
    assert not ensure_gate(opened, "none")
    assert opened.numbers() == (1,)


TERMS = st.sampled_from([NamedNode(f"http://e/{name}") for name in "abc"])
QUADS = st.builds(
    Quad,
    st.one_of(TERMS, st.sampled_from([BlankNode("x"), BlankNode("y")])),
    TERMS,
    st.one_of(TERMS, st.integers(0, 3).map(Literal), st.text('né"\\\n\t', max_size=3).map(Literal)),
    st.one_of(TERMS, st.just(DEFAULT)),
)


STEPS = st.lists(st.tuples(st.sampled_from(["INSERT", "DELETE"]), st.sets(QUADS, min_size=1, max_size=4)), max_size=3)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=st.sets(QUADS, max_size=20), new=st.sets(QUADS, max_size=20))
def test_lines_are_merged_as_if_written_anew(
    tmp_path_factory: pytest.TempPathFactory, old: set[Quad], new: set[Quad]
) -> None:
    directory = tmp_path_factory.mktemp("lines")

    def lines(quads: set[Quad]) -> set[bytes]:
        store = Store()
        store.extend(quads)
        return set((store.dump(format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))

    before, after = lines(old), lines(new)
    source, target = directory / "old.nq", directory / "new.nq"
    source.write_bytes(b"".join(sorted(before)))
    told = canonical.write_changed(source, target, added=after - before, removed=before - after)
    assert target.read_bytes() == b"".join(sorted(after))
    assert told.quads == len(after)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["INSERT", "DELETE"]), st.sets(QUADS, min_size=1, max_size=4)), max_size=4)
)
def test_any_run_of_updates_ends_where_the_engine_alone_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, set[Quad]]]
) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("run") / "data")
    begin_empty(shelf, gate="none", base="https://w3id.org/coopgraph/")
    alone = Store()
    told: Changed | None = None
    for verb, quads in steps:
        named = [quad for quad in quads if not isinstance(quad.subject, BlankNode)]
        text = f"{verb} DATA {{ " + " ".join(pattern(quad) for quad in named) + " }"
        alone.update(text)
        told = change(shelf, Update(text))
    assert verify(shelf) == ()
    with shelf.open() as release:
        assert set(release.reader.quads()) == set(alone)
        assert set(parse(path=str(release.nquads), format=RdfFormat.N_QUADS)) == set(alone)
        assert told is None or told.digest == release.manifest.digest


def pattern(quad: Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object} ."
    return triple if isinstance(quad.graph_name, DefaultGraph) else f"GRAPH {quad.graph_name} {{ {triple} }}"
