"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


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
