"""XML on its way out and in, a node or a tie at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from coopgraph.network.formats.sheet import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["READ", "elements", "escape", "quoteattr"]

READ: Final[dict[Kind, Callable[[str], Any]]] = {Kind.TEXT: str, Kind.WHOLE: int, Kind.REAL: float}
"""How a value is read from its text, by the types that formats in XML declare."""


def elements(path: Path, *, opening: tuple[str, ...], closing: tuple[str, ...]) -> Iterator[ElementTree.Element]:
    """Elements with the one kind of tag as they begin, when only their attributes are known, or the other as they end.

    What has been looked at is let go.
    """
    parents: list[ElementTree.Element] = []
    for event, element in ElementTree.iterparse(path, events=("start", "end")):  # noqa: S314 - our own output
        if event == "start":
            parents.append(element)
            if element.tag in opening:
                yield element
            continue
        parents.pop()
        if element.tag in closing:
            yield element
            if parents:
                parents[-1].clear()
