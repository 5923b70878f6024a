"""Clients take turns, none holds all readers, and none fills the queue alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.errors import CoopgraphError
from coopgraph.store.turns import Turns


def served(turns: Turns[str], holders: tuple[str | None, ...] = ()) -> list[str]:
    """Everybody who is called, one after another."""
    order = []
    while (found := turns.next(holders)) is not None:
        order.append(found[1])
    return order


def test_clients_are_served_in_turn() -> None:
    turns: Turns[str] = Turns(readers=2, waiting=20)
    for client, item in (("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1"), ("c", "c1"), ("b", "b2")):
        turns.enter(client, item)
    assert len(turns) == 6
    assert served(turns) == ["a1", "b1", "c1", "a2", "b2", "a3"]
    assert len(turns) == 0


def test_one_reader_is_left_to_the_others() -> None:
    turns: Turns[str] = Turns(readers=3, waiting=20)
    turns.enter("a", "a1")
    turns.enter("b", "b1")
    assert turns.may_hold("a", ("a", None, None))
    assert not turns.may_hold("a", ("a", "a", None))
    assert turns.next(("a", "a", None)) == ("b", "b1")
    assert turns.next(("a", "a", None)) is None
    assert turns.next(("a", None, None)) == ("a", "a1")


def test_a_single_reader_is_anybodys() -> None:
    turns: Turns[str] = Turns(readers=1, waiting=20)
    assert turns.may_hold("a", (None,))


def test_who_has_no_name_is_not_bounded_alone() -> None:
    turns: Turns[str] = Turns(readers=2, waiting=4)
    assert turns.may_hold("", ("", None))
    for i in range(4):
        turns.enter("", str(i))
    assert served(turns, ("", None)) == ["0", "1", "2", "3"]


def test_nobody_fills_the_queue_alone() -> None:
    turns: Turns[str] = Turns(readers=2, waiting=4)
    turns.enter("a", "a1")
    turns.enter("a", "a2")
    with pytest.raises(CoopgraphError) as caught:
        turns.enter("a", "a3")
    assert caught.value.code == "busy"
    turns.enter("b", "b1")
    turns.enter("c", "c1")
    with pytest.raises(CoopgraphError) as caught:
        turns.enter("d", "d1")
    assert caught.value.code == "busy"
    turns.leave("a", "a1")
    turns.leave("a", "a1")
    turns.enter("d", "d1")
    assert served(turns) == ["a2", "b1", "c1", "d1"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=40))
def test_nobody_is_lost_or_called_twice(moves: list[tuple[str, bool]]) -> None:
    turns: Turns[str] = Turns(readers=2, waiting=1000)
    inside: set[str] = set()
    for number, (client, enters) in enumerate(moves):
        if enters:
            turns.enter(client, f"{client}{number}")
            inside.add(f"{client}{number}")
        elif inside:
            gone = sorted(inside)[0]
            turns.leave(gone[0], gone)
            inside.discard(gone)
        assert len(turns) == len(inside)
    order = served(turns)
    assert len(order) == len(set(order))
    assert set(order) == inside
