"""A release published under another base: every command asks and answers in that base."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from coopgraph import terms
from tests.cli.running import coopgraph
from tests.small import Small
from tests.web.made import FORUM

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

BASES = ("https://graph.example/x/", terms.BASE + "test/")


@pytest.fixture(scope="module", params=BASES, ids=["apart", "nested"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A base, and the directory with the release that was built with it."""
    base, directory = request.param, tmp_path_factory.mktemp("base")
    small = Small()
    small.entities["places"] = small.entities["places"].replace('"Port Azur"@en', '"Port [Azur] :sun:"@en')
    arguments = ("--graph", small.write(directory), "--documents", directory / "documents")
    done = coopgraph("build", *arguments, "--data", directory, COOPGRAPH_BASE_IRI=base)
    assert done.returncode == 0, done.stderr
    return base, directory


def foreign(text: str, base: str) -> list[str]:
    """What is told in the default base though the release has another one."""
    return [word for word in text.replace(base, "").split() if terms.BASE in word]


def test_query(served: tuple[str, Path]) -> None:
    base, data = served
    ask = f"SELECT ?event {{ ?event a <{base}ns#Meeting> }}"
    assert coopgraph("query", ask, "-f", "csv", "--data", data).stdout == f"event\n{base}{FORUM}\n"
    assert "cgid:event/atlantis-forum-2031" in coopgraph("query", ask, "--data", data).stdout


def test_why_by_names_and_by_whole_iris(served: tuple[str, Path]) -> None:
    base, data = served
    by_name = coopgraph("why", "event/atlantis-forum-2031", "host", "actor/atlantis", "--data", data)
    by_iri = coopgraph("why", base + FORUM, base + "ns#host", base + "id/actor/atlantis", "--data", data)
    assert by_name.stdout.startswith("cg:host cgid:actor/atlantis  (actual, affirmed, normal)\n  role cgv:role/co-host")
    assert by_iri.stdout == by_name.stdout
    told = coopgraph("why", "event/atlantis-forum-2031", "-f", "json", "--data", data).stdout
    assert foreign(told, base) == []
    assert json.loads(told)[0]["assertion"].startswith(base)


@pytest.mark.parametrize("form", ["turtle", "nquads", "jsonld", "rdfxml", "csv", "graphml", "edges.csv"])
def test_export(served: tuple[str, Path], form: str) -> None:
    base, data = served
    done = coopgraph("export", "-f", form, "--data", data)
    assert done.returncode == 0, done.stderr
    assert base in done.stdout
    assert foreign(done.stdout, base) == []


def test_report(served: tuple[str, Path]) -> None:
    base, data = served
    done = coopgraph("report", "centrality", "-f", "json", "--data", data)
    assert done.returncode == 0, done.stderr
    assert foreign(done.stdout, base) == []


def test_validate_a_release_and_what_was_exported_of_it(served: tuple[str, Path], tmp_path: Path) -> None:
    base, data = served
    released = coopgraph("validate", "--data", data, "-f", "json")
    assert released.returncode == 0, released.stdout
    coopgraph("export", "-f", "trig", "-o", tmp_path / "all.trig", "--data", data)
    exported = coopgraph("validate", tmp_path / "all.trig", "-f", "json", COOPGRAPH_BASE_IRI=base)
    assert (exported.returncode, exported.stdout) == (0, released.stdout)
    (tmp_path / "bad.ttl").write_text(f"<{base}id/actor/nobody> a <{base}ns#Person> .\n")
    bad = coopgraph("validate", tmp_path / "bad.ttl", "-f", "json", COOPGRAPH_BASE_IRI=base)
    assert bad.returncode == 1
    assert f"{base}id/actor/nobody" in bad.stdout
    assert coopgraph("validate", tmp_path / "bad.ttl", "--release", "1", "--data", data).returncode == 2


def test_brackets_and_colons_in_data_are_shown_as_they_are(served: tuple[str, Path]) -> None:
    base, data = served
    ask = f"SELECT ?label {{ <{base}id/place/port-azur> ?p ?label FILTER(ISLITERAL(?label)) }}"
    assert "Port [Azur] :sun:@en" in coopgraph("query", ask, "--data", data).stdout
