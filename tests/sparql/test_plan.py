"""What is decided of a query before a release is looked at, and in what time."""

from __future__ import annotations

import contextlib

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.plan import LaterError, Message, is_volatile, understand, understand_at_once
from coopgraph.sparql.request import QUERY
from tests.sparql.heavy import FRAMES, HEAVY, least_seconds

LENGTH = 100_000
LONGEST = 8_000


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (NOW() AS ?now) {}",
        "SELECT (1+raNd \n\t () AS ?x) {}",
        "ASK { FILTER(now#what (time)\n()>?x) }",
        "ASK { FILTER(trueNOW()) }",
        "SELECT (STRUUID() AS ?x) {}",
        "SELECT (\\u004eOW() AS ?x) {}",
    ],
)
def test_an_answer_that_changes_by_itself_is_known(text: str) -> None:
    assert is_volatile(text)


@pytest.mark.parametrize("text", ["SELECT (?now AS ?x) {}", "ASK { ?random ?p (1 2) }", "ASK { ?now ?p ?o }"])
def test_an_answer_that_lasts_is_known(text: str) -> None:
    assert not is_volatile(text)


@pytest.mark.parametrize("unit", ["#", "now#", "now #\n", "now ", " ", "nownow\t", "(", "uuid#\r"])
def test_no_text_takes_long_to_be_known(unit: str) -> None:
    text = "(now" + unit * (LENGTH // len(unit)) + "\n)"
    assert least_seconds(lambda: is_volatile(text)) < 0.25


@pytest.mark.parametrize("unit", HEAVY)
@pytest.mark.parametrize("frame", FRAMES)
def test_nobody_waits_for_what_takes_long_to_understand(unit: str, frame: str) -> None:
    """What the event loop does itself is short for every text of the length that it does itself."""
    text = frame.format(unit * (LONGEST // len(unit)))
    message = Message("POST", b"", QUERY, text.encode())

    def understood() -> None:
        with contextlib.suppress(LaterError, CoopgraphError):
            understand_at_once(message)

    assert least_seconds(understood) < 0.02


def test_what_takes_long_is_understood_later_all_the_same() -> None:
    text = "SELECT * { ?service ?p ?o FILTER(1" + "<1||1" * 500 + ") }"
    message = Message("POST", b"", QUERY, text.encode())
    with pytest.raises(LaterError):
        understand_at_once(message)
    plan = understand(message)
    assert plan is not None
    assert plan.text == text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o } LIMIT 1",
        "PREFIX x: <http://x/service> SELECT * { ?s x:p 'a service' . ?service ?p ?o }" + " # download" * 100,
    ],
)
def test_what_is_known_at_a_glance_is_understood_at_once(text: str) -> None:
    message = Message("POST", b"", QUERY, text.encode())
    assert understand_at_once(message) == understand(message) is not None
