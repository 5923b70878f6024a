"""What an export format states about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.export.selection import ALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.export.content import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A format; `default` is the selection when none is given, `many` says whether it can hold several graphs."""

    name: str
    media_type: str
    default: str
    many: bool
    quotable: bool
    write: Callable[[Content], bytes]


def triples(content: Content) -> list[Quad]:
    """The content as triples of the default graph.

    Raises:
        CoopgraphError: "request" if several graphs were chosen: merged, plans would pass for facts.
    """
    demand_one_graph(content)
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in content.quads()]


def demand_one_graph(content: Content) -> None:
    """Refuse the choice of all graphs for a format that holds one.

    Raises:
        CoopgraphError: "request".
    """
    if content.selection.name == ALL:
        raise CoopgraphError(
            "request",
            "This format holds one graph, and in one graph plans would pass for facts.",
            remedy="Choose one graph, or trig, nquads or jsonld.",
        )


def prefixes(content: Content) -> dict[str, str]:
    """The project's prefixes for the release's base."""
    return {name: terms.rebase(iri, content.base) for name, iri in terms.PREFIXES.items()}
