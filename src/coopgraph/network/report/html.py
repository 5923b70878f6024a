"""A page as HTML that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from coopgraph.network.report.page import Page


def html(page: Page) -> str:
    """The page with its pictures inside it and their content as text beside them."""
    return _environment().get_template("page.html.j2").render(page=page)


def _environment() -> Environment:
    # A name that a template misspells is an error, not an empty string.
    made = Environment(
        loader=PackageLoader("coopgraph.network.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["kind"] = lambda block: type(block).__name__
    made.tests["link"] = lambda iri: iri.startswith(("https://", "http://"))
    return made
