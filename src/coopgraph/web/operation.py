"""What can be said of an address: its parameters, what it gives, and how it fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from coopgraph.sparql.negotiation import JSON
from coopgraph.web import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coopgraph.sparql.negotiation import Offer
    from coopgraph.web.schemas import Schema


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in the query or the path; `example` is a value that gives data on the shipped graph."""

    name: str
    description: str
    schema: Schema
    example: Any = None
    place: str = "query"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """A method at a path.

    `gives` maps media types to schemas, None where it is not JSON. With `takes_any` parameters besides those listed
    are not refused, since they belong to something else. `accepts` maps media types of the body to an example.
    """

    name: str
    path: str
    summary: str
    topic: str
    parameters: tuple[Parameter, ...] = ()
    gives: Mapping[str, Schema | None] = field(default_factory=dict)
    fails: tuple[int, ...] = ()
    method: str = "get"
    accepts: Mapping[str, Any] = field(default_factory=dict)
    takes_any: bool = False
    redirects: bool = False
    operator: bool = False
    early: bool = False
    """Whether it is answered before the pages, by the root application."""
    unwell: Schema | None = None
    """What comes with 503, where that is no problem document."""

    @property
    def example(self) -> str:
        """The path with the examples of its parameters."""
        return self.path.format_map({one.name: one.example for one in self.parameters if one.place == "path"})


FAILURES: Final = {
    400: "The request cannot be understood.",
    401: "The operator's token is needed.",
    403: "This is not allowed here.",
    404: "There is no such thing in this release, or no such release.",
    406: "None of the accepted formats is offered; the detail lists those that are.",
    413: "A size limit was reached; nothing was cut.",
    414: "The address is too long.",
    431: "The headers are too long.",
    416: "The file has no such range.",
    415: "The media type of the body is not understood; the detail lists those that are.",
    501: "What this format needs is not installed here; the detail names it.",
    503: "Too much is running, or nothing is ready yet; try again.",
    504: "The time limit was reached.",
}

ALWAYS: Final = (414, 431)
"""How every request may fail."""

RELEASE: Final = Parameter("release", "The number of the release to read; without it the current one.", schemas.NUMBER)
LANGUAGE: Final = Parameter(
    "lang",
    "The language of labels; without it that of Accept-Language.",
    {"type": "string", "pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,7}$"},
    example="en",
)


def form(offers: Iterable[Offer]) -> Parameter:
    """The format parameter with these names."""
    return Parameter("format", "The format; beats the Accept header.", {"enum": [offer.name for offer in offers]})


def given(offers: Iterable[Offer], schema: Schema) -> Mapping[str, Schema | None]:
    """The media types of the offers; JSON has the schema."""
    return {offer.media_type: schema if offer is JSON else None for offer in offers}


def in_path(name: str, description: str, example: str, pattern: str = "^[^/?#]+$") -> Parameter:
    """A part of the path."""
    return Parameter(name, description, {"type": "string", "pattern": pattern}, example, "path", required=True)


def one_of(name: str, description: str, *values: str) -> Parameter:
    """A part of the path that is one of these."""
    return Parameter(name, description, {"enum": list(values)}, values[0], "path", required=True)


LIMIT: Final = Parameter(
    "limit",
    "How many rows at most; a link to the next tells that there are more. Without it all, or 413 if they are too many.",
    {"type": "integer", "minimum": 1, "maximum": 1_000_000},
    example=10,
)
AFTER: Final = Parameter(
    "after",
    "Where the page before ended: taken from its link to the next.",
    {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
)
MARK: Final = Parameter(
    "bom", "Begin CSV with a byte order mark, by which spreadsheets know UTF-8.", {"enum": ["0", "1"]}
)
