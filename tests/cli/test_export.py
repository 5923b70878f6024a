"""`coopgraph export`."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from pyoxigraph import RdfFormat, parse

from coopgraph.export import FORMS
from coopgraph.export.sameness import canonical
from coopgraph.network.formats import FORMATS
from coopgraph.store.memory import MemoryReader
from tests.cli.sealed import run, seal
from tests.hidden import without
from tests.network import sample

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("data")
    seal(directory)
    return directory


@pytest.mark.parametrize("form", [*FORMS, *FORMATS])
def test_every_format_is_offered(data: Path, form: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    frame = ["--frame", "event-card"] if form == "jsonld-framed" else []
    done = run("export", "-f", form, *frame, "-o", target, "--data", data)
    assert done.returncode == 0, done.stderr
    assert done.stdout == b""
    assert target.stat().st_size > (200 if form not in {"clu", "communities.clu", "vec", "dl"} else 20)


def test_nquads_on_standard_output_are_the_release(data: Path) -> None:
    done = run("export", "-f", "nquads", "--data", data)
    expected = canonical(MemoryReader(sample.quads()).quads())
    assert canonical(parse(done.stdout, format=RdfFormat.N_QUADS)) == expected


def test_graphml_carries_the_release(data: Path) -> None:
    done = run("export", "-f", "graphml", "--projection", "actor-event", "--data", data)
    network = nx.read_graphml(io.BytesIO(done.stdout))
    assert network.graph["release"] == "1"
    assert network.graph["projection"] == "actor-event"


def test_a_directory_and_an_archive_get_the_companions_too(data: Path, tmp_path: Path) -> None:
    directory, archive = tmp_path / "dl", tmp_path / "dl.zip"
    directory.mkdir()
    for target in (directory, archive):
        done = run("export", "-f", "dl", "-o", target, "--data", data)
        assert (done.returncode, done.stdout) == (0, b"")
    names = {f"co-participation.{extension}" for extension in ("dl", "nodes.csv", "csv")}
    assert {path.name for path in directory.iterdir()} == names
    with zipfile.ZipFile(archive) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == {
            path.name: path.read_bytes() for path in directory.iterdir()
        }
    again = tmp_path / "again.zip"
    run("export", "-f", "dl", "-o", again, "--data", data)
    assert again.read_bytes() == archive.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"dl", "dl.zip", "again.zip"}


def test_what_is_one_file_goes_neither_into_a_directory_nor_into_an_archive(data: Path, tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "release.zip"):
        done = run("export", "-f", "trig", "-o", target, "--data", data)
        assert done.returncode == 2
        assert b"trig is one file" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_partition_for_pajek_is_that_of_the_report(data: Path) -> None:
    numbers = run("export", "-f", "communities.clu", "--projection", "actor-event", "--data", data).stdout.split()[2:]
    nodes = run("export", "-f", "nodes.csv", "--projection", "actor-event", "--data", data).stdout.decode()
    iris = [row["id"] for row in csv.DictReader(io.StringIO(nodes, newline=""))]
    members: dict[int, set[str]] = {}
    for iri, number in zip(iris, numbers, strict=True):
        members.setdefault(int(number), set()).add(iri)
    report = json.loads(run("report", "network", "--projection", "actor-event", "-f", "json", "--data", data).stdout)
    told = {one["number"]: {member["iri"] for member in one["members"]} for one in report["communities"]["communities"]}
    assert told
    assert {number: some for number, some in members.items() if len(some) > 1} == told


def test_ties_lead_to_where_they_are_opened(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOPGRAPH_BASE_URL", "https://example.org/graph")
    done = run("export", "-f", "edges.csv", "--data", data)
    first = next(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
    assert first["evidence"] == (
        "https://example.org/graph/networks/co-participation/tie?source=actor/atlantis&target=actor/institute&release=1"
    )


@pytest.mark.parametrize("form", ["parquet", "nodes.parquet"])
def test_what_is_not_installed_is_told_with_its_extra(
    data: Path, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, tmp_path, "pyarrow")
    done = run("export", "-f", form, "-o", tmp_path / "out", "--data", data)
    assert done.returncode == 2
    assert b"pyarrow, which is not installed here. Install coopgraph[parquet]." in done.stderr
    assert not (tmp_path / "out").exists()


def test_quotations_need_the_documents(data: Path, tmp_path: Path) -> None:
    done = run("export", "-f", "trig", "--quotes", "--data", data)
    assert done.returncode == 2
    assert b"--documents" in done.stderr
    assert done.stdout == b""
    documents = sample.write_texts(tmp_path / "documents")
    done = run("export", "-f", "trig", "--quotes", "--documents", documents, "--data", data)
    assert done.returncode == 0
    assert b"oa:exact" in done.stdout


def test_a_failed_export_leaves_the_old_file_alone(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "facts.ttl"
    target.write_text("precious")
    done = run("export", "-f", "turtle", "--graph", "doc/none", "-o", target, "--data", data)
    assert done.returncode == 1
    assert target.read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir()] == ["facts.ttl"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("-f", "graphml", "--graph", "facts"),
        ("-f", "gexf", "--quotes"),
        ("-f", "turtle", "--projection", "actor-event"),
        ("-f", "turtle", "--frame", "event-card"),
        ("-f", "turtle", "--graph", "all"),
        ("-f", "nonsense"),
        (),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(data: Path, arguments: tuple[str, ...]) -> None:
    done = run("export", *arguments, "--data", data)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr


def test_equal_releases_give_equal_files_in_every_process(data: Path) -> None:
    for form in ("turtle", "trig", "jsonld", "rdfxml", "gexf"):
        assert run("export", "-f", form, "--data", data).stdout == run("export", "-f", form, "--data", data).stdout
