"""Memory for answers: bounded by bytes, and what is used stays longest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coopgraph.web.front.cache import Cache, Kept

ROOM = 100_000


def kept(size: int) -> Kept:
    return Kept("text/csv", b"x" * size, [], 1)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, ROOM // 4), st.integers(0, 2000))))
def test_it_never_holds_more_than_there_is_room_for(steps: list[tuple[int, int, int]]) -> None:
    cache = Cache(ROOM)
    for name, size, more in steps:
        one = kept(size)
        cache.keep(str(name), one)
        one.packed = b"y" * more
        cache.weigh(str(name), one)
        assert cache.size <= ROOM
        found = cache.get(str(name))
        assert found is None or (found is one and one.size <= ROOM / 8)
    assert cache.hits + cache.misses == len(steps)


def test_what_is_used_stays() -> None:
    cache = Cache(ROOM)
    for number in range(10):
        cache.keep(str(number), kept(7000))
    assert cache.get("0") is not None
    for number in range(10, 15):
        cache.keep(str(number), kept(7000))
    assert cache.get("0") is not None
    assert cache.get("1") is None


def test_without_room_it_is_off() -> None:
    cache = Cache(0)
    cache.keep("name", kept(10))
    assert not cache.active
    assert len(cache) == 0
