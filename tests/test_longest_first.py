"""Long tests begin first, and on different processes: as pytest-xdist deals tests out, not as we think it does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdist.scheduler import LoadScheduling

from tests.longest_first import LONG_SECONDS, ordered

if TYPE_CHECKING:
    from collections.abc import Sequence

Test = tuple[int, float]


def seconds(test: Test) -> float:
    return test[1]


class Config:
    """What the scheduler asks pytest for."""

    def __init__(self, processes: int) -> None:
        self._options = {"maxschedchunk": None, "tx": ["popen"] * processes}

    def getoption(self, name: str) -> Any:
        return self._options[name]

    getvalue = getoption


class Process:
    """A process as the scheduler sees it: what it was given."""

    shutting_down = False

    def __init__(self) -> None:
        self.gateway = SimpleNamespace(id="a process")
        self.given: list[int] = []

    def send_runtest_some(self, indices: Sequence[int]) -> None:
        self.given += indices

    def shutdown(self) -> None:
        self.shutting_down = True


def first_given(tests: Sequence[Test], processes: int) -> list[list[Test]]:
    """The tests that each process begins with."""
    scheduling = LoadScheduling(Config(processes))  # type: ignore[arg-type]
    nodes: list[Any] = [Process() for _ in range(processes)]
    for node in nodes:
        scheduling.add_node(node)
        scheduling.add_node_collection(node, [str(test) for test in tests])
    scheduling.schedule()
    return [[tests[index] for index in node.given] for node in nodes]


@pytest.mark.parametrize("processes", [1, 2, 3, 4])
@pytest.mark.parametrize("number", [40, 97, 9802])
def test_each_process_begins_with_long_tests(processes: int, number: int) -> None:
    short = [(index, 300.0) for index in range(number)]
    long = [(number + index, limit) for index, limit in enumerate((1800.0, 1000.0, 3000.0, 1800.0))]
    given = first_given(ordered([*short, *long], seconds, processes), processes)
    assert [tests[0][1] for tests in given] == [3000.0, 1800.0, 1800.0, 1000.0][:processes]
    for tests in given:
        of_one = [one[1] >= LONG_SECONDS for one in tests]
        assert of_one == sorted(of_one, reverse=True)
    assert sum(one in tests for one in long for tests in given) == len(long)


@given(st.lists(st.sampled_from([1.0, 300.0, 1000.0, 1800.0, 3000.0])), st.integers(1, 4))
def test_none_is_lost_and_the_others_keep_their_order(limits: list[float], processes: int) -> None:
    tests = list(enumerate(limits))
    found = ordered(tests, seconds, processes)
    assert sorted(found) == tests
    assert [one for one in found if one[1] < LONG_SECONDS] == [one for one in tests if one[1] < LONG_SECONDS]
