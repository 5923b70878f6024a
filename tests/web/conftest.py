"""One small release for all tests that only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coopgraph.settings import Settings
from coopgraph.web import create_app
from tests.web import made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with `data`, holding one release, and `documents`."""
    directory = tmp_path_factory.mktemp("small")
    made.release(directory)
    return directory


@pytest.fixture(scope="session")
def app(small: Path) -> Iterator[Flask]:
    """The service over that release, with the documents."""
    settings = Settings(
        data=small / "data", documents=small / "documents", readers=1, query_seconds=3.0, request_bytes=20_000
    )
    made_app = create_app(settings)
    yield made_app
    made_app.extensions["coopgraph"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of that service."""
    return app.test_client()


@pytest.fixture(scope="session")
def shipped_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The service over the shipped graph, without the documents."""
    directory = tmp_path_factory.mktemp("shipped")
    made.shipped_release(directory)
    made_app = create_app(Settings(data=directory / "data", readers=1))
    yield made_app
    made_app.extensions["coopgraph"].close()
