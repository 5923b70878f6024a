"""TriG: several graphs, easy to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

from coopgraph.export.form import Form, prefixes
from coopgraph.export.selection import ALL

if TYPE_CHECKING:
    from coopgraph.export.content import Content


def write(content: Content) -> bytes:
    """The content, prefixes first where the format has them."""
    return serialize(content.quads(), format=RdfFormat.TRIG, prefixes=prefixes(content)) or b""


FORM: Final = Form(name="trig", media_type="application/trig", default=ALL, many=True, quotable=True, write=write)
