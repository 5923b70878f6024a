"""Update evaluation: the dataset before, the update, and everything that is there afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conformance import data
from tests.conformance.client import N_QUADS, told

if TYPE_CHECKING:
    from tests.conformance.cases import UpdateCase
    from tests.conformance.client import Server
    from tests.conformance.library import Library


def run(server: Server, library: Library, case: UpdateCase) -> None:
    """Make the update of the case; graphs that hold nothing do not count.

    Raises:
        AssertionError: if the dataset is not the expected one.
    """
    server.fill(library, case.before)
    response = server.update(f"BASE <{case.request}>\n{library.text(case.request)}")
    assert response.is_success, told(response)
    data.demand_same(data.read(server.everything(), N_QUADS), data.quads(library, case.after))
