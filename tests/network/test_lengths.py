"""Distances as whole numbers: exact where there is room, else rounded by no more than is said."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network.arrays import Distances, Floats
from coopgraph.network.lengths import LONGEST, exact, lengths

FRACTIONS = st.lists(st.builds(Fraction, st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=30)


def distances(values: list[float]) -> Distances:
    return Distances(np.array(values, dtype=np.float64))


def varied(values: list[float], *, nodes: int) -> Floats:
    """The lengths of distances that are not all alike."""
    found = lengths(distances(values), nodes=nodes)
    assert found is not None
    return found


@given(FRACTIONS)
def test_quotients_of_small_numbers_are_exact(fractions: list[Fraction]) -> None:
    given_ = distances([float(fraction) for fraction in fractions])
    wanted = [fraction / fractions[0] for fraction in fractions]
    whole = exact(given_)
    assert [Fraction(number, whole[0]) for number in whole] == wanted
    found = lengths(given_, nodes=10)
    if found is None:
        assert set(wanted) == {1}
    else:
        assert all(number.is_integer() for number in found.tolist())
        assert [Fraction(int(number), int(found[0])) for number in found.tolist()] == wanted


def test_sums_tie_as_they_should() -> None:
    found = varied([0.1, 0.2, 0.15, 0.15], nodes=4)
    assert found[0] + found[1] == found[2] + found[3]


def test_numbers_are_the_smallest_that_are_exact() -> None:
    assert varied([1 / 2, 1 / 3, 2], nodes=3).tolist() == exact(distances([1 / 2, 1 / 3, 2])) == [3, 2, 12]


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=200), st.integers(1, 10_000_000))
def test_no_path_is_too_long_and_rounding_is_by_half_a_unit(values: list[float], nodes: int) -> None:
    found = lengths(distances(values), nodes=nodes)
    if found is None:
        assert len(set(values)) == 1
        return
    assert int(found.max()) * nodes <= LONGEST
    assert found.min() > 0
    # Some one scale leads from each distance to within half of its number.
    lowest, highest = ((found + half) / np.array(values) for half in (-0.5, 0.5))
    assert lowest.max() <= highest.min() * (1 + 1e-12)


def test_without_room_lengths_are_rounded_and_keep_their_order() -> None:
    generator = np.random.default_rng(7)
    values = generator.random(500) + 0.001
    found = varied(values.tolist(), nodes=1000)
    scale = found[0] / values[0]
    assert (np.abs(found / values / scale - 1) < 1e-8).all()
    assert (np.argsort(found, kind="stable") == np.argsort(values, kind="stable")).all()
    # Equal distances stay equal, so paths of equal parts still tie.
    twice = varied([*values.tolist(), *values.tolist()], nodes=1000)
    assert (twice[:500] == twice[500:]).all()
    whole = exact(distances(values.tolist()))
    assert max(whole) > LONGEST
    assert [number / whole[0] for number in whole[:3]] == pytest.approx((values[:3] / values[0]).tolist())


def test_very_small_distances_do_not_vanish() -> None:
    assert min(exact(distances([1e-9, 2e-9]))) > 0
    assert varied([1e-9, 2e-9], nodes=5).min() > 0
    with pytest.raises(ValueError, match="differ too much"):
        lengths(distances([1e-12, 1e12, 0.1234567891234]), nodes=1_000_000)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.inf, np.nan])
def test_what_is_not_a_distance_is_refused(bad: float) -> None:
    for refuse in (exact, lambda given_: lengths(given_, nodes=3)):
        with pytest.raises(ValueError, match="positive, finite"):
            refuse(distances([1.0, bad]))


def test_no_ties() -> None:
    assert exact(distances([])) == []
    assert lengths(distances([]), nodes=0) is None
