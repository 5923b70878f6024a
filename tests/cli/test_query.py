"""`coopgraph query`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from coopgraph import terms
from coopgraph.sparql.negotiation import GRAPHS, Offer
from tests.small import Small
from tests.web import made
from tests.web.made import FORUM, RUNAWAY

if TYPE_CHECKING:
    from pathlib import Path

HOST = f"<{terms.BASE}{FORUM}> <{terms.NS}host> ?host"
HOSTS = f"SELECT ?host ?label {{ {HOST} . ?host ?property ?label FILTER(ISLITERAL(?label)) }}"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("query")
    made.release(directory)
    small = Small()
    small.entities["actors"] = small.entities["actors"].replace('"Atlantis"@en', '"Sunken Atlantis"@en')
    made.release(directory, small)
    return directory / "data"


def query(data: Path, *arguments: str, text: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    script = "from coopgraph.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", script, "query", "--data", str(data), *arguments],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=os.environ | settings,
    )


def test_a_table_for_people(data: Path) -> None:
    done = query(data, HOSTS + " ORDER BY ?label")
    assert done.returncode == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0] == ["host", "label"]
    assert ["cgid:actor/atlantis", "Sunken", "Atlantis@en"] in lines
    assert "2 rows" in done.stderr


def test_an_older_release(data: Path) -> None:
    done = query(data, "--release", "1", "-f", "csv", HOSTS)
    assert "Atlantis" in done.stdout
    assert "Sunken" not in done.stdout


def test_yes_or_no(data: Path) -> None:
    assert query(data, "ASK {}").stdout == "yes\n"
    assert query(data, "ASK { FILTER(false) }").stdout == "no\n"


def test_standard_input_and_json(data: Path) -> None:
    done = query(data, "-f", "json", "-", text=HOSTS)
    assert len(json.loads(done.stdout)["results"]["bindings"]) == 2


@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.name)
def test_every_graph_format(data: Path, offer: Offer) -> None:
    done = query(data, "-f", offer.name, f"CONSTRUCT WHERE {{ <{terms.BASE}{FORUM}> ?p ?o }}")
    form = RdfFormat.from_media_type(offer.media_type)
    assert form is not None
    assert len(list(parse(done.stdout.encode(), format=form))) > 5


def test_a_graph_is_shown_in_turtle(data: Path) -> None:
    done = query(data, f"CONSTRUCT WHERE {{ <{terms.BASE}{FORUM}> ?p ?o }}")
    assert f"@prefix cg: <{terms.NS}> ." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "settings", "status", "message"),
    [
        (["SELECT * {"], {}, 2, "line 1"),
        (["INSERT DATA {}"], {}, 2, "update"),
        (["SELECT * { SERVICE <http://127.0.0.1:9/> {} }"], {}, 3, "SERVICE"),
        (["-f", "turtle", "ASK {}"], {}, 2, "json, xml, csv, tsv"),
        (["-f", "csv", "DESCRIBE <http://x/>"], {}, 2, "turtle"),
        (["--release", "9", "ASK {}"], {}, 1, "no release 9"),
        ([RUNAWAY], {"COOPGRAPH_QUERY_SECONDS": "1"}, 3, "query_seconds"),
        (["SELECT * { ?s ?p ?o }"], {"COOPGRAPH_QUERY_ROWS": "5"}, 3, "query_rows"),
    ],
)
def test_what_went_wrong(data: Path, arguments: list[str], settings: dict[str, str], status: int, message: str) -> None:
    done = query(data, *arguments, **settings)
    assert (done.returncode, done.stdout) == (status, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_release_it_says_what_to_do(tmp_path: Path) -> None:
    done = query(tmp_path, "ASK {}")
    assert done.returncode == 3
    assert "coopgraph build" in done.stderr


def test_input_that_is_no_text(data: Path) -> None:
    script = "from coopgraph.cli import main; main()"
    command = [sys.executable, "-c", script, "query", "--data", str(data), "-"]
    done = subprocess.run(command, input=b"ASK {\xff}", capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert b"byte 6" in done.stderr
