"""`coopgraph report`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
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


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        (("network",), b"# Network: "),
        (("actor", "actor/atlantis", "--rounds", "2"), b"# Atlantis in a network: "),
        (("compare", "projection:co-participation", "projection:countries"), b"# Comparison: "),
        (("compare", "..2030", "2031-05.."), b"# Comparison: until 2030 and since 2031-05"),
        (("centrality", "--explain", "Lemuria", "--rounds", "2", "--jobs", "2"), b"# Centrality: "),
    ],
)
def test_the_other_reports(data: Path, arguments: tuple[str, ...], start: bytes) -> None:
    done = run("report", *arguments, "--data", data)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(start)
    if "--explain" in arguments:
        assert b"## Why Lemuria has rank" in done.stdout
        assert b"coopgraph why event/tide-forum attendee actor/lemuria" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("compare", "yesterday", "2030.."), b"no period such as"),
        (("compare", "projection:nonsense", "2030.."), b"There is no projection"),
        (("actor", "nobody"), b"no 'nobody'"),
        (("compare", "2030..2030", "2031..2031", "--since", "2030"), b"is a period already"),
        (("compare", "release:1", "release:1"), b"nothing to compare"),
        (
            ("compare", "projection:co-participation", "projection:actor-event", "--rule", "simple"),
            b"has no rule simple",
        ),
        (("centrality", "--explain", " "), b"Name an actor"),
        (("centrality", "--seed", "99999999999999999999"), b"is not in the range"),
        (("centrality", "--rounds", "100000000"), b"is not in the range 0<=x<=100000"),
        (("centrality", "--since", "soon"), b"is no date such as"),
        (("centrality", "--rule", "nonsense"), b"no projection rule"),
        (("centrality", "--projection", "actor-event", "--measure", "pagerank"), b"not defined"),
        (("centrality", "--measure", "density"), b"is not one of 'degree', 'in-degree'"),
    ],
)
def test_what_cannot_be_reported_is_told(data: Path, arguments: tuple[str, ...], told: bytes) -> None:
    done = run("report", *arguments, "--data", data)
    assert done.returncode in {1, 2}
    assert told in done.stderr
    assert done.stdout == b""


def test_an_interrupted_report_says_so_and_keeps_its_finished_rounds(data: Path, tmp_path: Path) -> None:
    # So many rounds take a while; finished ones lie in the directory of the user's unfinished work.
    command = [sys.executable, "-c", "from coopgraph.cli import main; main()", "report", "centrality"]
    arguments = [*command, "--rounds", "100000", "--projection", "actor-event", "--data", str(data)]
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            deadline = time.monotonic() + 90
            while len(list(tmp_path.rglob("*.npy"))) < 3 and time.monotonic() < deadline:
                time.sleep(0.1)
            process.send_signal(signal.SIGINT)
            output, told = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, output, told.strip()) == (3, b"", b"Stopped.")
    assert len(list((tmp_path / "coopgraph" / "unfinished").rglob("*.npy"))) >= 3
