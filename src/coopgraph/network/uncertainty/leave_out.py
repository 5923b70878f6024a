"""Leave one document out: everything is computed again as if that document had never been read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.progress import SILENT, Progress
from coopgraph.network.ranking import groups, ranks_of
from coopgraph.network.scoring import score
from coopgraph.network.uncertainty.correlation import Agreement, agreement
from coopgraph.network.uncertainty.intervals import RankIntervals, intervals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Counts, Indices
    from coopgraph.network.scoring import Plan, Scores

AT_MOST: Final = 200


@dataclass(frozen=True, slots=True, eq=False)
class LeaveOneOut:
    """Rank ranges over the run on all documents and one run without each of `documents`.

    `of` is the number of documents that say anything here; if it is larger than the number left out, those with most
    statements were left out. `lost` counts the nodes that no other document knows; `agreement` compares, by measure,
    the ranking without each document to the one with all.
    """

    documents: Indices
    of: int
    intervals: Mapping[str, RankIntervals]
    lost: Counts
    agreement: Mapping[str, tuple[Agreement, ...]]


def leave_one_document_out(
    affiliations: Affiliations, plan: Plan, scores: Scores, *, at_most: int = AT_MOST, progress: Progress = SILENT
) -> LeaveOneOut:
    """Rank ranges for every measure; `scores` are those of all documents.

    `best` and `worst` of the intervals are over all runs in which the node is present, the full one among them;
    `missing` counts the runs, one for each document, without it.
    """
    saying, statements = np.unique(affiliations.document[affiliations.document >= 0], return_counts=True)
    chosen = np.sort(saying[np.argsort(-statements, kind="stable")[:at_most]]).astype(np.int32)
    group = groups(affiliations, plan.projection.mode)
    whole = ranks_of(scores, group)
    progress.begin(len(chosen), "leaving out one document after another")
    runs: dict[str, list[Indices]] = {name: [ranks] for name, ranks in whole.items()}
    found: dict[str, list[Agreement]] = {name: [] for name in scores}
    present = len(np.union1d(affiliations.sources(), affiliations.targets()))
    lost = []
    for document in chosen.tolist():
        rest = affiliations.without_document(document)
        again = score(rest, plan)
        lost.append(present - len(np.union1d(rest.sources(), rest.targets())))
        for name, ranks in ranks_of(again, group).items():
            runs[name].append(ranks)
            found[name].append(agreement(scores[name], again[name], group == 0))
        progress.advance()
    return LeaveOneOut(
        documents=chosen,
        of=len(saying),
        intervals={name: intervals(np.vstack(ranks)) for name, ranks in runs.items()},
        lost=np.array(lost, dtype=np.int32),
        agreement={name: tuple(each) for name, each in found.items()},
    )
