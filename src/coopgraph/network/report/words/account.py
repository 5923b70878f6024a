"""A rank opened, in sentences and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.report.language import inside, listing, number, plural, value, verb, whole
from coopgraph.network.report.page import Block, Bullets, Cell, Code, Column, Section, Table

if TYPE_CHECKING:
    from coopgraph.network.report.acting import ActorReport
    from coopgraph.network.report.model import NetworkReport
    from coopgraph.network.report.parts.account import Account, Fact, Held, Occasion

_WAYS: Final = {"both": "–", "out": "from it", "in": "to it"}
_COMMANDS: Final = 60


def section(report: NetworkReport | ActorReport, found: Account) -> Section:
    """Why a node has its rank."""
    blocks: list[Block] = [Bullets(sentences(report, found))]
    if found.ties:
        blocks.append(_ties(report, found))
        blocks.append(_passages(found))
        blocks.append(_commands(found))
    if found.pairs:
        blocks.append(_pairs(found))
    if found.without:
        blocks.append(_without(found))
    return Section("explained", f"Why {found.label} has rank {found.rank:,}", tuple(blocks))


def sentences(report: NetworkReport | ActorReport, found: Account) -> tuple[str, ...]:
    """The rank and what is next to it."""
    label = inside(report.label(found.measure))
    equals = (
        f", a rank that {number(found.equals, 'other', 'others')} {verb(found.equals, 'has', 'have')} too"
        if found.equals
        else ""
    )
    made = [f"{found.label} has rank {found.rank:,} of {found.of:,} by {label}, with {value(found.value)}{equals}."]
    if found.above:
        made.append(
            "Next above: "
            + listing([f"{one.label} (rank {one.rank}, {value(one.gap)} more)" for one in found.above])
            + "."
        )
    if found.below:
        made.append(
            "Next below: "
            + listing([f"{one.label} (rank {one.rank}, {value(-one.gap)} less)" for one in found.below])
            + "."
        )
    made.append(_held(found))
    if found.rest:
        made.append(f"{found.rest:.1%} of the value comes from no single tie.")
    if found.facts_left_out:
        made.append(f"For {number(found.facts_left_out, 'fact')} the passages are not listed; the commands show them.")
    return tuple(made)


def _held(found: Account) -> str:
    if not found.ties:
        return "It has no ties."
    listed = (
        "all are listed"
        if len(found.ties) == found.ties_in_all
        else f"the {len(found.ties):,} that matter most are listed"
    )
    summed = all(tie.share is not None for tie in found.ties)
    how = "Each makes the share of the value that stands beside it." if summed else (
        "The measure is no sum over ties, so no share of the value belongs to any of them."
    )  # fmt: skip
    return f"It has {number(found.ties_in_all, 'tie')}; {listed}. {how}"


def _ties(report: NetworkReport | ActorReport, found: Account) -> Table:
    directed = any(tie.way != "both" for tie in found.ties)
    heads = [Column("Tie to"), *([Column("Way")] if directed else []), Column("Rank", numeric=True)]
    through = any(one.label for tie in found.ties for one in tie.occasions)
    heads += [
        Column("Strength", numeric=True),
        Column("Share", numeric=True),
        Column(f"Through {plural(report.about.target_kind)}" if through else "Said"),
    ]
    return Table(
        "Ties with what makes them, and what each adds to the strength" if through else "Ties with what says so",
        tuple(heads),
        tuple(_tie(tie, directed=directed) for tie in found.ties),
    )


def _tie(tie: Held, *, directed: bool) -> tuple[Cell, ...]:
    through = "; ".join(_occasion(one) for one in tie.occasions) or "–"
    return (
        Cell(tie.label, iri=tie.iri, language=tie.language),
        *((Cell(_WAYS[tie.way]),) if directed else ()),
        Cell(whole(tie.rank)),
        Cell(value(tie.strength)),
        Cell("–" if tie.share is None else f"{tie.share:.1%}"),
        Cell(through),
    )


def _occasion(one: Occasion) -> str:
    said = [_days(one.first, one.last)] if one.first or one.last else []
    said += [f"in {listing([f'“{label}”' for label in one.documents])}"] if one.documents else []
    if not one.label:
        return ", ".join(said) or "–"
    return f"{one.label} ({', '.join((f'+{value(one.adds)}', *said))})"


def _days(first: str, last: str) -> str:
    if not first or not last:
        return f"from {first}" if first else f"until {last}"
    return first if first == last else f"{first} to {last}"


def _facts(found: Account) -> list[Fact]:
    return list(dict.fromkeys(fact for tie in found.ties for one in tie.occasions for fact in one.facts))


def _passages(found: Account) -> Table:
    rows = [(fact, passage) for fact in _facts(found) for passage in fact.passages][:_COMMANDS]
    return Table(
        "Passages behind these ties, by document and position in it (characters from, to); the first "
        f"{_COMMANDS} at most",
        (Column("Document"), Column("From", numeric=True), Column("To", numeric=True), Column("Fact")),
        tuple(
            (Cell(passage.document), Cell(f"{passage.start}"), Cell(f"{passage.end}"), Cell(_short(fact)))
            for fact, passage in rows
        ),
    )


def _short(fact: Fact) -> str:
    return fact.command.removeprefix("coopgraph why ")


def _commands(found: Account) -> Code:
    facts = _facts(found)
    label = "Commands that show the passages behind these ties"
    if len(facts) > _COMMANDS:
        label += f", the first {_COMMANDS} of {len(facts):,}"
    return Code(label, "\n".join(fact.command for fact in facts[:_COMMANDS]))


def _pairs(found: Account) -> Table:
    return Table(
        f"Pairs that it lies between, the first {len(found.pairs):,} of {found.pairs_in_all:,}, with the share of "
        "their shortest paths that lead through it",
        (Column("Between"), Column("And"), Column("Share", numeric=True)),
        tuple((Cell(one.first), Cell(one.second), Cell(f"{one.share:.1%}")) for one in found.pairs),
    )


def _without(found: Account) -> Table:
    return Table(
        f"Its rank if one thing were not known: the {len(found.without):,} of {found.without_in_all:,} "
        "with most of its ties or statements",
        (Column("Without"), Column("Kind"), Column("Rank", numeric=True)),
        tuple(
            (Cell(one.label, iri=one.iri), Cell(one.missing), Cell("gone" if one.rank is None else f"{one.rank:,}"))
            for one in found.without
        ),
    )
