"""Source documents, the stretches of them that count as evidence and those that are no content."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from coopgraph import terms


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` up to, not including, `end` of the document with this id."""

    document: str
    start: int
    end: int

    @property
    def iri(self) -> NamedNode:
        """The span's IRI, which depends on its position alone."""
        return terms.span(self.document, self.start, self.end)


@dataclass(frozen=True, slots=True, order=True)
class Zone:
    """A stretch of a document that is no content, with the reason."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source document as the bibliography describes it; `length` counts code points, `digest` is SHA-256 in hex."""

    id: str
    label: str
    language: str
    length: int
    digest: str
    zones: tuple[Zone, ...] = field(default=())
