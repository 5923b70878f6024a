"""The forms that a report can have, all of the same value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from coopgraph.network.report import actor_page, centrality_page, compare_page, model, network_page, rows
from coopgraph.network.report.acting import ACTOR, ActorReport
from coopgraph.network.report.as_data import as_csv, as_json
from coopgraph.network.report.compared import COMPARISON, ComparisonReport
from coopgraph.network.report.html import html
from coopgraph.network.report.markdown import markdown
from coopgraph.network.report.schema import schema, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coopgraph.network.report.page import Page

SCHEMAS: Final = "https://w3id.org/coopgraph/reports/"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report: what its data are called, and how it becomes a page and a table."""

    slug: str
    name: str
    version: int
    value: type
    page: Callable[[Any], Page]
    header: tuple[str, ...]
    rows: Callable[[Any], Iterator[tuple[rows.Value, ...]]]


KINDS: Final = (
    Kind("centrality", model.CENTRALITY, 2, model.CentralityReport, centrality_page.page, rows.HEADER, rows.rows),
    Kind("actor", ACTOR, 1, ActorReport, actor_page.page, rows.ACTED, rows.acted),
    Kind("compare", COMPARISON, 1, ComparisonReport, compare_page.page, rows.COMPARED, rows.compared),
    Kind("network", model.NETWORK, 1, model.NetworkReport, network_page.page, rows.HEADER, rows.rows),
)
_OF: Final = {kind.value: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Rendering:
    """A form under which a report is offered; `render` makes it of any report of `KINDS`."""

    name: str
    media_type: str
    suffix: str
    render: Callable[[Any], str]


def _html(report: Any) -> str:
    return html(_OF[type(report)].page(report))


def _markdown(report: Any) -> str:
    return markdown(_OF[type(report)].page(report))


def _json(report: Any) -> str:
    kind = _OF[type(report)]
    return as_json(report, name=kind.name, version=kind.version)


def _csv(report: Any) -> str:
    kind = _OF[type(report)]
    return as_csv(kind.header, kind.rows(report))


RENDERINGS: Final = {
    one.name: one
    for one in (
        Rendering("html", "text/html; charset=utf-8", "html", _html),
        Rendering("markdown", "text/markdown; charset=utf-8", "md", _markdown),
        Rendering("json", "application/json", "json", _json),
        Rendering("csv", "text/csv; charset=utf-8; header=present", "csv", _csv),
    )
}


def published(slug: str) -> str:
    """The text of the JSON Schema (2020-12) of a kind of report, as it is published.

    Raises:
        KeyError: if there is no kind of report of this name.
    """
    if slug not in {kind.slug for kind in KINDS}:
        raise KeyError(slug)
    return files("coopgraph.network.report").joinpath("schemas", f"{slug}.schema.json").read_text(encoding="utf-8")


def made(kind: Kind) -> str:
    """The text of the schema as the types of the value make it; what is published is this."""
    found = schema(kind.value, identity=f"{SCHEMAS}{kind.slug}.schema.json", name=kind.name, version=kind.version)
    return written(found) + "\n"
