"""Bootstraps: against all draws there are, for any number of workers, taken up again where they were stopped."""

from __future__ import annotations

import resource
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.errors import CoopgraphError
from coopgraph.network.network import Mode
from coopgraph.network.progress import CancelledError, Silent
from coopgraph.network.ranking import groups, ranks_of
from coopgraph.network.scoring import score
from coopgraph.network.uncertainty import draws
from coopgraph.network.uncertainty.bootstrap import Bootstrap, bootstrap
from coopgraph.network.uncertainty.intervals import intervals
from coopgraph.network.uncertainty.keep import keeping
from coopgraph.network.uncertainty.runs import Redrawn, fingerprint
from coopgraph.network.uncertainty.unit import Unit
from tests.network.affiliated import affiliations, reported
from tests.network.uncertainty.made import plan, some

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations

NAMES = ("best", "worst", "low", "high", "missing")


def columns(found: Bootstrap | None) -> dict[str, dict[str, list[int]]]:
    assert found is not None
    return {name: {each: getattr(one, each).tolist() for each in NAMES} for name, one in found.intervals.items()}


def enumerated(made: Affiliations, unit: Unit) -> np.ndarray:
    """The ranks by strength for every way of drawing as many pieces as there are."""
    pieces = len(draws.population(made, unit))
    found = []
    for drawn in product(range(pieces), repeat=pieces):
        rows, times = draws.kept(made, unit, np.bincount(drawn, minlength=pieces).astype(np.int32))
        scores = score(made.select(rows), plan("strength"), multiplicity=times)
        found.append(ranks_of(scores, groups(made, Mode.ONE_MODE))["strength"])
    return np.vstack(found)


@pytest.mark.parametrize("unit", list(Unit))
def test_the_interval_is_that_of_all_27_draws_of_three(unit: Unit) -> None:
    made = reported({"x": "abc", "y": "ad", "z": "ade"})
    every = enumerated(made, unit)
    assert len(every) == 27
    exact = intervals(every)
    found = bootstrap(made, plan("strength"), unit=unit, rounds=6000, seed=1)
    assert found is not None
    assert found.pieces == 3
    drawn = found.intervals["strength"]
    # No quantile of these distributions is within three standard errors of a step, so they must agree exactly.
    for name in ("best", "worst", "low", "high"):
        assert getattr(drawn, name).tolist() == getattr(exact, name).tolist()
    error = 4 * np.sqrt(0.25 / 6000)
    assert np.abs(drawn.present - exact.present).max() < error
    index = made.nodes.index()
    # b is known from x alone, which 8 of 27 draws lack; a is always known.
    assert every[:, index["b"]].tolist().count(0) == 8
    assert (drawn.best[index["a"]], drawn.worst[index["a"]], drawn.missing[index["a"]]) == (1, 1, 0)


def test_one_document_that_says_it_all_makes_no_interval_wide_and_many_absent() -> None:
    rows = [(actor, f"e{number}", "only") for number in range(4) for actor in "abcd"]
    rows += [("a", "e4", "other"), ("z", "e4", "other")]
    found = bootstrap(affiliations(rows), plan("strength"), unit=Unit.DOCUMENT, rounds=400, seed=3)
    assert found is not None
    ranks = found.intervals["strength"]
    b, z = (affiliations(rows).nodes.index()[name] for name in "bz")
    assert ranks.open[b]
    assert ranks.open[z]
    # Two documents: each is absent from one draw in four.
    assert ranks.present[b] == pytest.approx(0.75, abs=0.08)


@pytest.mark.parametrize("unit", list(Unit))
def test_workers_change_nothing(unit: Unit, tmp_path: Path) -> None:
    made, chosen = some(), plan("degree", "strength", "pagerank", "two-mode-degree")
    alone = columns(bootstrap(made, chosen, unit=unit, rounds=12, seed=5))
    with keeping(tmp_path / "keep") as keep:
        assert columns(bootstrap(made, chosen, unit=unit, rounds=12, seed=5, workers=3, keep=keep)) == alone
    assert list((tmp_path / "keep").iterdir()) == [tmp_path / "keep" / "lock"]


def test_a_round_is_the_same_however_many_there_are() -> None:
    for number in (0, 7):
        spawned = np.random.SeedSequence(11).spawn(number + 1)[number]
        stream = np.random.Generator(np.random.PCG64(spawned))
        wanted = np.bincount(stream.integers(9, size=9), minlength=9)
        assert draws.draw(9, 11, number).tolist() == wanted.tolist()
    assert draws.draw(9, 11, 0).tolist() != draws.draw(9, 12, 0).tolist()


@given(st.integers(0, 2**32), st.integers(1, 8), st.sampled_from(list(Unit)))
@settings(max_examples=15)
def test_the_same_seed_gives_the_same(seed: int, rounds: int, unit: Unit) -> None:
    made = some(seed % 5, rows=25)
    found = [columns(bootstrap(made, plan(), unit=unit, rounds=rounds, seed=seed)) for _ in range(2)]
    assert found[0] == found[1]
    actors = int(np.count_nonzero(groups(made, Mode.ONE_MODE) == 0))
    for ranks in found[0].values():
        for best, low, high, worst in zip(*(ranks[name] for name in ("best", "low", "high", "worst")), strict=True):
            assert 0 <= best <= low <= high <= worst <= actors


def test_rounds_may_be_more_than_the_files_that_may_be_open(tmp_path: Path) -> None:
    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = 30 + max(int(each.name) for each in Path("/proc/self/fd").iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))
    try:
        with keeping(tmp_path) as keep:
            found = bootstrap(some(events=30), plan("degree"), unit=Unit.EVENT, rounds=few + 10, keep=keep)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (given, most))
    assert columns(found) == columns(bootstrap(some(events=30), plan("degree"), unit=Unit.EVENT, rounds=few + 10))


def test_equal_draws_are_computed_once() -> None:
    runs = Redrawn(affiliations=reported({"x": "ab", "y": "ac"}), plan=plan(), unit=Unit.DOCUMENT, seed=0, count=50)
    # Of two documents there are three sets that can be drawn.
    assert len(set(runs.representatives().tolist())) == 3
    drawn = [draws.draw(2, 0, number) > 0 for number in range(50)]
    for number, first in enumerate(runs.representatives().tolist()):
        assert (drawn[number] == drawn[first]).all()


def test_what_cannot_be_drawn_is_not() -> None:
    nameless = affiliations([("a", "x", ""), ("b", "x", "")])
    assert bootstrap(nameless, plan(), unit=Unit.DOCUMENT) is None
    direct = affiliations([("a", "b", "D"), ("b", "c", "D")])
    assert bootstrap(direct, plan(mode=Mode.DIRECT), unit=Unit.EVENT) is None
    assert bootstrap(direct, plan(mode=Mode.DIRECT), unit=Unit.DOCUMENT, rounds=2) is not None


def test_a_statement_of_no_document_is_in_every_round() -> None:
    made = affiliations([("a", "x", ""), ("b", "x", ""), ("c", "x", "D"), ("d", "y", "E"), ("a", "y", "E")])
    found = bootstrap(made, plan(), unit=Unit.DOCUMENT, rounds=60)
    assert found is not None
    missing = dict(zip(made.nodes.iri, found.intervals["degree"].missing.tolist(), strict=True))
    assert missing["a"] == missing["b"] == 0
    assert missing["c"] > 0


class Impatient(Silent):
    """Ends the work after some steps."""

    def __init__(self, steps: int) -> None:
        self.steps, self.taken = steps, 0

    def advance(self, steps: int = 1) -> None:
        self.taken += steps
        if self.taken >= self.steps:
            raise CancelledError


class Counting(Silent):
    """Counts what is done, and how much of it was told before any work."""

    def __init__(self) -> None:
        self.total, self.told = 0, []

    def begin(self, total: int, label: str) -> None:
        self.total = total

    def advance(self, steps: int = 1) -> None:
        self.told.append(steps)


@pytest.mark.parametrize("workers", [1, 2])
def test_cancelled_work_goes_on_where_it_was(workers: int, tmp_path: Path) -> None:
    made, chosen = some(), plan()
    whole = columns(bootstrap(made, chosen, unit=Unit.EVENT, rounds=10, seed=2))

    def begin(steps: int) -> None:
        with keeping(tmp_path) as keep:
            bootstrap(
                made, chosen, unit=Unit.EVENT, rounds=10, seed=2, workers=workers, keep=keep, progress=Impatient(steps)
            )

    with pytest.raises(CancelledError):
        begin(4)
    [place] = [each for each in tmp_path.iterdir() if each.is_dir()]
    assert len(list(place.glob("*.npy"))) >= 4
    counting = Counting()
    with keeping(tmp_path) as keep:
        found = bootstrap(
            made, chosen, unit=Unit.EVENT, rounds=10, seed=2, workers=workers, keep=keep, progress=counting
        )
    assert columns(found) == whole
    assert (counting.total, sum(counting.told)) == (10, 10)
    assert counting.told[0] >= 4
    assert not place.exists()


def test_other_data_or_parameters_take_up_nothing() -> None:
    made = some()

    def told(**more: object) -> str:
        given = {"affiliations": made, "plan": plan(), "unit": Unit.EVENT, "seed": 0, "count": 5} | more
        return fingerprint(Redrawn(**given))  # type: ignore[arg-type]

    assert told() == told(count=9)
    others = [
        told(seed=1),
        told(unit=Unit.DOCUMENT),
        told(plan=plan("degree")),
        told(affiliations=made.without_document(0)),
        told(affiliations=some(2)),
    ]
    assert len({told(), *others}) == 6


@pytest.mark.parametrize("workers", [1, 2])
def test_what_goes_wrong_in_a_run_is_told_as_it_is(workers: int) -> None:
    wrong = plan("degree", "in-degree")
    with pytest.raises(CoopgraphError, match="not defined for a network of mode one-mode") as raised:
        bootstrap(some(), wrong, unit=Unit.EVENT, rounds=4, workers=workers)
    assert raised.value.code == "request"


def test_a_process_that_ends_by_itself_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")

    def work() -> None:
        with keeping(tmp_path) as keep:
            bootstrap(some(), plan(), unit=Unit.EVENT, rounds=4, workers=2, keep=keep)

    with pytest.raises(CoopgraphError, match="has ended by itself") as raised:
        work()
    assert raised.value.code == "reader-lost"


@pytest.mark.parametrize("more", [{"rounds": 0}, {"rounds": 100_001}, {"workers": 0}, {"level": 1.0}])
def test_senseless_numbers_are_refused(more: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"round|level"):
        bootstrap(some(), plan(), unit=Unit.EVENT, **{"rounds": 3, **more})  # type: ignore[arg-type]
