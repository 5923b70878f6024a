"""What has to be done for a query that came by the protocol: all that is decided before a release is looked at."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.dataset import dataset_of
from coopgraph.sparql.negotiation import GRAPHS, HTML, TABLES, choose, prefers
from coopgraph.sparql.policy import Form, admit
from coopgraph.sparql.request import read

if TYPE_CHECKING:
    from coopgraph.sparql.dataset import QueryDataset
    from coopgraph.sparql.negotiation import Offer
    from coopgraph.sparql.request import QueryRequest

# The values of these functions differ from call to call; an escape could hide their names.
_VOLATILE: Final = re.compile(r"(?:now|rand|uuid|bnode)(?:\s|#[^\r\n]*)*\(|\\u", re.IGNORECASE)
_DIGITS: Final = 9

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


def understand(
    method: str, query_string: bytes, *, content_type: str = "", body: bytes = b"", accept: str = ""
) -> Plan | None:
    """The plan for a request; None if it is for a person, or asks about the service itself.

    Raises:
        CoopgraphError: what `read`, `admit`, `dataset_of` and `choose` raise.
    """
    if method == "HEAD":
        method = "GET"
    if len(query_string) + len(content_type) + len(body) + len(accept) > _KEPT_BYTES:
        return _understand(method, query_string, content_type, body, accept)
    return _understood(method, query_string, content_type, body, accept)


def wants_page(asked: QueryRequest | None, accept: str, *, asked_format: str | None = None) -> bool:
    """Whether the answer is for a person; without a query, whether the introduction is."""
    name = asked_format if asked is None else asked.format
    if name is not None:
        return name.strip().lower() in {HTML.name, HTML.media_type}
    return prefers(HTML, GRAPHS if asked is None else (*TABLES, *GRAPHS), accept)


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
    return _VOLATILE.search(text) is not None


def _understand(method: str, query_string: bytes, content_type: str, body: bytes, accept: str) -> Plan | None:
    asked = read(method, query_string, content_type=content_type, body=body)
    if asked is None or wants_page(asked, accept):
        return None
    form = admit(asked.text)
    offer = choose(GRAPHS if form is Form.GRAPH else TABLES, accept=accept, asked=asked.format)
    dataset = dataset_of(asked)
    identity = "" if is_volatile(asked.text) else _identity(asked, offer)
    return Plan(asked.text, dataset, offer, parse_release(asked.release), identity)


_understood = lru_cache(maxsize=_KEPT)(_understand)


def _identity(asked: QueryRequest, offer: Offer) -> str:
    # Lengths keep apart what would otherwise run together.
    parts = (asked.text, offer.name, "default", *asked.default_graphs, "named", *asked.named_graphs)
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
