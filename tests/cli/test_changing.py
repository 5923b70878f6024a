"""`load`, `update`, `backup` and `restore` as their users run them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coopgraph.release.begin import begin_empty
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify
from tests.cli.running import coopgraph
from tests.web import made

if TYPE_CHECKING:
    from pathlib import Path

OURS = "https://w3id.org/coopgraph/"


@pytest.fixture
def opened(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path / "data")
    begin_empty(shelf, gate="none", base=OURS)
    return shelf


def test_files_are_loaded_together_or_not_at_all(opened: Shelf, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<x> <http://e/p> _:b .")
    (tmp_path / "b.nq").write_text('<http://e/x> <http://e/p> "1" <http://e/g> .\n')
    (tmp_path / "bad.ttl").write_text("<x> <http://e/p>")
    data = ("--data", opened.directory)
    done = coopgraph("load", tmp_path / "a.ttl", tmp_path / "b.nq", *data)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Release 2: 2 quads added, 0 removed, digest ")
    done = coopgraph("load", tmp_path / "a.ttl", tmp_path / "bad.ttl", *data)
    assert (done.returncode, done.stdout) == (2, "")
    assert coopgraph("load", tmp_path / "none.ttl", *data).returncode == 1
    assert coopgraph("load", "-", *data, stdin="").returncode == 2
    done = coopgraph("load", "-", "-f", "turtle", "--graph", "http://e/h", *data, stdin="<http://e/x> <http://e/p> 2 .")
    assert done.returncode == 0, done.stderr
    assert opened.numbers() == (1, 2, 3)
    with opened.open() as release:
        assert sorted(str(quad.graph_name) for quad in release.quads()) == ["<http://e/g>", "<http://e/h>", "DEFAULT"]
    assert verify(opened) == ()


def test_an_update_from_a_file_and_from_a_pipe(opened: Shelf, tmp_path: Path) -> None:
    data = ("--data", opened.directory)
    (tmp_path / "u.ru").write_text("INSERT DATA { <http://e/x> <http://e/p> 'é' }")
    assert coopgraph("update", tmp_path / "u.ru", *data).returncode == 0
    again = coopgraph("update", tmp_path / "u.ru", *data)
    assert (again.returncode, again.stdout) == (0, "Release 2 says so already.\n")
    done = coopgraph("update", "-", *data, stdin="DELETE WHERE { ?s ?p ?o }")
    assert done.stdout.startswith("Release 3: 0 quads added, 1 removed")
    for text, status in (("LOAD <http://127.0.0.1:1/>", 3), ("INSERT", 2)):
        done = coopgraph("update", "-", *data, stdin=text)
        assert (done.returncode, done.stdout) == (status, "")
    assert opened.current_number() == 3


def test_a_refused_change_shows_the_report(tmp_path: Path) -> None:
    made.release(tmp_path)
    text = f"INSERT DATA {{ <{OURS}{made.CENTRE}> <{OURS}ns#founder> <{OURS}id/actor/atlantis> }}"
    done = coopgraph("update", "-", "--data", tmp_path / "data", stdin=text)
    assert done.returncode == 1
    assert "Violation: cgid:actor/coral-centre cgid:actor/atlantis: W01" in done.stdout
    assert "nothing was changed" in done.stderr
    assert Shelf(tmp_path / "data").numbers() == (1,)


def test_an_open_dataset_gets_a_gate_and_then_goes_through_it(opened: Shelf, tmp_path: Path) -> None:
    data = ("--data", opened.directory)
    (tmp_path / "bad.ttl").write_text(f"<{OURS}id/actor/x> a <{OURS}ns#State> .")
    assert coopgraph("load", tmp_path / "bad.ttl", *data).returncode == 0
    refused = coopgraph("load", tmp_path / "bad.ttl", "--gate", "shacl", *data)
    assert refused.returncode == 1
    assert "Violation: cgid:actor/x" in refused.stdout
    assert opened.numbers() == (1, 2)
    assert coopgraph("update", "-", *data, stdin="CLEAR ALL").returncode == 0
    done = coopgraph("load", tmp_path / "bad.ttl", "--gate", "shacl", *data)
    assert (done.returncode, "Violation: cgid:actor/x" in done.stdout) == (1, True)
    assert "Release 4: all of it conforms" in done.stderr
    assert opened.numbers() == (1, 2, 3, 4)
    assert verify(opened) == ()
    assert coopgraph("load", tmp_path / "bad.ttl", "--gate", "none", *data).returncode == 1


def test_a_backup_comes_back(opened: Shelf, tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "b.tar.gz", tmp_path / "elsewhere"
    done = coopgraph("backup", file, "--data", opened.directory)
    assert done.returncode == 0, done.stderr
    again = coopgraph("restore", file, "--data", elsewhere)
    assert (again.returncode, again.stdout) == (0, done.stdout)
    assert coopgraph("release", "verify", "--data", elsewhere).stdout == "Release 1 is sound.\n"
    assert coopgraph("restore", file, "--data", elsewhere).returncode == 2
    assert coopgraph("backup", file, "--data", opened.directory).returncode == 3


def test_a_writable_service_needs_a_token(tmp_path: Path) -> None:
    begin = ("serve", "--bind", "127.0.0.1:0", "--data", tmp_path / "data", "--gate", "none", "--empty")
    done = coopgraph(*begin, "--writable")
    assert done.returncode == 2
    assert "COOPGRAPH_TOKEN" in done.stderr
    assert not (tmp_path / "data").exists()
