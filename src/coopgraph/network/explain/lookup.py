"""Find the node that a person means, by its IRI, its short name or its label."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from coopgraph import terms
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.network.nodes import Nodes

_LISTED: Final = 10


def node_named(nodes: Nodes, among: Iterable[int], name: str, *, base: str = terms.BASE) -> int:
    """The index of the node with this IRI, short name (`actor/asean`) or label; only nodes `among` these count.

    Whole labels come first, then last parts of IRIs (`asean`), then labels that contain the text; the first of these
    that any node fits decides. Case, compatible forms of letters, and spaces make no difference.

    Raises:
        CoopgraphError: "not-found" if there is none; "request" if several fit, with their names.
    """
    places = sorted(among)
    by_iri = {nodes.iri[place]: place for place in places}
    for iri in _iris(name, base):
        if iri in by_iri:
            return by_iri[iri]
    wanted = _plain(name)
    labels = {place: _plain(nodes.label[place]) for place in places}
    found = [place for place in places if labels[place] == wanted]
    found = found or [place for place in places if nodes.iri[place].rpartition("/")[2] == wanted]
    found = found or [place for place in places if wanted and wanted in labels[place]]
    if len(found) == 1:
        return found[0]
    if not found:
        raise CoopgraphError(
            "not-found",
            f"The network has no {name!r}.",
            remedy="Write actor/asean, a whole IRI, or a label; those of other networks are not looked through.",
        )
    listed = ", ".join(f"{nodes.label[place]} ({terms.compact(nodes.iri[place], base)})" for place in found[:_LISTED])
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    raise CoopgraphError("request", f"{name!r} can mean several: {listed}{more}.", remedy="Write one of these names.")


def _iris(name: str, base: str) -> tuple[str, ...]:
    try:
        iri = terms.named(name).value
    except CoopgraphError:
        return (name,)
    return iri, terms.rebase(iri, base)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
