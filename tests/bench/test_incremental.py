"""The measurement of changes makes changes of the kind it says, and both ways of judging agree on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.incremental import measure


@pytest.mark.slow
def test_both_ways_of_judging_agree(tmp_path: Path) -> None:
    rows = measure(tmp_path, 30_000, 20, 3)
    assert [row.change for row in rows] == ["new document", "known things", "withdrawn"]
    for row in rows:
        assert row.same
        assert row.whole == ()
        assert row.claims >= 20
        assert row.changed > 5 * row.claims
    assert rows[1].findings
    assert rows[2].findings
