"""What is told of a remote store that cannot be looked at."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.release.remote_shelf import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coopgraph.store.remote.reader import RemoteStore

TOO_SLOW = CoopgraphError("deadline", "The query was stopped after 2 seconds.", limit="query_seconds")
TOO_MUCH = CoopgraphError("too-large", "The answer has more than 100000 rows.", limit="query_rows")
BROKEN = CoopgraphError("damaged", "The catalogue makes no sense.")


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Iterator[RemoteStore]:
    """A store of which every look fails."""

    def select(*_: Any) -> None:
        raise request.param

    closed = threading.Event()
    yield cast("RemoteStore", SimpleNamespace(select=select, closed=closed))
    closed.set()


@pytest.mark.parametrize(
    ("store", "code"), [(TOO_SLOW, "store-lost"), (TOO_MUCH, "store-lost"), (BROKEN, "damaged")], indirect=["store"]
)
def test_a_limit_of_the_look_is_not_told_as_one_of_the_reader(store: RemoteStore, code: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        Watcher(store)()
    assert caught.value.code == code
    assert caught.value.limit is None
