"""Running the command as its users do."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def coopgraph(
    *arguments: str | Path, cwd: Path | None = None, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with warnings as errors and an environment without settings."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COOPGRAPH_")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "coopgraph.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        input=stdin,
        cwd=cwd,
        env=plain | {"COLUMNS": "120"} | environment,
        timeout=120,
        check=False,
    )
