"""Runs one step in a process of its own and weighs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step cost, its child processes included: seconds, peak resident bytes, and what the step said itself."""

    wall: float
    cpu: float
    peak: int
    said: dict[str, Any]


def weigh(step: str, *arguments: str | Path) -> Cost:
    """Run `python -m tests.bench.steps STEP ARGUMENT…` and weigh it.

    Raises:
        RuntimeError: if the step fails; its messages have then been shown.
    """
    command = [sys.executable, "-m", "tests.bench.steps", step, *map(str, arguments)]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    output = process.stdout.read()
    # Only waiting by hand tells the use of this one child.
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode != 0:
        raise RuntimeError(f"step {step} ended with status {process.returncode}")
    # The system counts resident memory in kilobytes, except on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    said = json.loads(output.splitlines()[-1])
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, said)


def on_disk(paths: Iterable[Path]) -> int:
    """The bytes that files and directories take up on disk, a file with several names counted once."""
    files = (
        file for path in paths for file in ([path] if path.is_file() else path.rglob("*")) if not file.is_symlink()
    )
    blocks = {}
    for file in files:
        status = file.stat()
        blocks[status.st_dev, status.st_ino] = status.st_blocks * 512
    return sum(blocks.values())
