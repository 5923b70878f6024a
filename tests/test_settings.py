"""Settings: where they come from, which wins, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph import settings
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default(tmp_path: Path) -> None:
    (tmp_path / "coopgraph.toml").write_text("readers = 5\nquery_rows = 50\nquery_seconds = 5\n")
    environment = {"COOPGRAPH_QUERY_ROWS": "60", "COOPGRAPH_QUERY_SECONDS": "6"}
    found = settings.load({"query_seconds": 7, "data": None}, environment=environment, directory=tmp_path)
    assert (found.readers, found.query_rows, found.query_seconds) == (5, 60, 7.0)
    assert found.query_bytes == settings.Settings().query_bytes


def test_a_value_may_come_from_a_file_named_in_the_environment(tmp_path: Path) -> None:
    (tmp_path / "address").write_text("https://example.org/\n")
    found = settings.load(environment={"COOPGRAPH_BASE_URL_FILE": str(tmp_path / "address")}, directory=tmp_path)
    assert found.base_url == "https://example.org/"


@pytest.mark.parametrize(
    "environment",
    [
        {"COOPGRAPH_SPEED": "9"},
        {"COOPGRAPH_READERS": "0"},
        {"COOPGRAPH_READERS": "many"},
        {"COOPGRAPH_QUERY_SECONDS": "soon"},
        {"COOPGRAPH_BASE_IRI": "https://example.org"},
        {"COOPGRAPH_LOG_LEVEL": "LOUD"},
        {"COOPGRAPH_BASE_URL_FILE": "/nowhere/at/all"},
        {"COOPGRAPH_QUERY_SECONDS": "nan"},
        {"COOPGRAPH_QUERY_SECONDS": "inf"},
        {"COOPGRAPH_QUERY_MEMORY": "9" * 30},
        {"COOPGRAPH_READERS": "100000"},
        {"COOPGRAPH_BASE_IRI": "examples/"},
        {"COOPGRAPH_BASE_IRI": "https://example.org/a b/"},
        {"COOPGRAPH_BASE_IRI": "https://example.org/?x=/"},
        {"COOPGRAPH_BASE_URL": "localhost"},
        {"COOPGRAPH_BASE_URL": 'https://example.org/">'},
        {"COOPGRAPH_DATA": "~nobody-of-that-name/data"},
    ],
)
def test_what_cannot_be_is_refused_by_name(environment: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(CoopgraphError) as caught:
        settings.load(environment=environment, directory=tmp_path)
    assert caught.value.code == "settings"
    (key,) = environment
    assert key.removeprefix("COOPGRAPH_").removesuffix("_FILE").lower() in str(caught.value).lower()


def test_an_empty_value_stands_for_the_default(tmp_path: Path) -> None:
    (tmp_path / "coopgraph.toml").write_text('documents = ""\nquery_rows = 7\n')
    empty = {f"COOPGRAPH_{name}": "" for name in ("DATA", "QUERY_ROWS", "QUERY_SECONDS", "BASE_IRI", "LOG_LEVEL")}
    assert settings.load({"data": ""}, environment=empty, directory=tmp_path) == settings.Settings()


@pytest.mark.parametrize(
    "line",
    ["data = 5", "data = {a = 1}", "base_iri = 5", "query_rows = true", "query_seconds = nan", 'data = "\\u0000"'],
)
def test_a_value_of_another_kind_is_refused_by_name(line: str, tmp_path: Path) -> None:
    (tmp_path / "coopgraph.toml").write_text(line)
    with pytest.raises(CoopgraphError, match=line.partition(" ")[0]) as caught:
        settings.load(environment={}, directory=tmp_path)
    assert caught.value.code == "settings"


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xff\xfe")
    with pytest.raises(CoopgraphError, match="BASE_URL_FILE"):
        settings.load(environment={"COOPGRAPH_BASE_URL_FILE": str(tmp_path / "secret")}, directory=tmp_path)


def test_without_a_home_only_the_default_is_missing() -> None:
    script = """
import pwd
def nobody(_): raise KeyError
pwd.getpwuid = nobody
from coopgraph import settings
from coopgraph.errors import CoopgraphError
print(settings.load({"data": "/srv/graph"}).data)
try:
    settings.load()
except CoopgraphError as error:
    print(error.code)
"""
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr) == ("/srv/graph\nsettings\n", "")


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "coopgraph.toml").write_text("readers = \n")
    with pytest.raises(CoopgraphError, match="cannot be read"):
        settings.load(environment={}, directory=tmp_path)


@given(st.integers(min_value=1, max_value=65535))
def test_the_port_is_read_from_its_number(number: int) -> None:
    assert settings.port({"PORT": str(number)}) == number


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "80 80", "٣"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(CoopgraphError, match="PORT"):
        settings.port({"PORT": text})


def test_no_port_is_asked_for_by_default() -> None:
    assert settings.port({}) is None
