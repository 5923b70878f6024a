"""A publishing process for tests that kill it: publishes NUMBER quads again and again, and says when it begins."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Quad

from coopgraph import terms
from coopgraph.release.publish import publish
from coopgraph.release.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator


def quads(first: int, count: int) -> Iterator[Quad]:
    """As many quads, beginning with this number."""
    for i in range(first, first + count):
        yield Quad(terms.thing(f"event/e{i}"), terms.term("number"), Literal(i))


def main(directory: str, first: str, count: str, times: str) -> None:
    """Publish `times` releases, each with other content."""
    shelf = Shelf(Path(directory))
    print("ready", flush=True)  # noqa: T201 - the parent waits for it
    for turn in range(int(times)):
        manifest = publish(shelf, quads(int(first) + turn, int(count)), verdict={}, versions={})
        print(manifest.number, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
