"""Backups hold whole releases, come back by digest, and nothing else comes out of them."""

from __future__ import annotations

import errno
import io
import tarfile
import tempfile
from typing import TYPE_CHECKING

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.release.backup import CHECKSUMS, back_up, restore
from coopgraph.release.begin import begin_empty
from coopgraph.release.change import change
from coopgraph.release.edit import Update
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Alter = Callable[[tarfile.TarInfo, bytes], list[tuple[tarfile.TarInfo, bytes]]]


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    """A shelf of three releases."""
    begin_empty(shelf, gate="none", base="https://w3id.org/coopgraph/")
    for number in range(2):
        change(
            shelf, Update(f"INSERT DATA {{ <http://a> <http://p> {number} . GRAPH <http://g> {{ _:b <http://p> 1 }} }}")
        )
    return shelf


@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz", "b.tgz", "b.tar.xz"])
def test_what_comes_back_is_what_went(filled: Shelf, tmp_path: Path, name: str) -> None:
    assert [one.number for one in back_up(filled, tmp_path / name)] == [3]
    elsewhere = Shelf(tmp_path / "elsewhere")
    (told,) = restore(tmp_path / name, elsewhere)
    assert told == filled.current() == elsewhere.current()
    assert verify(elsewhere) == ()
    assert sorted(path.name for path in elsewhere.directory.iterdir()) == ["current", "lock", "releases"]
    assert change(elsewhere, Update("CLEAR ALL")).number == 4


def test_all_releases(filled: Shelf, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "all.tar", filled.numbers())
    elsewhere = Shelf(tmp_path / "elsewhere")
    restore(tmp_path / "all.tar", elsewhere)
    assert elsewhere.manifests() == filled.manifests()
    assert [verify(elsewhere, number) for number in elsewhere.numbers()] == [(), (), ()]
    assert elsewhere.current_number() == 3
    back_up(filled, tmp_path / "old.tar", [2])
    restore(tmp_path / "old.tar", Shelf(tmp_path / "old"))
    assert Shelf(tmp_path / "old").current_number() == 2


def code(call: Callable[[], object]) -> str:
    with pytest.raises(CoopgraphError) as caught:
        call()
    return caught.value.code


def test_nothing_is_written_over(filled: Shelf, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b.tar")
    before = (tmp_path / "b.tar").read_bytes()
    assert code(lambda: back_up(filled, tmp_path / "b.tar")) == "storage"
    assert (tmp_path / "b.tar").read_bytes() == before
    assert code(lambda: restore(tmp_path / "b.tar", filled)) == "request"
    assert len(filled.numbers()) == 3


def test_what_cannot_be_backed_up(filled: Shelf, tmp_path: Path) -> None:
    assert code(lambda: back_up(filled, tmp_path / "b.zip")) == "request"
    assert code(lambda: back_up(filled, tmp_path / "b.tar", [7])) == "not-found"
    with pytest.raises(CoopgraphError, match="There is no directory") as caught:
        back_up(filled, tmp_path / "none" / "b.tar")
    assert caught.value.code == "storage"
    assert code(lambda: back_up(Shelf(tmp_path / "none"), tmp_path / "b.tar")) == "not-ready"
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_what_is_no_archive_is_told_in_one_line(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_text("nonsense")
    with pytest.raises(CoopgraphError) as caught:
        restore(tmp_path / "b.tar", shelf)
    assert caught.value.code == "damaged"
    assert "\n" not in caught.value.detail


def test_a_place_where_no_backup_can_be_written_is_no_matter_of_the_data_directory(
    filled: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    with pytest.raises(CoopgraphError) as caught:
        back_up(filled, tmp_path / "b.tar")
    assert caught.value.code == "storage"
    assert caught.value.remedy.endswith("or name another file.")


def rewritten(
    source: Path, target: Path, alter: Callable[[tarfile.TarInfo, bytes], list[tuple[tarfile.TarInfo, bytes]]]
) -> Path:
    """The archive with each member altered."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            file = old.extractfile(member)
            assert file is not None
            for info, content in alter(member, file.read()):
                info.size = len(content)
                new.addfile(info, io.BytesIO(content))
    return target


def named(name: str, **changes: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    for key, value in changes.items():
        setattr(info, key, value)
    return info


@pytest.mark.parametrize(
    "intruder",
    [
        named("../escaped"),
        named("/tmp/escaped"),  # noqa: S108 - where an attacker would write
        named("releases/000003/../../escaped"),
        named("releases/000003/store/../../../../escaped"),
        named("releases/000003/store/x", type=tarfile.SYMTYPE, linkname="../../../escaped"),
        named("releases/000003/store/x", type=tarfile.LNKTYPE, linkname="/etc/passwd"),
        named("releases/000003/store/x", type=tarfile.CHRTYPE),
        named("releases/000003/store", type=tarfile.DIRTYPE),
        named("escaped"),
    ],
    ids=lambda one: f"{one.name}-{one.type.decode()}",
)
def test_nothing_leaves_the_place(filled: Shelf, tmp_path: Path, intruder: tarfile.TarInfo) -> None:
    back_up(filled, tmp_path / "b.tar")

    def alter(member: tarfile.TarInfo, content: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        return [(member, content), *([(intruder, b"")] if member.name == CHECKSUMS else [])]

    bad = rewritten(tmp_path / "b.tar", tmp_path / "bad.tar", alter)
    elsewhere = Shelf(tmp_path / "deep" / "elsewhere")
    assert code(lambda: restore(bad, elsewhere)) == "damaged"
    assert elsewhere.numbers() == ()
    assert not list(tmp_path.rglob("escaped"))


@pytest.mark.parametrize("part", ["quads.nq", "manifest.json", "CURRENT", CHECKSUMS])
def test_damage_is_found(filled: Shelf, tmp_path: Path, part: str) -> None:
    back_up(filled, tmp_path / "b.tar")

    def alter(member: tarfile.TarInfo, content: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        return [(member, content[:-2] + b"?\n" if member.name.endswith(part) else content)]

    elsewhere = Shelf(tmp_path / "elsewhere")
    assert code(lambda: restore(rewritten(tmp_path / "b.tar", tmp_path / "bad.tar", alter), elsewhere)) == "damaged"
    assert elsewhere.current_number() is None
    (tmp_path / "short.tar").write_bytes((tmp_path / "b.tar").read_bytes()[:5000])
    assert code(lambda: restore(tmp_path / "short.tar", elsewhere)) == "damaged"
    (tmp_path / "text.tar").write_bytes(b"no archive at all")
    assert code(lambda: restore(tmp_path / "text.tar", elsewhere)) == "damaged"
    assert code(lambda: restore(tmp_path / "none.tar", elsewhere)) == "not-found"


@pytest.mark.parametrize("there", [False, True])
def test_what_cannot_be_restored_leaves_nothing(filled: Shelf, tmp_path: Path, there: bool) -> None:
    back_up(filled, tmp_path / "b.tar")
    whole = (tmp_path / "b.tar").read_bytes()
    place = tmp_path / "deep" / "elsewhere"
    if there:
        place.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    for bad in (b"no archive at all", whole[:5000], whole[: len(whole) // 2]):
        (tmp_path / "b.tar").write_bytes(bad)
        assert code(lambda: restore(tmp_path / "b.tar", Shelf(place))) == "damaged"
        assert sorted(tmp_path.rglob("*")) == before
    (tmp_path / "b.tar").write_bytes(whole)
    assert restore(tmp_path / "b.tar", Shelf(place)) == (filled.current(),)
