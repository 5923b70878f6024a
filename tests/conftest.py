"""What all tests share."""

from __future__ import annotations

import os
import signal
import tarfile
from pathlib import Path

import hypothesis
import pytest

from tests import longest_first

# How long an example takes says how busy the machine is, and nothing of the example.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

ROOT = Path(__file__).resolve().parents[1]

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Whoever runs in the background of a script ignores interrupts, and so would the processes that tests interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the tests that take long, so that no process is left with them when all others are done."""
    processes = getattr(config, "workerinput", {"workercount": 1})["workercount"]
    items[:] = longest_first.ordered(items, _limit, processes)


def _limit(item: pytest.Item) -> float:
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker is not None and marker.args else 0.0


def missing(what: str) -> None:
    """Skip with a plain reason; where everything must be present (CI=true), fail instead."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and in CI nothing may be missing")
    pytest.skip(f"{what} is not here")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the source tree."""
    return ROOT


@pytest.fixture(scope="session")
def documents_dir() -> Path:
    """The directory of the five source documents, which are other people's texts and not part of the project."""
    directory = ROOT.parent / "shared" / "documents"
    if not directory.is_dir():
        missing("The directory of the source documents")
    return directory


@pytest.fixture(scope="session")
def suites_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public conformance suites, unpacked: other people's data, and not part of the project."""
    archives = sorted((ROOT.parent / "shared" / "suites").glob("*.tar.gz"))
    if not archives:
        missing("The directory of the conformance suites")
    directory = tmp_path_factory.mktemp("suites")
    for archive in archives:
        with tarfile.open(archive) as opened:
            opened.extractall(directory, filter="data")
    return directory
