"""How releases lie in a remote store, and how queries reach one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.renaming import rewritten
from coopgraph.store.remote.service import RemoteQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.store.remote.service import AnswerForm

NAMES: Final = "urn:coopgraph:"
_NOTHING: Final = NAMES + "nothing"
"""The name of a graph that nobody ever fills: stands for an empty dataset."""


_FORMS: Final[dict[str, AnswerForm]] = {
    "select": "table", "ask": "boolean", "construct": "graph", "describe": "graph"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """One release: each of its `graphs` is stored under its name with `mark` before it, the default graph as well.

    Where such a name stands inside a triple it is marked too, so that queries join as they do in the embedded store;
    answers lose the mark again.
    """

    mark: str
    graphs: frozenset[str]

    @property
    def default(self) -> str:
        """The name under which the default graph is stored."""
        return self.mark + "default"

    def stored(self, quad: Quad) -> Quad:
        """The quad as the service keeps it."""
        name = quad.graph_name
        graph = NamedNode(self.mark + name.value if isinstance(name, NamedNode) else self.default)
        subject, predicate, value = (
            NamedNode(self.mark + term.value) if isinstance(term, NamedNode) and term.value in self.graphs else term
            for term in (quad.subject, quad.predicate, quad.object)
        )
        return Quad(subject, predicate, value, graph)  # type: ignore[arg-type]

    def put(
        self,
        text: str,
        *,
        base: str | None,
        default_graphs: Sequence[NamedNode | DefaultGraph] | None,
        named_graphs: Sequence[NamedNode] | None,
    ) -> RemoteQuery:
        """See `View.put`; graphs of other releases cannot be named."""
        query = rewritten(text, base=base, graphs=self.graphs, mark=self.mark, reserved=NAMES)
        if default_graphs is not None or named_graphs is not None:
            default = [
                self.mark + graph.value if isinstance(graph, NamedNode) else self.default
                for graph in default_graphs or ()
            ]
            named = [self.mark + graph.value for graph in named_graphs or ()]
        elif query.default_graphs is not None or query.named_graphs is not None:
            default = [self.mark + name for name in query.default_graphs or ()]
            named = [self.mark + name for name in query.named_graphs or ()]
        else:
            default = [self.default]
            named = [self.mark + name for name in sorted(self.graphs)]
        # They are empty. Virtuoso counts one where GRAPH names what is no part of the dataset, instead of none.
        named += [self.mark + name for name in query.strangers]
        return RemoteQuery(
            text=query.text,
            form=_FORMS[query.form],
            default_graphs=tuple(default) or (_NOTHING,),
            named_graphs=tuple(named) or (_NOTHING,),
            hidden=self.mark,
        )


@dataclass(frozen=True, slots=True)
class PlainView:
    """Whatever a service holds, under its own names."""

    def put(
        self,
        text: str,
        *,
        base: str | None,
        default_graphs: Sequence[NamedNode | DefaultGraph] | None,
        named_graphs: Sequence[NamedNode] | None,
    ) -> RemoteQuery:
        """See `View.put`; the service's default graph has no name, so it cannot be one of several."""
        query = rewritten(text, base=base)
        if default_graphs == [DefaultGraph()] and not named_graphs:
            # Asking for it alone is done by asking for nothing else.
            return RemoteQuery(text=query.text, form=_FORMS[query.form])
        if default_graphs is not None or named_graphs is not None:
            default, named = [_named(graph) for graph in default_graphs or ()], [g.value for g in named_graphs or ()]
        elif query.default_graphs is not None or query.named_graphs is not None:
            default, named = [*(query.default_graphs or ())], [*(query.named_graphs or ())]
        else:
            return RemoteQuery(text=query.text, form=_FORMS[query.form])
        return RemoteQuery(
            text=query.text,
            form=_FORMS[query.form],
            default_graphs=tuple(default) or (_NOTHING,),
            named_graphs=tuple(named) or (_NOTHING,),
        )


def _named(graph: NamedNode | DefaultGraph) -> str:
    if isinstance(graph, NamedNode):
        return graph.value
    raise CoopgraphError("request", "The store's default graph has no name and cannot be put beside other graphs.")
