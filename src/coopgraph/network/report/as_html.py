"""The report as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coopgraph.network.drawing import chart, picture
from coopgraph.network.report import wording

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport


def environment(*, escape: bool) -> Environment:
    """The template environment of the report; a name that a template misspells is an error, not an empty string."""
    made = Environment(
        loader=PackageLoader("coopgraph.network.report"),
        autoescape=escape,  # noqa: S701 - off for Markdown only, which escapes by its own filter
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["value"] = wording.value
    made.filters["words"] = lambda name: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()
    made.globals["number"] = wording.number
    return made


def render(report: CentralityReport) -> str:
    """The page, with both drawings inside it and their content as text beside them."""
    template = environment(escape=True).get_template("centrality.html.j2")
    page = template.render(
        report=report,
        picture=picture.picture(report),
        chart=chart.rank_chart(report),
        chart_most=chart.MOST,
        numbers=picture.numbers(report),
        key=[(kind, _key(kind)) for kind in ("body", "person", "group", "event")],
        linked=lambda iri: iri.startswith(("https://", "http://")),
    )
    return str(page)


def _key(kind: str) -> Markup:
    return (
        Markup('<svg viewBox="0 0 22 22" width="18" height="18" aria-hidden="true">')
        + picture.shape(kind, 11, 11, 7)
        + Markup("</svg>")
    )
