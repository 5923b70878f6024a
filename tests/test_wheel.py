"""The wheel, installed far from the checkout: ontology and graph come with it, and every command works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROUNDTABLE = "event/china-asean-ministerial-roundtable-ai-2025"


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What a command prints, in an environment without our settings and without the checkout."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("COOPGRAPH_", "PYTHON"))}
    done = subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        cwd=cwd,
        env=plain | {"PYTHONWARNINGS": "error"} | environment,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The wheel as it is published."""
    target = tmp_path_factory.mktemp("dist")
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if uv is not None:
        command: list[str | Path] = [uv, "build", "--quiet", "--wheel", "--out-dir", target, root]
    else:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", target, root]
    run(*command, cwd=target, PYTHONWARNINGS="default")
    (made,) = target.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def bin_directory(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a fresh environment that holds the wheel; other packages are those at hand, without ours."""
    directory = tmp_path_factory.mktemp("fresh") / "env"
    venv.create(directory, with_pip=False)
    python = directory / "bin" / "python"
    install = ("-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps", wheel)
    run(sys.executable, *install, cwd=directory, PYTHONWARNINGS="default")
    (site,) = directory.glob("lib/python*/site-packages")
    # A name in a .pth file is put on the path; the .pth file that leads to the checkout is not read there.
    others = [path for path in sys.path if path.endswith("site-packages")]
    (site / "others.pth").write_text("".join(f"{path}\n" for path in others))
    return directory / "bin"


@pytest.fixture(scope="module")
def data(bin_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped graph, built by the installed command."""
    directory = tmp_path_factory.mktemp("elsewhere")
    printed = run(bin_directory / "coopgraph", "build", "--data", directory / "data", cwd=directory)
    assert printed.startswith("Release 1: ")
    return directory / "data"


def test_it_holds_code_ontology_and_graph_and_nothing_else(wheel: Path, root: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"coopgraph"}
    assert "coopgraph/py.typed" in names
    for directory in ("ontology", "graph"):
        here = {path.relative_to(root).as_posix() for path in (root / directory).rglob("*") if path.is_file()}
        assert {f"coopgraph/data/{name}" for name in here} <= set(names)
    assert not [name for name in names if "/tests/" in name or "__pycache__" in name or name.endswith(".txt~")]
    assert sum(name.endswith("LICENSE") and "dist-info" in name for name in names) == 3


def test_what_runs_is_what_was_installed(bin_directory: Path, tmp_path: Path) -> None:
    script = (
        "import coopgraph; from coopgraph import resources; print(coopgraph.__file__, resources.directory('graph'))"
    )
    for place in run(bin_directory / "python", "-c", script, cwd=tmp_path).split():
        assert Path(place).is_relative_to(bin_directory.parent)


def test_the_commands(bin_directory: Path, data: Path, tmp_path: Path) -> None:
    def coopgraph(*arguments: str | Path) -> str:
        return run(bin_directory / "coopgraph", *arguments, cwd=tmp_path, COOPGRAPH_DATA=str(data))

    assert coopgraph("query", "ASK { ?s ?p ?o }") == "yes\n"
    assert "characters" in coopgraph("why", ROUNDTABLE, "host")
    assert json.loads(coopgraph("report", "centrality", "-f", "json"))
    assert "<svg" in coopgraph("report", "centrality", "-f", "html")
    assert json.loads(coopgraph("export", "-f", "jsonld-framed", "--frame", "event-card"))
    assert "<graphml" in coopgraph("export", "-f", "graphml")
    assert json.loads(coopgraph("validate", "-f", "json"))["conforms"] is True
    assert coopgraph("release", "verify") == "Release 1 is sound.\n"


def test_the_python_interface(bin_directory: Path, data: Path, tmp_path: Path) -> None:
    script = f"""
import coopgraph
with coopgraph.open({str(data)!r}) as graph:
    print(len(graph.query("SELECT ?m {{ ?m a cg:Meeting }}")) > 0, len(graph.why({ROUNDTABLE!r}, "host")) > 0)
"""
    assert run(bin_directory / "python", "-c", script, cwd=tmp_path) == "True True\n"


def test_the_service(bin_directory: Path, tmp_path: Path) -> None:
    command: list[str | Path] = [
        bin_directory / "coopgraph",
        "serve",
        "--data",
        tmp_path / "data",
        "--bind",
        "127.0.0.1:0",
    ]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("COOPGRAPH_", "PYTHON"))}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=plain) as process:
        assert process.stderr is not None
        try:
            said = next(line for line in process.stderr if line.startswith("Serving at "))
            url = said.removeprefix("Serving at ").strip().rstrip("/")
            for path, expected in (("/", b"<!doctype html>"), ("/static/style.css", b"{"), ("/ns", b"cg:")):
                with urllib.request.urlopen(url + path, timeout=30) as answer:  # noqa: S310 - our own
                    assert expected in answer.read()
        finally:
            process.terminate()
            process.communicate(timeout=30)
    assert process.returncode == 0


def test_a_build_writes_nothing_where_it_is_installed(bin_directory: Path, tmp_path: Path) -> None:
    (installed,) = bin_directory.parent.glob("lib/python*/site-packages/coopgraph/data")
    # With another ontology the records beside the sources would be others.
    shutil.copytree(installed / "ontology", tmp_path / "ontology")
    terms = tmp_path / "ontology" / "coopgraph.ttl"
    terms.write_text(terms.read_text(encoding="utf-8").replace("@en", "@en-gb", 1), encoding="utf-8")
    before = {path: path.read_bytes() for path in installed.rglob("*") if path.is_file()}
    build = ("build", "--ontology", tmp_path / "ontology", "--data", tmp_path / "data")
    assert run(bin_directory / "coopgraph", *build, cwd=tmp_path).startswith("Release 1: ")
    assert {path: path.read_bytes() for path in installed.rglob("*") if path.is_file()} == before
