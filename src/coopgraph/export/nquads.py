"""N-Quads: several graphs, one quad a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

from coopgraph.export.form import Form
from coopgraph.export.selection import ALL

if TYPE_CHECKING:
    from coopgraph.export.content import Content


def write(content: Content) -> bytes:
    """The content, prefixes first where the format has them."""
    return serialize(content.quads(), format=RdfFormat.N_QUADS) or b""


FORM: Final = Form(name="nquads", media_type="application/n-quads", default=ALL, many=True, quotable=True, write=write)
