"""Memento (RFC 7089): which release a moment means, and the links between a resource and its states in time.

A resource is its own time gate: with `Accept-Datetime` it answers with the state of that moment, under the same
address. Each state also has an address of its own, with `release=`.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote_plus

from werkzeug.http import parse_date

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from coopgraph.web.service import Service

PARAMETER: Final = "release"
FOREVER: Final = "public, max-age=31536000, immutable"
"""How long the state of a resource in one release may be kept."""

LINK_FORMAT: Final = "application/link-format"
_LONGEST: Final = 1000
# What may stand in an address that stands in a header or between angle brackets.
_IN_PATH: Final = "/:@!$&'()*+,;=~"
_IN_QUERY: Final = _IN_PATH + "?%"


@dataclass(frozen=True, slots=True)
class Moment:
    """A release and when it was made."""

    number: int
    created: datetime


@dataclass(frozen=True, slots=True)
class Original:
    """A resource apart from time: the address of the service, and the path with what else identifies the resource."""

    root: str
    target: str

    @property
    def address(self) -> str:
        """The resource as it is now."""
        return self.root + self.target

    def state(self, number: int) -> str:
        """The resource as it is in this release."""
        return f"{self.address}{'&' if '?' in self.target else '?'}{PARAMETER}={number}"

    def timemap(self, form: str) -> str:
        """The list of all states, as `link` or `json`."""
        return f"{self.root}/timemap/{form}{self.target}"


def moments(service: Service) -> tuple[Moment, ...]:
    """All releases with their dates.

    Raises:
        CoopgraphError: "damaged" if one of them cannot be read.
    """
    return _moments(service, service.shelf.numbers())


@lru_cache(maxsize=8)
def _moments(service: Service, numbers: tuple[int, ...]) -> tuple[Moment, ...]:
    """The moments of these releases, which never change; more of them are another key."""
    dates = {one.number: one.created for one in service.manifests()}
    return tuple(Moment(number, dates[number]) for number in numbers if number in dates)


def original(root: str, path: str, query: str) -> Original:
    """The resource that a request is about, whatever state of it was asked for; `path` is decoded, `query` is not."""
    parts = (part for part in query.split("&") if part and unquote_plus(part.partition("=")[0]) != PARAMETER)
    rest = "&".join(quote(part, safe=_IN_QUERY, errors="replace") for part in parts)
    return Original(root, quote(path, safe=_IN_PATH, errors="replace") + (f"?{rest}" if rest else ""))


def choose(wanted: str, moments: Sequence[Moment]) -> Moment:
    """The state of that moment: the last release made until then, or the first if there was none yet.

    Raises:
        CoopgraphError: "request" if `wanted`, an Accept-Datetime header, is no HTTP date; "not-ready" without releases.
    """
    moment = parse_date(wanted)
    if moment is None:
        raise CoopgraphError("request", f"{wanted!r} in Accept-Datetime is no HTTP date.")
    if not moments:
        raise CoopgraphError("not-ready", "There is no release yet.", remedy="Make one with `coopgraph build`.")
    ordered = sorted(moments, key=lambda one: one.number)
    return next((one for one in reversed(ordered) if one.created <= moment), ordered[0])


def http_date(moment: datetime) -> str:
    """The moment as HTTP writes it."""
    return format_datetime(moment, usegmt=True)


def headers(
    resource: Original | None, shown: Moment, moments: Sequence[Moment], *, pinned: bool, negotiated: bool
) -> Mapping[str, str]:
    """What a reply says about time.

    `pinned`: the request named the release; `negotiated`: it named a moment. Otherwise the reply is the resource as it
    is now, and only tells where its past is. An address too long for a header is not repeated in one. `resource` is
    None if no address says what was asked for, as with a query in a body.
    """
    found = {}
    if pinned or negotiated:
        found["Memento-Datetime"] = http_date(shown.created)
    if resource is None or len(resource.address) > _LONGEST:
        return found
    if negotiated:
        found["Content-Location"] = resource.state(shown.number)
    links = _frame(resource)
    if pinned or negotiated:
        links += _states(resource, _near(shown, moments))
    return found | {"Link": ", ".join(links)}


def link_format(resource: Original, moments: Sequence[Moment]) -> str:
    """The list of all states in link format (RFC 6690), oldest first."""
    ordered = sorted(moments, key=lambda one: one.number)
    here = f'<{resource.timemap("link")}>; rel="self"; type="{LINK_FORMAT}"'
    if ordered:
        here += f'; from="{http_date(ordered[0].created)}"; until="{http_date(ordered[-1].created)}"'
    lines = [f'<{resource.address}>; rel="original timegate"', here, *_states(resource, ordered)]
    return ",\n".join(lines) + "\n"


def as_dict(resource: Original, moments: Sequence[Moment]) -> dict[str, object]:
    """The list of all states for JSON, with the members that Memento clients know."""
    states = [
        {"datetime": http_date(one.created), "uri": resource.state(one.number), "release": one.number}
        for one in sorted(moments, key=lambda one: one.number)
    ]
    ends = {"first": states[0], "last": states[-1]} if states else {}
    return {
        "original_uri": resource.address,
        "timegate_uri": resource.address,
        "timemap_uri": {"link_format": resource.timemap("link"), "json_format": resource.timemap("json")},
        "mementos": {**ends, "list": states},
    }


def _frame(resource: Original) -> list[str]:
    return [
        f'<{resource.address}>; rel="original timegate"',
        f'<{resource.timemap("link")}>; rel="timemap"; type="{LINK_FORMAT}"',
        f'<{resource.timemap("json")}>; rel="timemap"; type="application/json"',
    ]


def _near(shown: Moment, moments: Sequence[Moment]) -> list[Moment]:
    """The first state, the one before, the one shown, the one after and the last, each once."""
    ordered = sorted({*moments, shown}, key=lambda one: one.number)
    place = ordered.index(shown)
    chosen = (0, max(0, place - 1), place, min(place + 1, len(ordered) - 1), len(ordered) - 1)
    return [ordered[index] for index in sorted(set(chosen))]


def _states(resource: Original, ordered: Sequence[Moment]) -> list[str]:
    def relation(place: int) -> str:
        ends = ("first " if place == 0 else "") + ("last " if place == len(ordered) - 1 else "")
        return f"{ends}memento"

    return [
        f'<{resource.state(one.number)}>; rel="{relation(place)}"; datetime="{http_date(one.created)}"'
        for place, one in enumerate(ordered)
    ]
