"""Where a SPARQL 1.1 service is and who asks it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

AnswerForm = Literal["table", "boolean", "graph"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteService:
    """The addresses of a service's three protocols, and the credentials for all of them; secrets are never shown.

    `update` and `graphs` (Graph Store HTTP Protocol) are empty where the service is only read. A `token` is sent as a
    bearer token; with a `user` the service is asked which of Basic and Digest it wants.
    """

    query: str
    update: str = ""
    graphs: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteLimits:
    """What one answer may take: seconds in all, rows or triples, and bytes as the service sends them."""

    seconds: float
    rows: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteQuery:
    """A query as the service gets it.

    `form` tells what it answers with; `hidden` is a text that is taken out of the answer wherever it
    stands. Without `default_graphs` and `named_graphs` the service's own dataset is asked; an empty one is empty.
    """

    text: str
    form: AnswerForm
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    hidden: str = ""
