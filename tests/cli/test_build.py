"""`coopgraph build`, `coverage`, `why` and `validate`, run as users run them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from coopgraph.release.shelf import Shelf
from tests.cli.running import coopgraph
from tests.small import DOCUMENT, HOSTED, TEXT, Small, row

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def build(directory: Path, small: Small, *extra: str) -> tuple[int, str, str]:
    """Status, output and messages of a build of a small graph."""
    graph = small.write(directory)
    done = coopgraph(
        "build", "--graph", graph, "--documents", directory / "documents", "--data", directory / "data", *extra
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_the_shipped_graph_builds_without_its_documents_and_is_the_recorded_one(tmp_path: Path) -> None:
    checked = coopgraph("build", "--check", "--data", tmp_path)
    assert checked.returncode == 0, checked.stderr
    assert list(tmp_path.iterdir()) == []
    built = coopgraph("build", "--data", tmp_path)
    assert built.returncode == 0, built.stderr
    assert built.stdout.startswith("Release 1: ")
    again = coopgraph("build", "--data", tmp_path)
    assert again.stdout == built.stdout


def test_a_build_writes_what_it_was_made_from_and_a_check_compares_it(tmp_path: Path) -> None:
    status, output, _ = build(tmp_path, Small())
    assert status == 0
    assert output.startswith("Release 1: ")
    assert (tmp_path / "graph" / "coopgraph.trig").exists()
    assert build(tmp_path, Small(), "--check")[0] == 0
    # From here on the documents are not needed.
    (tmp_path / "documents" / f"0_{DOCUMENT}.txt").unlink()
    checked = coopgraph("build", "--check", "--graph", tmp_path / "graph", "--data", tmp_path / "data")
    assert checked.returncode == 0, checked.stderr


def test_a_check_that_finds_a_difference_says_so_and_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, Small())
    recorded = (tmp_path / "graph" / "coopgraph.trig").read_bytes()
    small = Small()
    small.rows.append(row("event/atlantis-forum-2031", "host", "actor/lemuria"))
    status, _, told = build(tmp_path, small, "--check")
    assert status == 1
    assert "coopgraph.trig" in told
    assert (tmp_path / "graph" / "coopgraph.trig").read_bytes() == recorded
    assert Shelf(tmp_path / "data").numbers() == (1,)


def test_mistakes_are_all_told_and_nothing_is_published(tmp_path: Path) -> None:
    build(tmp_path, Small())
    small = Small(sort=False)
    small.rows[0] |= {"object": "post/unknown"}
    small.rows[4] |= {"role": "hostess", "evidence": "1-999999"}
    small.rows[5] |= {"evidence": "x"}
    status, _, told = build(tmp_path, small)
    assert status == 1
    for place in (f"graph/claims/{DOCUMENT}.csv:2:3", f"graph/claims/{DOCUMENT}.csv:6:6", f"{DOCUMENT}.csv:7:13"):
        assert place in told
    assert Shelf(tmp_path / "data").numbers() == (1,)


def test_a_graph_that_does_not_conform_is_not_published(tmp_path: Path) -> None:
    build(tmp_path, Small())
    small = Small()
    # A forum that is merely proposed cannot have had a host.
    small.rows[7] |= {"object": "status:proposed"}
    status, _, told = build(tmp_path, small)
    assert status == 1
    assert "does not conform" in told
    assert Shelf(tmp_path / "data").numbers() == (1,)


def test_coverage_tells_sentences_and_names_that_no_claim_touches(tmp_path: Path) -> None:
    small = Small()
    small.rows = [one for one in small.rows if one["predicate"] != "heldIn"]
    arguments = ("--graph", small.write(tmp_path), "--documents", tmp_path / "documents")
    done = coopgraph("coverage", DOCUMENT, "-f", "json", *arguments)
    (told,) = json.loads(done.stdout)
    assert [one["text"] for one in told["untouched_names"]] == ["Port Azur"]
    assert told["share"] == 0.5
    assert "Port Azur" in coopgraph("coverage", *arguments).stdout
    assert coopgraph("coverage", "0" * 16, *arguments).returncode == 1
    assert coopgraph("coverage", "--graph", tmp_path / "graph").returncode == 2


def test_why_leads_from_a_fact_to_its_passage(tmp_path: Path) -> None:
    build(tmp_path, Small())
    question = ("why", "event/atlantis-forum-2031", "participant", "actor/atlantis", "--data", tmp_path / "data")
    (told,) = json.loads(coopgraph(*question, "-f", "json", "--documents", tmp_path / "documents").stdout)
    start, end = (int(part) for part in HOSTED.split("-"))
    (passage,) = told["passages"]
    assert (passage["document"], passage["start"], passage["end"]) == (DOCUMENT, start, end)
    assert passage["quotation"] == TEXT[start:end]
    plain = coopgraph(*question)
    assert f"characters {start}-{end}" in plain.stdout
    assert TEXT[start:end] not in plain.stdout


def test_why_tells_rules_and_says_when_nothing_says_so(tmp_path: Path) -> None:
    build(tmp_path, Small())
    data = ("--data", tmp_path / "data")
    inferred = coopgraph("why", "actor/ada-reed", "affiliatedWith", *data)
    assert "post-affiliation" in inferred.stdout
    nothing = coopgraph("why", "actor/lemuria", "host", *data)
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "Nothing" in nothing.stderr
    assert coopgraph("why", "not a name", *data).returncode == 2


def test_without_a_release_commands_say_what_to_do(tmp_path: Path) -> None:
    done = coopgraph("why", "actor/asean", "--data", tmp_path / "none")
    assert done.returncode == 3
    assert "coopgraph build" in done.stderr


def test_unknown_settings_are_refused(tmp_path: Path) -> None:
    done = coopgraph("build", "--check", COOPGRAPH_SPEED="9")
    assert done.returncode == 2
    assert "speed" in done.stderr
    (tmp_path / "coopgraph.toml").write_text("colour = 'red'\n")
    assert coopgraph("build", "--check", cwd=tmp_path).returncode == 2
