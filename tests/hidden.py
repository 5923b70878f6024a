"""Packages that are installed and shall not be."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def without(monkeypatch: pytest.MonkeyPatch, directory: Path, package: str) -> None:
    """From now on, processes that are started find this package missing; `directory` is one to write to."""
    place = directory / "hidden"
    place.mkdir()
    (place / f"{package}.py").write_text(f"raise ModuleNotFoundError('No module named {package}')\n", encoding="utf-8")
    path = filter(None, (str(place), os.environ.get("PYTHONPATH")))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path))
