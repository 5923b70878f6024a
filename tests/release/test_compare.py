from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from coopgraph.release.compare import changes

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

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
