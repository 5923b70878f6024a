"""`coopgraph serve`: the service, over the shipped graph if there is no other."""

from __future__ import annotations

import dataclasses
import functools
import importlib
import logging
import socket
from typing import TYPE_CHECKING, Final

import click

from coopgraph import resources, settings
from coopgraph.cli import changing, options
from coopgraph.curate.texts import Texts
from coopgraph.errors import CoopgraphError
from coopgraph.release import begin
from coopgraph.release.publish import OPEN
from coopgraph.release.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.settings import Settings

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8000

_SERVER: Final = "coopgraph.web.front.server"
_log = logging.getLogger(__name__)


@click.command("serve")
@click.option("--bind", metavar="HOST:PORT", help=f"Where to listen.  [default: {DEFAULT_HOST}:{DEFAULT_PORT}]")
@options.data
@options.store
@options.documents
@click.option("--writable", is_flag=True, default=None, help="Let who holds the token change the graph.")
@options.gate
@click.option("--empty", is_flag=True, help="Begin without data if there is no release yet.")
def command(
    *,
    bind: str | None,
    data: Path | None,
    store: str | None,
    documents: Path | None,
    writable: bool | None,
    gate: str | None,
    empty: bool,
) -> None:
    """Serve the current release over HTTP until stopped.

    Without any release in the data directory the shipped graph is built first. A release that becomes current later
    is served at once, without a restart. The variable PORT is honoured where --bind is not given. The signals TERM and
    INT let running requests finish.

    With --writable, changes are accepted at /update and /store from who sends the token, which must be set. With
    --gate none a new dataset is plain RDF, which nobody judges. With --gate shacl such a dataset is judged as a whole
    and, if it conforms, has that gate from then on; no dataset loses its gate.

    With --store the releases that were pushed to a SPARQL service are served from there, or, if none ever was,
    whatever it holds.
    """
    given = {"data": data, "store": store, "documents": documents, "writable": writable, "gate": gate}
    chosen = settings.load(given)
    if chosen.writable and chosen.token is None:
        # Also on loopback: any page that a browser shows may post a form there.
        raise CoopgraphError(
            "settings",
            "A writable service needs a token.",
            remedy="Set COOPGRAPH_TOKEN, or COOPGRAPH_TOKEN_FILE to the name of a file that holds it.",
        )
    if chosen.writable and chosen.store and (chosen.gate != "none" or not chosen.store_update):
        raise CoopgraphError(
            "settings",
            "What is written to a remote store is judged by nobody, and goes to its address for updates.",
            remedy="Say --gate none and set COOPGRAPH_STORE_UPDATE; or push releases with `coopgraph release push`.",
        )
    if chosen.documents is not None:
        Texts(chosen.documents)
    host, port = address(bind)
    if not chosen.store:
        _ensure_release(chosen, empty=empty)
    # The web brings libraries that take a moment to load, and of the commands only this one needs them.
    server = importlib.import_module(_SERVER)
    server.run(chosen, host, port, level=_level(chosen), say=functools.partial(click.echo, err=True))


def address(bind: str | None) -> tuple[str, int]:
    """Host and port to listen at; port 0 becomes a free one.

    Raises:
        CoopgraphError: "settings" if this is no address, "address" if something else listens there.
    """
    if bind is None:
        asked = settings.port()
        # Who sets PORT expects to be reached from outside.
        host, port = (DEFAULT_HOST, DEFAULT_PORT) if asked is None else ("0.0.0.0", asked)  # noqa: S104
    else:
        name, _, number = bind.rpartition(":")
        host = name.removeprefix("[").removesuffix("]")
        if not host or not (number.isascii() and number.isdigit()) or int(number) > 65535:
            raise CoopgraphError("settings", f"{bind!r} is no address.", remedy="Write HOST:PORT, as 127.0.0.1:8000.")
        port = int(number)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror as error:
            raise CoopgraphError("settings", f"{host} is no address: {error.strerror}.") from error
        except OSError as error:
            raise CoopgraphError(
                "address", f"Cannot listen at {host}:{port}: {error.strerror}.", remedy="Give another one by --bind."
            ) from error
        return host, int(probe.getsockname()[1])


def _ensure_release(chosen: Settings, *, empty: bool) -> None:
    shelf = Shelf(chosen.data)
    if shelf.current_number() is not None:
        changing.ensure_gate(shelf, chosen.gate)
        return
    if empty:
        begin.begin_empty(shelf, gate=chosen.gate, base=chosen.base_iri)
        return
    if chosen.gate == OPEN:
        raise CoopgraphError(
            "settings", "The shipped graph has a gate: --gate none is for other data.", remedy="Add --empty."
        )
    # Validation brings libraries that take a second to load; who has a release should not wait for them.
    from coopgraph.release import build  # noqa: PLC0415

    _log.info("No release in %s yet; building the shipped graph.", chosen.data)
    texts = None if chosen.documents is None else Texts(chosen.documents)
    built = build.assemble_graph(resources.directory("graph"), resources.directory("ontology"), texts, say=_log.info)
    # Serving must not write beside the sources, which may be read-only or somebody's work in progress.
    build.release(dataclasses.replace(built, files={}), shelf, base=chosen.base_iri, say=_log.info)


def _level(chosen: Settings) -> int:
    """The level of what is logged: as the options of the command line have it, else as the settings do."""
    level = logging.getLogger().level
    return level if level != logging.INFO else logging.getLevelNamesMapping()[chosen.log_level]
