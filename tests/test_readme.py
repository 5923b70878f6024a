"""The README is run: its console examples give what they show, its commands and settings exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from coopgraph import settings
from coopgraph.cli.main import root as command_line
from coopgraph.errors import KINDS
from coopgraph.network.uncertainty import bootstrap
from coopgraph.web import reports
from tests.cli.test_serve import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

README = Path(__file__).resolve().parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")


def examples(language: str) -> Iterator[str]:
    """The fenced blocks of a language."""
    yield from re.findall(rf"(?ms)^```{language}\n(.*?)^```$", TEXT)


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output shown below it."""
    for part in re.split(r"(?m)^\$ ", block)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def matches(shown: str, given: str) -> bool:
    """Whether the output is the one shown, in which three dots stand for the rest of a line."""
    return re.fullmatch(re.escape(shown).replace("…", "[^\n]*"), given) is not None


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A user's shell: our command first on the path, an empty data directory, a plain wide terminal."""
    place = tmp_path_factory.mktemp("reader")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "COOPGRAPH_DATA": str(place / "data"), "COLUMNS": "118", "HOME": str(place)}


@pytest.mark.slow
def test_the_examples_give_what_they_show(environment: dict[str, str], tmp_path: Path) -> None:
    shown = [one for block in examples("console") for one in commands(block)]
    assert len(shown) >= 6
    for command, expected in shown:
        done = subprocess.run(  # noqa: S602 - the examples are lines for a shell
            command, shell=True, capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=120, check=False
        )
        output = re.sub(r"[ \t]+(?=\n)", "", done.stdout)
        assert matches(expected, output), f"$ {command}\n{output}\n{done.stderr}"


@pytest.mark.slow
def test_the_python_example_runs(environment: dict[str, str], tmp_path: Path) -> None:
    (example,) = examples("python")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    shown = re.findall(r"(?m)^# → (.*)$", example)
    assert done.stdout.splitlines() == shown


@pytest.mark.slow
def test_the_addresses_answer(environment: dict[str, str], tmp_path: Path) -> None:
    """Each call of curl, put to a real service over the shipped graph; only the query named ID is not there."""
    calls = [line for block in examples("sh") for line in block.splitlines() if line.startswith("curl ")]
    assert len(calls) >= 6
    settings_of_service = environment | {"COOPGRAPH_TOKEN": "token-of-the-readme"}
    with serving(tmp_path, "--bind", "127.0.0.1:0", "--writable", **settings_of_service) as served:
        for call in calls:
            line = call.replace("http://127.0.0.1:8000", served.url) + " -o /dev/null -w '%{http_code}'"
            done = subprocess.run(  # noqa: S602 - the examples are lines for a shell
                line, shell=True, capture_output=True, text=True, env=settings_of_service, timeout=60, check=True
            )
            expected = ("404",) if "/queries/ID" in call else ("200", "204")
            assert done.stdout in expected, call


def test_every_command_is_described() -> None:
    with click.Context(command_line) as context:
        for verb in command_line.list_commands(context):
            command = command_line.get_command(context, verb)
            assert command is not None
            assert command.help, verb
            assert f"`coopgraph {verb}" in TEXT or f"| `{verb}" in TEXT, verb


def test_the_table_of_settings_is_the_generated_one() -> None:
    rows = "".join(f"| `{name}` | {default or '–'} | {meaning} |\n" for name, default, meaning in settings.table())
    assert rows in TEXT


def test_every_error_code_is_listed() -> None:
    assert [code for code in KINDS if f"`{code}`" not in TEXT] == []


def test_the_most_rounds_of_a_bootstrap_are_those_of_the_code() -> None:
    said = f"up to {bootstrap.MOST:,} by the command and up to {reports.ROUNDS:,} over HTTP"
    assert said in " ".join(TEXT.split())


def test_the_two_commands_are_one_line_each() -> None:
    lines = [line for line in TEXT.splitlines() if line.startswith("python3 -m venv ")]
    assert len(lines) == 2
    assert "coopgraph serve" in lines[0]
    assert "pytest" in lines[1]
