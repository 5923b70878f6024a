"""The forms in which a report is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.network.report import as_csv, as_html, as_json, as_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.network.report.model import CentralityReport


@dataclass(frozen=True, slots=True)
class Rendering:
    """A form with its media type and the function that gives the text, UTF-8 by agreement."""

    name: str
    media_type: str
    extension: str
    render: Callable[[CentralityReport], str]


RENDERINGS: Final = {
    rendering.name: rendering
    for rendering in (
        Rendering("html", "text/html", "html", as_html.render),
        Rendering("markdown", "text/markdown", "md", as_markdown.render),
        Rendering("json", "application/json", "json", as_json.render),
        Rendering("csv", "text/csv", "csv", as_csv.render),
    )
}
