"""The planted summit, and what is left without it."""

from __future__ import annotations

import pytest

from coopgraph.network.network import Mode
from coopgraph.network.scoring import score
from coopgraph.network.uncertainty.jackknife import without_largest
from tests.network.affiliated import affiliations, reported
from tests.network.uncertainty.made import plan

CROWD = "abcdefghijklmnopq"


def test_one_summit_makes_everybody_central_and_is_found_out() -> None:
    made = reported({"summit": CROWD, "talks": "ab", "visit": "ac"})
    chosen = plan("degree", "strength")
    scores = score(made, chosen)
    assert set(scores["degree"][made.sources()]) == {1.0}
    found = without_largest(made, chosen, scores)
    assert found is not None
    assert made.nodes.iri[found.target] == "summit"
    # All 136 pairs met there; two of them met elsewhere as well.
    assert (found.size, found.ties, found.alone) == (17, 136, 134)
    ranks = {name: int(found.ranks["degree"][index]) for name, index in made.nodes.index().items() if name in CROWD}
    assert ranks == {"a": 1, "b": 2, "c": 2} | dict.fromkeys("defghijklmnopq", 0)
    # With the summit all degrees are the same, so that no order can be kept or lost.
    assert found.agreement["degree"].tau is None
    assert found.agreement["strength"].n == 3
    assert found.agreement["strength"].tau == 1.0


def test_of_equal_events_the_first_is_left_out() -> None:
    made = reported({"y": "ab", "x": "bc"})
    found = without_largest(made, plan(), score(made, plan()))
    assert found is not None
    assert made.nodes.iri[found.target] == "x"


def test_in_a_two_mode_network_its_ties_are_its_own() -> None:
    made, chosen = reported({"x": "abc", "y": "a"}), plan(mode=Mode.TWO_MODE)
    found = without_largest(made, chosen, score(made, chosen))
    assert found is not None
    assert (found.size, found.alone, found.ties) == (3, 3, 4)


def test_direct_ties_have_no_event() -> None:
    made, chosen = affiliations([("a", "b", "D")]), plan(mode=Mode.DIRECT)
    assert without_largest(made, chosen, score(made, chosen)) is None


def test_when_there_is_one_event_nobody_is_left() -> None:
    made = reported({"x": "abc"})
    found = without_largest(made, plan(), score(made, plan()))
    assert found is not None
    assert found.alone == found.ties == 3
    assert not found.ranks["degree"].any()


@pytest.mark.parametrize("mode", [Mode.ONE_MODE, Mode.TWO_MODE])
def test_nothing_has_no_largest_event(mode: Mode) -> None:
    nothing = reported({"x": "ab"}).select([])  # type: ignore[arg-type]
    assert without_largest(nothing, plan(mode=mode), {}) is None
