"""Addresses of a named question: in other formats, without a place to go on from, and of the rows that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import request

from coopgraph.web import pinning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coopgraph.curate.questions import Question
    from coopgraph.sparql.negotiation import Offer


def address(question: Question, given: Mapping[str, str], *, suffix: str = "", without: tuple[str, ...] = ()) -> str:
    """The path of the question with these parameters, but for the format and those that are left out."""
    left = ("format", *without)
    pairs = {name: text for name, text in given.items() if text and name not in left}
    path = f"{request.script_root}/questions/{question.name}" + (f".{suffix}" if suffix else "")
    return pinning.here(path + (f"?{urlencode(pairs)}" if pairs else ""))


def following(given: Mapping[str, str], release: int, after: str) -> str:
    """The address of the next rows, of this release even when there is a newer one."""
    pairs = {name: text for name, text in given.items() if text} | {"release": str(release), "after": after}
    return f"{request.script_root}{request.path}?{urlencode(pairs)}"


def links(question: Question, given: Mapping[str, str], offers: Iterable[Offer], next_rows: str | None) -> list[str]:
    """The members of the Link header: other formats, the first rows, the next ones if there are any."""
    found = [
        f'<{address(question, given, suffix=offer.name)}>; rel="alternate"; type="{offer.media_type}"'
        for offer in offers
    ]
    found.append(f'<{address(question, given, without=("after",))}>; rel="first"')
    if next_rows is not None:
        found.append(f'<{next_rows}>; rel="next"')
    return found
