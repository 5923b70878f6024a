"""The centrality report over HTTP: one computation in four forms, with the parameters of the command."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from typing import TYPE_CHECKING

import jsonschema
import pytest
from pyoxigraph import RdfFormat, parse

from coopgraph import terms
from coopgraph.network import report as reports
from coopgraph.network.apart import reporting
from coopgraph.network.apart.computations import Computations
from coopgraph.network.cube import MEDIA_TYPE
from coopgraph.network.report.parameters import TOP
from coopgraph.settings import Settings
from coopgraph.web.reports import ROUNDS
from tests.web.made import BROWSER
from tests.web.whole import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import Client


@pytest.fixture(scope="module")
def client(small: Path) -> Iterator[Client]:
    """A client of a service that gives computations the time they need, however busy the machine is."""
    with running(Settings(data=small / "data", readers=1, computation_seconds=300)) as (_, found):
        yield found


def test_the_forms_and_the_usual_choice_are_those_of_the_report() -> None:
    offered = {one.suffix: one.media_type.partition(";")[0] for one in reports.RENDERINGS.values()}
    assert offered | {"trig": MEDIA_TYPE} == reporting.FORMS
    assert reporting.TOP == TOP
    assert json.loads(reporting.schema()) == json.loads(reports.published("centrality"))


def test_the_json_satisfies_its_published_schema(client: Client) -> None:
    answer = client.get("/reports/centrality.json?rounds=5&top=3")
    assert answer.status_code == 200, answer.text
    schema = client.get("/reports/centrality.schema.json")
    assert schema.mimetype == "application/schema+json"
    jsonschema.validate(json.loads(answer.data), json.loads(schema.data))
    assert "/reports/centrality.schema.json" in answer.headers["Link"]
    again = client.get("/reports/centrality.json?rounds=5&top=3", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_it_is_what_was_asked_for(client: Client) -> None:
    answer = client.get("/reports/centrality.json?rounds=0&top=2&measure=degree&projection=co-participation&seed=7")
    told = json.loads(answer.data)
    assert told["parameters"]["seed"] == 7
    assert [one["name"] for one in told["measures"]] == ["degree"]
    rows = list(csv.DictReader(io.StringIO(
        client.get("/reports/centrality.csv?rounds=0&top=2&measure=degree&seed=7").text, newline=""
    )))  # fmt: skip
    assert {row["measure"] for row in rows} == {"degree"}


def test_the_page_is_complete_and_its_styles_are_allowed_by_digest(client: Client) -> None:
    answer = client.get("/reports/centrality?rounds=0&top=3", headers=BROWSER)
    assert answer.mimetype == "text/html"
    styles = re.findall(rb"<style[^>]*>(.*?)</style>", answer.data, re.DOTALL)
    assert styles
    policy = answer.headers["Content-Security-Policy"]
    for style in styles:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'" in policy
    assert "unsafe" not in policy
    assert b" style=" not in answer.data
    assert b"<script" not in answer.data


def test_all_forms_come_from_one_computation(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/reports/centrality.md?rounds=0&top=4&measure=degree").status_code == 200
    monkeypatch.setattr(Computations, "run", lambda *_, **__: pytest.fail("it was computed again"))
    for suffix in reporting.FORMS:
        assert client.get(f"/reports/centrality.{suffix}?rounds=0&top=4&measure=degree").status_code == 200


def test_the_observations_are_offered_as_trig(client: Client) -> None:
    answer = client.get("/reports/centrality.trig?rounds=0&measure=degree")
    assert answer.mimetype == "application/trig"
    graphs = {quad.graph_name for quad in parse(answer.data, RdfFormat.TRIG)}
    assert graphs == {terms.MEASURES_GRAPH}


def test_markdown_is_negotiated(client: Client) -> None:
    answer = client.get("/reports/centrality?rounds=0&top=3", headers={"Accept": "text/markdown"})
    assert answer.mimetype == "text/markdown"
    assert answer.text.startswith("# ")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("projection=nobody", 404),
        ("measure=nonsense", 404),
        ("top=0", 400),
        ("rounds=-1", 400),
        (f"rounds={ROUNDS + 1}", 400),
        ("seed=x", 400),
        ("since=x", 400),
        ("format=pdf", 406),
    ],
)
def test_what_is_not_offered_is_refused(client: Client, query: str, status: int) -> None:
    assert client.get(f"/reports/centrality?{query}").status_code == status
