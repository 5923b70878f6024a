"""What has to be done for a query that came by the protocol: all that is decided before a release is looked at."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from coopgraph.errors import CoopgraphError
from coopgraph.sparql import harmless
from coopgraph.sparql.dataset import QueryDataset, dataset_of, may_name_several
from coopgraph.sparql.negotiation import GRAPHS, HTML, TABLES, choose, prefers
from coopgraph.sparql.policy import Form, admit, is_quick
from coopgraph.sparql.request import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.sparql.negotiation import Offer
    from coopgraph.sparql.request import QueryRequest

    _Asking = Callable[["Message"], QueryRequest | None]

# The values of these functions differ from call to call; an escape could hide their names. What a comment between name
# and parenthesis holds is not looked at: names without end in comments without end would take too long.
_VOLATILE: Final = re.compile(r"(?:now|rand|uuid|bnode)\s*+[(#]|\\u", re.IGNORECASE)
_DIGITS: Final = 9

_SHORT: Final = 400
"""Characters of a query that is read through at once, whatever there is to look for."""

_KEPT: Final = 1024
_KEPT_BYTES: Final = 8192
"""Longer requests are understood anew each time, so that nobody fills the memory with them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A query that may run, its dataset, the format of its answer and the release it is put to, if it names one.

    `identity` is the same for requests that ask for the same, and for no others; it is empty if the answer can differ
    from one time to the next.
    """

    text: str
    dataset: QueryDataset
    offer: Offer
    release: int | None
    identity: str


class LaterError(Exception):
    """Understanding a query takes longer than others can be kept waiting: it is to be done beside them."""


class RefusedError(CoopgraphError):
    """A query is refused because it calls another server; `instead` is the plan that tells whether it is SPARQL.

    That plan is put to no graph and asks for a format in which such an answer does not come, so nothing is computed: it
    fails by "syntax" where the query has a mistake, and otherwise by "not-acceptable".
    """

    def __init__(self, refusal: CoopgraphError, instead: Plan) -> None:
        super().__init__(refusal.code, refusal.detail, remedy=refusal.remedy, line=refusal.line, column=refusal.column)
        self.instead = instead


class Message(NamedTuple):
    """What a request says; `base` is the IRI that relative ones in its query are relative to."""

    method: str
    query_string: bytes
    content_type: str = ""
    body: bytes = b""
    accept: str = ""
    base: str | None = None


def understand(message: Message) -> Plan | None:
    """The plan for a request; None if it is for a person, or asks about the service itself.

    Raises:
        RefusedError: for a call to another server that can be taken out of the query.
        CoopgraphError: what `read`, `admit`, `dataset_of` and `choose` raise.
    """
    return _planned(message, _asked)


def understand_at_once(message: Message) -> Plan | None:
    """The same for who must not be kept waiting.

    Raises:
        LaterError: if it would take long.
        CoopgraphError: what `understand` raises.
    """
    return _planned(message, _asked_briefly)


def wants_page(asked: QueryRequest | None, accept: str, *, asked_format: str | None = None) -> bool:
    """Whether the answer is for a person; without a query, whether the introduction is."""
    name = asked_format if asked is None else asked.format
    if name is not None:
        return name.strip().lower() in {HTML.name, HTML.media_type}
    return _likes_pages(accept, about_service=asked is None)


def parse_release(text: str | None) -> int | None:
    """The number in a `release` parameter; None if there is none.

    Raises:
        CoopgraphError: "request" if it is no number.
    """
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
        raise CoopgraphError("request", f"{text!r} is no number of a release.")
    return int(text)


def is_volatile(text: str) -> bool:
    """Whether the query's answer may differ from one time to the next; sometimes said of one whose answer does not."""
    return ("(" in text or "\\" in text) and _VOLATILE.search(text) is not None


def _planned(message: Message, ask: _Asking) -> Plan | None:
    if message.method == "HEAD":
        message = message._replace(method="GET")
    size = len(message.query_string) + len(message.content_type) + len(message.body) + len(message.accept)
    return (_understand if size > _KEPT_BYTES else _understood)(message, ask)


def _asked(message: Message) -> QueryRequest | None:
    return read(message.method, message.query_string, content_type=message.content_type, body=message.body)


def _asked_briefly(message: Message) -> QueryRequest | None:
    asked = _asked(message)
    if asked is not None and len(asked.text) > _SHORT and (may_name_several(asked.text) or not is_quick(asked.text)):
        raise LaterError
    return asked


def _understand(message: Message, ask: _Asking) -> Plan | None:
    asked, accept = ask(message), message.accept
    if asked is None or wants_page(asked, accept):
        return None
    try:
        form = admit(asked.text)
    except CoopgraphError as error:
        raise _refused(asked, error) from error
    offer = _offer(accept, asked.format, form is Form.GRAPH)
    dataset = dataset_of(asked, message.base)
    identity = "" if is_volatile(asked.text) else _identity(asked, offer)
    return Plan(asked.text, dataset, offer, parse_release(asked.release), identity)


def _refused(asked: QueryRequest, refusal: CoopgraphError) -> CoopgraphError:
    text = harmless.query(asked.text) if refusal.code == "forbidden" else None
    if text is None:
        return refusal
    offers = TABLES if admit(text) is Form.GRAPH else GRAPHS
    nothing = QueryDataset((), ())
    return RefusedError(refusal, Plan(text, nothing, offers[0], parse_release(asked.release), identity=""))


@lru_cache(maxsize=256)
def _likes_pages(accept: str, *, about_service: bool) -> bool:
    return prefers(HTML, GRAPHS if about_service else (*TABLES, *GRAPHS), accept)


@lru_cache(maxsize=256)
def _offer(accept: str, asked: str | None, graph: bool) -> Offer:
    return choose(GRAPHS if graph else TABLES, accept=accept, asked=asked)


_understood = lru_cache(maxsize=_KEPT)(_understand)


def _identity(asked: QueryRequest, offer: Offer) -> str:
    # Lengths keep apart what would otherwise run together.
    parts = (asked.text, offer.name, "default", *asked.default_graphs, "named", *asked.named_graphs)
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
