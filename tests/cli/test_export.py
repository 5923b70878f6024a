"""`coopgraph export`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from pyoxigraph import RdfFormat, parse

from coopgraph.export import FORMS
from coopgraph.export.sameness import canonical
from coopgraph.network.formats import FORMATS
from coopgraph.store.memory import MemoryReader
from tests.cli.sealed import run, seal
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
    assert target.stat().st_size > 200


def test_nquads_on_standard_output_are_the_release(data: Path) -> None:
    done = run("export", "-f", "nquads", "--data", data)
    expected = canonical(MemoryReader(sample.quads()).quads())
    assert canonical(parse(done.stdout, format=RdfFormat.N_QUADS)) == expected


def test_graphml_carries_the_release(data: Path) -> None:
    done = run("export", "-f", "graphml", "--projection", "actor-event", "--data", data)
    network = nx.read_graphml(io.BytesIO(done.stdout))
    assert network.graph["release"] == "1"
    assert network.graph["projection"] == "actor-event"


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
