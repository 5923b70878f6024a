"""What becomes of output that nobody takes, and of files that are none."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from coopgraph.cli import output
from coopgraph.cli.main import main, root
from coopgraph.errors import CoopgraphError
from tests.cli.sealed import seal

VERBS = (
    "query 'SELECT * { ?s ?p ?o }'",
    "query 'SELECT * { ?s ?p ?o }' -f csv",
    "export -f nquads",
    "export -f gexf",
    "report centrality -f json",
    "release list",
    "release show",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("data")
    seal(directory)
    return directory


def shell(data: Path, line: str) -> subprocess.CompletedProcess[str]:
    """What a shell does with a line in which `coopgraph` is the command."""
    function = f'coopgraph() {{ "{sys.executable}" -W error -m coopgraph.cli "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", function + line],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": os.environ["PATH"], "COOPGRAPH_DATA": str(data)},
    )


@pytest.mark.parametrize("verb", VERBS)
def test_a_reader_that_has_enough_is_no_failure(data: Path, verb: str) -> None:
    done = shell(data, f"coopgraph {verb} | true; exit ${{PIPESTATUS[0]}}")
    assert done.returncode == 0, done.stderr
    assert "rror" not in done.stderr


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("target", [">&-", ">/dev/full"])
def test_data_that_cannot_be_written_is_not_lost_without_a_word(data: Path, verb: str, target: str) -> None:
    done = shell(data, f"coopgraph {verb} {target}")
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] in {
        "coopgraph: Bad file descriptor",
        "coopgraph: No space left on device",
    }


def test_closed_input_is_empty_input(data: Path) -> None:
    done = shell(data, "coopgraph query - <&-")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("coopgraph: The query is not SPARQL")


@pytest.mark.parametrize("target", ["2>&-", "2>/dev/full", "<&- >&- 2>&-"])
def test_the_exit_status_stands_though_nobody_can_be_told(data: Path, target: str) -> None:
    assert shell(data, f"coopgraph query 'ASK {{' {target}").returncode == 2
    assert shell(data, f"coopgraph query --release 9 'ASK {{}}' {target}").returncode == 1
    assert shell(data, f"coopgraph query -f nonsense 'ASK {{}}' {target}").returncode == 2


def test_a_mistake_of_ours_is_told_without_a_stack_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("deep")

    monkeypatch.setattr(root, "invoke", fail)
    with pytest.raises(SystemExit) as caught:
        main(["release", "list"])
    assert caught.value.code == 3
    assert capsys.readouterr().err == "coopgraph: Something went wrong inside: RecursionError: deep.\n"


def test_a_dash_is_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    output.deliver(b"content", Path("-"))
    assert capsysbinary.readouterr().out == b"content"
    assert not Path("-").exists()


def test_what_is_no_file_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    # The same holds for /dev/null, which a failing test had better not replace.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    output.deliver(b"content", pipe)
    assert os.read(reader, 100) == b"content"
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    os.close(reader)


def test_a_link_stays_a_link_and_a_file_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    output.deliver(b"new", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]


def test_a_new_file_gets_the_rights_that_the_user_gives(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        output.deliver(b"secret", tmp_path / "new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o600


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "file", tmp_path / ("a" * 300), tmp_path):
        with pytest.raises(CoopgraphError) as caught:
            output.deliver(b"content", path)
        assert caught.value.code == "storage"
    assert list(tmp_path.iterdir()) == []
