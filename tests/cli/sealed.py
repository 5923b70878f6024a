"""A published release of the hand-made sample, and the command line run on it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from coopgraph.release.publish import publish
from coopgraph.release.shelf import Shelf
from tests.network import sample

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.release.manifest import Manifest


def seal(directory: Path) -> Manifest:
    """Publish the sample as the first release of a data directory."""
    return publish(Shelf(directory), sample.quads(), verdict={"conforms": True}, versions={"coopgraph": "0"})


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """What `coopgraph` does with these arguments, as a process of its own."""
    command = [sys.executable, "-c", "from coopgraph.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=120)
