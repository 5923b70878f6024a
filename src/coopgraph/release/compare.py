"""What one release says and another does not, in one pass over two sorted files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Change:
    """One quad, as an N-Quads line without its line end, that was added or removed."""

    kind: Literal["added", "removed"]
    line: str


def changes(old: Path, new: Path) -> Iterator[Change]:
    """What leads from one sorted N-Quads file to another, in the order of the lines; memory stays constant.

    Raises:
        CoopgraphError: "damaged" if one of them cannot be read.
    """
    try:
        with old.open("rb") as old_lines, new.open("rb") as new_lines:
            yield from _merge(old_lines, new_lines)
    except (OSError, UnicodeDecodeError) as error:
        raise CoopgraphError("damaged", f"{old} and {new} cannot be compared: {error}.") from error


def _merge(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Change]:
    olds, news = iter(old), iter(new)
    left, right = next(olds, None), next(news, None)
    while left is not None or right is not None:
        if left == right:
            left, right = next(olds, None), next(news, None)
        elif right is None or (left is not None and left < right):
            yield Change("removed", _text(left or b""))
            left = next(olds, None)
        else:
            yield Change("added", _text(right))
            right = next(news, None)


def _text(line: bytes) -> str:
    return line.decode().removesuffix("\n")
