"""Sentences made from the report's numbers and from nothing else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coopgraph.network.report.model import CentralityReport, Row

_LED: Final = 3


def number(count: int, one: str, many: str = "") -> str:
    """The count with its noun: 1 event, 2 events, 1,234 events."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """The part as whole per cent of the whole, without claiming 0 or 100 where it is not so."""
    if not whole:
        return "0 %"
    percent = round(100 * part / whole)
    if part and not percent:
        return "less than 1 %"
    if part < whole and percent == 100:
        return "more than 99 %"
    return f"{percent} %"


def value(quantity: float) -> str:
    """A measure's value with three decimals, or as many digits as a small one needs."""
    return f"{quantity:.3f}" if quantity == 0 or abs(quantity) >= 0.001 else f"{quantity:.1e}"


def in_sentence(label: str) -> str:
    """A measure's label as it stands within a sentence: names such as PageRank keep their capitals."""
    return label if any(char.isupper() for char in label[1:]) else label.lower()


def listing(items: Sequence[str]) -> str:
    """The items joined as in a sentence."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def summary(report: CentralityReport, rows: Sequence[Row]) -> tuple[str, ...]:
    """What the report has found, in plain sentences."""
    counts = report.counts
    say = "reports" if len(report.documents) == 1 else "report"
    sentences = [
        f"The network rests on {number(len(report.documents), 'document')}, which {say} "
        f"{number(counts.participations, 'participation')} of {number(counts.actors, 'actor')} in "
        f"{number(counts.events, 'event')}; it has {number(counts.nodes, 'node')} and {number(counts.ties, 'tie')}."
    ]
    if not counts.ties:
        return (*sentences, "No tie was found, so every actor is as central as any other.")
    if counts.components == 1:
        sentences.append("All nodes hang together.")
    else:
        alone = counts.isolates
        stand = f" {number(alone, 'node')} {'stands' if alone == 1 else 'stand'} alone." if alone else ""
        sentences.append(
            f"It falls into {number(counts.components, 'part')} that no tie joins; the largest has "
            f"{number(counts.largest_component, 'node')}.{stand}"
        )
    actors = [row for row in rows if row.kind == "actor"]
    sentences.extend(_leaders(report, actors))
    if report.largest_event and report.about.mode == "one-mode":
        sentences.append(_summit(report))
    return tuple(sentences)


def limits(report: CentralityReport) -> tuple[str, ...]:
    """What the numbers cannot say, as far as the numbers themselves show it."""
    counts = report.counts
    made = [
        f"The network shows what {number(len(report.documents), 'document')} "
        f"{'says' if len(report.documents) == 1 else 'say'}, not who met in the world: "
        "two actors without a tie may well know each other."
    ]
    only = sum(document.only_here for document in report.documents)
    if counts.participations:
        made.append(
            f"{share(only, counts.participations)} of the participations ({only:,} of {counts.participations:,}) are "
            "reported by one document only; if that document errs, so does the network."
        )
    if counts.undocumented:
        made.append(f"{number(counts.undocumented, 'participation')} have no document behind them in this release.")
    if report.documents:
        most = max(report.documents, key=lambda document: (document.participations, document.iri))
        made.append(
            f"The document that reports most is “{most.label}”, with "
            f"{share(most.participations, counts.participations)} of the participations."
        )
    made.append(_range_note(report))
    if counts.events_of_one:
        made.append(
            f"Of {number(counts.events_of_one, 'event')} only one actor is known, so "
            f"{'it joins' if counts.events_of_one == 1 else 'they join'} nobody."
        )
    if counts.events_in_events:
        made.append(
            f"{number(counts.events_in_events, 'event')} took place within another event of the network; an actor "
            "reported at both is counted at both."
        )
    made.append(
        f"{counts.persons:,} of {number(counts.actors, 'actor')} are persons; they are kept apart from the bodies they "
        "represent, so what a minister does adds nothing to the ministry."
    )
    if counts.groups or counts.unnamed:
        made.append(
            f"{counts.groups:,} of the actors are groups mentioned together, and {counts.unnamed:,} are not named; "
            "whether two such mentions mean the same people is unknown, so they are never merged."
        )
    if counts.components > 1 and report.about.mode == "one-mode":
        made.append("No path joins separate parts, so betweenness compares only actors of the same part.")
    return tuple(made)


def _leaders(report: CentralityReport, actors: Sequence[Row]) -> list[str]:
    label = in_sentence(next(note.label for note in report.measures if note.name == report.headline))
    ranked = [(row, row.score(report.headline)) for row in actors]
    best = [(row, score) for row, score in ranked if score.rank <= _LED]
    if len(best) > 2 * _LED:
        tied = sum(score.rank == 1 for _, score in ranked)
        return [f"By {label}, {number(tied, 'actor')} share the first rank."]
    named = [f"{row.label} (rank {score.rank}, {value(score.value)})" for row, score in best]
    sentences = [f"By {label} the most central {'is' if len(named) == 1 else 'are'} {listing(named)}."]
    first = best[0][0]
    leads = [in_sentence(note.label) for note in report.measures if first.score(note.name).rank == 1]
    sentences.append(
        f"{first.label} has the first rank, alone or with others, in {len(leads)} of "
        f"{number(len(report.measures), 'measure')}: {listing(leads)}."
    )
    sentences.extend(_crowd(label, [score.rank for _, score in ranked]))
    score = first.score(report.headline)
    if score.best is not None and score.worst is not None and len(report.documents) > 1:
        gone = f" and is missing in {number(score.missing, 'case')}" if score.missing else ""
        span = (
            f"stays at rank {score.best}"
            if score.best == score.worst
            else f"moves between {score.best} and {score.worst}"
        )
        sentences.append(
            f"When the documents are left out one at a time, the rank of {first.label} by {label} {span}{gone}."
        )
    return sentences


def _crowd(label: str, places: Sequence[int]) -> list[str]:
    place, many = max(Counter(places).items(), key=lambda item: (item[1], -item[0]))
    if 2 * many <= len(places):
        return []
    return [f"{many:,} of {len(places):,} actors share rank {place} by {label}: it tells few of them apart."]


def _summit(report: CentralityReport) -> str:
    event, counts = report.largest_event, report.counts
    if event is None:
        raise ValueError("a network without events has no largest one")
    text = (
        f"The largest event, {event.label}, brings together {number(event.actors, 'actor')}; it makes "
        f"{share(event.ties, counts.ties)} of all ties ({event.ties:,} of {counts.ties:,}), and {event.only_ties:,} of "
        "them exist through it alone."
    )
    if 2 * event.only_ties > counts.ties:
        text += " Most of what looks like closeness here is attendance at this one event."
    return text


def _range_note(report: CentralityReport) -> str:
    if not report.sensitivity:
        return "The network is too large for leaving out every document in turn, so no rank ranges are given."
    if len(report.documents) < 2:
        return "With fewer than two documents nothing can be left out, so the rank ranges say nothing."
    return (
        f"Rank ranges come from {number(len(report.documents), 'further computation')}, each without one document; "
        "they show dependence on single sources and are no confidence intervals."
    )
