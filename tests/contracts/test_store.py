"""What every store must do, whatever engine is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)

from coopgraph.errors import CoopgraphError
from tests.contracts.backends import backend_named
from tests.contracts.differences import DIFFERENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from coopgraph.store.port import Reader
    from tests.contracts.backends import Backend

XSD = "http://www.w3.org/2001/XMLSchema#"


def ex(name: str) -> NamedNode:
    return NamedNode(f"http://example.org/{name}")


A, B, C, P, Q, G, H = (ex(name) for name in "abcpqgh")
QUADS = (
    Quad(A, P, B),
    Quad(A, Q, Literal("one", language="en")),
    Quad(B, P, C, G),
    Quad(C, P, A, H),
    Quad(A, P, B, H),
)


@pytest.fixture(
    scope="session",
    params=[
        "oxigraph",
        "memory",
        pytest.param("fuseki", marks=pytest.mark.slow),
        pytest.param("virtuoso", marks=pytest.mark.slow),
    ],
)
def any_backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with backend_named(request.param, tmp_path_factory.mktemp(request.param)) as made:
        yield made


@pytest.fixture
def backend(any_backend: Backend, request: pytest.FixtureRequest) -> Backend:
    difference = DIFFERENCES.get(any_backend.name, {}).get(request.node.name.replace(any_backend.name, ""))
    if difference is not None:
        # Strict: a difference that is gone must leave the list.
        request.node.add_marker(pytest.mark.xfail(reason=difference, strict=True))
    return any_backend


@pytest.fixture
def sealed(backend: Backend, tmp_path: Path) -> Callable[[Iterable[Quad]], Reader]:
    def seal(quads: Iterable[Quad]) -> Reader:
        builder = backend.builder(tmp_path / "work")
        builder.load(quads)
        builder.seal(tmp_path / "sealed")
        builder.close()
        return backend.reader(tmp_path / "sealed")

    return seal


@pytest.fixture
def reader(sealed: Callable[[Iterable[Quad]], Reader]) -> Reader:
    return sealed(QUADS)


def table(reader: Reader, text: str, **dataset: Any) -> list[tuple[str, ...]]:
    answer = reader.query(text, **dataset)
    assert isinstance(answer, QuerySolutions)
    return sorted(tuple("" if term is None else str(term) for term in row) for row in answer)


def test_the_three_kinds_of_answer(reader: Reader) -> None:
    assert isinstance(reader.query("SELECT * { ?s ?p ?o }"), QuerySolutions)
    assert isinstance(reader.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"), QueryTriples)
    assert isinstance(reader.query(f"DESCRIBE {A}"), QueryTriples)
    answer = reader.query(f"ASK {{ {A} {P} {B} }}")
    assert isinstance(answer, QueryBoolean)
    assert bool(answer)
    assert not bool(reader.query(f"ASK {{ {B} {P} {A} }}"))


def test_without_a_dataset_the_default_graph_alone_is_default(reader: Reader) -> None:
    assert table(reader, "SELECT ?s ?o { ?s ?p ?o }") == [(str(A), '"one"@en'), (str(A), str(B))]


def test_without_a_dataset_all_named_graphs_are_there(reader: Reader) -> None:
    assert table(reader, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }") == [(str(G),), (str(H),)]


def test_default_graphs_are_merged_and_named_ones_absent(reader: Reader) -> None:
    assert table(reader, "SELECT ?s { ?s ?p ?o }", default_graphs=[G, H]) == [(str(A),), (str(B),), (str(C),)]
    assert table(reader, "SELECT ?s { GRAPH ?g { ?s ?p ?o } }", default_graphs=[G, H]) == []


def test_the_stores_default_graph_can_be_one_of_the_default_graphs(reader: Reader) -> None:
    rows = table(reader, "SELECT ?s ?o { ?s ?p ?o FILTER isIRI(?o) }", default_graphs=[DefaultGraph(), G])
    assert rows == [(str(A), str(B)), (str(B), str(C))]


@pytest.mark.parametrize("graphs", [(DefaultGraph(), H), (H, DefaultGraph()), (H, H), (G, H, DefaultGraph())])
def test_a_triple_of_several_merged_graphs_is_there_once(
    reader: Reader, graphs: tuple[NamedNode | DefaultGraph, ...]
) -> None:
    assert table(reader, f"SELECT ?o {{ {A} {P} ?o }}", default_graphs=graphs) == [(str(B),)]
    rows = table(reader, f"SELECT ?g {{ {A} {P} ?o GRAPH ?g {{ ?x ?y ?z }} }}", default_graphs=graphs, named_graphs=[G])
    assert rows == [(str(G),)]


def test_named_graphs_alone_leave_the_default_graph_empty(reader: Reader) -> None:
    assert table(reader, "SELECT ?s { ?s ?p ?o }", named_graphs=[G]) == []
    assert table(reader, "SELECT ?s ?g { GRAPH ?g { ?s ?p ?o } }", named_graphs=[G]) == [(str(B), str(G))]


def test_an_empty_dataset_is_not_the_missing_dataset(reader: Reader) -> None:
    assert table(reader, "SELECT ?s { ?s ?p ?o }", default_graphs=[]) == []


def test_dataset_arguments_beat_from(reader: Reader) -> None:
    text = "SELECT ?s FROM <http://example.org/g> { ?s ?p ?o }"
    assert table(reader, text) == [(str(B),)]
    assert table(reader, text, default_graphs=[H]) == [(str(A),), (str(C),)]


def test_from_named_limits_the_graphs(reader: Reader) -> None:
    assert table(reader, "SELECT ?s FROM NAMED <http://example.org/g> { GRAPH ?g { ?s ?p ?o } }") == [(str(B),)]


def test_relative_iris_need_a_base(reader: Reader) -> None:
    assert table(reader, "SELECT ?o { <a> <p> ?o }", base="http://example.org/") == [(str(B),)]
    with pytest.raises(CoopgraphError) as caught:
        reader.query("SELECT ?o { <a> <p> ?o }")
    assert caught.value.code == "syntax"


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ({}, 5),
        ({"subject": A}, 3),
        ({"predicate": P}, 4),
        ({"object": B}, 2),
        ({"graph": H}, 2),
        ({"graph": DefaultGraph()}, 2),
        ({"subject": A, "predicate": P, "object": B, "graph": H}, 1),
        ({"object": Literal("one")}, 0),
        ({"object": Literal("one", language="en")}, 1),
    ],
)
def test_patterns_of_quads(reader: Reader, pattern: dict[str, Any], count: int) -> None:
    found = list(reader.quads(**pattern))
    assert len(found) == count
    assert set(found) <= set(QUADS)


def test_the_number_of_quads_counts_a_quad_once(sealed: Callable[[Iterable[Quad]], Reader]) -> None:
    assert len(sealed([*QUADS, *QUADS])) == 5


@pytest.mark.parametrize(
    "literal",
    [
        Literal("two\nlines\tand \"quotes\" \\ 'more'"),
        Literal("\u4e2d\u56fd\u2014\u4e1c\u76df \U0001f30f \u0007 \ufffe"),
        Literal("e\u0301"),
        Literal("S\u00e1", language="vi"),
        Literal("42", datatype=NamedNode(XSD + "integer")),
        Literal("1.5", datatype=NamedNode(XSD + "decimal")),
        Literal("true", datatype=NamedNode(XSD + "boolean")),
        Literal("2031-05-05", datatype=NamedNode(XSD + "date")),
        Literal("2031-05", datatype=NamedNode(XSD + "gYearMonth")),
        Literal("2031", datatype=NamedNode(XSD + "gYear")),
        Literal("any", datatype=ex("type")),
        Literal(""),
    ],
    ids=str,
)
def test_literals_that_are_kept(sealed: Callable[[Iterable[Quad]], Reader], literal: Literal) -> None:
    assert [quad.object for quad in sealed([Quad(A, P, literal)]).quads()] == [literal]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (Literal("042", datatype=NamedNode(XSD + "integer")), Literal("42", datatype=NamedNode(XSD + "integer"))),
        (Literal("1.50", datatype=NamedNode(XSD + "decimal")), Literal("1.5", datatype=NamedNode(XSD + "decimal"))),
        (Literal("1", datatype=NamedNode(XSD + "boolean")), Literal("true", datatype=NamedNode(XSD + "boolean"))),
        (Literal("7", datatype=NamedNode(XSD + "nonNegativeInteger")), Literal(7)),
    ],
    ids=str,
)
def test_literals_that_are_normalised(
    sealed: Callable[[Iterable[Quad]], Reader], given: Literal, kept: Literal
) -> None:
    assert [quad.object for quad in sealed([Quad(A, P, given)]).quads()] == [kept]


def test_blank_nodes_keep_their_labels(backend: Backend, tmp_path: Path) -> None:
    quads = [Quad(BlankNode("b1"), P, BlankNode("b2"), G), Quad(A, P, Literal("_: is no blank node"))]
    path = tmp_path / "source.nq"
    serialize(quads, str(path), RdfFormat.N_QUADS)
    builder = backend.builder(tmp_path / "work")
    builder.load_file(path)
    builder.seal(tmp_path / "sealed")
    builder.close()
    assert set(backend.reader(tmp_path / "sealed").quads()) == set(quads)


def test_a_file_is_loaded_like_its_quads(backend: Backend, tmp_path: Path) -> None:
    path = tmp_path / "source.nq"
    serialize(QUADS, str(path), RdfFormat.N_QUADS)
    builder = backend.builder(tmp_path / "work")
    builder.load_file(path)
    builder.seal(tmp_path / "sealed")
    builder.close()
    assert set(backend.reader(tmp_path / "sealed").quads()) == set(QUADS)


@pytest.mark.parametrize("blank", [b"", b"_:b <http://example.org/p> _:b .\n"])
def test_a_malformed_file_names_the_line_and_adds_nothing(backend: Backend, tmp_path: Path, blank: bytes) -> None:
    path = tmp_path / "source.nq"
    good = b"<http://example.org/a> <http://example.org/p> <http://example.org/b> .\n"
    path.write_bytes(good * 3 + blank + b"<http://example.org/a> oops .\n" + good)
    builder = backend.builder(tmp_path / "work")
    with pytest.raises(CoopgraphError) as caught:
        builder.load_file(path)
    assert caught.value.code == "syntax"
    assert caught.value.line == (5 if blank else 4)
    assert "source.nq" in caught.value.detail
    builder.seal(tmp_path / "sealed")
    builder.close()
    assert len(backend.reader(tmp_path / "sealed")) == 0


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELECT * {", 1, 11),
        ("SELECT ?s\nWHERE {\n  ?s ?p\n}", 4, 2),
        ('ASK { ?s ?p "\U0001f30f" }}', 1, 19),
        ("ASK { ?s nowhere:p ?o }", 1, 19),
        ("INSERT DATA { }", 1, 10),
        ("", 1, 1),
    ],
)
def test_a_query_that_is_not_sparql_says_where(reader: Reader, text: str, line: int, column: int) -> None:
    with pytest.raises(CoopgraphError) as caught:
        reader.query(text)
    assert caught.value.code == "syntax"
    assert (caught.value.line, caught.value.column) == (line, column)
    assert "['" not in caught.value.detail
    assert "[_]" not in caught.value.detail


def test_half_a_surrogate_pair_is_not_sparql(reader: Reader) -> None:
    with pytest.raises(CoopgraphError) as caught:
        reader.query('SELECT * { ?s ?p "\ud800" }')
    assert caught.value.code == "syntax"


def test_a_base_that_is_no_iri_is_refused(reader: Reader) -> None:
    with pytest.raises(CoopgraphError) as caught:
        reader.query("ASK {}", base="nowhere")
    assert caught.value.code == "request"
    assert "nowhere" in caught.value.detail


def test_an_empty_store(sealed: Callable[[Iterable[Quad]], Reader]) -> None:
    reader = sealed([])
    assert len(reader) == 0
    assert list(reader.quads()) == []
    assert table(reader, "SELECT * { ?s ?p ?o }") == []
    assert not bool(reader.query("ASK { GRAPH ?g { ?s ?p ?o } }"))


def test_what_is_sealed_does_not_change(backend: Backend, tmp_path: Path) -> None:
    builder = backend.builder(tmp_path / "work")
    builder.load(QUADS[:2])
    builder.seal(tmp_path / "first")
    with_two = backend.reader(tmp_path / "first")
    builder.load(QUADS[2:])
    builder.seal(tmp_path / "second")
    builder.close()
    assert set(with_two.quads()) == set(QUADS[:2])
    assert set(backend.reader(tmp_path / "first").quads()) == set(QUADS[:2])
    assert set(backend.reader(tmp_path / "second").quads()) == set(QUADS)


def test_two_readers_of_one_directory(backend: Backend, reader: Reader, tmp_path: Path) -> None:
    other = backend.reader(tmp_path / "sealed")
    reader.close()
    assert len(other) == 5


def test_a_seal_never_overwrites(backend: Backend, tmp_path: Path) -> None:
    builder = backend.builder(tmp_path / "work")
    builder.seal(tmp_path / "sealed")
    with pytest.raises(FileExistsError):
        builder.seal(tmp_path / "sealed")
    builder.close()


def test_a_closed_reader_refuses(reader: Reader) -> None:
    reader.close()
    reader.close()
    for use in (lambda: reader.query("ASK {}"), lambda: list(reader.quads()), lambda: len(reader)):
        with pytest.raises(ValueError, match="closed"):
            use()


def test_a_closed_builder_refuses_and_leaves_nothing(backend: Backend, tmp_path: Path) -> None:
    builder = backend.builder(tmp_path / "work")
    builder.load(QUADS)
    builder.close()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="closed"):
        builder.load(QUADS)


def test_a_directory_without_a_store_is_damaged(backend: Backend, tmp_path: Path) -> None:
    with pytest.raises(CoopgraphError) as caught:
        backend.reader(tmp_path / "nothing")
    assert caught.value.code == "damaged"
