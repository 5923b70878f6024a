"""What must be said of a network before any of its ranks: that it is small, or rests on few sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.network.network import Mode
from coopgraph.network.ranking import groups
from coopgraph.network.uncertainty.footing import footing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Counts
    from coopgraph.network.scoring import Plan
    from coopgraph.network.uncertainty.footing import Footing

# Below these, one actor, event or document more or less can change the order of all. They are conventions.
ACTORS: Final = 10
EVENTS: Final = 5
DOCUMENTS: Final = 5
# From half of the ties on, what a network looks like is what one source says.
SHARE: Final = 0.5


class Code(StrEnum):
    """What there is to be careful about, with the numbers that go with it."""

    FEW_ACTORS = "few-actors"  # actors, below
    FEW_EVENTS = "few-events"  # events, below
    FEW_DOCUMENTS = "few-documents"  # documents, below
    NO_TIES = "no-ties"  # actors
    SINGLE_SOURCED = "single-sourced"  # ties, single, share: ties that would be gone without some one document
    ONE_DOCUMENT = "one-document"  # ties, alone, share: the document whose loss takes most ties
    ONE_PUBLISHER = "one-publisher"  # ties, alone, share: the publisher whose loss takes most ties
    UNKNOWN_PUBLISHERS = "unknown-publishers"  # documents, unknown, share
    ONE_EVENT = "one-event"  # ties, alone, share: the event whose loss takes most ties
    UNDATED = "undated"  # statements, undated, share
    NOT_EXAMINED = "not-examined"  # nothing: the network is too large to tell what its ties rest on


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to be said, with the numbers that say it; `subject` is the IRI or name of what it is about."""

    code: Code
    numbers: Mapping[str, float] = field(default_factory=dict)
    subject: str = ""


def cautions(affiliations: Affiliations, plan: Plan, standing: Footing | None = None) -> tuple[Caution, ...]:
    """What has to be said of this network, in the order of `Code`; nothing if there is nothing to be careful about.

    `standing` is the footing of its ties, if it has been worked out already. Shares are said from one half on, and
    numbers of documents only where rows name documents.
    """
    found = (*_small(affiliations, plan), *_sources(affiliations, plan, standing), *_dates(affiliations))
    order = list(Code)
    return tuple(sorted(found, key=lambda each: order.index(each.code)))


def _small(affiliations: Affiliations, plan: Plan) -> Iterator[Caution]:
    mode = plan.projection.mode
    group = groups(affiliations, mode)
    present = np.union1d(affiliations.sources(), affiliations.targets())
    actors = int(np.count_nonzero(group[present] == 0))
    if actors < ACTORS:
        yield Caution(Code.FEW_ACTORS, {"actors": actors, "below": ACTORS})
    events = len(affiliations.targets())
    if mode is not Mode.DIRECT and events < EVENTS:
        yield Caution(Code.FEW_EVENTS, {"events": events, "below": EVENTS})
    documents = len(np.unique(affiliations.document[affiliations.document >= 0]))
    if documents < DOCUMENTS:
        yield Caution(Code.FEW_DOCUMENTS, {"documents": documents, "below": DOCUMENTS})


def _sources(affiliations: Affiliations, plan: Plan, standing: Footing | None) -> Iterator[Caution]:
    saying = np.unique(affiliations.document[affiliations.document >= 0]).tolist()
    unknown = sum(not affiliations.documents[document].publisher for document in saying)
    if saying and unknown >= SHARE * len(saying):
        numbers = {"documents": len(saying), "unknown": unknown, "share": unknown / len(saying)}
        yield Caution(Code.UNKNOWN_PUBLISHERS, numbers)
    known = standing or footing(affiliations, plan)
    if known is None:
        yield Caution(Code.NOT_EXAMINED)
        return
    if not known.ties:
        yield Caution(Code.NO_TIES, {"actors": len(affiliations.sources())})
        return
    single = known.documents.single
    if single >= SHARE * known.ties:
        share = single / known.ties
        yield Caution(Code.SINGLE_SOURCED, {"ties": known.ties, "single": single, "share": share})
    tables = (
        (Code.ONE_DOCUMENT, known.documents.alone, [cited.iri for cited in affiliations.documents]),
        (Code.ONE_PUBLISHER, known.publishers.alone, known.publisher_names),
        (Code.ONE_EVENT, None if known.events is None else known.events.alone, affiliations.nodes.iri),
    )
    for code, alone, names in tables:
        if alone is not None and len(alone):
            yield from _one(code, alone, names, known.ties)


def _one(code: Code, alone: Counts, names: tuple[str, ...] | list[str], ties: int) -> Iterator[Caution]:
    most = int(alone.argmax())
    if alone[most] >= SHARE * ties:
        numbers = {"ties": ties, "alone": int(alone[most]), "share": int(alone[most]) / ties}
        yield Caution(code, numbers, names[most])


def _dates(affiliations: Affiliations) -> Iterator[Caution]:
    undated = int(np.count_nonzero(np.isnat(affiliations.first) & np.isnat(affiliations.last)))
    if len(affiliations) and undated >= SHARE * len(affiliations):
        numbers = {"statements": len(affiliations), "undated": undated, "share": undated / len(affiliations)}
        yield Caution(Code.UNDATED, numbers)
