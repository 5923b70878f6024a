"""Every rule passes on the world that keeps it and fires on the one change that breaks it, with both engines."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, NamedNode, Triple

from coopgraph import terms
from coopgraph.validate.checks.run import check
from coopgraph.validate.fast import FastRunner
from coopgraph.validate.gate import judge, turtle, validated
from coopgraph.validate.registry import RUNNERS, runner
from tests.validate.mutations import MUTATIONS
from tests.validate.world import Edit, shapes, world

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.model.finding import Finding

SHACL = [code for code in MUTATIONS if not code.startswith("K")]


@cache
def changed(code: str) -> Edit:
    """The world with one rule broken."""
    edit = Edit()
    MUTATIONS[code](edit)
    return edit


@cache
def baseline() -> frozenset[Finding]:
    return frozenset(judge(world(), shapes=shapes()).findings)


@cache
def only(code: str) -> bytes:
    """The shape of one rule, with the prefixes that its query may use."""
    described: dict[NamedNode | BlankNode | Triple, list[Triple]] = {}
    for triple in shapes():
        described.setdefault(triple.subject, []).append(triple)
    todo: list[NamedNode | BlankNode] = [NamedNode(terms.SHAPES + code), NamedNode(terms.SHAPES.removesuffix("/"))]
    found: list[Triple] = []
    while todo:
        for triple in described.pop(todo.pop(), []):
            found.append(triple)
            if isinstance(triple.object, BlankNode):
                todo.append(triple.object)
    return turtle(found)


def codes(findings: Iterable[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def test_the_world_keeps_every_rule() -> None:
    assert codes(baseline()) == {"A11"}
    assert len(baseline()) == 1


@pytest.mark.parametrize("code", MUTATIONS)
def test_each_change_breaks_exactly_one_rule(code: str) -> None:
    found = frozenset(judge(tuple(changed(code).quads), shapes=shapes()).findings)
    assert codes(found - baseline()) == {code}


@pytest.mark.parametrize("code", SHACL)
@pytest.mark.parametrize("name", RUNNERS)
def test_each_engine_finds_the_broken_rule(name: str, code: str) -> None:
    found = runner(name).run(validated(changed(code).quads), only(code))
    assert codes(found) == {code}
    assert found == FastRunner().run(validated(changed(code).quads), only(code))


@pytest.mark.parametrize("name", RUNNERS)
def test_each_engine_passes_the_sound_world(name: str) -> None:
    found = runner(name).run(validated(world()), turtle(shapes()))
    assert frozenset(found) == baseline()


@pytest.mark.parametrize("code", [code for code in MUTATIONS if code.startswith("K")])
def test_checks_find_what_engines_pass_over(code: str) -> None:
    quads = tuple(changed(code).quads)
    assert codes(check(quads, shapes())) == {code}
    assert check(world(), shapes()) == ()
