"""RDF that somebody hands over, in any format: whole or refused with the place of the mistake."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from coopgraph.curate.entities import demand_plain_entities
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

DEPTH: Final = 500
"""How deep JSON-LD may be nested. The parser follows it on its stack, whose end would be the end of the process."""

_BRACKETS: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{\]}]', re.DOTALL)
_FORMS: Final = (
    RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.RDF_XML, RdfFormat.JSON_LD,
)  # fmt: skip
MEDIA_TYPES: Final = tuple(form.media_type for form in _FORMS)


@dataclass(frozen=True, slots=True)
class RdfText:
    """A document with its media type and the IRI that its relative IRIs are relative to."""

    content: bytes
    media_type: str
    base: str

    def quads(self) -> Iterator[Quad]:
        """What the document says; its blank nodes get labels that occur nowhere else.

        Raises:
            CoopgraphError: "media-type" if the format is not read here, "syntax" with line and column.
        """
        return self._parsed(named_graphs=True)

    def triples(self) -> Iterator[Quad]:
        """The same of a document that may only hold triples.

        Raises:
            CoopgraphError: as for `quads`, and "syntax" if there is a named graph.
        """
        return self._parsed(named_graphs=False)

    def _parsed(self, *, named_graphs: bool) -> Iterator[Quad]:
        form = form_of(self.media_type)
        if form == RdfFormat.JSON_LD and _depth(self.content) > DEPTH:
            raise CoopgraphError("too-large", f"The JSON-LD is nested more than {DEPTH} levels deep.")
        if form == RdfFormat.RDF_XML:
            demand_plain_entities(self.content)
        try:
            yield from parse(
                input=self.content,
                format=form,
                base_iri=self.base,
                without_named_graphs=not named_graphs,
                rename_blank_nodes=True,
            )
        except SyntaxError as error:
            detail = f"The {form.name} cannot be read: {error.msg}."
            raise CoopgraphError("syntax", detail, line=error.lineno, column=error.offset) from error
        except ValueError as error:
            raise CoopgraphError("request", f"The {form.name} cannot be read: {error}.") from error


def form_of(media_type: str) -> RdfFormat:
    """The format that a media type names.

    Raises:
        CoopgraphError: "media-type", with those that are read here, if it is none of them.
    """
    form = RdfFormat.from_media_type(media_type)
    if form is None or form not in _FORMS:
        raise CoopgraphError(
            "media-type",
            f"The body is {media_type or 'of no stated type'}.",
            remedy=f"Send {', '.join(MEDIA_TYPES)}.",
        )
    return form


def _depth(text: bytes) -> int:
    steps = (1 if match[0] in b"[{" else -1 for match in _BRACKETS.finditer(text) if match[0][0] != 0x22)
    return max(itertools.accumulate(steps), default=0)
