"""The protocol and the graph store: requests as the manifests write them, sent to the server's own places."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from tests.conformance import data, tables
from tests.conformance.client import GRAPH_TYPES, TABLE_TYPES, told
from tests.conformance.queries import media_type

if TYPE_CHECKING:
    import httpx

    from tests.conformance.cases import Exchange, ExchangeCase, Reply
    from tests.conformance.client import Server
    from tests.conformance.library import Library

_NAMES: Final = {status.phrase.replace(" ", ""): status.value for status in HTTPStatus}
_FORMS: Final = {
    "tabular": frozenset(TABLE_TYPES.values()),
    "boolean": frozenset((TABLE_TYPES["json"], TABLE_TYPES["xml"])),
    "RDF": frozenset(GRAPH_TYPES.values()),
}


def run(server: Server, library: Library, case: ExchangeCase) -> None:
    """Send the requests of the case one after the other.

    Raises:
        AssertionError: if a reply is not the one that is due.
    """
    server.fill(library, case.dataset)
    server.touched()
    location = "$NONE$", ""
    for exchange in case.exchanges:
        response = _send(server, case, exchange, location)
        _demand(response, exchange)
        if exchange.reply.location:
            assert "location" in response.headers, f"no Location: {told(response)}"
            location = exchange.reply.location, str(response.url.join(response.headers["location"]))


def _send(server: Server, case: ExchangeCase, exchange: Exchange, location: tuple[str, str]) -> httpx.Response:
    body = None if exchange.body is None else exchange.body.replace(location[0].encode(), location[1].encode())
    headers = dict(exchange.headers)
    if exchange.method not in {"GET", "HEAD"}:
        headers |= server.authority
    if exchange.method == "HEAD":
        # What some servers wrongly send after the head of the response must not be taken for the next one.
        headers["Connection"] = "close"
    url = _url(server, case, exchange).replace(*location)
    return server.http.request(exchange.method, url, content=body, headers=headers)


def _url(server: Server, case: ExchangeCase, exchange: Exchange) -> str:
    path, mark, query = exchange.path.partition("?")
    if path.startswith("/gsp"):
        return server.store_url + path.removeprefix("/gsp") + mark + query
    return (server.update_url if _updates(case, exchange) else server.query_url) + mark + query


def _updates(case: ExchangeCase, exchange: Exchange) -> bool:
    """Whether the request is for the place of updates, which need not be that of queries."""
    sent = media_type(dict(exchange.headers).get("content-type", ""))
    return (
        case.name.startswith("bad_update")
        or sent == "application/sparql-update"
        or (exchange.body or b"").startswith(b"update=")
    )


def _demand(response: httpx.Response, exchange: Exchange) -> None:
    reply = exchange.reply
    said = f"{exchange.method} {exchange.path}: {told(response)}"
    assert any(_fits(response.status_code, status) for status in reply.statuses), f"{reply.statuses}: {said}"
    sent = media_type(response.headers.get("content-type", ""))
    if reply.form:
        assert sent in _FORMS[reply.form], said
    if reply.truth is not None:
        read = tables.from_json if sent == TABLE_TYPES["json"] else tables.from_xml
        assert read(response.content) is reply.truth, said
    for name, value in reply.headers:
        assert media_type(response.headers.get(name, "")) == media_type(value), f"{name} must be {value}: {said}"
    if reply.body is not None:
        _demand_graph(response, reply, said)


def _demand_graph(response: httpx.Response, reply: Reply, said: str) -> None:
    due = media_type(dict(reply.headers)["content-type"])
    base = str(response.url)
    assert reply.body is not None
    try:
        data.demand_same(data.read(response.content, due, base), data.read(reply.body.encode(), due, base))
    except SyntaxError as error:
        raise AssertionError(said) from error


def _fits(status: int, name: str) -> bool:
    if name.startswith("StatusCode"):
        return str(status)[0] == name.removeprefix("StatusCode")[0]
    return status == _NAMES[name]
