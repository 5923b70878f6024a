"""Which tests may fail, and why; whatever is not listed must pass, and whatever is listed must not."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("exceptions.csv")


def reasons(file: Path = FILE) -> dict[tuple[str, str], str]:
    """The reason by suite and test.

    Raises:
        ValueError: for a line without a reason, or one that stands there twice.
    """
    found: dict[tuple[str, str], str] = {}
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened, strict=True):
            key = row["suite"], row["test"]
            if not (row["reason"] or "").strip() or key in found:
                raise ValueError(f"{key} has no reason or stands there twice")
            found[key] = row["reason"]
    return found
