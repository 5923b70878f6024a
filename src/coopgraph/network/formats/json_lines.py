"""JSON on its way out: a document whose long lists have one item a line, so that neither it nor they are held whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

MOST: Final = 1_000_000
"""Reading back takes a whole document at once: with more ties than this, formats in JSON are refused."""


def dumps(value: object) -> str:
    """The value on one line, as short as it can be, in any script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write_list(out: TextIO, items: Iterable[Any]) -> None:
    """The items as a list, one a line."""
    out.write("[")
    separator = "\n"
    for item in items:
        out.write(separator)
        out.write(dumps(item))
        separator = ",\n"
    out.write("\n]")
