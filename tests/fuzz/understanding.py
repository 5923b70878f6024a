"""What must hold for whatever request reaches the endpoint."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, quote_plus

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.negotiation import GRAPHS, RESOURCES, TABLES, Offer, choose
from coopgraph.sparql.plan import Message, Plan, understand
from coopgraph.sparql.request import FORM, QUERY
from tests.fuzz.corpus import SEPARATOR

METHODS: Final = ("GET", "HEAD", "POST", "QUERY", "PUT", "OPTIONS", "get", "")
REFUSALS: Final = frozenset({400, 403, 405, 406, 413, 414, 415})
_OFFERS: Final = (TABLES, GRAPHS, RESOURCES)


def judge(case: bytes) -> None:
    """Understand the request that these bytes stand for, and see that every property holds.

    Raises:
        AssertionError: if one does not; any other exception is a fault as well.
    """
    number, rest = case[:1] or b"\0", case[1:]
    parts = [*rest.split(SEPARATOR, 4), b"", b"", b"", b""]
    method = METHODS[number[0] % len(METHODS)]
    accept, content_type = parts[1].decode("latin-1"), parts[2].decode("latin-1")
    plan = _understood(method, parts[0], content_type, parts[3], accept)
    assert plan == _understood(method, parts[0], content_type, parts[3], accept)
    if plan is not None and method in {"GET", "HEAD"}:
        _same_by_other_ways(plan, parts[0], accept)
    for offers in _OFFERS:
        _fair(offers, accept)


def _understood(method: str, query_string: bytes, content_type: str, body: bytes, accept: str) -> Plan | None:
    refusal: CoopgraphError | None = None
    plan: Plan | None = None
    try:
        plan = understand(Message(method, query_string, content_type, body, accept))
    except CoopgraphError as error:
        refusal = error
    if refusal is not None:
        assert refusal.kind.http in REFUSALS, refusal.code
        assert refusal.detail
    if plan is not None:
        assert plan.offer in (*TABLES, *GRAPHS)
        assert plan.release is None or plan.release >= 0
    return plan


def _same_by_other_ways(plan: Plan, query_string: bytes, accept: str) -> None:
    """A query means the same in an address, in a form and as a body."""
    pairs = parse_qsl(query_string.decode(), keep_blank_values=True)
    form = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode()
    assert _understood("POST", b"", FORM, form, accept) == plan
    others = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs if name != "query").encode()
    assert _understood("POST", others, QUERY, plan.text.encode(), accept) == plan


def _fair(offers: tuple[Offer, ...], accept: str) -> None:
    """Who is given something is given what is on offer; who is given nothing is told what there is."""
    refusal: CoopgraphError | None = None
    try:
        assert choose(offers, accept=accept) in offers
    except CoopgraphError as error:
        refusal = error
    if refusal is not None:
        assert refusal.code == "not-acceptable"
        assert all(offer.media_type in refusal.remedy for offer in offers)
        assert accept.strip()
