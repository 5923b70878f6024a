"""The formats that are offered, by name, in the order in which they are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.network.formats import (
    cx2,
    gexf,
    graphml,
    graphology,
    network_json,
    pajek,
    pajek_beside,
    parquet,
    tables,
    ucinet,
)

if TYPE_CHECKING:
    from coopgraph.network.formats.form import Form

FORMATS: Final = {
    form.name: form
    for form in (
        graphml.FORM,
        gexf.STATIC,
        gexf.DYNAMIC,
        pajek.FORM,
        pajek_beside.PARTITION,
        pajek_beside.COMMUNITIES,
        pajek_beside.VECTOR,
        ucinet.FORM,
        cx2.FORM,
        graphology.FORM,
        network_json.FORM,
        # Who accepts a media type that several have gets the first of them, and ties make a network.
        tables.EDGES,
        tables.NODES,
        parquet.TIES,
        parquet.NODES,
        parquet.AFFILIATIONS,
    )
}


def named(name: str) -> Form:
    """The format of this name.

    Raises:
        CoopgraphError: "not-found" if there is none.
    """
    if name not in FORMATS:
        raise CoopgraphError(
            "not-found", f"There is no network format {name!r}.", remedy=f"There are {', '.join(FORMATS)}."
        )
    return FORMATS[name]
