"""The description held against the real server by a tool of others, with requests that fit it and others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_serve import serving
from tests.conftest import missing
from tests.web import made

EXAMPLES = 3
"""Invented requests per operation, besides those that its description calls for."""

COSTLY = "^/reports/centrality([.]{suffix})?$"
"""A report takes seconds, and each invented request asks for another one; `test_reports` asks for some."""

# Names that nobody has are refused although they are well formed, so that no typing error gives an empty answer.
LEFT_OUT = "positive_data_acceptance"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_server_keeps_what_its_description_promises(tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "schemathesis"
    if not program.exists():
        missing("schemathesis")
    made.shipped_release(tmp_path)
    with serving(tmp_path, "--bind", "127.0.0.1:0", COOPGRAPH_TOKEN=made.TOKEN) as served:
        done = subprocess.run(
            [
                program, "run", f"{served.url}/openapi.json", "--checks", "all", "--exclude-checks", LEFT_OUT,
                "--phases", "examples,coverage,fuzzing", "--max-examples", str(EXAMPLES), "--seed", "1",
                "--generation-deterministic", "--no-color", "--exclude-path-regex", COSTLY,
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=800,
            check=False,
        )  # fmt: skip
    assert done.returncode == 0, "\n".join(line[:400] for line in done.stdout.splitlines()[-200:])
