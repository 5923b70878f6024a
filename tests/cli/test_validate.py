"""`coopgraph validate`, run as users run it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib.namespace import SH

from tests.cli.running import coopgraph

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

BAD = """
@prefix cg: <https://w3id.org/coopgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/coopgraph/id/actor/nobody> a cg:Person .
"""
OWN_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
ex:Named a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:NamedOnce .
ex:NamedOnce sh:path ex:name ; sh:minCount 1 ; sh:message "Give it a name." .
"""


def test_the_shipped_release_has_no_violation_and_no_warning(tmp_path: Path) -> None:
    assert coopgraph("build", "--data", tmp_path).returncode == 0
    done = coopgraph("validate", "--data", tmp_path, "-f", "json")
    assert done.returncode == 0, done.stdout
    told = json.loads(done.stdout)
    assert (told["conforms"], told["violations"], told["warnings"]) == (True, 0, 0)
    # The findings that remain are notes: actors that the texts leave unnamed.
    assert {finding["severity"] for finding in told["findings"]} == {"Info"}


def test_a_file_that_breaks_a_rule_is_told_in_every_format(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(BAD)
    done = coopgraph("validate", tmp_path / "bad.ttl")
    assert done.returncode == 1
    assert "cgid:actor/nobody" in done.stdout
    told = json.loads(coopgraph("validate", tmp_path / "bad.ttl", "-f", "json").stdout)
    report = rdflib.Graph().parse(data=coopgraph("validate", tmp_path / "bad.ttl", "-f", "turtle").stdout)
    assert len(list(report.objects(None, SH.result))) == len(told["findings"]) > 0
    assert (None, SH.conforms, rdflib.Literal(False)) in report


def test_own_shapes_judge_data_of_any_model(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(OWN_SHAPES)
    (tmp_path / "good.nt").write_text(
        "<http://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Thing> .\n"
        '<http://example.org/a> <http://example.org/name> "A" .\n'
    )
    (tmp_path / "bad.nt").write_text(
        "<http://example.org/b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Thing> .\n"
    )
    shapes = ("--shapes", tmp_path / "shapes.ttl")
    assert coopgraph("validate", tmp_path / "good.nt", *shapes).returncode == 0
    done = coopgraph("validate", tmp_path / "good.nt", tmp_path / "bad.nt", *shapes)
    assert done.returncode == 1
    assert "Give it a name." in done.stdout


def test_files_that_cannot_be_read_are_told_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<http://example.org/a> a\n")
    done = coopgraph("validate", tmp_path / "broken.ttl")
    assert done.returncode == 2
    assert "broken.ttl:" in done.stderr
    # The parser's words are one sentence, the remedy another.
    assert ". Mend the syntax." in done.stderr
    (tmp_path / "data.xyz").write_text("")
    assert coopgraph("validate", tmp_path / "data.xyz").returncode == 2
    assert coopgraph("validate", tmp_path / "missing.ttl").returncode == 2


def test_files_that_the_parser_would_not_survive_are_refused(tmp_path: Path) -> None:
    deep = '{"http://example.org/p": ' * 20_000 + '"]}]}"' + "}" * 20_000
    (tmp_path / "deep.jsonld").write_text(deep)
    (tmp_path / "long.nt").write_text(f'<http://example.org/a> <http://example.org/b> "{"x" * 17_000_000}" .\n')
    for name in ("deep.jsonld", "long.nt"):
        done = coopgraph("validate", tmp_path / name)
        assert (done.returncode, done.stdout) == (3, "")
        assert name in done.stderr
    shallow = '{"http://example.org/p": ' * 100 + '"]}]}"' + "}" * 100
    (tmp_path / "shallow.jsonld").write_text(shallow)
    assert "0 violations" in coopgraph("validate", tmp_path / "shallow.jsonld").stdout
