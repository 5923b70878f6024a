"""The canonical form: what the store keeps, sorted, once; by whatever way it was reached."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from coopgraph.errors import CoopgraphError
from coopgraph.release import canonical
from coopgraph.store.memory import MemoryReader, kept

if TYPE_CHECKING:
    from pathlib import Path

A, P, G = (NamedNode(f"http://example.org/{name}") for name in "apg")
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPES = st.sampled_from(
    ["integer", "decimal", "date", "boolean", "string", "nonNegativeInteger", "gYear", "gYearMonth", "double"]
)
CHARACTERS = st.characters(codec="utf-8") | st.sampled_from('\x7f\x00\ufffe\uffff，"\\\n\r\t\U0001fffe')
OBJECTS = (
    st.text(alphabet=CHARACTERS, max_size=6).map(Literal)
    | st.builds(
        lambda text, tag: Literal(text, language=tag),
        st.text(CHARACTERS, max_size=3),
        st.sampled_from(["en", "zh-Hans", "EN-us"]),
    )
    | st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(XSD + kind)),
        st.sampled_from(
            ["0", "-1", "-0", "01", "1.0", "true", "2031-05-05", "0031-05-05", "2031-02-29", "2031", "2031-12", "x"]
        ),
        TYPES,
    )
    | st.sampled_from(
        [
            A,
            BlankNode("b1"),
            BlankNode("fa1ea831d866d138cfd26bf730197151"),
            Triple(A, P, Literal("042", datatype=NamedNode(XSD + "integer"))),
        ]
    )
)
QUADS = st.lists(
    st.builds(Quad, st.sampled_from([A, BlankNode("x")]), st.just(P), OBJECTS, st.sampled_from([A, G])), max_size=12
)


def lines_of(quads: list[Quad]) -> list[bytes]:
    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


@given(quads=QUADS)
def test_a_line_that_passes_the_check_is_kept_as_it_is(quads: list[Quad]) -> None:
    for line in lines_of(quads):
        if canonical._EVIDENT.fullmatch(line):
            assert kept(parse(input=line, format=RdfFormat.N_QUADS)) == {line}


def test_ordinary_lines_pass_the_quick_check() -> None:
    for line in lines_of(
        [
            Quad(A, P, NamedNode("https://example.org/Việt/名?x=1#y")),
            Quad(A, P, Literal("Việt Nam, 越南，\uff01 'quoted'", language="zh-hans"), G),
            Quad(A, P, Literal("")),
            Quad(A, P, Literal(-120)),
            Quad(A, P, Literal("2031-02-28", datatype=NamedNode(XSD + "date"))),
            Quad(A, P, Literal("2031-12", datatype=NamedNode(XSD + "gYearMonth"))),
            Quad(A, P, Literal("2031", datatype=NamedNode(XSD + "gYear"))),
        ]
    ):
        assert canonical._EVIDENT.fullmatch(line), line


@given(quads=QUADS)
def test_file_and_quads_give_what_the_store_gives(quads: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> None:
    directory = tmp_path_factory.mktemp("canonical")
    source, target = directory / "source.nq", directory / "target.nq"
    source.write_bytes(b"# a comment\n\n" + b"".join(lines_of([*quads, *quads])).rstrip(b"\n"))
    written = canonical.write_file(source, target, workspace=directory)
    content = target.read_bytes()
    assert content.splitlines(keepends=True) == sorted(kept(quads))
    assert written == canonical.Written(len(kept(quads)), hashlib.sha256(content).hexdigest())
    assert set(parse(path=str(target), format=RdfFormat.N_QUADS)) == set(MemoryReader(quads).quads())
    assert canonical.is_canonical(target)
    assert canonical.copy_sorted(target, directory / "copy.nq") == written
    assert (directory / "copy.nq").read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        b"<http://e/b> <http://e/p> <http://e/a> .\n<http://e/a> <http://e/p> <http://e/a> .\n",
        b"<http://e/a> <http://e/p> <http://e/a> .\n<http://e/a> <http://e/p> <http://e/a> .\n",
        b"<http://e/a> <http://e/p> <http://e/a> .",
    ],
    ids=["order", "twice", "no line end"],
)
def test_what_is_not_sorted_is_not_copied(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "source.nq").write_bytes(content)
    assert canonical.copy_sorted(tmp_path / "source.nq", tmp_path / "target.nq") is None


@pytest.mark.parametrize(
    "line",
    [
        b'<http://e/a> <http://e/p> "042"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        b'<http://e/a> <http://e/p> "x"^^<http://www.w3.org/2001/XMLSchema#string> .\n',
        b'<http://e/a> <http://e/p> "x"@EN .\n',
        b'<http://e/a> <http://e/p> "\\u0041" .\n',
        b'<http://e/a> <http://e/p> "\xef\xbf\xbe" .\n',
        b'<http://e/a>  <http://e/p> "x" .\n',
        b'<http://e/a> <http://e/p> "x" . # comment\n',
        b"<http://e/a> <http://e/\\u0070> <http://e/a> .\n",
        b"# comment\n",
        b"nonsense\n",
    ],
)
def test_a_form_that_the_store_does_not_keep_is_not_canonical(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "source.nq").write_bytes(b'<http://e/a> <http://e/p> "fine" .\n' + line)
    assert not canonical.is_canonical(tmp_path / "source.nq")


def test_many_runs_are_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "_BLOCK", 7)
    quads = [Quad(A, P, Literal(f"{i * 37 % 100:03d}")) for i in range(100)]
    written = canonical.write_quads(quads + quads[::3], tmp_path / "target.nq", workspace=tmp_path)
    assert written.quads == 100
    assert (tmp_path / "target.nq").read_bytes() == b"".join(sorted(lines_of(quads)))
    assert [path.name for path in tmp_path.iterdir()] == ["target.nq"]


def test_a_mistake_is_told_with_its_line_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "_BLOCK", 4)
    good = b'<http://e/a> <http://e/p> "x" .\n'
    (tmp_path / "source.nq").write_bytes(good * 9 + b"<http://e/a> oops .\n" + good)
    with pytest.raises(CoopgraphError) as caught:
        canonical.write_file(tmp_path / "source.nq", tmp_path / "target.nq", workspace=tmp_path)
    assert (caught.value.code, caught.value.line) == ("syntax", 10)


def test_names_of_blank_nodes_do_not_matter_in_quads(tmp_path: Path) -> None:
    found = []
    for first, second in (("x", "y"), ("y", "x"), ("b0", "b1")):
        one, two = BlankNode(first), BlankNode(second)
        quads = [Quad(A, P, one), Quad(one, P, two), Quad(two, P, Literal("end"))]
        found.append(canonical.write_quads(quads, tmp_path / "target.nq", workspace=tmp_path))
    assert found[0] == found[1] == found[2]
    assert b"_:c14n0" in (tmp_path / "target.nq").read_bytes()
