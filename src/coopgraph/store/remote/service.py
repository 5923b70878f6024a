"""Where a SPARQL 1.1 service is and who asks it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Self

if TYPE_CHECKING:
    from coopgraph.settings import Settings

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

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The service that the settings name."""
        return cls(
            query=settings.store,
            update=settings.store_update,
            graphs=settings.store_graphs,
            user=settings.store_user,
            password=settings.store_password or "",
            token=settings.store_token or "",
        )


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
