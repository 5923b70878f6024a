"""A report is weighed on the network that was asked for, with the rounds that were asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.bench.reports import main


@pytest.mark.bench
def test_the_whole_report_is_weighed(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["--quads", "30000", "--rounds", "20", "--workspace", str(tmp_path)])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["said"]["bootstraps"] == {"document": 20, "event": 20}
    assert told["said"]["ties"] > 1000
    assert told["cpu"] > 0
