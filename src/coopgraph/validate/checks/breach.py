"""What a check hands over; severity and message are the rule's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple


class Breach(NamedTuple):
    """A rule's code and what breaks it."""

    code: str
    focus: NamedNode | BlankNode | Triple
    path: NamedNode | None = None
    value: NamedNode | BlankNode | Literal | Triple | None = None
