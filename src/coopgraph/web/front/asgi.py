"""The service as the server runs it: queries are answered at once, pages in threads, and all under the same limits."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.negotiation import PROBLEM
from coopgraph.sparql.request import METHODS
from coopgraph.web import authority, problems, writing
from coopgraph.web.app import create_app, end
from coopgraph.web.behalf import BEHALF, Behalf
from coopgraph.web.front import endpoint, queries
from coopgraph.web.front.arrival import Arrivals, GoneError
from coopgraph.web.front.exchange import Exchange, Proxies, fresh_id
from coopgraph.web.front.health import Health
from coopgraph.web.front.journal import Entry, Journal
from coopgraph.web.front.metrics import MEDIA_TYPE, Metrics
from coopgraph.web.front.sending import Reply, data_reply, send_reply
from coopgraph.web.front.threads import Threads
from coopgraph.web.front.turn import SKIP
from coopgraph.web.headers import preflight
from coopgraph.web.service import Service

if TYPE_CHECKING:
    from coopgraph.settings import Settings
    from coopgraph.web.headers import Raw

THREADS: Final = 32
"""How many pages are worked on at a time."""

_CHANGING: Final = ("/update", "/store", "/store/")
_READ: Final = ("GET", "HEAD", "OPTIONS")
_BODYLESS: Final = frozenset({"GET", "HEAD", "OPTIONS", "DELETE", "TRACE"})
# How a body may be packed, which is not at all: what is packed may be of any size.
_CODINGS: Final = frozenset({"", "identity"})
# These answer even when everything else is too much.
ALWAYS: Final = frozenset({"/healthz", "/readyz", "/metrics"})
_FIELD: Final = 32
"""What a header weighs besides its name and value, as HTTP/2 counts: many small ones are a burden too."""

_LOST: Final = 499
"""The status in journal and measures of a request whose client left; nobody gets to see it."""

_log = logging.getLogger(__name__)


class Front:
    """The root application; everything in it belongs to the event loop in which it is started."""

    def __init__(self, settings: Settings, *, journal: Journal | None = None) -> None:
        self.settings: Final = settings
        self.stopping = False
        self.running = 0
        self._journal = journal
        self._proxies = Proxies(settings.proxies or ())
        self._arrivals = Arrivals(at_once=settings.request_bodies, seconds=settings.request_seconds)
        self._ids: set[str] = set()

    async def start(self) -> None:
        """Start the readers; nothing is answered before.

        Raises:
            CoopgraphError: "reader-lost" if none comes up.
        """
        self.service = Service(self.settings, loop=asyncio.get_running_loop())
        self.endpoint = endpoint.Endpoint(self.settings, self.service)
        self._health = Health(self.service)
        self._metrics = Metrics(self.service, self.endpoint.cache)
        self.application = create_app(self.settings, self.service)
        try:
            await self.service.readers.pool.start()
        except BaseException:
            await asyncio.to_thread(self.service.close)
            raise
        self._starting = asyncio.create_task(asyncio.to_thread(writing.start, self.application))
        self._pages = Threads(self.application, workers=THREADS, seconds=self.settings.send_seconds)

    async def close(self) -> None:
        """End the readers; queries that run fail."""
        self._pages.close()
        await self._starting
        await asyncio.to_thread(end, self.application)
        # It waits for this loop, so not here.
        await asyncio.to_thread(self.service.close)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer one request."""
        exchange = Exchange(scope, receive, send)
        exchange.client = self._proxies.client(exchange.client, exchange.header(b"x-forwarded-for"))
        exchange.claim(self._ids)
        self.running += 1
        reply = Reply(_LOST, [], outcome="gone")
        try:
            reply = await self._reply(exchange)
            if not reply.sent:
                reply.headers = [*reply.headers, *self._extra(exchange)]
                await send_reply(
                    exchange.send, reply, head=exchange.method == "HEAD", seconds=self.settings.send_seconds
                )
        except (GoneError, asyncio.CancelledError):
            # The client has left, which ended what was done for it.
            reply = Reply(_LOST, [], outcome="gone")
        except TimeoutError:
            reply.outcome = "cut"
        except Exception as error:
            # The status is sent, so the connection ends before the length that was stated, which tells of the failure.
            _log.error("%s %s failed while it was sent", exchange.method, exchange.path, exc_info=error)
            reply.outcome = "cut"
        finally:
            self.running -= 1
            self._ids.discard(exchange.id)
            self._record(exchange, reply)

    def repeated(self, asked: bytes, peer: str) -> bytes | None:
        """The answer to a request of just these bytes, from its headers on, if it was answered before and still holds.

        It is read, judged and answered as it was then; so nothing of that is done again.
        """
        known = self.endpoint.repeats.get(asked)
        if known is None or self.stopping or known.stamp != self.service.shelf.stamp():
            return None
        started = time.perf_counter()
        kept = self.endpoint.cache.get(known.tag)
        body = b"" if kept is None else kept.packed if known.packed else kept.body
        # The same answer may have been made anew since, with its rows in another order and its bytes of another number.
        if not body or len(body) != known.length:
            return None
        identifier, client = fresh_id(), self._proxies.client(peer, known.forwarded)
        entry = Entry(
            identifier, client, known.method, known.path, 200, time.perf_counter() - started, known.release,
            "answered", len(body),
        )  # fmt: skip
        self._tell(entry)
        return b"".join((known.head, b"server: coopgraph\r\nx-request-id: ", identifier.encode(), b"\r\n\r\n", body))

    def refused(self, status: int) -> None:
        """Take note of what was refused with this status before it could be read as a request."""
        self._metrics.refuse(status)

    async def _reply(self, exchange: Exchange) -> Reply:
        try:
            self._admit(exchange)
            return await self._route(exchange)
        except CoopgraphError as error:
            return self._refuse(exchange, error, methods(exchange.path) if error.code == "method" else ())
        except (GoneError, asyncio.CancelledError):
            raise
        except Exception as error:
            _log.error("%s %s failed", exchange.method, exchange.path, exc_info=error)
            return self._refuse(exchange, problems.ours(), ())

    def _admit(self, exchange: Exchange) -> None:
        """Refuse what is too long, or too much."""
        limits = self.settings
        if len(exchange.query_string) + len(exchange.scope["raw_path"]) > limits.url_bytes:
            raise CoopgraphError(
                "long-url",
                f"The address is longer than {limits.url_bytes} bytes, the limit url_bytes.",
                remedy="Send a long query by POST.",
                limit="url_bytes",
            )
        pairs = exchange.scope["headers"]
        if sum(len(name) + len(value) + _FIELD for name, value in pairs) > limits.header_bytes:
            raise CoopgraphError(
                "long-headers",
                f"The headers are longer than {limits.header_bytes} bytes, the limit header_bytes.",
                limit="header_bytes",
            )
        if self.running > limits.requests and exchange.path not in ALWAYS:
            raise CoopgraphError(
                "busy",
                f"More than {limits.requests} requests are being answered, the limit requests.",
                remedy="Try again in a moment.",
                limit="requests",
            )

    async def _route(self, exchange: Exchange) -> Reply:
        path, bodyless = exchange.path, exchange.method in _BODYLESS
        if bodyless and (skip := exchange.scope.get(SKIP)) is not None:
            skip()
        if path == endpoint.PATH:
            body = b"" if bodyless else await self._body(exchange)
            reply = await self.endpoint.answer(exchange, body)
            return await self._page(exchange, body) if reply is None else reply
        allowed = methods(path)
        if allowed:
            if exchange.method not in allowed:
                raise CoopgraphError("method", f"{exchange.method} is not offered at {path}.")
            if exchange.method == "OPTIONS":
                return data_reply(b"", preflight(allowed))
            return await self._tell_of_itself(exchange)
        return await self._page(exchange, b"" if bodyless else await self._body(exchange))

    async def _tell_of_itself(self, exchange: Exchange) -> Reply:
        if exchange.path == "/healthz":
            return self._health.alive()
        if exchange.path == "/readyz":
            return await self._health.ready(stopping=self.stopping)
        if exchange.path == "/metrics":
            self._metrics.running = self.running
            headers = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"}
            return data_reply(self._metrics.exposed(), headers)
        return queries.answer(exchange, self.service.readers.pool, self.settings.token, self._pages)

    async def _body(self, exchange: Exchange) -> bytes:
        coding = exchange.header(b"content-encoding").strip().lower()
        if coding not in _CODINGS:
            raise CoopgraphError("media-type", f"The body is packed as {coding}.", remedy="Send it as it is.")
        limit, name = self.settings.request_bytes, "request_bytes"
        changing = exchange.path in _CHANGING or exchange.path.startswith(_CHANGING[-1])
        if changing and authority.holds(self.settings.token, exchange.header(b"authorization")):
            limit, name = self.settings.change_bytes, "change_bytes"
        stated = exchange.header(b"content-length")
        return await self._arrivals.receive(exchange.receive, stated=stated, limit=limit, name=name)

    async def _page(self, exchange: Exchange, body: bytes) -> Reply:
        # Addresses in what the application answers begin with it.
        exchange.demand_host()
        BEHALF.set(Behalf(exchange.id, exchange.client, exchange.presence))
        return await self._pages.answer(exchange, body, self._extra(exchange))

    def _refuse(self, exchange: Exchange, error: CoopgraphError, allowed: tuple[str, ...]) -> Reply:
        if error.query_id is None:
            error.query_id = exchange.id
        if problems.for_person(exchange.header(b"accept")):
            return self._pages.tell(error, exchange, allowed)
        headers = problems.headers(error, allowed=allowed) | {"Content-Type": PROBLEM.media_type}
        return data_reply(problems.document(error), headers, status=error.kind.http, outcome=error.code)

    def _extra(self, exchange: Exchange) -> Raw:
        found = [(b"x-request-id", exchange.id.encode()), (b"server", b"coopgraph")]
        if self.stopping:
            found.append((b"connection", b"close"))
        return found

    def _record(self, exchange: Exchange, reply: Reply) -> None:
        entry = Entry(
            exchange.id, exchange.client, exchange.method, exchange.path, reply.status,
            time.perf_counter() - exchange.started, reply.release, reply.outcome, reply.size,
        )  # fmt: skip
        self._tell(entry)

    def _tell(self, entry: Entry) -> None:
        self._metrics.count(entry)
        if self._journal is not None:
            self._journal.record(entry)


def methods(path: str) -> tuple[str, ...]:
    """The methods that are offered at a path that is answered here and not by a page."""
    if path == endpoint.PATH:
        return METHODS
    if path == "*":
        # The service itself, of which nothing else can be asked.
        return ("OPTIONS",)
    if path in ALWAYS or path == queries.PATH:
        return _READ
    if path.startswith(f"{queries.PATH}/"):
        return queries.METHODS
    return ()
