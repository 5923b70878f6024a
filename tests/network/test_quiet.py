"""What a library of a library has to tell is not told to who asked for a report."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_a_library_that_looks_for_fonts_does_so_in_silence(tmp_path: Path) -> None:
    library = tmp_path / "matplotlib"
    library.mkdir()
    (library / "__init__.py").write_text(
        "import logging, pathlib\n"
        "logging.getLogger('matplotlib.font_manager').warning('building the font cache')\n"
        f"pathlib.Path({str(tmp_path / 'loaded')!r}).touch()\n"
    )
    (library / "pyplot.py").write_text("")
    done = subprocess.run(
        [sys.executable, "-c", "import coopgraph.network.engines.networkit_"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "loaded").exists()
