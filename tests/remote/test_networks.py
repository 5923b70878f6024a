"""A network read from a remote store is the one read from the release on disk, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coopgraph import settings
from coopgraph.network.projections.catalogue import PROJECTIONS
from coopgraph.network.selection import Selection, select
from coopgraph.release import source

if TYPE_CHECKING:
    from tests.remote.conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

COLUMNS = ("source", "target", "role", "document", "via", "first", "last", "stated_source", "stated_target")


@pytest.mark.parametrize("name", PROJECTIONS)
def test_rows_do_not_depend_on_the_engine(site: Site, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in site.settings.items():
        monkeypatch.setenv(variable, value)
    wanted = Selection.of(name)
    with site.shelf.open() as near, source.once(settings.load()) as there, there.shelf.open(None) as far:
        base = near.manifest.base
        expected, found = (select(one.reader, wanted, base=base).affiliations for one in (near, far))
    assert found.nodes == expected.nodes
    assert (found.roles, found.documents, found.vias) == (expected.roles, expected.documents, expected.vias)
    for column in COLUMNS:
        one, other = getattr(found, column), getattr(expected, column)
        assert (one is None) == (other is None)
        assert one is None or one.tobytes() == other.tobytes()
