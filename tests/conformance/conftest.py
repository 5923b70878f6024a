"""One service per process of the test run, and the suites' files."""

from __future__ import annotations

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
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real service over an empty, writable, plain dataset."""
    with servers.coopgraph(tmp_path_factory.mktemp("service")) as running:
        yield running
