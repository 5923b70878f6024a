"""Networks made up for tests, and networks that every textbook knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from coopgraph.network.arrays import Strengths
from coopgraph.network.engines.port import Choice
from coopgraph.network.engines.reference import Reference
from coopgraph.network.measures.registry import measure
from coopgraph.network.network import Mode, Network
from coopgraph.network.nodes import Node, Nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Tie = tuple[Any, Any] | tuple[Any, Any, float]


def network(ties: Iterable[Tie], *, mode: Mode = Mode.ONE_MODE, alone: Iterable[Any] = ()) -> Network:
    """The network of these ties, each two ends and perhaps a strength; in a two-mode network the actor comes first."""
    rows = [(str(tie[0]), str(tie[1]), float(tie[2]) if len(tie) > 2 else 1.0) for tie in ties]
    targets = {row[1] for row in rows} if mode is Mode.TWO_MODE else set()
    names = sorted({row[0] for row in rows} | {row[1] for row in rows} | {str(name) for name in alone})
    place = {name: index for index, name in enumerate(names)}
    ends = [(place[source], place[target], strength) for source, target, strength in rows]
    if mode is not Mode.DIRECT:
        ends = [(min(source, target), max(source, target), strength) for source, target, strength in ends]
    ends.sort()
    strengths = Strengths(np.array([strength for _, _, strength in ends], dtype=np.float64))
    return Network(
        mode=mode,
        nodes=Nodes.of(Node(name, "actor", "State", name, "en") for name in names),
        origin=np.arange(len(names), dtype=np.int32),
        side=np.array([int(name in targets) for name in names], dtype=np.int32),
        source=np.array([source for source, _, _ in ends], dtype=np.int32),
        target=np.array([target for _, target, _ in ends], dtype=np.int32),
        strengths=strengths,
        distances=strengths.distances(),
    )


def values(name: str, made: Network, **choice: Any) -> dict[str, float]:
    """The values of the measure of this name by the reference, by name of node."""
    found = Reference().compute(measure(name), made, Choice(**choice)).values
    return dict(zip(made.nodes.iri, found.tolist(), strict=True))


def groups(made: Network, of: Mapping[str, int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """The group of every node, -1 for those not named."""
    return np.array([of.get(name, -1) for name in made.nodes.iri], dtype=np.int32)


def star(n: int) -> Network:
    """A centre `0` tied to n - 1 others, which have no other tie."""
    return network([("0", str(leaf)) for leaf in range(1, n)])


def line(n: int) -> Network:
    """Nodes `0` to n - 1 (with leading zeros), each tied to the next."""
    return network([(f"{place:02}", f"{place + 1:02}") for place in range(n - 1)])


def circle(n: int) -> Network:
    """The line with its ends tied to each other."""
    return network([(f"{place:02}", f"{(place + 1) % n:02}") for place in range(n)])


def complete(n: int) -> Network:
    """Everyone tied to everyone."""
    return network(nx.complete_graph(n).edges())


def florentine() -> Network:
    """Marriages between Florentine families, after J. F. Padgett; the Pucci, who married none of them, are left out."""
    return network(nx.florentine_families_graph().edges())


def karate() -> Network:
    """W. W. Zachary's karate club (1977), members `0` (the instructor) to `33` (the administrator), without weights."""
    return network(nx.karate_club_graph().edges())


def kite() -> Network:
    """D. Krackhardt's kite (1990) with the names he gave."""
    names = ("Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane")
    return network((names[source], names[target]) for source, target in nx.krackhardt_kite_graph().edges())


def women(mode: Mode = Mode.TWO_MODE) -> Network:
    """The Southern Women of A. Davis, B. B. Gardner and M. R. Gardner (1941), folded or not."""
    graph = nx.davis_southern_women_graph()
    if mode is Mode.TWO_MODE:
        return network(graph.edges(), mode=mode)
    folded = nx.bipartite.weighted_projected_graph(graph, graph.graph["top"])
    return network((source, target, tie["weight"]) for source, target, tie in folded.edges(data=True))


@st.composite
def networks(draw: st.DrawFn, mode: Mode = Mode.ONE_MODE, *, largest: int = 9) -> Network:
    """Any small network of this mode, in one piece or many, with strengths that are quotients of small numbers."""
    size = draw(st.integers(0, largest))
    names = [f"{'ae'[place % 2] if mode is Mode.TWO_MODE else 'n'}{place}" for place in range(size)]
    if mode is Mode.TWO_MODE:
        pairs = [(actor, event) for actor in names[::2] for event in names[1::2]]
    elif mode is Mode.ONE_MODE:
        pairs = [(first, second) for place, first in enumerate(names) for second in names[place + 1 :]]
    else:
        pairs = [(first, second) for first in names for second in names if first != second]
    chosen = sorted(draw(st.sets(st.sampled_from(pairs), max_size=20))) if pairs else []
    strengths = st.builds(lambda above, below: above / below, st.integers(1, 12), st.integers(1, 6))
    made = network([(*pair, draw(strengths)) for pair in chosen], mode=mode, alone=names)
    if mode is Mode.TWO_MODE:
        made.side[:] = [name.startswith("e") for name in made.nodes.iri]
    return made
