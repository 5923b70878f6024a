"""How far the results hold, in sentences and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.language import heading, inside, listing, number, percent, plural, share, value, verb
from coopgraph.network.report.page import Block, Bullets, Cell, Column, Section, Table
from coopgraph.network.report.robust import FEWEST

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport
    from coopgraph.network.report.parts.about import About
    from coopgraph.network.report.parts.robustness import Agrees, Pair, Robustness, Rounds


def robustness(report: CentralityReport) -> Section:
    """What was computed again, and how much came out as before."""
    found = report.robustness
    blocks: list[Block] = [Bullets((*runs(report), *largest(report)))]
    compared = [(f"without {found.largest.label}", found.largest.agreement)] if found.largest else []
    compared += [
        (f"rule {one.name}" if one.name != "unweighted" else one.name, one.agreement) for one in found.variants
    ]
    if compared:
        blocks.append(_compared(report, compared))
    if len(report.measures) > 1:
        blocks.append(_correlations(report, found))
    return Section("robustness", "How far the results hold", tuple(blocks))


def runs(report: CentralityReport) -> tuple[str, ...]:
    """What was computed again, and what was not."""
    found = report.robustness
    made = []
    if found.left_out is None:
        reason = (
            "there are fewer than two documents"
            if report.size.documents < 2
            else f"the budget of {found.budget:,} steps allows too few runs"
        )
        made.append(f"No document was left out, since {reason}.")
    else:
        made.append(_left_out(report))
    made += [drawn_anew(one, report.about) for one in found.bootstraps]
    if found.bootstraps:
        made.append(
            "Round i of a bootstrap, i from 0 on, draws by NumPy's generator PCG64, seeded with child i of "
            "SeedSequence(seed); what is drawn stands in the order of its IRIs."
        )
    if not report.size.statements:
        made.append("There was no bootstrap, since there is nothing to draw.")
    elif not found.bootstraps:
        made.append(
            f"There was no bootstrap, since none was asked for or the budget of {found.budget:,} steps allows too few "
            "rounds; no interval shows how ranks depend on the choice of sources."
        )
    left = [inside(one.label) for one in report.measures if one.name not in found.again]
    if left:
        made.append(
            f"{heading(listing(left))} {verb(len(left), 'was', 'were')} not computed again: for a network of this "
            f"size that takes more than the budget of {found.budget:,} steps."
        )
    return tuple(made)


def _left_out(report: CentralityReport) -> str:
    found = report.robustness.left_out
    if found is None:
        raise ValueError("no document was left out")
    part = "each" if found.documents == found.of else f"each of the {found.documents:,} with most statements"
    text = f"Of {number(found.of, 'document')}, {part} was left out in turn and everything computed again."
    by = f" By {inside(report.label(report.headline))} the ranking"
    if found.tau == 1:
        text += f"{by} of those left is the same each time: Kendall's tau is 1 wherever it is defined."
    elif found.iri is not None:
        text += (
            f"{by} changes most without “{found.label}”: Kendall's "
            f"tau is {value(found.tau)}, and {number(found.lost, 'node')} {verb(found.lost, 'is', 'are')} gone."
        )
    return text


def drawn_anew(one: Rounds, about: About) -> str:
    """What a bootstrap drew, and what its intervals hold."""
    drawn, again = about.target_kind, "Strength counts what is drawn twice as two."
    if one.unit == "document":
        drawn, again = one.unit, "A document says what it says once, however often it is drawn."
    elif about.mode == "two-mode":
        again = "What is drawn twice is there once."
    return (
        f"Bootstrap over {plural(drawn)}: in {number(one.rounds, 'round')} from seed {one.seed}, {one.pieces:,} "
        f"{plural(drawn)} were drawn from {one.pieces:,} with replacement, and all ranks computed again; an "
        f"interval holds at least {percent(one.level)} of the rounds in which a node is present. {again} The intervals "
        f"show how much ranks depend on single ones; they are no confidence intervals for the world."
        f"{''.join(f' {told}' for told in few(one))}"
    )


def few(one: Rounds) -> tuple[str, ...]:
    """That there were too few rounds, if there were."""
    if one.rounds >= FEWEST:
        return ()
    return (
        f"{number(one.rounds, 'round')} {verb(one.rounds, 'is', 'are')} too few to tell how far a rank holds: it takes "
        f"at least {FEWEST}.",
    )


def largest(report: CentralityReport) -> tuple[str, ...]:
    """What the largest event (or other target) contributes."""
    found = report.robustness.largest
    if found is None:
        return ()
    kind = report.about.target_kind
    # Several can be as large, and a rule can keep it from joining anybody.
    return (
        f"No {kind} has more {plural(report.about.source_kind)} than {found.label}, which has {found.sources:,}; "
        f"{found.only:,} of {number(found.ties, 'tie')} ({share(found.only, found.ties)}) "
        f"{verb(found.only, 'exists', 'exist')} through it alone.",
    )


def _compared(report: CentralityReport, compared: list[tuple[str, tuple[Agrees, ...]]]) -> Table:
    names = list(dict.fromkeys(one.measure for _, agreements in compared for one in agreements))
    rows = []
    for name in names:
        found = [next((one for one in agreements if one.measure == name), None) for _, agreements in compared]
        rows.append((Cell(report.label(name)), *(Cell("–" if one is None else value(one.tau)) for one in found)))
    return Table(
        "How far the ranking stays the same under other conditions: Kendall's tau-b with the ranking of this report, "
        "from -1 (reversed) over 0 (unrelated) to 1 (the same); – where it is not defined",
        (Column("Measure"), *(Column(heading(name), numeric=True) for name, _ in compared)),
        tuple(rows),
    )


def _correlations(report: CentralityReport, found: Robustness) -> Table:
    names = [one.name for one in report.measures]
    taus = {frozenset((one.first, one.second)): one for one in found.correlations}
    return Table(
        "How far the measures order the same nodes alike: Kendall's tau-b for each pair of measures",
        (Column("Measure"), *(Column(f"{place}", numeric=True) for place, _ in enumerate(names, 1))),
        tuple(
            (
                Cell(f"{place}. {report.label(name)}"),
                *(Cell("" if name == other else _tau(taus.get(frozenset((name, other))))) for other in names),
            )
            for place, name in enumerate(names, 1)
        ),
    )


def _tau(pair: Pair | None) -> str:
    return "–" if pair is None or pair.tau is None else f"{pair.tau:.2f}"
