"""What must be said of a network before any of its ranks: that it is small, or rests on few sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Code(StrEnum):
    """What there is to be careful about."""

    FEW_ACTORS = "few-actors"  # actors, below
    FEW_EVENTS = "few-events"  # events, below
    FEW_DOCUMENTS = "few-documents"  # documents, below
    SINGLE_SOURCED = "single-sourced"  # ties, single, share: ties that would be gone without some one document
    ONE_DOCUMENT = "one-document"  # document, ties, alone, share: the document whose loss takes most ties
    ONE_PUBLISHER = "one-publisher"  # publisher, ties, alone, share
    UNKNOWN_PUBLISHERS = "unknown-publishers"  # documents, unknown, share
    ONE_EVENT = "one-event"  # event, ties, alone, share: the event whose loss takes most ties
    UNDATED = "undated"  # statements, undated, share


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to be said, with the numbers that say it; `subject` is the IRI or name of what it is about."""

    code: Code
    numbers: Mapping[str, float] = field(default_factory=dict)
    subject: str = ""
