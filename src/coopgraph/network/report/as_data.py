"""A report's value as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from _typeshed import DataclassInstance


def as_json(value: DataclassInstance, *, name: str, version: int) -> str:
    """The members of the value by name, after the name and version of the format; equal values give equal bytes."""
    members: dict[str, Any] = {"format": name, "version": version, **asdict(value)}
    return json.dumps(members, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> str:
    """RFC 4180 with a header; an empty cell stands for what is not there."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue()
