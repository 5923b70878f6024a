"""What every change over HTTP has in common: who may make it, on which release, and what is told of it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, cast

from flask import Response, current_app, request

from coopgraph.errors import CoopgraphError
from coopgraph.release.change import Guard
from coopgraph.release.changes import changes
from coopgraph.release.edit import Update
from coopgraph.sparql import harmless
from coopgraph.sparql.policy import admit_update
from coopgraph.web import authority, bodies, serving
from coopgraph.web.service import discreet

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from flask import Flask

    from coopgraph.release.change import Changed
    from coopgraph.release.changes import Changes
    from coopgraph.release.edit import Edit
    from coopgraph.release.manifest import Manifest
    from coopgraph.settings import Settings
    from coopgraph.web.service import Service

_KEY = "coopgraph-changer"


def init_app(app: Flask, settings: Settings) -> None:
    """Let the application make changes; what makes them is started when it is first needed."""
    app.extensions[_KEY] = changes(settings)


def start(app: Flask) -> None:
    """Start what makes changes, where they are allowed, so that the first one need not wait for it."""
    if cast("Service", app.extensions["coopgraph"]).settings.writable:
        with contextlib.suppress(CoopgraphError):
            # It is started anew with the first change, which tells what is wrong.
            cast("Changes", app.extensions[_KEY]).start()


def close(app: Flask) -> None:
    """End what makes changes."""
    cast("Changes", app.extensions[_KEY]).close()


def demand_right() -> None:
    """Let pass who may change the dataset.

    Raises:
        CoopgraphError: "forbidden" if nobody may, "unauthorized" for a wrong token or none.
    """
    settings = serving.service().settings
    if not settings.writable:
        raise CoopgraphError(
            "forbidden", "This service is read-only.", remedy="Its operator may start it with --writable."
        )
    authority.demand(settings.token, request.headers.get("Authorization", ""))


def receive() -> bytes:
    """The body of a request that changes the graph; see `Bodies.receive`."""
    return bodies.receive(serving.service().settings.change_bytes, "change_bytes")


def admit(text: str, *, base: str) -> None:
    """Let an update pass that makes no call; who sends one that makes some is first told of a mistake in it.

    Raises:
        CoopgraphError: "syntax" for what is no update; what `admit_update` and `carry_out` raise.
    """
    try:
        admit_update(text)
    except CoopgraphError as refusal:
        if refusal.code == "forbidden":
            demand_grammar(text, base=base)
        raise


def demand_grammar(text: str, *, base: str) -> None:
    """Tell of a mistake in an update, in the place where it was written; nothing is carried out.

    Raises:
        CoopgraphError: "syntax", with line and column, if there is one and the text is not too long to be read for it.
    """
    made = harmless.update(text)
    if made is None:
        return
    try:
        carry_out(Update(made.text, base=base), lambda _: ())
    except CoopgraphError as error:
        if error.code == "syntax":
            if error.line is not None:
                error.line = made.line_before(error.line)
            raise


def carry_out(edit: Edit, tags: Callable[[Manifest], Collection[str]], *, existed: bool | None = None) -> Changed:
    """Make the change, if the release that the request was meant for is still the current one.

    `tags` tells the validators that stand for what is to be changed, as it is in a release, and `existed` whether that
    must be there already, or must not.

    Raises:
        CoopgraphError: "precondition" if If-Match fits none of them or If-None-Match one, and what `Changer.run`
            raises.
    """
    with discreet(serving.service().settings.data):
        guard = Guard(_digest_matched(tags), existed)
        return cast("Changes", current_app.extensions[_KEY]).run(edit, guard)


def existence() -> bool | None:
    """Whether what the request would change must be there already, or must not; None if it does not say."""
    if "If-Match" in request.headers and request.if_match.star_tag:
        return True
    if "If-None-Match" in request.headers and request.if_none_match.star_tag:
        return False
    return None


def told(changed: Changed, status: int, *, location: str | None = None) -> Response:
    """The answer to a change: no body, and in the header the release that holds it."""
    response = Response(b"", status=status)
    del response.headers["Content-Type"]
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Coopgraph-Release"] = str(changed.number)
    response.set_etag(changed.digest)
    if location is not None:
        response.headers["Location"] = location
    return response


def _digest_matched(tags: Callable[[Manifest], Collection[str]]) -> str | None:
    """The digest that the current release must still have; None if the request sets no condition."""
    wanted, unwanted = request.if_match, request.if_none_match
    conditional = "If-Match" in request.headers
    if not conditional and not unwanted:
        return None
    manifest = serving.service().shelf.current()
    if manifest is None:
        raise CoopgraphError("precondition", "There is no release that could match.")
    known = (manifest.digest, *tags(manifest))
    if any(unwanted.contains_weak(tag) for tag in known if not unwanted.star_tag):
        raise CoopgraphError("precondition", f"Release {manifest.number} is current, and is just what was seen.")
    if not conditional or wanted.star_tag:
        return None
    if not any(wanted.contains(tag) for tag in known):
        raise CoopgraphError(
            "precondition",
            f"Release {manifest.number} is current, and the change was meant for another one.",
            remedy="Read again what it is about to change, then decide.",
        )
    return manifest.digest
