"""The scores as a long table: one line for each node and measure."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coopgraph.network.report.model import CentralityReport

HEADER: Final = (
    "release",
    "digest",
    "projection",
    "node",
    "label",
    "kind",
    "class",
    "events",
    "documents",
    "ties",
    "measure",
    "network",
    "value",
    "rank",
    "best_rank",
    "worst_rank",
    "runs_missing",
    "rank_without_largest_event",
)


def render(report: CentralityReport) -> str:
    """RFC 4180 with a header; an empty cell means "not computed" or, in the last column, "gone without that event"."""
    networks = {note.name: note.network for note in report.measures}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in report.rows:
        for score in row.scores:
            writer.writerow(
                (
                    report.source.release,
                    report.source.digest,
                    report.about.projection,
                    row.iri,
                    row.label,
                    row.kind,
                    row.cls,
                    row.events,
                    row.documents,
                    row.ties,
                    score.measure,
                    networks[score.measure],
                    score.value,
                    score.rank,
                    score.best,
                    score.worst,
                    score.missing,
                    score.without_largest,
                )
            )
    return stream.getvalue()
