"""Reading through pyoxigraph, whether its store lies on disk or in memory."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, NamedNode, Store

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.store.merging import Overlaps, merged
from coopgraph.store.syntax import query_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import BlankNode, Literal, Quad, QueryBoolean, QuerySolutions, QueryTriples

# Who names a term of these wants to know about the dataset, which its facts are silent about.
_VOID: Final = "http://rdfs.org/ns/void#"
_SHACL: Final = "http://www.w3.org/ns/shacl#"
_UNSUPPORTED: Final = " is not supported"
_CHOOSES: Final = re.compile(r"\bfrom\b", re.IGNORECASE)
_DESCRIPTION: Final = terms.DESCRIPTION_GRAPH.value.removeprefix(terms.BASE)


class EngineReader:
    """A `Reader` on a pyoxigraph store that nobody writes to any more."""

    def __init__(self, store: Store) -> None:
        self._store: Store | None = store

    @property
    def _open(self) -> Store:
        if self._store is None:
            raise ValueError("read of a closed store")
        return self._store

    def query(
        self,
        text: str,
        *,
        base: str | None = None,
        default_graphs: Sequence[NamedNode | DefaultGraph] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
    ) -> QuerySolutions | QueryTriples | QueryBoolean:
        """See `Reader.query`."""
        store = self._open
        default: list[NamedNode | BlankNode | DefaultGraph] | None = None
        named: list[NamedNode | BlankNode] | None = None
        if default_graphs is not None or named_graphs is not None:
            default, named = [*dict.fromkeys(default_graphs or ())], [*(named_graphs or ())]
            if len(default) > 1 and self._overlaps.any(default):
                store, default = merged(store, default, named), [DefaultGraph()]
        elif (_VOID in text or _SHACL in text) and not _CHOOSES.search(text):
            default = self._described
        try:
            return store.query(text, base_iri=base, default_graph=default, named_graphs=named)
        except (SyntaxError, ValueError) as error:
            raise query_error(error) from error
        except RuntimeError as error:
            # A function that the engine does not have is found before anything is read.
            if not str(error).endswith(_UNSUPPORTED):
                raise
            raise CoopgraphError("unsupported", f"{error}.", remedy="Use the functions of SPARQL 1.1.") from error

    @cached_property
    def _overlaps(self) -> Overlaps:
        return Overlaps(self._open)

    @cached_property
    def _described(self) -> list[NamedNode | BlankNode | DefaultGraph] | None:
        """The default graph with the description of the dataset, which shares no triple with it; None without one."""
        names = (name for name in self._open.named_graphs() if isinstance(name, NamedNode))
        found = next((name for name in names if name.value.endswith("/" + _DESCRIPTION)), None)
        return None if found is None else [DefaultGraph(), found]

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """See `Reader.quads`."""
        return iter(self._open.quads_for_pattern(subject, predicate, object, graph))

    def __len__(self) -> int:
        return len(self._open)

    def close(self) -> None:
        """See `Reader.close`."""
        self._store = None
        self.__dict__.pop("_overlaps", None)


def update(store: Store, text: str, *, base: str | None) -> None:
    """Carry out a SPARQL update, wholly or not at all.

    Raises:
        CoopgraphError: "syntax", with line and column, if it is no update; "not-found" if a graph is not there,
            "request" if it fails otherwise, "damaged" if the store is.
    """
    try:
        store.update(text, base_iri=base)
    except SyntaxError as error:
        raise query_error(error) from error
    except UnicodeEncodeError as error:
        raise CoopgraphError("syntax", "The update holds half of a surrogate pair, which is no character.") from error
    except RuntimeError as error:
        said = str(error)
        code = "damaged" if "Corruption" in said else "not-found" if said.endswith("does not exist") else "request"
        raise CoopgraphError(code, f"The update cannot be carried out: {error}.") from error
