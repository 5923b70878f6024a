"""One service per process of the test run, and the suites' files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conformance import servers
from tests.conformance.library import MissingError, library
from tests.conftest import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.client import Server
    from tests.conformance.library import Library


@pytest.fixture(scope="session")
def shelf() -> Library:
    """The files of the suites."""
    try:
        return library()
    except MissingError:
        missing("The directory of the conformance suites")
        raise


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The real service over an empty, writable, plain dataset."""
    # Each test makes releases that are on the disk before it goes on; where memory looks like a disk, that is quick.
    memory = Path("/dev/shm")  # noqa: S108 - the directory made there has a name that nobody can guess
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place) as directory, servers.coopgraph(Path(directory)) as running:
        yield running
