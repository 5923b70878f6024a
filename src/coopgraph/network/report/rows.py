"""A report as a long table: one line for each node and measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coopgraph.network.report.acting import ActorReport
    from coopgraph.network.report.compared import ComparisonReport
    from coopgraph.network.report.model import NetworkReport
    from coopgraph.network.report.parts.results import Range, Score

_RANGES: Final = ("left_out", "documents", "events")
HEADER: Final = (
    "release", "digest", "projection", "rule", "since", "until", "roll_up",
    "kind", "number", "iri", "label", "language", "class", "targets", "stating_documents", "publishers", "ties",
    "measure", "network", "engine", "error", "value", "rank", "sharing",
    *(f"{name}_{end}" for name in _RANGES for end in ("low", "high", "absent", "uncertain")),
    "rank_without_largest",
)  # fmt: skip

Value = str | int | float | None


def rows(report: NetworkReport) -> Iterator[tuple[Value, ...]]:
    """The lines under `HEADER`; an empty cell means "not computed", or "gone without it" in the last column."""
    measures = {one.name: one for one in report.measures}
    taken = report.taken
    head = (report.source.release, report.source.digest, report.about.projection, report.about.rule)
    for row in report.rows:
        node = (row.kind, row.number, row.iri, row.label, row.language, row.type)
        said = (row.targets, row.documents, row.publishers, row.ties)
        for score in row.scores:
            one = measures[score.measure]
            yield (
                *head, taken.since, taken.until, taken.roll_up, *node, *said,
                one.name, one.network, one.engine, one.error, *_score(score),
            )  # fmt: skip


def _score(score: Score) -> tuple[Value, ...]:
    ranges = (cell for found in (score.left_out, score.documents, score.events) for cell in _range(found))
    return (score.value, score.rank, score.sharing, *ranges, score.without_largest)


def _range(found: Range | None) -> tuple[Value, ...]:
    return (None,) * 4 if found is None else (found.low, found.high, found.absent, int(found.uncertain))


ACTED: Final = (*HEADER[:4], "kind", "number", "iri", "label", "class", *HEADER[HEADER.index("measure") :])


def acted(report: ActorReport) -> Iterator[tuple[Value, ...]]:
    """The lines under `ACTED`, one for each measure."""
    measures = {one.name: one for one in report.measures}
    row = report.row
    head = (report.source.release, report.source.digest, report.about.projection, report.about.rule)
    for score in row.scores:
        one = measures[score.measure]
        node = (row.kind, row.number, row.iri, row.label, row.type)
        yield (*head, *node, one.name, one.network, one.engine, one.error, *_score(score))


COMPARED: Final = (
    "before", "before_release", "before_digest", "after", "after_release", "after_digest", "measure",
    "iri", "label", "language", "class", "rank_before", "rank_after", "rose", "value_before", "value_after",
)  # fmt: skip


def compared(report: ComparisonReport) -> Iterator[tuple[Value, ...]]:
    """The lines under `COMPARED`, one for each measure and listed node; an empty cell where a node is absent."""
    before, after = report.before, report.after
    head = (
        before.name, before.source.release, before.source.digest,
        after.name, after.source.release, after.source.digest,
    )  # fmt: skip
    for one in report.by_measure:
        for row in one.rows:
            node = (row.iri, row.label, row.language, row.type)
            yield (*head, one.measure, *node, row.before, row.after, row.rose, row.value_before, row.value_after)
