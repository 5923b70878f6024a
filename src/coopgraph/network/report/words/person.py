"""One node of a network, in sentences and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.drawing import looks
from coopgraph.network.drawing.network_picture import Mark
from coopgraph.network.drawing.rank_chart import rank_chart
from coopgraph.network.report.language import inside, moved, number, percent, plural, share, value, verb, whole
from coopgraph.network.report.page import Block, Bullets, Cell, Column, Paragraph, Picture, Section, Table
from coopgraph.network.report.words import ranges, robustness, sources
from coopgraph.network.report.words.brokers import role

if TYPE_CHECKING:
    from coopgraph.network.report.acting import ActorReport


def sentences(report: ActorReport) -> tuple[str, ...]:
    """What the report has found about the node."""
    row = report.row
    other = report.about.other(row.kind)
    score = row.score(report.headline)
    made = []
    if row.documents == 1:
        made.append(f"All that is known of {row.label} here comes from one document.")
    made.append(
        f"{row.label} is joined to {number(row.targets, other)} in {number(row.documents, 'document')} and "
        f"has {number(row.ties, 'tie')}."
    )
    label = inside(report.label(report.headline))
    if score.rank is None:
        return (*made, f"It has no rank by {label}.")
    shared = f", together with {number(score.sharing - 1, 'other', 'others')}" if score.sharing > 1 else ""
    made.append(f"By {label} it has rank {score.rank:,} of {report.nodes:,}{shared}.")
    places = [one.rank for one in row.scores if one.rank is not None]
    if len(places) > 1:
        made.append(
            f"By the {len(places)} measures of this report its rank lies between {min(places):,} and {max(places):,}."
        )
    if score.without_largest is None and score.left_out is not None and _through_targets(report):
        made.append(f"Without the largest {report.about.target_kind} it would not be in the network, or have no rank.")
    if report.community is not None:
        made.append(
            f"It is in community {report.community.number}, one of {number(report.community.size, 'node')}; the "
            f"runs put it together with its neighbours there in {percent(report.community.share)} of the cases."
        )
    return tuple(made)


def limits(report: ActorReport) -> tuple[str, ...]:
    """What the numbers cannot say about the node."""
    made = [
        *report.limits,
        f"What no document of the release says of {report.row.label} is not here: a missing tie says nothing about the "
        "world.",
        "A rank says where a node stands in this network, not how important it is elsewhere.",
    ]
    if report.row.type == "Person" and report.taken.roll_up == "none":
        made.append("What a person does is not counted for the body that the person represents.")
    if not report.bootstraps:
        made.append("There was no bootstrap, so no interval shows how its ranks depend on the choice of sources.")
    return (*made, *dict.fromkeys(told for one in report.bootstraps for told in robustness.few(one)))


def _through_targets(report: ActorReport) -> bool:
    """Whether nodes meet through targets, which then are drawn anew and of which the largest is left out."""
    return report.about.mode != "direct"


def summary(report: ActorReport) -> Section:
    """The section that comes first."""
    return Section("summary", "In short", tuple(map(Paragraph, report.summary)))


def ranks(report: ActorReport) -> Section:
    """Its values and ranks by every measure."""
    look = looks.of(report.row.kind, report.row.type)
    lines = ranges.lines((Mark("", report.label(score.measure), look), score) for score in report.row.scores)
    blocks: list[Block] = [Paragraph(report.ranking)]
    if lines:
        told = f"The ranks of {report.row.label} by each measure, as the table below gives them."
        drawn = rank_chart(lines, name="ranks", title="Ranks by each measure", description=told)
        blocks.append(Picture("Chart of the ranks by each measure", drawn, told, ranges.key(lines)))
    if report.bootstraps:
        blocks.append(Bullets(tuple(robustness.drawn_anew(one, report.about) for one in report.bootstraps)))
    events = plural(report.about.target_kind)
    drawn_anew = "documents"
    heads: tuple[str, ...] = ("Value", "Rank", "Sharing it", "One document less", "Documents drawn")
    if _through_targets(report):
        drawn_anew += f" and when {events}"
        heads = (*heads, f"{events.capitalize()} drawn", "Largest left out")
    blocks.append(
        Table(
            f"Values and ranks of {report.row.label}; ranges of ranks when documents are left out one at a time, "
            f"intervals when {drawn_anew} are drawn anew; below a range: in how many of the runs the node is absent; + "
            "where that is too often for an upper end",
            (Column("Measure"), *(Column(head, numeric=True) for head in heads)),
            tuple(
                (
                    Cell(report.label(score.measure)),
                    Cell(value(score.value)),
                    *(Cell(whole(count)) for count in (score.rank, score.sharing)),
                    *(ranges.interval(found) for found in (score.left_out, score.documents, score.events)),
                    Cell(whole(score.without_largest)),
                )[: len(heads) + 1]
                for score in report.row.scores
            ),
        )
    )
    return Section("ranks", "Values and ranks", tuple(blocks))


def joined(report: ActorReport) -> Section:
    """What it is joined to."""
    kind = report.about.other(report.row.kind)
    listed = len(report.joined)
    told = "" if listed == report.joined_in_all else f", the first {listed:,} of {report.joined_in_all:,}"
    table = Table(
        f"{plural(kind).capitalize()} of {report.row.label}{told}, by date",
        (
            Column(kind.capitalize()),
            Column("From", numeric=True),
            Column("To", numeric=True),
            Column("Others", numeric=True),
            Column("Documents"),
        ),
        tuple(
            (
                Cell(one.label, iri=one.iri, language=one.language),
                Cell(one.first or "–"),
                Cell(one.last or "–"),
                Cell(whole(one.others)),
                Cell("; ".join(one.documents) or "–"),
            )
            for one in report.joined
        ),
    )
    return Section("joined", plural(kind).capitalize(), (table,))


def ties(report: ActorReport) -> Section:
    """Its ties with what they rest on."""
    if not report.ties:
        return Section("ties", "Ties", (Paragraph("It has no tie."),))
    # Only in a network that was folded do the ends of a tie share targets.
    folded = report.about.mode == "one-mode"
    through = plural(report.about.target_kind).capitalize() if folded else "Ways"
    ways = "" if folded else "; ways are the different things, such as posts, that stand between the ends"
    heads = ("Strength", through, "Documents", "Publishers")
    names = dict.fromkeys(("From", "To")) if report.about.mode == "direct" else {"Tie": None}
    listed = len(report.ties)
    told = "" if listed == report.ties_in_all else f", the {listed:,} strongest of {report.ties_in_all:,}"
    table = Table(
        f"Ties of {report.row.label}{told}, the strongest first, with what they rest on{ways}",
        (
            *map(Column, names),
            *(Column(head, numeric=True) for head in heads),
            Column("First", numeric=True),
            Column("Last", numeric=True),
        ),
        tuple(
            (
                *(Cell(end, iri=iri) for end, iri in _ends(report, place)),
                Cell(value(one.strength)),
                *(Cell(whole(count)) for count in (one.targets, one.documents, one.publishers)),
                Cell(one.first or "–"),
                Cell(one.last or "–"),
            )
            for place, one in enumerate(report.ties)
        ),
    )
    return Section("ties", "Ties", (table,))


def _ends(report: ActorReport, place: int) -> list[tuple[str, str]]:
    one = report.ties[place]
    ends = [(one.source_label, one.source), (one.target_label, one.target)]
    return ends if report.about.mode == "direct" else [end for end in ends if end[1] != report.row.iri]


def place(report: ActorReport) -> Section:
    """Where it stands between groups."""
    blocks: list[Block] = []
    if report.community is None:
        blocks.append(Paragraph("It is in no community of two nodes or more."))
    else:
        one = report.community
        blocks.append(
            Paragraph(
                f"It is in community {one.number}, which has {number(one.size, 'node')} "
                f"({share(one.size, report.size.nodes)} of all). Two runs of the search agree by "
                f"{value(one.agreement)} on average (adjusted Rand index: 1: the same, 0: chance)."
            )
        )
    found = report.broker
    if found is None:
        blocks.append(Paragraph("Whether it mediates between groups was not computed."))
        return Section("place", "Community and brokerage", tuple(blocks))
    blocks.append(
        Table(
            "Pairs without a tie that it mediates between, by role (Gould and Fernandez 1989) and class; below: by how "
            "many standard deviations the number differs from chance. Where ties have no direction, every pair counts "
            "twice",
            tuple(Column(one.role.capitalize(), numeric=True) for one in report.patterns),
            (tuple(map(role, found.roles)),),
            header=-1,
        )
    )
    told = (
        f"Burt's constraint is {value(found.constraint)}, effective size {value(found.effective_size)}, participation "
        f"coefficient {value(found.participation)} (groups: classes)."
    )
    blocks.append(Paragraph(told))
    return Section("place", "Community and brokerage", tuple(blocks))


def course(report: ActorReport) -> Section:
    """Its ranks over time."""
    found = report.change
    if len(found.periods) < 2 or not found.courses:
        told = "The dates in the sources do not tell two years with this node apart, so nothing is said about change."
        return Section("change", "Change over time", (Paragraph(told),))
    one = found.courses[0]
    there = sum(rank is not None for rank in one.ranks)
    label = inside(report.label(found.measure))
    items = (
        f"It is in {number(there, 'year')} of {len(found.periods):,}; from the last but one to the last: "
        f"{moved(*one.ranks[-2:])}.",
        f"{found.undated:,} of {number(report.size.statements, 'statement')} "
        f"{verb(found.undated, 'has', 'have')} no date and {verb(found.undated, 'is', 'are')} in no year.",
    )
    table = Table(
        f"Rank by {label} in each year, among the nodes of that year; – where absent",
        (Column("Year"), Column("Rank", numeric=True), Column("Nodes", numeric=True)),
        tuple(
            (Cell(period.name), Cell(whole(rank)), Cell(whole(period.nodes)))
            for period, rank in zip(found.periods, one.ranks, strict=True)
        ),
    )
    return Section("change", "Change over time", (Bullets(items), table))


def documents(report: ActorReport) -> Section:
    """The documents that speak of it."""
    if not report.documents:
        return Section("sources", "Sources", (Paragraph("No document of the release states its ties."),))
    return Section("sources", "Sources", (sources.documents(report.documents, report.about),))
