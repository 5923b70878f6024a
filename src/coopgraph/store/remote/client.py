"""Speaks HTTP with one SPARQL 1.1 service, and with nobody else."""

from __future__ import annotations

import asyncio
import logging
from importlib.metadata import version
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import httpx

from coopgraph.errors import CoopgraphError
from coopgraph.store.remote import errors
from coopgraph.store.remote.auth import auth_for
from coopgraph.store.remote.stream import TABLE, TRIPLES, Arriving

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from coopgraph.store.remote.service import RemoteLimits, RemoteQuery, RemoteService

CONNECT_SECONDS: Final = 5.0

# They would tell every address and every step of every request.
for _chatty in ("httpx", "httpcore"):
    logging.getLogger(_chatty).setLevel(logging.WARNING)

_ACCEPT: Final = {"graph": f"{TRIPLES}, text/turtle;q=0.5", "table": TABLE, "boolean": TABLE}
_GRAPHS: Final = frozenset({TRIPLES, "text/turtle"})
# Some services call SPARQL's JSON by the name of all JSON.
_TABLES: Final = frozenset({TABLE, "application/json"})
_FORM: Final = "application/x-www-form-urlencoded"
_UPDATE: Final = "application/sparql-update; charset=utf-8"
_SAID: Final = 10_000
# What happens on a connection that its other end has closed already.
_STALE: Final = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


class RemoteClient:
    """At most `connections` requests at once to the service, each whole or refused; for one event loop.

    It follows no redirect, asks no proxy of the environment and takes no cookie, so that nothing the service says can
    send it elsewhere.
    """

    def __init__(self, service: RemoteService, *, connections: int) -> None:
        self._service: Final = service
        self._http: Final = httpx.AsyncClient(
            auth=auth_for(service),
            headers={"User-Agent": f"coopgraph/{version('coopgraph')}", "Accept-Encoding": "identity"},
            timeout=httpx.Timeout(None, connect=CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=connections, max_keepalive_connections=connections),
            follow_redirects=False,
            trust_env=False,
        )

    async def ask(self, query: RemoteQuery, limits: RemoteLimits) -> Arriving:
        """The finished body of the answer, to be closed by the caller.

        Raises:
            CoopgraphError: "store-lost" if the service cannot be reached or goes away, "store-failed" if it answers
                what it should not, "request" if it refuses the query, "deadline", "busy" or "too-large".
        """
        form = [("query", query.text)]
        form += [("default-graph-uri", iri) for iri in query.default_graphs or ()]
        form += [("named-graph-uri", iri) for iri in query.named_graphs or ()]
        opened: list[str] = []

        async def note(event: str, _: object) -> None:
            if event == "connection.connect_tcp.started":
                opened.append(event)

        def stream() -> AbstractAsyncContextManager[httpx.Response]:
            headers = {"Accept": _ACCEPT[query.form], "Content-Type": _FORM}
            content, extensions = urlencode(form).encode(), {"trace": note}
            return self._http.stream(
                "POST", self._service.query, content=content, headers=headers, extensions=extensions
            )

        with errors.deadline(limits.seconds), errors.translated():
            async with asyncio.timeout(limits.seconds):
                try:
                    return await _received(stream(), query, limits)
                except _STALE:
                    # A connection that the service had closed while it lay idle costs a second attempt, not the answer.
                    if opened:
                        raise
                    return await _received(stream(), query, limits)

    async def update(self, text: str, *, seconds: float) -> None:
        """Have an update done.

        Raises:
            CoopgraphError: "forbidden" if no address for updates is known, else as for `ask`.
        """
        if not self._service.update:
            raise CoopgraphError(
                "forbidden", "No address for updates of the store is known.", remedy="Give COOPGRAPH_STORE_UPDATE."
            )
        await self._tell(self._service.update, text.encode(), _UPDATE, seconds)

    async def add(self, graph: str, triples: bytes, *, seconds: float) -> None:
        """Add N-Triples to a named graph: by the Graph Store HTTP Protocol if its address is known, else by an update.

        Raises:
            CoopgraphError: as for `update`.
        """
        if self._service.graphs:
            # What the address has of its own parameters stays.
            url = httpx.URL(self._service.graphs).copy_merge_params({"graph": graph})
            await self._tell(str(url), triples, TRIPLES, seconds)
        else:
            await self.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{triples.decode()}}} }}", seconds=seconds)

    async def close(self) -> None:
        """Close all connections; requests that run fail."""
        await self._http.aclose()

    async def _tell(self, url: str, content: bytes, media_type: str, seconds: float) -> None:
        headers = {"Content-Type": media_type}
        with errors.deadline(seconds), errors.translated():
            async with (
                asyncio.timeout(seconds),
                self._http.stream("POST", url, content=content, headers=headers) as response,
            ):
                await _demand_success(response)
                # Read to its end, so that the connection can be used again.
                async for _ in response.aiter_raw():
                    pass


async def _received(
    stream: AbstractAsyncContextManager[httpx.Response], query: RemoteQuery, limits: RemoteLimits
) -> Arriving:
    async with stream as response:
        await _demand_success(response)
        media_type = _media_type(response)
        graph = query.form == "graph"
        if media_type not in (_GRAPHS if graph else _TABLES):
            raise errors.failed(f"sent {media_type or 'something of no stated type'}")
        errors.demand_whole(response.headers, parsed_to_its_end=not graph)
        arriving = Arriving(limits, media_type=media_type if graph else TABLE, form=query.form, hidden=query.hidden)
        try:
            with errors.translated():
                async for part in response.aiter_raw():
                    arriving.write(part)
            arriving.finish()
        except BaseException:
            arriving.close()
            raise
        return arriving


async def _demand_success(response: httpx.Response) -> None:
    if response.is_success:
        return
    said = b""
    async for part in response.aiter_raw():
        said += part
        if len(said) >= _SAID:
            break
    raise errors.refused(response.status_code, said[:_SAID].decode(errors="replace"))


def _media_type(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
