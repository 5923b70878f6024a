"""Other rules and no weights at all, and how measures agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network.network import Mode
from coopgraph.network.ranking import ranked
from coopgraph.network.scoring import score
from coopgraph.network.uncertainty.correlation import agreement, correlations
from coopgraph.network.uncertainty.sensitivity import UNWEIGHTED, sensitivity
from tests.network.affiliated import affiliations, reported
from tests.network.uncertainty.made import plan, some


def test_the_rule_decides_whether_the_summit_counts() -> None:
    # a and b meet twice in small, c to f once at the summit.
    made = reported({"summit": "bcdef", "talks": "ab", "visit": "ab"})
    chosen = plan("strength", "degree")
    found = {each.name: each for each in sensitivity(made, chosen, score(made, chosen))}
    assert list(found) == ["newman", "size-capped-3", UNWEIGHTED]
    index = made.nodes.index()
    newman, capped, unweighted = (found[name].ranks["strength"] for name in found)
    # Simple: b 6, c to f 4, a 2. Newman: b 3, a 2, the others 1. Capped: the summit is too large.
    assert score(made, chosen)["strength"][index["a"]] == 2
    assert (newman[index["a"]], newman[index["c"]]) == (2, 3)
    assert (capped[index["a"]], capped[index["b"]], capped[index["c"]]) == (1, 1, 3)
    assert (unweighted[index["b"]], unweighted[index["c"]], unweighted[index["a"]]) == (1, 2, 6)
    assert [found[name].ties for name in found] == [11, 1, 11]
    # Degree reads no weights: only the capped rule, which drops ties, changes it.
    assert found["newman"].agreement["degree"].tau == found[UNWEIGHTED].agreement["degree"].tau == 1.0
    assert found["size-capped-3"].agreement["degree"].tau != 1.0


def test_two_mode_networks_weigh_nothing() -> None:
    made, chosen = some(), plan(mode=Mode.TWO_MODE)
    assert sensitivity(made, chosen, score(made, chosen)) == ()


def test_direct_ties_have_one_variant() -> None:
    made, chosen = affiliations([("a", "b", "D"), ("b", "c", "E")]), plan(mode=Mode.DIRECT)
    assert [each.name for each in sensitivity(made, chosen, score(made, chosen))] == [UNWEIGHTED]


def test_tau_b_and_rho_by_hand() -> None:
    # Kendall's example needs no more than counting: of the 6 pairs, 4 in order, 1 against it, 1 tied on one side.
    a, b = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 3.0])
    found = agreement(a, b)
    assert found.tau == pytest.approx((4 - 1) / np.sqrt(6 * 5), abs=1e-9)
    # Mid-ranks of b are 1, 3.5, 2, 3.5.
    assert found.rho == pytest.approx(np.corrcoef([1, 2, 3, 4], [1, 3.5, 2, 3.5])[0, 1], abs=1e-9)
    assert found.n == 4


def test_what_is_constant_or_absent_cannot_agree() -> None:
    nothing = np.array([np.nan, 1.0, 2.0])
    assert agreement(nothing, np.array([5.0, 5.0, 5.0])).tau is None
    assert agreement(nothing, np.array([1.0, np.nan, 2.0])).n == 1
    assert agreement(np.array([]), np.array([])).rho is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=15))
def test_values_agree_as_their_ranks_do(pairs: list[tuple[int, int]]) -> None:
    a, b = (np.array([pair[side] for pair in pairs], dtype=np.float64) for side in (0, 1))
    by_value, by_rank = agreement(a, b), agreement(ranked(a).astype(np.float64), ranked(b).astype(np.float64))
    assert by_value.tau == pytest.approx(by_rank.tau)
    assert agreement(b, a).tau == pytest.approx(by_value.tau)
    if by_value.tau is not None:
        assert -1 <= by_value.tau <= 1


def test_measures_of_which_the_lowest_is_best_are_turned_round() -> None:
    scores = {"high": np.array([3.0, 2.0, 1.0, 9.0]), "low": np.array([1.0, 2.0, 3.0, 0.5])}
    among = np.array([True, True, True, False])
    assert correlations(scores, among).tau.tolist() == [[1.0, -1.0], [-1.0, 1.0]]
    turned = correlations(scores, among, lowest={"low"})
    assert turned.tau.tolist() == turned.rho.tolist() == [[1.0, 1.0], [1.0, 1.0]]
    assert (turned.measures, turned.n) == (("high", "low"), 3)


def test_a_constant_measure_correlates_with_nothing() -> None:
    found = correlations({"one": np.ones(3), "two": np.arange(3.0)})
    assert np.isnan(found.tau[0]).all()
    assert found.tau[1, 1] == 1.0
