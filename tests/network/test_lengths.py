"""Distances as whole numbers: exact where there is room, else rounded by no more than is said."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network.arrays import Distances
from coopgraph.network.lengths import Lengths, exact, lengths

FRACTIONS = st.lists(st.builds(Fraction, st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=30)


def distances(values: list[float]) -> Distances:
    return Distances(np.array(values, dtype=np.float64))


@given(FRACTIONS)
def test_quotients_of_small_numbers_are_exact(fractions: list[Fraction]) -> None:
    given_ = distances([float(fraction) for fraction in fractions])
    whole, scale = exact(given_)
    assert [Fraction(number, scale) for number in whole] == fractions
    found = lengths(given_, nodes=10)
    assert found.error == 0
    assert [Fraction(number, found.scale) for number in found.values.tolist()] == fractions


def test_sums_tie_as_they_should() -> None:
    found = lengths(distances([0.1, 0.2, 0.15, 0.15]), nodes=4).values
    assert found[0] + found[1] == found[2] + found[3]
    assert found.dtype == np.int64


def test_the_scale_is_the_smallest_that_is_exact() -> None:
    found = lengths(distances([1 / 2, 1 / 3, 2]), nodes=3)
    assert (found.scale, found.values.tolist()) == (6, [3, 2, 12])


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=200), st.integers(1, 10_000_000))
def test_no_path_can_overflow_and_the_error_is_as_stated(values: list[float], nodes: int) -> None:
    found = lengths(distances(values), nodes=nodes)
    assert int(found.values.max()) * nodes <= 2**62
    assert found.values.min() > 0
    deviation = np.abs(found.values / found.scale - np.array(values)) / np.array(values)
    assert deviation.max() <= max(found.error, 1e-12)


def test_without_room_lengths_are_rounded_and_keep_their_order() -> None:
    generator = np.random.default_rng(7)
    values = generator.random(500) + 0.001
    found = lengths(distances(values.tolist()), nodes=1000)
    assert found.scale & (found.scale - 1) == 0
    assert found.error < 1e-9
    assert (np.argsort(found.values, kind="stable") == np.argsort(values, kind="stable")).all()
    # Equal distances stay equal, so paths of equal parts still tie.
    twice = lengths(distances([*values.tolist(), *values.tolist()]), nodes=1000).values
    assert (twice[:500] == twice[500:]).all()
    whole, scale = exact(distances(values.tolist()))
    assert max(whole) > 2**62
    assert [number / scale for number in whole[:3]] == pytest.approx(values[:3].tolist())


def test_very_small_distances_do_not_vanish() -> None:
    assert exact(distances([1e-9, 2e-9]))[0][0] > 0
    assert lengths(distances([1e-9, 2e-9]), nodes=5).values.min() > 0
    with pytest.raises(ValueError, match="differ too much"):
        lengths(distances([1e-12, 1e12, 0.1234567891234]), nodes=1_000_000)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.inf, np.nan])
def test_what_is_not_a_distance_is_refused(bad: float) -> None:
    for refuse in (exact, lambda given_: lengths(given_, nodes=3)):
        with pytest.raises(ValueError, match="positive, finite"):
            refuse(distances([1.0, bad]))


def test_no_ties() -> None:
    assert exact(distances([])) == ([], 1)
    found = lengths(distances([]), nodes=0)
    assert isinstance(found, Lengths)
    assert (found.values.tolist(), found.scale, found.error) == ([], 1, 0.0)
