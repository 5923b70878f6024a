"""Every test of the W3C suites, by its IRI, against the real service over HTTP."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.conformance import exceptions
from tests.conformance.library import MissingError, library
from tests.conformance.performing import why_not
from tests.conformance.suites import LEFT_OUT, SUITES, left_out

if TYPE_CHECKING:
    from tests.conformance.cases import Case
    from tests.conformance.client import Server
    from tests.conformance.library import Library
    from tests.conformance.suites import Suite

EXCEPTIONS = exceptions.reasons()
BY_NAME = {suite.name: suite for suite in SUITES}


def every_test() -> list[tuple[str, Case]]:
    """All tests with their suites, those over the same data together, so that these are loaded once."""
    try:
        shelf = library()
    except MissingError:
        return []
    found = [(suite.name, case) for suite in SUITES for case in suite.cases(shelf)]
    return sorted(found, key=lambda one: repr(getattr(one[1], "dataset", type(one[1]).__name__)))


@pytest.mark.parametrize(
    ("suite", "case"), [pytest.param(name, case, id=f"{name}:{case.iri}") for name, case in every_test()]
)
def test_w3c(suite: str, case: Case, server: Server, shelf: Library) -> None:
    reason = why_not(server, shelf, case, BY_NAME[suite].form)
    excuse = EXCEPTIONS.get((suite, case.iri))
    if excuse is None:
        assert reason is None
    else:
        assert reason is not None, f"passes, though the list of exceptions says: {excuse}"


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_no_floor_is_broken_and_no_test_is_lost(suite: Suite, shelf: Library) -> None:
    # Every test passes unless it is listed, so the list tells the score.
    iris = [case.iri for case in suite.cases(shelf)]
    listed = [iri for name, iri in EXCEPTIONS if name == suite.name]
    assert len(iris) == len(set(iris)) == suite.size
    assert set(listed) <= set(iris)
    assert suite.size - len(listed) >= suite.floor


def test_exceptions_are_of_known_suites() -> None:
    assert {name for name, _ in EXCEPTIONS} <= set(BY_NAME)


def test_what_is_left_out_is_left_out_for_a_reason(shelf: Library) -> None:
    assert left_out(shelf) == {"service": 7, "entailment": 70}
    assert all(LEFT_OUT.values())
    run = Counter(getattr(case, "folder", "") for suite in SUITES for case in suite.cases(shelf))
    assert not set(LEFT_OUT) & set(run)
