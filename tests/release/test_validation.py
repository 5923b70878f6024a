"""Judging data of strangers: whole, or ended at a limit with nothing left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release.validation import Posted, Validations

if TYPE_CHECKING:
    from collections.abc import Iterator

STATE = f"<https://w3id.org/coopgraph/id/actor/{{}}> a <{terms.NS}State> .\n"
MEMORY = 2_000_000_000


@pytest.fixture(autouse=True)
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever happens, no workspace stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert not list(tmp_path.glob("coopgraph-*"))


def posted(content: str, *, base: str = terms.BASE, report: str = "application/json") -> Posted:
    return Posted(content.encode(), "text/turtle", "http://localhost/validate", base, report)


def validations(**limits: float) -> Validations:
    chosen = {"seconds": 60.0, "memory": MEMORY, "size": 1_000_000, "at_once": 1} | limits
    return Validations(
        seconds=chosen["seconds"],
        memory=int(chosen["memory"]),
        size=int(chosen["size"]),
        at_once=int(chosen["at_once"]),
    )


def test_findings_are_counted_and_told() -> None:
    judged = validations().run(posted(STATE.format("mu")))
    assert not judged.conforms
    told = json.loads(judged.report)
    assert told["violations"] == judged.violations > 0
    assert {finding["focus"] for finding in told["findings"]} == {"<https://w3id.org/coopgraph/id/actor/mu>"}


def test_data_and_report_are_in_the_base_of_the_release() -> None:
    other = "https://example.org/kg/"
    judged = validations().run(posted(terms.rebase(STATE.format("mu"), other), base=other))
    report = judged.report.decode()
    assert f"<{other}id/actor/mu>" in report
    assert terms.BASE not in report


@pytest.mark.parametrize(
    ("limits", "content", "code", "limit"),
    [
        ({"seconds": 0.05}, STATE.format("mu"), "deadline", "query_seconds"),
        ({"size": 100}, STATE.format("mu"), "too-large", "query_bytes"),
        ({"memory": 200_000_000}, "".join(map(STATE.format, range(60_000))), "memory", "query_memory"),
        ({}, "nonsense", "syntax", None),
    ],
)
def test_a_limit_or_a_mistake_is_told_by_name(
    limits: dict[str, float], content: str, code: str, limit: str | None
) -> None:
    runner = validations(**limits)
    with pytest.raises(CoopgraphError) as caught:
        runner.run(posted(content))
    assert (caught.value.code, caught.value.limit) == (code, limit)
    # The slot is free again.
    with pytest.raises(CoopgraphError) as again:
        runner.run(posted("nonsense"))
    assert again.value.code in {"syntax", "deadline", "memory"}


@pytest.mark.fault
def test_it_does_not_outlive_who_wanted_it(tmp_path: Path) -> None:
    script = textwrap.dedent(
        f"""
        import threading, time, os
        from coopgraph.release.validation import Posted, Validations
        runner = Validations(seconds=60, memory={MEMORY}, size=10**9, at_once=1)
        content = "".join("<urn:x:%d> a <{terms.NS}State> .\\n" % number for number in range(200_000)).encode()
        work = lambda: runner.run(Posted(content, "text/turtle", "http://localhost/", "{terms.BASE}", "text/turtle"))
        threading.Thread(target=work, daemon=True).start()
        time.sleep(2)
        print("running", flush=True)
        time.sleep(60)
        """
    )
    workspace = tmp_path / "orphaned"
    workspace.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=os.environ | {"TMPDIR": str(workspace)}
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "running\n"
        assert _working_in(workspace)
        process.kill()
        process.wait()
    end = time.monotonic() + 10
    while _working_in(workspace) and time.monotonic() < end:
        time.sleep(0.1)
    assert not _working_in(workspace)


def _working_in(workspace: Path) -> list[int]:
    """The validations whose workspace lies here."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes()
        except OSError:
            continue
        if b"validation_process" in words and str(workspace).encode() in words:
            found.append(int(place.parent.name))
    return found
