"""One small release for all tests that only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coopgraph.settings import Settings
from coopgraph.web import create_app
from tests.web import made
from tests.web.whole import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from werkzeug.test import Client

    from coopgraph.web.front.asgi import Front


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with `data`, holding one release, and `documents`."""
    directory = tmp_path_factory.mktemp("small")
    made.release(directory)
    return directory


@pytest.fixture(scope="session")
def settings(small: Path) -> Settings:
    """Over that release, with the documents and tight limits."""
    return Settings(
        data=small / "data",
        documents=small / "documents",
        readers=1,
        query_seconds=3.0,
        request_bytes=20_000,
        token=made.TOKEN,
    )


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The pages and resources alone."""
    made_app = create_app(settings)
    yield made_app
    made_app.extensions["coopgraph"].close()


@pytest.fixture(scope="session")
def service(settings: Settings) -> Iterator[tuple[Front, Client]]:
    """The whole service as the server runs it, and a client of it."""
    with running(settings) as found:
        yield found


@pytest.fixture
def front(service: tuple[Front, Client]) -> Front:
    """The root application of that service."""
    return service[0]


@pytest.fixture
def client(service: tuple[Front, Client]) -> Client:
    """A client of that service."""
    return service[1]


@pytest.fixture(scope="session")
def shipped_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client of the whole service over the shipped graph, without the documents."""
    directory = tmp_path_factory.mktemp("shipped")
    made.shipped_release(directory)
    with running(Settings(data=directory / "data", readers=1)) as (_, found):
        yield found
