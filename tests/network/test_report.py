"""The centrality report: what it says, in all its forms."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import jsonschema
import lxml.html
import networkx as nx
import pytest

from coopgraph.network import catalogue, extract, robustness
from coopgraph.network.drawing import labels, picture
from coopgraph.network.drawing.layout import APART, layout
from coopgraph.network.incidence import Incidence
from coopgraph.network.report import RENDERINGS, CentralityReport, Source, centrality
from coopgraph.network.report.as_json import schema
from coopgraph.network.report.as_markdown import escape
from coopgraph.network.report.wording import share
from coopgraph.store.memory import MemoryReader
from tests.network import sample
from tests.network.made import incidence

SOURCE = Source(7, "ab" * 32, "https://w3id.org/coopgraph/")
SUMMIT = {"summit": "abcdefghijklmnopq", "talks": "ab", "visit": "ac", "speech": "z"}


def report(
    events: dict[str, str] | None = None, *, projection: str = "co-participation", top: int | None = None
) -> CentralityReport:
    return centrality(
        incidence(SUMMIT if events is None else events), catalogue.projection(projection), SOURCE, top=top
    )


def of_sample(projection: str = "co-participation") -> CentralityReport:
    found = extract.incidence(MemoryReader(sample.quads()), catalogue.projection(projection))
    return centrality(found, catalogue.projection(projection), SOURCE)


@pytest.mark.parametrize("name", RENDERINGS)
@pytest.mark.parametrize("projection", catalogue.PROJECTIONS)
def test_the_same_release_gives_the_same_bytes(name: str, projection: str) -> None:
    first, second = of_sample(projection), of_sample(projection)
    assert first == second
    assert RENDERINGS[name].render(first) == RENDERINGS[name].render(second)


@pytest.mark.parametrize("name", RENDERINGS)
def test_an_empty_network_is_reported_as_empty(name: str) -> None:
    empty = centrality(Incidence({}, (), {}), catalogue.DEFAULT, SOURCE)
    assert RENDERINGS[name].render(empty)
    assert empty.rows == ()
    assert "0 ties" in " ".join(empty.summary)


def test_a_summit_is_called_by_its_name() -> None:
    found = report()
    assert found.largest_event is not None
    assert (found.largest_event.actors, found.largest_event.ties, found.largest_event.only_ties) == (17, 136, 134)
    text = " ".join(found.summary)
    assert "Event summit, brings together 17 actors" in text
    assert "100 % of all ties" in text
    assert "attendance at this one event" in text
    gone = {row.label: row.score("degree").without_largest for row in found.rows}
    assert gone["Actor a"] == 1
    assert gone["Actor d"] is None


def test_without_a_summit_nobody_is_accused_of_one() -> None:
    text = " ".join(report({"x": "ab", "y": "bc", "z": "cd"}).summary)
    assert "attendance" not in text


def test_numbers_in_the_text_are_the_numbers_of_the_network() -> None:
    found = report()
    assert found.counts.isolates == 1
    assert found.counts.components == 2
    assert found.counts.events_of_one == 1
    assert "4 documents, which report 22 participations of 18 actors in 4 events" in found.summary[0]
    assert any("Of 1 event only one actor is known" in limit for limit in found.limits)
    assert any("22 of 22" in limit for limit in found.limits)


def test_crowded_ranks_are_pointed_out() -> None:
    assert "14 of 18 actors share rank 4 by strength: it tells few of them apart." in report().summary


def test_top_leaves_out_and_says_so() -> None:
    found = report(top=1)
    assert found.rows_in_all == 18
    assert 0 < len(found.rows) < 18
    assert {row.score("strength").rank for row in found.rows} == {1}
    for name in ("html", "markdown"):
        assert f"Listed are the {len(found.rows)} of 18 nodes" in RENDERINGS[name].render(found)
    listed = {row.iri for row in found.rows}
    assert all({tie.source, tie.target} <= listed for tie in found.ties)


def test_too_large_networks_get_no_ranges_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robustness, "BUDGET", 10)
    found = report()
    assert not found.sensitivity
    assert all(score.best is None for row in found.rows for score in row.scores)
    assert any("too large" in limit for limit in found.limits)
    jsonschema.validate(json.loads(RENDERINGS["json"].render(found)), schema())


@pytest.mark.parametrize("projection", catalogue.PROJECTIONS)
def test_json_satisfies_its_schema(projection: str) -> None:
    members = json.loads(RENDERINGS["json"].render(of_sample(projection)))
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(members, schema())
    assert members["source"]["digest"] == SOURCE.digest


def test_the_schema_refuses_what_is_not_a_report() -> None:
    members = json.loads(RENDERINGS["json"].render(report()))
    members["rows"][0]["scores"][0]["rank"] = 0
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(members, schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(RENDERINGS["json"].render(report())), "extra": 1}, schema())


def test_json_allows_the_values_to_be_computed_again() -> None:
    members = json.loads(RENDERINGS["json"].render(report()))
    strengths: dict[str, float] = {}
    for tie in members["ties"]:
        for end in ("source", "target"):
            strengths[tie[end]] = strengths.get(tie[end], 0) + tie["strength"]
    for row in members["rows"]:
        score = next(score for score in row["scores"] if score["measure"] == "strength")
        assert score["value"] == pytest.approx(strengths.get(row["iri"], 0), abs=1e-6)


def test_csv_has_one_line_for_each_node_and_measure() -> None:
    found = of_sample()
    lines = list(csv.DictReader(io.StringIO(RENDERINGS["csv"].render(found), newline="")))
    assert len(lines) == len(found.rows) * len(found.measures)
    assert {line["digest"] for line in lines} == {SOURCE.digest}
    zoe = next(line for line in lines if line["measure"] == "degree" and line["class"] == "Person")
    assert zoe["label"] == 'Zoë "Z" O\'Brien'


@pytest.mark.parametrize("projection", catalogue.PROJECTIONS)
def test_html_is_whole_and_needs_nothing_else(projection: str) -> None:
    text = RENDERINGS["html"].render(of_sample(projection))
    page = lxml.html.document_fromstring(text)
    assert page.get("lang") == "en"
    assert not page.xpath("//script | //link | //img | //iframe")
    assert not re.search(r"url\(|@import", text)
    for table in page.xpath("//table"):
        assert table.xpath("caption")
        assert all(cell.get("scope") for cell in table.xpath(".//th"))
    for svg in page.xpath("//svg"):
        assert svg.get("aria-hidden") == "true" or (svg.get("role") == "img" and svg.xpath("title"))
    for target in page.xpath("//@href[starts-with(., '#')] | //@aria-labelledby"):
        assert page.xpath(f"//*[@id='{target.lstrip('#')}']")
    assert "Fishers & <friends>" in page.text_content()
    assert "<friends>" not in text


def test_labels_with_markup_stay_text() -> None:
    made = incidence({"e": ["<script>alert(1)</script>|`x`", "b"]})
    text = RENDERINGS["html"].render(centrality(made, catalogue.DEFAULT, SOURCE))
    assert "<script>" not in text
    markdown = RENDERINGS["markdown"].render(centrality(made, catalogue.DEFAULT, SOURCE))
    assert escape("<script>alert(1)</script>|`x`") in markdown
    assert "<script>" not in markdown


def test_markdown_tables_are_rectangular() -> None:
    lines = RENDERINGS["markdown"].render(of_sample()).splitlines()
    widths: list[int] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            widths.append(len(re.findall(r"(?<!\\)\|", line)))
        elif widths:
            assert len(set(widths)) == 1, line
            widths = []


def crowded(count: int) -> CentralityReport:
    events = {f"e{n}": [f"actor {m}" for m in range(n, count, 7)] + ["actor 0"] for n in range(6)}
    events["pair"] = ["lonely one", "lonely two"]
    made = incidence(events)
    nodes = {
        iri: replace(node, label=f"{node.label} 合作组织 of Somewhere Rather Far Away")
        for iri, node in made.nodes.items()
    }
    return centrality(replace(made, nodes=nodes), catalogue.DEFAULT, SOURCE)


@pytest.mark.parametrize("count", [3, 20, 75])
def test_drawn_labels_overlap_neither_each_other_nor_a_node(count: int) -> None:
    found = crowded(count)
    network = nx.Graph([(tie.source, tie.target) for tie in found.ties])
    positions, height = layout(network)
    spots = list(positions.values())
    for index, (x, y) in enumerate(spots):
        for other_x, other_y in spots[index + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (APART - 22) ** 2
    wanted = [(row.iri, row.label) for row in found.rows if row.iri in positions]
    sheet = labels.Box(0, 0, 1000, height)
    placed = labels.place(wanted, positions, radius=picture.RADIUS, sheet=sheet)
    boxes = [label.box for label in placed.values()]
    assert len(boxes) >= min(len(wanted), 15)
    for index, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[index + 1 :])
        assert sheet.left <= box.left
        assert box.right <= sheet.right
        assert sheet.top <= box.top
        assert box.bottom <= sheet.bottom


def test_every_drawn_node_has_its_number_in_the_table() -> None:
    found = crowded(40)
    page = lxml.html.document_fromstring(RENDERINGS["html"].render(found))
    drawn = page.xpath("//svg[@class='network']/g/text[not(@class)]/text()")
    listed = page.xpath("(//table)[1]//tr/td[1]/text()")
    assert drawn
    assert set(drawn) <= set(listed)
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 5, "0 %"),
        (1, 1000, "less than 1 %"),
        (999, 1000, "more than 99 %"),
        (5, 5, "100 %"),
        (1, 3, "33 %"),
        (0, 0, "0 %"),
    ],
)
def test_shares_never_claim_all_or_nothing_wrongly(part: int, whole: int, text: str) -> None:
    assert share(part, whole) == text


def test_nodes_of_one_kind_share_one_look() -> None:
    found = of_sample("actor-event")
    looks = {row.label: picture.look(row) for row in found.rows}
    assert looks['Zoë "Z" O\'Brien'] == "person"
    assert looks["Atlantis"] == "body"
    assert looks["Fishers & <friends>"] == "group"
    assert looks["Tide Forum"] == "event"
