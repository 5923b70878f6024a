"""What a remote store's failures mean to whoever asked, without its address, which is nobody's business on the web."""

from __future__ import annotations

import contextlib
import logging
import re
from typing import TYPE_CHECKING, Final

import httpx

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_log = logging.getLogger(__name__)

_SHOWN: Final = 300
# How Virtuoso begins to say, with status 500, that it cannot do what a query asks for.
_NOT_TAKEN: Final = "Virtuoso 37000"
# What follows this word is the query as the store saw it, with names that are its own business.
_REPEATED: Final = "SPARQL query:"
_TIME: Final = re.compile(r"time[d ]*-?out|timeout|cancel", re.IGNORECASE)
# Virtuoso says by these that an answer is a part of the whole: cut at its row limit, or at its time limit.
_PARTIAL: Final = {"X-SPARQL-MaxRows": "rows", "X-SPARQL-Anytime": "time", "X-SQL-State": "time"}


def lost(error: Exception) -> CoopgraphError:
    """The error for a store that cannot be reached or goes away."""
    _log.debug("The store was lost: %s: %s", type(error).__name__, error)
    how = "cannot be reached" if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout) else "went away"
    return CoopgraphError("store-lost", f"The store behind this service {how}.", remedy="Try again in a moment.")


def failed(what: str) -> CoopgraphError:
    """The error for an answer that is none; `what` the store did follows in the sentence."""
    return CoopgraphError("store-failed", f"The store behind this service {what}; nothing of it was sent.")


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Errors of the connection inside become ours.

    Raises:
        CoopgraphError: "store-lost".
    """
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise lost(error) from error


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Time that runs out inside becomes our error.

    Raises:
        CoopgraphError: "deadline".
    """
    try:
        yield
    except TimeoutError as error:
        raise CoopgraphError(
            "deadline",
            f"The query was stopped after {seconds:g} seconds, the limit query_seconds.",
            remedy="Ask for less, or raise the limit.",
            limit="query_seconds",
        ) from error


def refused(status: int, text: str) -> CoopgraphError:
    """The error for a response that is no success, with the beginning of what the store says about it."""
    said = _shown(text)
    if status in {400, 422} or text.startswith(_NOT_TAKEN):
        return CoopgraphError("request", f"The store does not take this: {said}")
    if status in {401, 403}:
        return failed(f"does not accept this service's credentials ({status})")
    if status == 413:
        return CoopgraphError("too-large", f"The store finds this too large: {said}")
    if status in {408, 504} or (status in {429, 500, 503} and _TIME.search(text)):
        return CoopgraphError("deadline", f"The store stopped at a time limit of its own: {said}")
    if status in {429, 503}:
        return CoopgraphError("busy", f"The store is busy: {said}", remedy="Try again in a moment.")
    if status in {502, 504}:
        return CoopgraphError("store-lost", f"The store's own gateway lost it ({status}).", remedy="Try again.")
    if 300 <= status < 400:
        return failed(f"sends elsewhere ({status}), which is not followed")
    return failed(f"answered {status}: {said}")


def demand_whole(headers: Mapping[str, str], *, parsed_to_its_end: bool) -> None:
    """Refuse an answer that is known to be a part, or of which nobody could tell if it were cut.

    Raises:
        CoopgraphError: "store-failed", or "too-large" or "deadline" where the store names its own limit.
    """
    for name, limit in _PARTIAL.items():
        if name in headers:
            code = "too-large" if limit == "rows" else "deadline"
            raise CoopgraphError(
                code, f"The store cut its answer at a limit of {limit} of its own; nothing of it was sent."
            )
    if headers.get("Content-Encoding", "identity") != "identity":
        raise failed("compressed its answer unasked")
    framed = "Content-Length" in headers or "chunked" in headers.get("Transfer-Encoding", "").lower()
    if not framed and not parsed_to_its_end:
        raise failed("sent an answer without saying where it ends")


def _shown(text: str) -> str:
    """The first lines of a message, without markup; a program's page of errors helps nobody."""
    plain = re.sub(r"<[^<>]*>", " ", text) if text.lstrip().startswith("<") else text.partition(_REPEATED)[0]
    words = " ".join("".join(character if character.isprintable() else " " for character in plain).split())
    return (words[:_SHOWN] + "…" if len(words) > _SHOWN else words) or "nothing is said."
