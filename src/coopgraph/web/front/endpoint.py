"""`/sparql` for programs: the shortest way from a request to a reader, or to an answer that is kept."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import hashlib
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from werkzeug.http import parse_etags
from werkzeug.utils import get_content_type

from coopgraph import __version__, terms
from coopgraph.errors import CoopgraphError
from coopgraph.sparql.negotiation import TABLES
from coopgraph.sparql.plan import LaterError, Message, RefusedError, understand, understand_at_once
from coopgraph.sparql.request import METHODS
from coopgraph.store.workers import Question, Ticket
from coopgraph.web import compression, memento
from coopgraph.web.front.cache import Cache, Kept
from coopgraph.web.front.flights import Flights
from coopgraph.web.front.repeats import Repeats
from coopgraph.web.front.sending import Reply, data_reply
from coopgraph.web.front.turn import WHOLE
from coopgraph.web.headers import CHANGED, RAW_DATA, VARY, preflight, raw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coopgraph.settings import Settings
    from coopgraph.sparql.plan import Plan
    from coopgraph.store.workers import Answer
    from coopgraph.web.front.exchange import Exchange
    from coopgraph.web.headers import Raw
    from coopgraph.web.service import Reading, Service

PATH: Final = "/sparql"
"""Where queries are answered."""

_REVALIDATED: Final = (b"cache-control", b"no-cache")
_LONG: Final = 1 << 13
"""Reading a request of more bytes, word by word as it may have to be, would keep everybody waiting."""

_REPEATS: Final = 8
"""Requests may take this part of the room that answers have, beside it."""

_LARGE: Final = 1 << 16
"""Answers of more bytes are compressed in a thread, so that nobody else waits for that."""


class Endpoint:
    """Answers queries, each from a reader once and then, as long as there is room, from memory."""

    def __init__(self, settings: Settings, service: Service) -> None:
        self._base_url = settings.base_url.rstrip("/")
        self._service = service
        self.cache: Final = Cache(settings.cache_bytes)
        self.repeats: Final = Repeats(settings.cache_bytes // _REPEATS)
        self._flights: Flights[Answer] = Flights()
        self._long = asyncio.Semaphore(1)

    async def answer(self, exchange: Exchange, body: bytes) -> Reply | None:
        """The answer; None if a person asks, or nothing is asked: that takes pages.

        Raises:
            CoopgraphError: what `understand`, `Service.reading` and `Reading.answer` raise, or "method".
        """
        if exchange.method not in METHODS:
            raise CoopgraphError("method", f"{exchange.method} is not offered at {PATH}.")
        if exchange.method == "OPTIONS":
            return data_reply(b"", preflight(METHODS) | {"Vary": "Accept"}, outcome="options")
        address = (self._base_url or exchange.address) + PATH
        try:
            plan = await self._understood(exchange, body, address)
        except RefusedError as refusal:
            await self._demand_grammar(exchange, refusal.instead, address)
            raise
        if plan is None:
            return None
        wanted = exchange.header(b"accept-datetime") if plan.release is None else ""
        number = memento.choose(wanted, memento.moments(self._service)).number if wanted else plan.release
        reading = self._service.reading(number)
        answer = self._lasting if plan.identity else self._passing
        reply = await answer(exchange, plan, reading, address)
        if number is None:
            self._remember(exchange, reply, reading)
            return reply
        return self._in_time(exchange, reply, reading, pinned=not wanted)

    def _remember(self, exchange: Exchange, reply: Reply, reading: Reading) -> None:
        """What has just been answered from memory may be asked again in the same words."""
        asked = exchange.scope.get(WHOLE)
        current = self._service.current
        if asked is not None and reply.tag and current is not None and current[1] is reading:
            self.repeats.keep(asked, exchange, reply, current[0])

    def _in_time(self, exchange: Exchange, reply: Reply, reading: Reading, *, pinned: bool) -> Reply:
        """The answer with what there is to say about its time; the state in one release may be kept for good."""
        root, query = self._base_url or exchange.address, exchange.query_string.decode(errors="replace")
        resource = memento.original(root, PATH, query) if exchange.method in {"GET", "HEAD"} else None
        shown = memento.Moment(reading.manifest.number, reading.manifest.created)
        moments = memento.moments(self._service)
        told = raw(memento.headers(resource, shown, moments, pinned=pinned, negotiated=not pinned).items())
        if pinned:
            told += [(name, memento.FOREVER.encode()) for name, value in reply.headers if (name, value) == _REVALIDATED]
        kept = [header for header in reply.headers if not pinned or header != _REVALIDATED]
        return dataclasses.replace(reply, headers=[*kept, *told])

    async def _understood(self, exchange: Exchange, body: bytes, address: str) -> Plan | None:
        """The plan for the request; what takes long is read aside, one at a time, while others are answered."""
        accept, content_type = exchange.header(b"accept"), exchange.header(b"content-type")
        message = Message(exchange.method, exchange.query_string, content_type, body, accept, address)
        if len(body) + len(exchange.query_string) <= _LONG:
            with contextlib.suppress(LaterError):
                return understand_at_once(message)
        async with self._long:
            return await asyncio.to_thread(understand, message)

    async def _demand_grammar(self, exchange: Exchange, plan: Plan, address: str) -> None:
        """Who sends a query that would be refused is first told of a mistake in it."""
        reading = self._service.reading(plan.release)
        try:
            await self._ask(exchange, plan, reading, address, "")
        except CoopgraphError as error:
            if error.code == "syntax":
                raise

    async def _lasting(self, exchange: Exchange, plan: Plan, reading: Reading, address: str) -> Reply:
        """An answer that is the same as long as the release is, with a validator."""
        manifest = reading.manifest
        tag = _tag(manifest.digest, manifest.base, address, plan.identity)
        if b"if-match" in exchange.headers:
            _demand_match(exchange, tag)
        if b"if-none-match" in exchange.headers and _unchanged(exchange, tag):
            seen = _seen(exchange, tag)
            return Reply(304, _headers("", seen, manifest.number), outcome="unchanged", release=manifest.number)
        packed = compression.accepted(exchange.header(b"accept-encoding"))
        kept = self.cache.get(tag) if self.cache.active else None
        hit = kept is not None
        if kept is None:
            answer = await self._ask(exchange, plan, reading, address, tag)
            if not isinstance(answer.content, bytes):
                headers = _headers(answer.media_type, tag, manifest.number, answer.size)
                return Reply(200, headers, answer.content, answer.size, release=manifest.number)
            headers = _headers(answer.media_type, tag, manifest.number, answer.size)
            kept = Kept(answer.media_type, answer.content, headers, manifest.number)
            if self.cache.active:
                self.cache.keep(tag, kept)
        elif kept.release != manifest.number:
            # Releases of the same content have the same answers, but each says its own number.
            headers = _headers(kept.media_type, tag, manifest.number, len(kept.body))
            kept = Kept(kept.media_type, kept.body, headers, manifest.number)
            self.cache.keep(tag, kept)
        if packed and compression.worthwhile(len(kept.body), kept.media_type):
            if not kept.packed:
                kept.packed = await _packed(kept.body)
                kept.packed_headers = _headers(
                    kept.media_type, tag, manifest.number, len(kept.packed), suffix=compression.SUFFIX
                )
                self.cache.weigh(tag, kept)
            reply = Reply(200, kept.packed_headers, kept.packed, len(kept.packed), release=manifest.number)
        else:
            reply = Reply(200, kept.headers, kept.body, len(kept.body), release=manifest.number)
        reply.tag, reply.packed = (tag if hit else ""), reply.body is kept.packed
        return reply

    async def _passing(self, exchange: Exchange, plan: Plan, reading: Reading, address: str) -> Reply:
        """An answer that is good only now, and for nobody else."""
        answer = await self._ask(exchange, plan, reading, address, "")
        number, content, size = reading.manifest.number, answer.content, answer.size
        suffix = ""
        if (
            isinstance(content, bytes)
            and compression.worthwhile(size, answer.media_type)
            and compression.accepted(exchange.header(b"accept-encoding"))
        ):
            content, suffix = await _packed(content), compression.SUFFIX
            size = len(content)
        return Reply(200, _headers(answer.media_type, "", number, size, suffix=suffix), content, size, release=number)

    async def _ask(self, exchange: Exchange, plan: Plan, reading: Reading, address: str, tag: str) -> Answer:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a request is answered by a task")
        question = Question(
            plan.text,
            plan.offer.media_type,
            base=address,
            default_graphs=plan.dataset.default_graphs,
            named_graphs=plan.dataset.named_graphs,
            prefixes={} if plan.offer in TABLES else _prefixes(reading.manifest.base),
        )
        ticket = Ticket(id=exchange.id, client=exchange.client)
        with exchange.presence.watch(partial(self._flights.leave, task)):
            if tag and self.cache.active:
                return await self._flights.share(tag, partial(reading.answer, question, ticket))
            return await reading.answer(question, ticket)


@lru_cache(maxsize=4096)
def _tag(digest: str, base: str, address: str, identity: str) -> str:
    """The validator of an answer, without quotation marks."""
    return hashlib.sha256("\x1f".join((digest, base, __version__, address, identity)).encode()).hexdigest()[:32]


def _unchanged(exchange: Exchange, tag: str) -> bool:
    """Whether the reader already has this answer, compressed or not. A proxy may have marked the validator as weak."""
    if exchange.method not in {"GET", "HEAD"}:
        return False
    return parse_etags(compression.plain_tags(exchange.header(b"if-none-match"))).contains_weak(tag)


def _demand_match(exchange: Exchange, tag: str) -> None:
    """Let pass who wants the answer only as it was, if that is what it is."""
    wanted = parse_etags(compression.plain_tags(exchange.header(b"if-match")))
    if exchange.method in {"GET", "HEAD"} and not wanted.contains(tag):
        raise CoopgraphError("precondition", CHANGED)


def _seen(exchange: Exchange, tag: str) -> str:
    """The validator of the form in which the reader has the answer, without quotation marks."""
    seen, accepted = exchange.header(b"if-none-match"), exchange.header(b"accept-encoding")
    return compression.seen_tag(f'"{tag}"', seen, accepted)[1:-1]


def _headers(media_type: str, tag: str, number: int, size: int | None = None, *, suffix: str = "") -> Raw:
    found = [*_constant(media_type, number, bool(tag), bool(suffix))]
    if tag:
        found.append((b"etag", f'"{tag}{suffix}"'.encode()))
    if size is not None:
        found.append((b"content-length", b"%d" % size))
    return found


@lru_cache(maxsize=256)
def _constant(media_type: str, number: int, lasting: bool, packed: bool) -> Sequence[tuple[bytes, bytes]]:
    """The headers that all answers of a release in a format have."""
    found = {
        "Vary": VARY,
        "X-Coopgraph-Release": str(number),
        "Cache-Control": "no-cache" if lasting else "no-store",
    }
    if media_type:
        found["Content-Type"] = get_content_type(media_type, "utf-8")
    if packed:
        found["Content-Encoding"] = "gzip"
    return (*RAW_DATA, *raw(found.items()))


async def _packed(data: bytes) -> bytes:
    if len(data) <= _LARGE:
        return compression.gzip(data)
    return await asyncio.to_thread(compression.gzip, data)


@lru_cache(maxsize=8)
def _prefixes(base: str) -> Mapping[str, str]:
    return MappingProxyType({name: terms.rebase(iri, base) for name, iri in terms.PREFIXES.items()})
