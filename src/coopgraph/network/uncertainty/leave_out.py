"""Leave one document out: everything is computed again as if that document had never been read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.progress import SILENT, Progress
from coopgraph.network.ranking import groups, ranks_of
from coopgraph.network.uncertainty.carry_out import carried_out, rank_intervals
from coopgraph.network.uncertainty.correlation import Agreement, agreement
from coopgraph.network.uncertainty.runs import WithoutOne

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Counts, Indices
    from coopgraph.network.scoring import Plan, Scores
    from coopgraph.network.uncertainty.intervals import RankIntervals
    from coopgraph.network.uncertainty.keep import Keep

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
    affiliations: Affiliations,
    plan: Plan,
    scores: Scores,
    *,
    at_most: int = AT_MOST,
    workers: int = 1,
    keep: Keep | None = None,
    progress: Progress = SILENT,
) -> LeaveOneOut | None:
    """Rank ranges for every measure; `scores` are those of all documents. None if no row names a document.

    `best` and `worst` of the intervals are over all runs in which the node is present, the full one among them;
    `missing` counts the runs, one for each document, without it. `workers` and `keep` are as in `bootstrap`.

    Raises:
        CoopgraphError: if a run fails, or `progress` ends the work ("cancelled").
    """
    saying, statements = np.unique(affiliations.document[affiliations.document >= 0], return_counts=True)
    if not len(saying):
        return None
    chosen = np.sort(saying[np.argsort(-statements, kind="stable")[:at_most]]).astype(np.int32)
    group = groups(affiliations, plan.projection.mode)
    whole = np.vstack(list(ranks_of(scores, group, plan.lowest).values()))
    runs = WithoutOne(affiliations=affiliations, plan=plan, documents=chosen)
    with carried_out(runs, workers=workers, keep=keep, progress=progress) as ranks:
        found = rank_intervals((whole, *ranks))
        agreed = [tuple(_agreement(whole[row], each[row], group) for each in ranks) for row in range(len(whole))]
    present = len(np.union1d(affiliations.sources(), affiliations.targets()))
    rests = (affiliations.without_document(document) for document in chosen.tolist())
    lost = [present - len(np.union1d(rest.sources(), rest.targets())) for rest in rests]
    return LeaveOneOut(
        documents=chosen,
        of=len(saying),
        intervals=dict(zip(scores, found, strict=True)),
        lost=np.array(lost, dtype=np.int32),
        agreement=dict(zip(scores, agreed, strict=True)),
    )


def _agreement(first: Indices, second: Indices, group: Indices) -> Agreement:
    return agreement(first.astype(np.float64), second.astype(np.float64), (group == 0) & (first > 0) & (second > 0))
