"""Programs of others that tests check our work with: pinned, and installed outside the repository, once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import platformdirs
import pytest
from filelock import FileLock

SECONDS = 600.0


def python(requirement: str, program: str) -> str:
    """A program from the Python package index, in an environment of its own."""
    place = _place(requirement)
    found = place / "bin" / program
    with FileLock(f"{place}.lock"):
        if not found.exists():
            shutil.rmtree(place, ignore_errors=True)
            _run([sys.executable, "-m", "venv", str(place)])
            _run([str(place / "bin" / "python"), "-m", "pip", "install", "-q", requirement])
    return str(found)


def npm(requirement: str, *, node: int) -> Path:
    """A directory with a package from the npm registry in its `node_modules`; it needs this `node` or a newer one."""
    for command in ("node", "npm"):
        if shutil.which(command) is None:
            missing(f"{command} is not installed")
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True, timeout=SECONDS).stdout
    if int(told.removeprefix("v").split(".")[0]) < node:
        missing(f"{requirement} needs Node {node}, and here is {told.strip()}")
    place = _place(requirement)
    done = place / "done"
    with FileLock(f"{place}.lock"):
        if not done.exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
            options = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
            _run(["npm", "install", "--prefix", str(place), *options, requirement])
            done.touch()
    return place


def missing(reason: str) -> NoReturn:
    """Skip the test, but where everything must be there: then it has failed."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _place(requirement: str) -> Path:
    directory = Path(platformdirs.user_cache_dir("coopgraph-tests"))
    directory.mkdir(parents=True, exist_ok=True)
    return directory / requirement.replace("/", "+").replace("==", "-")


def _run(command: list[str]) -> None:
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    if run.returncode != 0:
        missing(f"{' '.join(command[:3])} failed: {run.stderr[-500:]}")
