"""What the report has found, in plain sentences made from its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.report.language import inside, listing, number, percent, plural, share, value, verb
from coopgraph.network.report.page import Paragraph, Section
from coopgraph.network.report.robust import FEWEST
from coopgraph.network.report.words import cautions, robustness, whole

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport, NetworkReport
    from coopgraph.network.report.parts.results import Kind, Range, Row, Score

_LED: Final = 3


def summary(report: NetworkReport) -> Section:
    """The section that comes first."""
    told = tuple(Paragraph(sentence) for sentence in report.summary)
    return Section("summary", "In short", (*told, whole.figures(report.size, report.about)))


def centrality(report: CentralityReport) -> tuple[str, ...]:
    """What is to be careful about, then who is central."""
    if not report.size.statements:
        return (_empty(report),)
    made = [*cautions.sentences(report.cautions, report.about), *_rests(report)]
    if not report.size.ties:
        kind = plural(report.about.source_kind)
        return (
            *made,
            f"No tie was found, so there is nothing by which one of the {kind} is more central than another.",
        )
    made.append(whole.parts(report.size))
    made += _leaders(report, report.kinds[0])
    made += _summit(report)
    made += _communities(report)
    return tuple(made)


def network(report: NetworkReport) -> tuple[str, ...]:
    """What is to be careful about, then what the network is like."""
    if not report.size.statements:
        return (_empty(report),)
    made = [*cautions.sentences(report.cautions, report.about), *_rests(report)]
    if report.size.ties:
        made.append(whole.parts(report.size))
        made += whole.sentences(report)
        made += _communities(report)
    return tuple(made)


def _empty(report: NetworkReport) -> str:
    taken = report.taken
    beside = taken.certain + taken.possible + taken.outside + taken.undated
    if not beside:
        return "The network is empty, with 0 nodes and 0 ties: no statement of the release answers the question."
    return (
        f"The network is empty, with 0 nodes and 0 ties: {number(beside, 'statement')} "
        f"{verb(beside, 'answers', 'answer')} the question, but none lies in the period for sure."
    )


def _rests(report: NetworkReport) -> list[str]:
    size, about = report.size, report.about
    nodes = f"{number(size.sources, about.source_kind)}, {number(size.targets, about.target_kind)}"
    if about.source_kind == about.target_kind:
        nodes = number(size.nodes, about.source_kind)
    return [
        f"The network rests on {number(size.statements, 'statement')} in {number(size.documents, 'document')}: "
        f"{nodes}, "
        f"{number(size.ties, 'tie')}."
    ]


def _leaders(report: CentralityReport, kind: Kind) -> list[str]:
    label = inside(report.label(report.headline))
    if 1 < kind.crowded == kind.nodes:
        return [f"By {label} all {number(kind.nodes, kind.kind)} share the first rank: it tells none from another."]
    ranked = [(row, row.score(report.headline)) for row in report.rows if row.kind == kind.kind]
    best = _first(ranked)
    if not best:
        score = next((score for _, score in ranked if score.rank == 1), None)
        told = [] if score is None else [f"By {label}, {number(score.sharing, kind.kind)} share the first rank."]
        return [*told, *_crowd(label, kind)]
    first = best[0][0]
    named = [f"{row.label} (rank {score.rank}, {value(score.value)})" for row, score in best]
    made = [f"By {label} the most central {verb(len(named), 'is', 'are')} {listing(named)}."]
    leads = [inside(one.label) for one in report.measures if first.score(one.name).rank == 1]
    made.append(
        f"The first rank is that of {first.label}, alone or with others, by {len(leads)} of "
        f"{number(len(report.measures), 'measure')}: {listing(leads)}.{_all_alike(report, first, kind)}"
    )
    made += _crowd(label, kind)
    made += _holds(report, first)
    return made


def _all_alike(report: CentralityReport, first: Row, kind: Kind) -> str:
    """Which of the measures give all the same rank, so that being first by them says nothing."""
    alike = [inside(one.label) for one in report.measures if 1 < first.score(one.name).sharing == kind.nodes]
    return f" All {plural(kind.kind)} share it by {listing(alike)}." if alike else ""


def _first(ranked: list[tuple[Row, Score]]) -> list[tuple[Row, Score]]:
    """Who is named as leading: whole ranks only, and as long as all who share them can be named."""
    named: list[tuple[Row, Score]] = []
    for rank in range(1, _LED + 1):
        those = [(row, score) for row, score in ranked if score.rank == rank]
        if any(score.sharing != len(those) for _, score in those) or len(named) + len(those) > 2 * _LED:
            break
        named += those
    return named


def _crowd(label: str, kind: Kind) -> list[str]:
    if 2 * kind.crowded <= kind.nodes or kind.crowd is None:
        return []
    return [
        f"{kind.crowded:,} of {number(kind.nodes, kind.kind)} share rank {kind.crowd:,} by {label}: it tells few of "
        "them apart."
    ]


def _holds(report: CentralityReport, row: Row) -> list[str]:
    score = row.score(report.headline)
    told = []
    if score.left_out is not None and score.left_out.low is not None:
        without = _lacking(row, score.left_out, "runs")
        told.append(f"when documents are left out one at a time, {_span(score.left_out)}{without}")
    drawn = {"document": ("documents", score.documents), "event": (plural(report.about.target_kind), score.events)}
    for one in report.robustness.bootstraps:
        what, found = drawn[one.unit]
        if found is not None and found.low is not None:
            few = f" ({number(one.rounds, 'round')} only)" if one.rounds < FEWEST else ""
            # An interval leaves out the rounds at either end, so its ends are not how far the rank can move.
            having = f" that have the {row.kind}" if found.absent else ""
            told.append(
                f"when {what} are drawn anew{few}, {_span(found)} in at least {percent(one.level)} of the rounds"
                f"{having}{_lacking(row, found, 'rounds')}"
            )
    return [f"How far the rank of {row.label} holds: {'; '.join(told)}."] if told else []


def _span(found: Range) -> str:
    return f"it stays {found.low}" if found.low == found.high else f"it lies between {found.low} and {found.high}"


def _lacking(row: Row, found: Range, runs: str) -> str:
    return f", and {percent(found.absent)} of the {runs} lack the {row.kind}" if found.absent else ""


def _summit(report: CentralityReport) -> tuple[str, ...]:
    return robustness.largest(report) if report.about.mode == "one-mode" else ()


def _communities(report: NetworkReport) -> list[str]:
    found = report.communities
    if found.of < 2:
        return []
    text = f"{number(found.of, 'community', 'communities')} of two nodes and more were found"
    largest = found.communities[0]
    return [
        f"{text}; the largest holds {number(largest.size, 'node')} ({share(largest.size, report.size.nodes)} of all). "
        f"The runs agree by {value(found.agreement)} (1: always the same, 0: as by chance)."
    ]
