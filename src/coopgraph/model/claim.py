"""What a curator wrote down: one line of a claims table."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from coopgraph.model.document import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """What is claimed, apart from who showed it where: two claims with equal statements are one assertion."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode | Literal
    factuality: NamedNode
    polarity: NamedNode
    role: NamedNode | None = None
    attributed_to: NamedNode | None = None
    valid_from: Literal | None = None
    valid_until: Literal | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with the rank given to it and the evidence found in one document, or in records if it is background.

    `document` is empty for background claims; then `records` names the evidence and `spans` is empty.
    """

    statement: Statement
    rank: NamedNode
    document: str
    spans: tuple[Span, ...]
    records: tuple[NamedNode, ...]
    note: str
