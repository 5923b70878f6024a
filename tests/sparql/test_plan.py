"""What is decided of a query before a release is looked at, and in what time."""

from __future__ import annotations

import time

import pytest

from coopgraph.sparql.plan import is_volatile

LENGTH = 100_000


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
    began = time.process_time()
    is_volatile(text)
    assert time.process_time() - began < 0.25
