"""`coopgraph report centrality`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from coopgraph.network.report import published
from tests.cli.sealed import run, seal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("data")
    seal(directory)
    return directory


@pytest.mark.parametrize(
    ("form", "start"),
    [("html", b"<!DOCTYPE html>"), ("markdown", b"# Centrality"), ("json", b"{"), ("csv", b"release,digest")],
)
def test_each_form_goes_to_standard_output(data: Path, form: str, start: bytes) -> None:
    done = run("report", "centrality", "-f", form, "--data", data)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(start)


def test_two_processes_write_the_same_bytes(data: Path, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        assert run("report", "centrality", "-f", "html", "-o", tmp_path / name, "--data", data).returncode == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]


def test_the_report_says_which_release_it_is_about(data: Path) -> None:
    done = run("report", "centrality", "-f", "json", "--release", "1", "--projection", "actor-event", "--data", data)
    members = json.loads(done.stdout)
    jsonschema.validate(members, json.loads(published("centrality")))
    assert members["source"]["release"] == 1
    assert len(members["source"]["digest"]) == 64
    assert members["about"]["mode"] == "two-mode"


def test_top(data: Path) -> None:
    members = json.loads(run("report", "centrality", "-f", "json", "--top", "1", "--data", data).stdout)
    assert len(members["rows"]) == 1 < members["kinds"][0]["nodes"]


def test_without_a_release_it_says_how_to_make_one(tmp_path: Path) -> None:
    done = run("report", "centrality", "--data", tmp_path)
    assert done.returncode == 3
    assert b"coopgraph build" in done.stderr
    assert done.stdout == b""


def test_an_unknown_projection_is_wrong_usage(data: Path) -> None:
    done = run("report", "centrality", "--projection", "nonsense", "--data", data)
    assert done.returncode == 2
    assert b"co-participation" in done.stderr


def test_a_directory_that_is_not_there_is_named(data: Path, tmp_path: Path) -> None:
    done = run("report", "centrality", "-o", tmp_path / "no" / "such" / "report.md", "--data", data)
    assert done.returncode == 3
    assert b"cannot be written" in done.stderr
