"""From a network and its evidence to the columns that files have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from coopgraph.network.formats import lifetimes
from coopgraph.network.formats.links import Links, Place
from coopgraph.network.formats.sheet import Column, Kind, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Indices
    from coopgraph.network.evidence import Evidence
    from coopgraph.network.network import Mode, Network


NODE_MEANINGS: Final = {
    "label": "name on one line",
    "language": "language of the label, a BCP 47 tag",
    "kind": "what the node is in this projection",
    "class": "most specific class of the ontology",
    "identification": "whether the source names it: named, unnamed and the like; empty where nothing is recorded",
    "bipartite": "side in a two-mode network: 0 sources (actors), 1 targets (events); 0 for all in other networks",
    "first": "earliest day of its ties; empty if open",
    "last": "latest day of its ties; empty if open",
}
TIE_MEANINGS: Final = {
    "strength": "how close the ends are; more is closer",
    "distance": "1 / strength; more is farther",
    "events": "number of distinct events (or other things shared) that make the tie",
    "documents": "number of distinct documents that report the tie",
    "publishers": "number of distinct publishers of those documents",
    "first": "earliest day on which the tie can have held; empty if no source dates it",
    "last": "latest day on which the tie can have held; empty if no source dates it",
    "evidence": "address of the page with the events, documents and passages behind the tie",
}

STATEMENT_MEANINGS: Final = {
    "role": "the property by which the statement joins the two",
    "document": "the document that states it; empty where none does",
    "via": "what stands between, such as a post; empty where nothing does",
    "first": "earliest day on which it can have held; empty if the source does not date it",
    "last": "latest day on which it can have held; empty if the source does not date it",
}


def statements(affiliations: Affiliations, mode: Mode, about: Mapping[str, str]) -> Sheet:
    """The sheet of what a network is folded from: a row for each statement that joins a source to a target."""
    documents = [cited.iri for cited in affiliations.documents]
    values = {
        "role": _looked_up(affiliations.roles, affiliations.role),
        "document": _looked_up(documents, affiliations.document),
        "via": _looked_up(affiliations.vias, affiliations.via),
        "first": lifetimes.as_text(affiliations.first),
        "last": lifetimes.as_text(affiliations.last),
    }
    kinds = dict.fromkeys(("first", "last"), Kind.DATE)
    return Sheet(
        mode=mode,
        directed=True,
        about=about,
        ids=affiliations.nodes.iri,
        nodes=(),
        source=affiliations.source,
        target=affiliations.target,
        ties=tuple(
            Column(name, kinds.get(name, Kind.TEXT), STATEMENT_MEANINGS[name], column)
            for name, column in values.items()
        ),
    )


def _looked_up(terms: Sequence[str], indices: Indices) -> Any:
    """The term at each index, the empty text at -1."""
    return np.array([*terms, ""], dtype=object)[indices]


def describe(
    network: Network,
    evidence: Evidence,
    place: Place,
    about: Mapping[str, str],
    *,
    further: tuple[Column, ...] = (),
) -> Sheet:
    """The sheet of a network; `further` are more columns of its nodes, such as communities or scores.

    `about` says of which release, projection and rule the network is; where a format has room, it says so too.
    """
    nodes, count = network.nodes, evidence
    first, last = lifetimes.of_nodes(network.n, network.source, network.target, count.first, count.last)

    def node(name: str, kind: Kind, values: object) -> Column:
        return Column(name, kind, NODE_MEANINGS[name], values)  # type: ignore[arg-type]

    def tie(name: str, kind: Kind, values: object) -> Column:
        return Column(name, kind, TIE_MEANINGS[name], values)  # type: ignore[arg-type]

    return Sheet(
        mode=network.mode,
        directed=network.directed,
        about=about,
        ids=nodes.iri,
        nodes=(
            node("label", Kind.TEXT, nodes.label),
            node("language", Kind.TEXT, nodes.language),
            node("kind", Kind.TEXT, nodes.kind),
            node("class", Kind.TEXT, nodes.cls),
            node("identification", Kind.TEXT, nodes.identification),
            node("bipartite", Kind.WHOLE, network.side),
            node("first", Kind.DATE, lifetimes.as_text(first)),
            node("last", Kind.DATE, lifetimes.as_text(last)),
            *further,
        ),
        source=network.source,
        target=network.target,
        ties=(
            tie("strength", Kind.REAL, network.strengths.values),
            tie("distance", Kind.REAL, network.distances.values),
            tie("events", Kind.WHOLE, count.targets),
            tie("documents", Kind.WHOLE, count.documents),
            tie("publishers", Kind.WHOLE, count.publishers),
            tie("first", Kind.DATE, lifetimes.as_text(count.first)),
            tie("last", Kind.DATE, lifetimes.as_text(count.last)),
            tie("evidence", Kind.TEXT, Links(place, nodes.iri, network.source, network.target)),
        ),
    )
