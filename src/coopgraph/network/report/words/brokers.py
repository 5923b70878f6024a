"""Who stands between others, in sentences and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.language import number, phrase, value, verb
from coopgraph.network.report.page import Block, Bullets, Cell, Column, Section, Table

if TYPE_CHECKING:
    from coopgraph.network.report.parts.brokers import Broker, Brokerage, Brokers


def brokers(found: Brokers) -> Section:
    """The section on brokers."""
    blocks: list[Block] = [Bullets(sentences(found))]
    if found.brokers:
        blocks.append(_holes(found))
        blocks.append(_roles(found))
    return Section("brokers", "Brokers", tuple(blocks))


def sentences(found: Brokers) -> tuple[str, ...]:
    """What a broker is here, and by which groups."""
    if found.left_out:
        return (found.left_out,)
    if not found.of:
        return ("Nobody stands between two others that have no tie of their own.",)
    listed = f"; listed are the {len(found.brokers)} with most pairs" if len(found.brokers) < found.of else ""
    return (
        f"{number(found.of, 'node')} {verb(found.of, 'stands', 'stand')} between two others that have no tie of "
        f"their own{listed}.",
        f"Roles (Gould and Fernandez 1989) are by {found.grouping.lower()}: {', '.join(map(phrase, found.groups))}. "
        + " ".join(f"{one.role.capitalize()}: {one.pattern}." for one in found.patterns if one.role != "total"),
        "Where ties have no direction, every pair counts twice, once from either end. With each number stands by how "
        "many standard deviations it differs from what ties drawn by chance would give.",
    )


def _holes(found: Brokers) -> Table:
    heads = ("Betweenness", "Constraint", "Effective size", "Participation")
    return Table(
        "Structural holes: betweenness, Burt's constraint (the lower, the freer) and effective size, and how evenly "
        "ties are spread over the groups",
        (Column("Name"), Column(found.grouping), *(Column(head, numeric=True) for head in heads)),
        tuple(
            (
                Cell(one.label, iri=one.iri, language=one.language),
                Cell(phrase(one.group) or "–"),
                *map(Cell, map(value, (one.betweenness, one.constraint, one.effective_size, one.participation))),
            )
            for one in found.brokers
        ),
    )


def _roles(found: Brokers) -> Table:
    return Table(
        f"Pairs that a node mediates between, by role and {found.grouping.lower()}",
        (Column("Name"), *(Column(one.role.capitalize(), numeric=True) for one in found.patterns)),
        tuple(_row(one) for one in found.brokers),
    )


def _row(one: Broker) -> tuple[Cell, ...]:
    return (Cell(one.label, iri=one.iri, language=one.language), *map(role, one.roles))


def role(one: Brokerage) -> Cell:
    """The pairs of a role, and below how far that is from chance."""
    if one.pairs is None:
        return Cell("–")
    return Cell(f"{one.pairs:,.0f}", below="" if one.z is None else f"{one.z:+z.1f}")
