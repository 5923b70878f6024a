"""The adjusted Rand index against published values and its properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network.arrays import Indices
from coopgraph.network.communities.agreement import adjusted_rand, mean_agreement, most_agreeing


def of(*groups: int) -> Indices:
    return np.array(groups, dtype=np.int32)


PARTITIONS = st.integers(2, 12).flatmap(
    lambda size: st.tuples(*[st.lists(st.integers(0, 3), min_size=size, max_size=size)] * 2)
)


def test_the_example_of_yeung_and_ruzzo() -> None:
    # K. Y. Yeung, W. L. Ruzzo, Bioinformatics 17 (2001), supplement: ten objects, 0.313.
    classes = of(0, 0, 1, 1, 1, 1, 2, 2, 2, 2)
    clusters = of(0, 1, 0, 1, 1, 2, 2, 2, 2, 2)
    assert adjusted_rand(classes, clusters) == pytest.approx(0.313, abs=5e-4)


def test_the_examples_of_scikit_learn() -> None:
    assert adjusted_rand(of(0, 0, 1, 2), of(0, 0, 1, 1)) == pytest.approx(4 / 7)
    assert adjusted_rand(of(0, 0, 0, 1, 1, 1), of(0, 0, 1, 1, 2, 2)) == pytest.approx(0.2424, abs=1e-4)
    assert adjusted_rand(of(0, 0, 1, 1), of(0, 1, 0, 1)) == pytest.approx(-0.5)


@given(PARTITIONS)
def test_it_is_symmetric_at_most_1_and_blind_to_numbering(both: tuple[list[int], list[int]]) -> None:
    one, other = (of(*groups) for groups in both)
    found = adjusted_rand(one, other)
    assert found == pytest.approx(adjusted_rand(other, one))
    assert found <= 1 + 1e-12
    assert adjusted_rand(one, one) == 1.0
    assert adjusted_rand(3 - one, other) == pytest.approx(found)


def test_chance_agrees_on_nothing() -> None:
    generator = np.random.default_rng(1)
    found = [adjusted_rand(*generator.integers(0, 4, (2, 200)).astype(np.int32)) for _ in range(50)]
    assert np.mean(found) == pytest.approx(0, abs=0.01)


def test_the_mean_is_over_pairs() -> None:
    same, other = of(0, 0, 1, 1), of(0, 1, 0, 1)
    assert mean_agreement([same, same, other]) == pytest.approx((1 - 0.5 - 0.5) / 3)
    assert mean_agreement([same]) == 1.0
    assert most_agreeing([other, same, same]) == 1
