from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.errors import CoopgraphError
from coopgraph.release.compare import changes

if TYPE_CHECKING:
    from pathlib import Path

LINES = st.sets(st.text(alphabet="abé名 ", min_size=1, max_size=4), max_size=12)


@given(old=LINES, new=LINES)
def test_it_is_the_difference_of_sets(old: set[str], new: set[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    directory = tmp_path_factory.mktemp("compare")
    paths: list[Path] = []
    for name, lines in (("old", old), ("new", new)):
        paths.append(directory / name)
        paths[-1].write_bytes(b"".join(sorted(line.encode() + b"\n" for line in lines)))
    found = list(changes(*paths))
    assert {change.line for change in found if change.kind == "added"} == new - old
    assert {change.line for change in found if change.kind == "removed"} == old - new
    assert len(found) == len(old ^ new)
    order = [change.line.encode() + b"\n" for change in found]
    assert order == sorted(order)


def test_a_file_that_cannot_be_read_is_damage(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"a\n")
    (tmp_path / "bad").write_bytes(b"\xff\n")
    for new in ("bad", "missing"):
        with pytest.raises(CoopgraphError) as caught:
            list(changes(tmp_path / "old", tmp_path / new))
        assert caught.value.code == "damaged"
