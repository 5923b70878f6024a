"""Bounds on shares against exact values and against chance."""

from __future__ import annotations

import numpy as np
import pytest

from coopgraph.network.engines.binomial import enough, largest_error


def test_nothing_found_in_n_draws() -> None:
    # Without a success the exact upper bound is 1 - tail ** (1 / n); with two tails of 2.5 % that is the rule of 3.7.
    assert largest_error(np.array([0]), 100, 0.05) == pytest.approx(1 - 0.025 ** (1 / 100))


def test_ten_of_a_hundred() -> None:
    # Clopper and Pearson's 95 % interval for 10 of 100 is 4.90 % to 17.62 % (any table of exact intervals).
    assert largest_error(np.array([10]), 100, 0.05) == pytest.approx(0.1762 - 0.10, abs=1e-4)


def test_many_shares_at_once_need_more() -> None:
    assert largest_error(np.array([10] * 50), 100, 0.05) > largest_error(np.array([10]), 100, 0.05)


def test_enough_is_enough_whatever_the_share() -> None:
    sample = enough(20, 0.05, 0.1)
    for share in (0.0, 0.1, 0.5, 0.9, 1.0):
        assert largest_error(np.array([round(share * sample)] * 20), sample, 0.1) <= 0.05


def test_the_bound_holds_as_often_as_it_says() -> None:
    generator = np.random.default_rng(3)
    shares = np.linspace(0.01, 0.3, 30)
    failures = 0
    for _ in range(400):
        counts = generator.binomial(200, shares)
        failures += np.abs(counts / 200 - shares).max() > largest_error(counts, 200, 0.2)
    assert failures / 400 <= 0.2
