"""`coopgraph release`, as a person and as a program sees it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from coopgraph.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyoxigraph import Quad

    from coopgraph.release.manifest import Manifest
    from coopgraph.release.shelf import Shelf

    Put = Callable[..., Manifest]
    Some = Callable[..., list[Quad]]
    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(shelf: Shelf, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["release", *arguments, "--data", str(shelf.directory)])
        output = capsys.readouterr()
        return int(ended.value.code or 0), output.out, output.err

    return call


@pytest.fixture
def two(put: Put, some: Some) -> tuple[Manifest, Manifest]:
    return put(some(0, 2)), put(some(1, 3))


def test_list(run: Run, two: tuple[Manifest, Manifest]) -> None:
    status, out, _ = run("list")
    assert status == 0
    first, second = out.splitlines()[1:]
    assert two[0].digest[:16] in first
    assert two[1].digest[:16] in second
    assert "*" not in first
    assert "*" in second
    status, out, _ = run("list", "-f", "json")
    assert [(row["number"], row["current"], row["digest"]) for row in json.loads(out)] == [
        (1, False, two[0].digest),
        (2, True, two[1].digest),
    ]


def test_an_empty_list(run: Run) -> None:
    assert run("list", "-f", "json")[:2] == (0, "[]\n")


def test_a_damaged_release_does_not_hide_the_others(run: Run, two: tuple[Manifest, Manifest], shelf: Shelf) -> None:
    (shelf.path(1) / "manifest.json").write_text("{}")
    status, out, _ = run("list", "-f", "json")
    assert status == 0
    rows = json.loads(out)
    assert "damage" in rows[0]
    assert rows[1]["digest"] == two[1].digest


def test_show(run: Run, two: tuple[Manifest, Manifest]) -> None:
    status, out, _ = run("show", "1")
    assert status == 0
    assert two[0].digest in out
    assert json.loads(run("show", "-f", "json")[1]) == two[1].as_dict()
    status, out, err = run("show", "9")
    assert (status, out) == (1, "")
    assert "There are: 1, 2." in err


def test_verify(run: Run, two: tuple[Manifest, Manifest], shelf: Shelf) -> None:
    assert run("verify")[:2] == (0, "Release 2 is sound.\n")
    assert run("verify", "1")[:2] == (0, "Release 1 is sound.\n")
    (shelf.path(1) / "quads.nq").write_bytes(b"")
    status, out, _ = run("verify", "--all")
    assert status == 1
    assert "Release 1 is damaged:\n  quads.nq is not what was sealed" in out
    assert "Release 2 is sound." in out
    status, out, _ = run("verify", "1", "-f", "json")
    assert status == 1
    assert [(row["number"], row["sound"]) for row in json.loads(out)] == [(1, False)]
    assert two[1].number == 2


@pytest.mark.usefixtures("two")
def test_verify_finds_a_broken_current(run: Run, shelf: Shelf) -> None:
    shelf.point(7)
    for arguments in (["verify"], ["verify", "--all"]):
        status, out, _ = run(*arguments)
        assert status == 1
        assert "Release current is damaged" in out


@pytest.mark.usefixtures("two")
def test_diff(run: Run) -> None:
    status, out, err = run("diff", "1")
    assert status == 0
    assert "2 quads added, 2 removed." in err
    marks = sorted(line[0] + ("e0" if "/e0>" in line else "e2") for line in out.splitlines())
    assert marks == ["+e2", "+e2", "-e0", "-e0"]
    status, out, _ = run("diff", "2", "1", "-f", "json")
    found = json.loads(out)
    assert (status, found["old"], found["new"], len(found["changes"])) == (0, 2, 1, 4)
    assert {change["kind"] for change in found["changes"] if "/e0>" in change["quad"]} == {"added"}
    assert json.loads(run("diff", "2", "2", "-f", "json")[1])["changes"] == []


@pytest.mark.usefixtures("two")
def test_prune(run: Run, shelf: Shelf) -> None:
    assert run("prune")[0] == 2
    assert run("prune", "--keep", "1")[:2] == (0, "Removed: 1.\n")
    assert shelf.numbers() == (2,)
    assert json.loads(run("prune", "--keep", "1", "-f", "json")[1]) == {"removed": []}
