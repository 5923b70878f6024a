"""Many runs of the same computation on different parts of the rows: what each run does, and which runs are alike."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from coopgraph import __version__
from coopgraph.network.ranking import groups, ranks_of
from coopgraph.network.scoring import score_networks
from coopgraph.network.skeleton import Skeleton
from coopgraph.network.uncertainty import draws
from coopgraph.network.uncertainty.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.arrays import Counts, Indices, Mask
    from coopgraph.network.scoring import Plan

    Run = Callable[[int], Indices]

_LIBRARIES: Final = ("networkx", "numpy", "scipy", "networkit", "igraph")
# Draws of at most so many pieces are looked through for equal ones; among more, two are never equal in practice.
_FEW: Final = 64


class Runs(Protocol):
    """Numbered runs, each giving ranks (score names × nodes of the table, 0 for absent); can be sent to a process."""

    @property
    def affiliations(self) -> Affiliations:
        """All rows."""

    @property
    def plan(self) -> Plan:
        """What is computed in each run."""

    @property
    def count(self) -> int:
        """How many runs there are."""

    @property
    def label(self) -> str:
        """What is done, for whoever waits."""

    def representatives(self) -> Indices:
        """For each run the first run that has the same rows, which is often itself."""

    def parameters(self) -> list[object]:
        """What decides, beside rows and plan, what a run of some number is; not how many there are."""

    def rows(self, number: int) -> tuple[Mask, Counts | None]:
        """The rows of a run, and how often each target counts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Redrawn:
    """The rounds of a bootstrap."""

    affiliations: Affiliations
    plan: Plan
    unit: Unit
    seed: int
    count: int

    @property
    def label(self) -> str:
        """What is done, for whoever waits."""
        return f"drawing {self.unit.value}s anew"

    def representatives(self) -> Indices:
        """Equal draws of few pieces are found; two draws of the same documents are equal however often each came."""
        size = len(draws.population(self.affiliations, self.unit))
        if size > _FEW:
            return np.arange(self.count, dtype=np.int32)
        first: dict[bytes, int] = {}
        drawn = (draws.draw(size, self.seed, number) for number in range(self.count))
        keys = ((each > 0 if self.unit is Unit.DOCUMENT else each).tobytes() for each in drawn)
        return np.array([first.setdefault(key, number) for number, key in enumerate(keys)], dtype=np.int32)

    def parameters(self) -> list[object]:
        """The unit and the seed."""
        return ["redrawn", self.unit.value, self.seed]

    def rows(self, number: int) -> tuple[Mask, Counts | None]:
        """The rows of what round `number` draws."""
        size = len(draws.population(self.affiliations, self.unit))
        return draws.kept(self.affiliations, self.unit, draws.draw(size, self.seed, number))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WithoutOne:
    """One run without each of these documents."""

    affiliations: Affiliations
    plan: Plan
    documents: Indices

    @property
    def count(self) -> int:
        """One for each document."""
        return len(self.documents)

    @property
    def label(self) -> str:
        """What is done, for whoever waits."""
        return "leaving out one document after another"

    def representatives(self) -> Indices:
        """Each stands for itself."""
        return np.arange(self.count, dtype=np.int32)

    def parameters(self) -> list[object]:
        """The documents."""
        return ["without", self.documents.tolist()]

    def rows(self, number: int) -> tuple[Mask, Counts | None]:
        """All rows but those of one document."""
        return self.affiliations.document != self.documents[number], None


def begun(runs: Runs) -> Run:
    """What computes the run of a number; whatever is the same for all runs is worked out here."""
    modes = {mode: Skeleton(runs.affiliations, mode, runs.plan.rule) for mode in runs.plan.modes}
    group = groups(runs.affiliations, runs.plan.projection.mode)

    def run(number: int) -> Indices:
        rows, multiplicity = runs.rows(number)
        networks = {mode: each.network(rows, multiplicity) for mode, each in modes.items()}
        scores = score_networks(networks, runs.plan, len(group))
        ranks = ranks_of(scores, group, runs.plan.lowest)
        return np.vstack([np.zeros((0, len(group)), dtype=np.int32), *ranks.values()])

    return run


def fingerprint(runs: Runs) -> str:
    """A digest of everything that the result of a run of some number depends on, software included."""
    rows, plan = runs.affiliations, runs.plan
    told = [
        __version__,
        [(name, _version(name)) for name in _LIBRARIES],
        [plan.projection.name, plan.projection.mode.value, plan.rule.name, [each.name for each in plan.measures]],
        repr(plan.choice),
        runs.parameters(),
        [rows.nodes.iri, [document.iri for document in rows.documents]],
    ]
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode())
    for column in (rows.source, rows.target, rows.document):
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
