"""What the report has found, in plain sentences made from its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.report.language import inside, listing, number, plural, share, value, verb
from coopgraph.network.report.page import Paragraph, Section
from coopgraph.network.report.words import cautions, robustness, whole

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport, NetworkReport
    from coopgraph.network.report.parts.results import Kind, Range, Row

_LED: Final = 3


def summary(report: NetworkReport) -> Section:
    """The section that comes first."""
    told = tuple(Paragraph(sentence) for sentence in report.summary)
    return Section("summary", "In short", (*told, whole.figures(report.size, report.about)))


def centrality(report: CentralityReport) -> tuple[str, ...]:
    """What is to be careful about, then who is central."""
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
    made = [*cautions.sentences(report.cautions, report.about), *_rests(report)]
    if report.size.ties:
        made.append(whole.parts(report.size))
        made += whole.sentences(report)
        made += _communities(report)
    return tuple(made)


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
    ranked = [(row, row.score(report.headline)) for row in report.rows if row.kind == kind.kind]
    best = [(row, score) for row, score in ranked if score.rank is not None and score.rank <= _LED]
    if not best:
        return []
    first, score = best[0]
    if len(best) > 2 * _LED:
        return [f"By {label}, {number(score.sharing, kind.kind)} share the first rank.", *_crowd(label, kind)]
    named = [f"{row.label} (rank {score.rank}, {value(score.value)})" for row, score in best]
    made = [f"By {label} the most central {verb(len(named), 'is', 'are')} {listing(named)}."]
    leads = [inside(one.label) for one in report.measures if first.score(one.name).rank == 1]
    made.append(
        f"{first.label} has the first rank, alone or with others, by {len(leads)} of "
        f"{number(len(report.measures), 'measure')}: {listing(leads)}."
    )
    made += _crowd(label, kind)
    made += _holds(report, first)
    return made


def _crowd(label: str, kind: Kind) -> list[str]:
    if 2 * kind.crowded <= kind.nodes or kind.crowd is None:
        return []
    return [
        f"{kind.crowded:,} of {number(kind.nodes, kind.kind)} share rank {kind.crowd:,} by {label}: it tells few of "
        "them apart."
    ]


def _holds(report: CentralityReport, row: Row) -> list[str]:
    score = row.score(report.headline)
    found = (
        ("documents are left out one at a time", score.left_out),
        ("documents are drawn anew", score.documents),
        (f"{plural(report.about.target_kind)} are drawn anew", score.events),
    )
    told = [f"when {how}, {_span(ranks)}" for how, ranks in found if ranks is not None and ranks.low is not None]
    if not told:
        return []
    return [f"How far the rank of {row.label} holds: {'; '.join(told)}."]


def _span(found: Range) -> str:
    gone = f", and it is absent from {found.absent:.0%} of the runs" if found.absent else ""
    if found.low == found.high:
        return f"it stays {found.low}{gone}"
    return f"it lies between {found.low} and {found.high}{gone}"


def _summit(report: CentralityReport) -> list[str]:
    found = report.robustness.largest
    if found is None or report.about.mode != "one-mode":
        return []
    if 2 * found.only > found.ties:
        return [f"Most of what looks like closeness here comes from one {report.about.target_kind}, {found.label}."]
    return list(robustness.largest(report))


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
