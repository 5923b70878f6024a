"""`/queries`: what runs and what ran, for everybody; what was asked, and the end of it, for the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.negotiation import HTML, JSON, choose
from coopgraph.web import authority
from coopgraph.web.front.health import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.store.pool import Pool
    from coopgraph.store.workers import Ticket
    from coopgraph.web.front.exchange import Exchange
    from coopgraph.web.front.sending import Reply
    from coopgraph.web.front.threads import Threads

PATH: Final = "/queries"
"""Where queries are listed; each has its own place below."""

METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS")
"""What is offered for one of them."""


def answer(exchange: Exchange, pool: Pool, token: str | None, pages: Threads) -> Reply:
    """The list, or one query; DELETE cancels it.

    Raises:
        CoopgraphError: "not-found", "not-acceptable", and for DELETE "unauthorized" or "forbidden".
    """
    authorization = exchange.header(b"authorization")
    identifier = exchange.path.removeprefix(PATH).strip("/")
    if exchange.method == "DELETE":
        authority.demand(token, authorization)
        if not pool.cancel(identifier):
            raise CoopgraphError("not-found", f"No query runs or waits that has the id {identifier[:64]!r}.")
        return told({"id": identifier, "state": "cancelled"})
    if authorization:
        # Who sends a wrong token shall not take the shorter list for the whole one.
        authority.demand(token, authorization)
    full = authority.holds(token, authorization)
    tickets = (*pool.registry.live(), *pool.registry.past())
    offer = choose((JSON, HTML), accept=exchange.header(b"accept"))
    if identifier:
        found = [ticket for ticket in tickets if ticket.id == identifier]
        if not found:
            raise _nothing(identifier)
        if offer is JSON:
            return told(as_dict(found[0], full=full))
        tickets = tuple(found)
    if offer is JSON:
        return told({"queries": [as_dict(ticket, full=full) for ticket in tickets]})
    return pages.render("queries.html", exchange, queries=[as_dict(ticket, full=full) for ticket in tickets])


def as_dict(ticket: Ticket, *, full: bool) -> Mapping[str, object]:
    """The query for JSON; with its text and client only if `full`."""
    members: dict[str, object] = {
        "id": ticket.id,
        "state": str(ticket.state),
        "outcome": ticket.outcome,
        "age": round(ticket.age, 3),
        "waited": ticket.waited,
        "ran": ticket.ran,
        "release": ticket.release,
        "rows": ticket.rows,
        "bytes": ticket.size,
    }
    return members | {"client": ticket.client, "text": ticket.text} if full else members


def _nothing(identifier: str) -> CoopgraphError:
    return CoopgraphError("not-found", f"No query that runs or is remembered has the id {identifier[:64]!r}.")
