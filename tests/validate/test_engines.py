"""The engines beside each other, and how they treat what they are given."""

from __future__ import annotations

import threading

import pytest
import rdflib
from rdflib import XSD
from rdflib.term import _toPythonMapping

from coopgraph.errors import CoopgraphError
from coopgraph.model.finding import Finding, Severity
from coopgraph.validate.fast import FastRunner
from coopgraph.validate.gate import turtle, validated
from coopgraph.validate.reference import PyshaclRunner
from coopgraph.validate.registry import RUNNERS, runner
from coopgraph.validate.runner import Runner
from tests import shipped
from tests.validate.mutations import MUTATIONS
from tests.validate.world import Edit, shapes

PREFIXES = b"""@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix x: <urn:x:> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SHAPE = (
    PREFIXES
    + b'x:S a sh:PropertyShape ; sh:targetSubjectsOf x:p ; sh:path x:p ; sh:datatype xsd:int ; sh:message "A01 x" .'
)

engines = pytest.mark.parametrize("engine", [make() for make in RUNNERS.values()], ids=list(RUNNERS))


def test_engines_agree_on_a_world_full_of_defects() -> None:
    # Renamed things would hide other defects, and checks are not the engines' business.
    together = [change for code, change in MUTATIONS.items() if code[0] not in "KS"]
    edit = Edit()
    broken = 0
    for change in together:
        try:
            change(edit)
        except AssertionError:
            continue  # An earlier change took away what this one would change.
        broken += 1
    data = validated(edit.quads)
    found = FastRunner().run(data, turtle(shapes()))
    assert broken > 100
    assert len({finding.code for finding in found}) > 90
    assert PyshaclRunner().run(data, turtle(shapes())) == found


@pytest.mark.slow
@pytest.mark.no_cover  # tracing every call of the reference engine would double its time
@pytest.mark.timeout(3000)
def test_engines_agree_on_the_shipped_graph() -> None:
    data = validated(shipped.quads())
    assert PyshaclRunner().run(data, turtle(shapes())) == FastRunner().run(data, turtle(shapes()))


@engines
@pytest.mark.parametrize(("text", "fits"), [("42", True), ("042", True), ("x", False)])
def test_literals_are_judged_as_they_are_written(engine: Runner, text: str, fits: bool) -> None:
    data = f'<urn:x:a> <urn:x:p> "{text}"^^<http://www.w3.org/2001/XMLSchema#int> .\n'.encode()
    found = engine.run(data, SHAPE)
    assert [finding.value for finding in found] == ([] if fits else ['"x"^^<http://www.w3.org/2001/XMLSchema#int>'])


@engines
def test_a_result_is_told_in_full(engine: Runner) -> None:
    assert engine.run(b'<urn:x:a> <urn:x:p> "q\\"\\n\\u0001"@en .\n', SHAPE) == (
        Finding(
            code="A01",
            severity=Severity.VIOLATION,
            focus="<urn:x:a>",
            path="<urn:x:p>",
            value='"q\\"\\n\\u0001"@en',
            message="A01 x",
            shape="<urn:x:S>",
            component="<http://www.w3.org/ns/shacl#DatatypeConstraintComponent>",
        ),
    )


@engines
def test_an_unnamed_shape_is_told_by_the_shape_it_belongs_to(engine: Runner) -> None:
    shape = (
        b'x:N a sh:NodeShape ; sh:targetNode x:a ; sh:property [ sh:path x:q ; sh:minCount 1 ; sh:message "needed" ] .'
    )
    [found] = engine.run(b"<urn:x:a> <urn:x:p> <urn:x:b> .\n", PREFIXES + shape)
    assert (found.shape, found.code, found.message) == ("<urn:x:N>", "N", "needed")


@engines
@pytest.mark.parametrize(("data", "shapes_"), [(b"<urn:x:a> nonsense", SHAPE), (b"", b"x:S a sh:NodeShape")])
def test_what_cannot_be_read_is_an_error_with_a_code(engine: Runner, data: bytes, shapes_: bytes) -> None:
    with pytest.raises(CoopgraphError) as raised:
        engine.run(data, shapes_)
    assert raised.value.code == "syntax"


@pytest.mark.parametrize("normalized", [True, False])
def test_the_reference_engine_leaves_settings_as_they_were(
    normalized: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", normalized)
    before = _toPythonMapping[XSD.boolean]
    PyshaclRunner().run(b"", SHAPE)
    assert normalized is rdflib.NORMALIZE_LITERALS
    assert _toPythonMapping[XSD.boolean] is before


def test_the_reference_engine_may_be_called_from_many_threads() -> None:
    data = b'<urn:x:a> <urn:x:p> "042"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    expected = FastRunner().run(data, SHAPE)
    found: list[tuple[Finding, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(PyshaclRunner().run(data, SHAPE))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_engines_are_found_by_name() -> None:
    assert [runner(name).name for name in RUNNERS] == list(RUNNERS)
    with pytest.raises(CoopgraphError) as raised:
        runner("guess")
    assert raised.value.code == "settings"
