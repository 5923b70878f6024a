"""The entities that an XML document declares: abbreviations, and a way to make a short text fill the memory."""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

from coopgraph.errors import CoopgraphError

LENGTH: Final = 256
"""How many characters an entity may stand for; the beginnings of IRIs that RDF/XML abbreviates are shorter."""

_DECLARATION: Final = b"<!ENTITY"


class _PrologEndError(Exception):
    """The first element begins, so everything that can be declared has been."""


def demand_plain_entities(content: bytes) -> None:
    """Refuse declarations of entities that are long, stand for other entities, or lie elsewhere.

    Without those a document says at most some hundred times as much as it holds.

    Raises:
        CoopgraphError: "syntax", with line and column, for such a declaration.
    """
    if _DECLARATION not in content:
        return
    parser = expat.ParserCreate()

    def declared(name: str, is_parameter: int, value: str | None, *_: object) -> None:
        if is_parameter or value is None or "&" in value or len(value) > LENGTH:
            raise CoopgraphError(
                "syntax",
                f"The entity {name!r} is declared as something that is not read here.",
                remedy=f"An entity may stand for at most {LENGTH} characters, without other entities in them.",
                line=parser.CurrentLineNumber,
                column=parser.CurrentColumnNumber + 1,
            )

    def begun(*_: object) -> None:
        raise _PrologEndError

    parser.EntityDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        parser.Parse(content, True)
    except _PrologEndError:
        return
    except expat.ExpatError as error:
        raise CoopgraphError(
            "syntax", f"The XML cannot be read: {error}.", line=error.lineno, column=error.offset + 1
        ) from error
