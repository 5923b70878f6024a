from __future__ import annotations

import hashlib
import threading
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release import canonical
from coopgraph.release.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coopgraph.release.manifest import Manifest
    from coopgraph.release.shelf import Shelf

    Put = Callable[..., Manifest]
    Some = Callable[..., list[Quad]]


def lines(quads: list[Quad]) -> list[bytes]:
    return sorted(set((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)))


def test_the_first_release(shelf: Shelf, put: Put, some: Some) -> None:
    manifest = put(some(0, 3), versions={"coopgraph": "1", "ontology": "2"}, verdict={"conforms": True, "findings": 0})
    content = b"".join(lines(some(0, 3)))
    assert (manifest.number, manifest.parent, manifest.base) == (1, None, terms.BASE)
    assert manifest.digest == hashlib.sha256(content).hexdigest()
    assert dict(manifest.counts) == {"quads": 6, "graphs": 1}
    assert manifest.versions == {"coopgraph": "1", "ontology": "2"}
    with shelf.open() as release:
        assert release.manifest == manifest
        assert release.nquads.read_bytes() == content
        assert set(release.reader.quads()) == set(some(0, 3))
    assert sorted(path.name for path in shelf.directory.iterdir()) == ["current", "lock", "releases"]
    assert sorted(path.name for path in release.directory.iterdir()) == ["manifest.json", "quads.nq", "store"]
    assert verify(shelf) == ()


def test_the_next_release_names_its_parent(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 3))
    second = put(some(0, 4))
    assert (second.number, second.parent) == (2, 1)
    assert shelf.current() == second
    assert [manifest.number for manifest in shelf.manifests()] == [1, 2]


def test_the_same_content_in_any_order_and_repeatedly_is_the_same_release(shelf: Shelf, put: Put, some: Some) -> None:
    first = put(some(0, 50))
    assert put(reversed(some(0, 50) + some(10, 20))) == first
    assert shelf.numbers() == (1,)


def test_going_back_to_old_content_is_a_new_release(shelf: Shelf, put: Put, some: Some) -> None:
    first, _ = put(some(0, 3)), put(some(0, 4))
    third = put(some(0, 3))
    assert (third.number, third.digest) == (3, first.digest)
    assert shelf.current() == third


def test_another_base_is_another_release_with_the_same_digest(shelf: Shelf, put: Put, some: Some) -> None:
    first = put(some(0, 3))
    moved = put(some(0, 3), base="https://other.example/kg/")
    assert (moved.number, moved.digest, moved.base) == (2, first.digest, "https://other.example/kg/")
    with shelf.open() as release:
        assert release.nquads.read_bytes() == b"".join(lines(some(0, 3)))
        found = lines(list(release.reader.quads()))
    assert b"".join(found).decode() == terms.rebase(b"".join(lines(some(0, 3))).decode(), moved.base)
    assert b"w3id.org" not in b"".join(found)
    assert verify(shelf) == ()


def test_names_of_blank_nodes_do_not_make_a_release(put: Put) -> None:
    def quads() -> list[Quad]:
        one = BlankNode()
        return [Quad(terms.thing("event/e"), terms.term("p"), one), Quad(one, terms.term("p"), Literal("x"))]

    assert put(quads()) == put(quads())


def test_literals_stand_in_the_release_as_the_store_keeps_them(shelf: Shelf, put: Put) -> None:
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    put([Quad(terms.thing("event/e"), terms.term("p"), Literal("042", datatype=integer))])
    with shelf.open() as release:
        assert b'"42"' in release.nquads.read_bytes()
    assert verify(shelf) == ()


def test_an_empty_release(shelf: Shelf, put: Put) -> None:
    assert dict(put([]).counts) == {"quads": 0, "graphs": 0}
    assert verify(shelf) == ()


@pytest.mark.parametrize("order", ["sorted", "reversed"])
def test_a_file_gives_the_same_release_as_its_quads(
    shelf: Shelf, put: Put, some: Some, tmp_path: Path, order: str
) -> None:
    path = tmp_path / "source.nq"
    path.write_bytes(b"".join(sorted(lines(some(0, 30)), reverse=order == "reversed")))
    first = put(path)
    assert verify(shelf) == ()
    assert put(some(0, 30)) == first


def test_a_sorted_file_is_not_rewritten(put: Put, some: Some, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "source.nq"
    path.write_bytes(b"".join(lines(some(0, 30))))
    monkeypatch.setattr(canonical, "write_file", lambda *_, **__: pytest.fail("took the slow way"))
    assert put(path).counts["quads"] == 60


def test_a_sorted_file_with_other_forms_is_published_as_the_store_keeps_it(
    shelf: Shelf, put: Put, tmp_path: Path
) -> None:
    path = tmp_path / "source.nq"
    typed = b'<http://e/%d> <http://e/p> "0%d"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    path.write_bytes(b"".join(typed % (i, i) for i in range(1, 10)))
    first = put(path)
    assert verify(shelf) == ()
    with shelf.open() as release:
        assert release.nquads.read_bytes() == path.read_bytes().replace(b'"0', b'"')
    assert put(path) == first


def test_blank_nodes_of_a_file_keep_their_labels(shelf: Shelf, put: Put, tmp_path: Path) -> None:
    path = tmp_path / "source.nq"
    path.write_bytes(b"<http://e/a> <http://e/p> _:mine .\n_:mine <http://e/p> <http://e/a> .\n")
    put(path)
    assert verify(shelf) == ()
    with shelf.open() as release:
        assert release.nquads.read_bytes() == path.read_bytes()
        assert set(release.reader.quads()) == set(parse(path=str(path), format=RdfFormat.N_QUADS))


@pytest.mark.parametrize("before", [b"", b"<http://e/z> <http://e/p> <http://e/a> .\n"], ids=["sorted", "unsorted"])
def test_a_malformed_file_changes_nothing(shelf: Shelf, put: Put, some: Some, tmp_path: Path, before: bytes) -> None:
    first = put(some(0, 3))
    path = tmp_path / "source.nq"
    path.write_bytes(before + b"<http://e/a> <http://e/p> <http://e/a> .\n<http://e/b> oops .\n")
    with pytest.raises(CoopgraphError) as caught:
        put(path)
    assert (caught.value.code, caught.value.line) == ("syntax", 3 if before else 2)
    assert "source.nq" in caught.value.detail
    assert shelf.current() == first
    assert not list(shelf.directory.glob("building-*"))


def test_a_missing_file_is_told(put: Put, tmp_path: Path) -> None:
    with pytest.raises(CoopgraphError) as caught:
        put(tmp_path / "nowhere.nq")
    assert caught.value.code == "not-found"


def test_an_error_while_quads_are_made_changes_nothing(shelf: Shelf, put: Put, some: Some) -> None:
    first = put(some(0, 3))

    def quads() -> Iterator[Quad]:
        yield from some(0, 2)
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        put(quads())
    assert shelf.current() == first
    assert not list(shelf.directory.glob("building-*"))


def test_leftovers_of_a_dead_writer_are_removed(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 3))
    (shelf.directory / "building-dead" / "store").mkdir(parents=True)
    (shelf.directory / ".current-99999").symlink_to("releases/000001")
    put(some(0, 4))
    assert sorted(path.name for path in shelf.directory.iterdir()) == ["current", "lock", "releases"]


def test_a_release_that_was_complete_when_its_writer_died_is_taken(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 3))
    second = put(some(0, 4))
    shelf.point(1)
    assert put(some(0, 4)) == second
    assert shelf.current() == second
    assert shelf.numbers() == (1, 2)


def test_damage_of_the_current_release_is_mended_by_publishing_again(shelf: Shelf, put: Put, some: Some) -> None:
    first = put(some(0, 3))
    with shelf.open() as release:
        release.nquads.write_bytes(b"")
    second = put(some(0, 3))
    assert (second.number, second.digest) == (2, first.digest)
    assert verify(shelf) == ()


def test_a_current_that_points_nowhere_is_mended_by_publishing(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 3))
    shelf.point(9)
    assert put(some(0, 4)).parent is None
    assert verify(shelf) == ()


def test_another_writer_is_waited_for(shelf: Shelf, put: Put, some: Some) -> None:
    put(some(0, 3))
    lock = FileLock(shelf.directory / "lock", thread_local=False)
    lock.acquire()
    with pytest.raises(CoopgraphError) as caught:
        put(some(0, 4), wait=0.2)
    assert caught.value.code == "busy"
    assert "0.2 seconds" in caught.value.detail
    threading.Timer(0.5, lock.release).start()
    assert put(some(0, 4), wait=10).number == 2
