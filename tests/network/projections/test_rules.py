"""Projection rules by name."""

from __future__ import annotations

import numpy as np
import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.network.projections.rules import CAP, NEWMAN, SIMPLE, rule


def test_shares_follow_the_formulas() -> None:
    # Where nobody or one came, nobody met.
    sizes = np.array([0, 1, 2, 3, 11], dtype=np.int32)
    assert SIMPLE.share(sizes).tolist() == [0, 0, 1, 1, 1]
    assert NEWMAN.share(sizes).tolist() == [0, 0, 1, 0.5, 0.1]
    assert rule("size-capped", cap=3).share(sizes).tolist() == [0, 0, 1, 1, 0]


def test_a_cap_is_part_of_the_name() -> None:
    assert rule("size-capped").name == f"size-capped-{CAP}"
    assert rule("size-capped-7").name == rule("size-capped", cap=7).name == "size-capped-7"
    assert "at most 7" in rule("size-capped-7").formula


@pytest.mark.parametrize(
    ("name", "cap"),
    [
        ("", None),
        ("newman-3", None),
        ("newman-3", 4),
        ("newman", 5),
        ("size-capped", 1),
        ("size-capped-4", 5),
        ("x", None),
    ],
)
def test_what_is_no_rule_is_refused(name: str, cap: int | None) -> None:
    with pytest.raises(CoopgraphError) as caught:
        rule(name, cap=cap)
    assert caught.value.code == "request"
    assert caught.value.remedy
