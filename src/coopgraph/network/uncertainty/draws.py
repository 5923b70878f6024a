"""One round of a bootstrap: what is drawn, and which affiliations it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.uncertainty.unit import Unit

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Counts, Indices, Mask


def population(affiliations: Affiliations, unit: Unit) -> Indices:
    """The documents, or the targets, that have a row; their indices in order."""
    if unit is Unit.EVENT:
        return affiliations.targets()
    documents: Indices = np.unique(affiliations.document[affiliations.document >= 0])
    return documents


def draw(size: int, seed: int, number: int) -> Counts:
    """How often each of `size` pieces is drawn in round `number`: as many draws as pieces, with replacement.

    The stream of a round is child `number` of SeedSequence(seed), so it depends neither on how many rounds there are
    nor on who computes them.
    """
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(number,))))
    return np.bincount(stream.integers(size, size=size), minlength=size).astype(np.int32)


def kept(affiliations: Affiliations, unit: Unit, drawn: Counts) -> tuple[Mask, Counts | None]:
    """The rows of what was drawn, and for events how often each target counts.

    `drawn` follows `population`. A document says what it says once, however often it is drawn. A row of no document
    stays. An event that was drawn twice counts twice in the strength of ties; to a measure that asks only whether there
    is a tie, and in a two-mode network, it is there once.
    """
    pieces = population(affiliations, unit)
    if unit is Unit.EVENT:
        multiplicity = np.zeros(len(affiliations.nodes), dtype=np.int32)
        multiplicity[pieces] = drawn
        return multiplicity[affiliations.target] > 0, multiplicity
    # One more entry, for rows of no document, which index -1 finds.
    stays = np.ones(len(affiliations.documents) + 1, dtype=np.bool_)
    stays[pieces] = drawn > 0
    return stays[affiliations.document], None
