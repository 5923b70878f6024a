"""Judges a query without running it, so that a remote service gets standard SPARQL and nothing else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Store

from coopgraph.errors import CoopgraphError
from coopgraph.store.syntax import query_error

if TYPE_CHECKING:
    from collections.abc import Iterator


class _ParsedError(Exception):
    """The engine has parsed the query and wants to know over which graphs it shall run it."""


def demand_sparql(text: str, base: str | None) -> None:
    """Make sure that the embedded engine takes the text for a query; extensions of other engines are refused by this.

    Raises:
        CoopgraphError: "syntax", with line and column, or "request" for a base that is no IRI.
    """
    try:
        # The engine parses before it looks at the dataset, and without a dataset it runs nothing.
        _nothing().query(text, base_iri=base, default_graph=_stop())  # type: ignore[arg-type]
    except _ParsedError:
        return
    except (SyntaxError, ValueError) as error:
        raise query_error(error) from error
    raise CoopgraphError("internal", "The engine ran a query that it should only parse.")


@cache
def _nothing() -> Store:
    return Store()


def _stop() -> Iterator[None]:
    raise _ParsedError
    yield
