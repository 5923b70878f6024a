"""The release that a request stays with, and addresses of this service that stay with it as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Flask, g, request

from coopgraph.web import memento

if TYPE_CHECKING:
    from typing import Any

# What is not told of one release, or has the release in its path.
_TIMELESS: Final = ("releases", "catalog", "timemap", "queries", "docs", "openapi.json", "static")
_ENDPOINTS: Final = frozenset({
    "pages.start", "things.collection", "questions.every", "questions.one", "networks.every", "networks.one",
    "reports.centrality", "why.why", "catalog.description", "sparql.sparql", "validate.form", "validate.report",
})  # fmt: skip


def init_app(app: Flask) -> None:
    """Let the addresses in pages stay with the release that the page is of, where the reader stays with one."""
    app.url_defaults(_stay)
    app.context_processor(_told)
    app.add_template_filter(here, "here")


def stay(number: int | None) -> None:
    """From now on the request stays with this release, or with none."""
    g.kept = number


def kept() -> int | None:
    """The release that the request stays with, by its number or by a moment; None if it takes the current one."""
    found: int | None = g.get("kept")
    return found


def here(address: str) -> str:
    """The address of this service, in the release that the request stays with."""
    return keep(address, kept(), root=request.script_root)


def keep(address: str, number: int | None, *, root: str = "") -> str:
    """The address, a path below `root`, in the release of this number; unchanged if None or if releases mean nothing.

    What names a release already keeps it.
    """
    first = address.removeprefix(root).lstrip("/").partition("/")[0].partition("?")[0].partition("#")[0]
    if number is None or first.removesuffix(".html") in _TIMELESS:
        return address
    path, sign, anchor = address.partition("#")
    plain, _, query = path.partition("?")
    if any(part.partition("=")[0] == memento.PARAMETER for part in query.split("&")):
        return address
    pairs = f"{query}&" if query else ""
    return f"{plain}?{pairs}{memento.PARAMETER}={number}{sign}{anchor}"


def _stay(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint in _ENDPOINTS and kept() is not None:
        values.setdefault(memento.PARAMETER, kept())


def _told() -> dict[str, object]:
    """What a page says about the release it stays with: its number, and where the same is in the current one."""
    if kept() is None:
        return {}
    query = request.query_string.decode(errors="replace") if request.method in {"GET", "HEAD"} else ""
    return {"kept": kept(), "now": memento.original(request.script_root, request.path, query).address}
