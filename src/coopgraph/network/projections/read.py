"""Read what a projection asks for from a release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from coopgraph import terms
from coopgraph.network.affiliations import Affiliations
from coopgraph.network.days import UNKNOWN, days, first_day, last_day
from coopgraph.network.projections.columns import Column, columns, literal
from coopgraph.network.projections.naming import cited, named
from coopgraph.network.projections.projection import Dated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coopgraph.network.arrays import Days, Indices
    from coopgraph.network.projections.projection import Projection
    from coopgraph.store.port import Reader

_BOUND = "SELECT ?thing ?value WHERE {{ {before}?thing <{ns}{property}> ?value{after} }}"


def affiliations(reader: Reader, projection: Projection, *, base: str = terms.BASE) -> Affiliations:
    """The affiliations that a projection asks for; `base` is the one that the release was written with.

    One row for each statement: the same source, target, role, document and via are one row, whose dates then span
    what is said. A row without source, target or role is left out.

    Raises:
        CoopgraphError: what `Reader.query` raises, such as "too-large" by a remote store's limits.
    """
    table = columns(reader, terms.rebase(projection.query, base))
    whole = (table["source"].codes >= 0) & (table["target"].codes >= 0) & (table["role"].codes >= 0)
    table = {name: Column(column.terms, column.codes[whole]) for name, column in table.items()}
    kinds = dict.fromkeys(table["target"].terms, projection.target_kind)
    kinds |= dict.fromkeys(table["source"].terms, projection.source_kind)
    nodes = named(reader, kinds, base=base)
    place = nodes.index()
    roles, documents, vias = (_ordered(table.get(name)) for name in ("role", "document", "via"))
    count = int(whole.sum())
    first, last = _dates(reader, projection, table, count, base)
    return _distinct(
        Affiliations(
            nodes=nodes,
            roles=tuple(roles),
            documents=cited(reader, documents),
            vias=tuple(vias),
            source=_placed(table["source"], place, count),
            target=_placed(table["target"], place, count),
            role=_placed(table["role"], roles, count),
            document=_placed(table.get("document"), documents, count),
            via=_placed(table.get("via"), vias, count),
            first=first,
            last=last,
        )
    )


def _ordered(column: Column | None) -> dict[str, int]:
    return {} if column is None else {term: index for index, term in enumerate(sorted(column.terms))}


def _placed(column: Column | None, place: dict[str, int], count: int) -> Indices:
    """The index of each row's term; -1 without one."""
    if column is None:
        return np.full(count, -1, dtype=np.int32)
    places = np.array([*(place[term] for term in column.terms), -1], dtype=np.int32)
    return places[column.codes]


def _dates(
    reader: Reader, projection: Projection, table: dict[str, Column], count: int, base: str
) -> tuple[Days, Days]:
    if projection.dated is Dated.STATEMENT:
        return (
            _looked_up(table.get("first"), lambda term: first_day(_text(term)), count),
            _looked_up(table.get("last"), lambda term: last_day(_text(term)), count),
        )
    things = table.get(projection.dated.value)
    before, after = (
        _bounds(reader, name, projection, base=base, choose=choose)
        for name, choose in (("notBefore", min), ("notAfter", max))
    )
    return (
        _looked_up(things, lambda term: before.get(term, UNKNOWN), count),
        _looked_up(things, lambda term: after.get(term, UNKNOWN), count),
    )


def _bounds(
    reader: Reader, name: str, projection: Projection, *, base: str, choose: Callable[[Sequence[Any]], Any]
) -> dict[str, np.datetime64]:
    """The date of each thing that has this bound; the wider one if there are several."""
    graph = f"GRAPH {terms.PROSPECTIVE_GRAPH} {{ " if projection.prospective else ""
    query = _BOUND.format(before=graph, ns=terms.NS, property=name, after=" }" if graph else "")
    found = columns(reader, terms.rebase(query, base))
    said: dict[str, list[np.datetime64]] = {}
    for thing, value in zip(found["thing"].values(), found["value"].values(), strict=True):
        day = first_day(_text(value))
        if not np.isnat(day):
            said.setdefault(thing, []).append(day)
    return {thing: choose(dates) for thing, dates in said.items()}


def _looked_up(column: Column | None, day: Callable[[str], np.datetime64], count: int) -> Days:
    if column is None:
        return np.full(count, UNKNOWN)
    return days([*map(day, column.terms), UNKNOWN])[column.codes]


def _text(term: str) -> str:
    value = literal(term)
    return "" if value is None else value.value


def _distinct(found: Affiliations) -> Affiliations:
    """Each statement once, in order of source, target, document, role and via."""
    order = np.lexsort((found.via, found.role, found.document, found.target, found.source))
    rows = found.select(order.astype(np.int32))
    keys = np.stack([rows.source, rows.target, rows.document, rows.role, rows.via])
    begins = np.flatnonzero(np.concatenate([[True], (keys[:, 1:] != keys[:, :-1]).any(axis=0)])[: len(rows)]).astype(
        np.int32
    )
    if len(begins) == len(rows):
        return rows
    # NaT is left out of a comparison by fmin and fmax, as NaN is.
    first, last = np.fmin.reduceat(rows.first, begins), np.fmax.reduceat(rows.last, begins)
    kept = rows.select(begins)
    kept.first[:], kept.last[:] = first, last
    return kept
