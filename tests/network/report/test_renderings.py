"""All forms of a report say the same; each is well made."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import jsonschema
import lxml.html
import pytest

from coopgraph.network.projections.catalogue import PROJECTIONS
from coopgraph.network.report import KINDS, RENDERINGS, Parameters, published
from coopgraph.network.report.language import share, value, whole
from coopgraph.network.report.markdown import escape
from coopgraph.network.report.renderings import made as schema_made
from coopgraph.network.report.words import drawn
from tests.network.affiliated import affiliations
from tests.network.report.made import SOURCE, SUMMIT, of_shipped, on, report, whole_and_accessible


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_the_published_schema_is_what_the_value_is(kind: object) -> None:
    assert published(kind.slug) == schema_made(kind)
    jsonschema.Draft202012Validator.check_schema(json.loads(published(kind.slug)))


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_json_satisfies_the_schema(projection: str) -> None:
    members = json.loads(RENDERINGS["json"].render(of_shipped(projection)))
    jsonschema.validate(members, json.loads(published("centrality")), format_checker=jsonschema.FormatChecker())
    assert members["source"]["digest"] == SOURCE.digest


def test_the_schema_refuses_what_is_no_report() -> None:
    schema = json.loads(published("centrality"))
    members = json.loads(RENDERINGS["json"].render(report(SUMMIT)))
    jsonschema.validate(members, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(members | {"extra": 1}, schema)
    members["rows"][0]["scores"][0]["rank"] = 0
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(members, schema)


def test_json_allows_strengths_to_be_computed_again() -> None:
    members = json.loads(RENDERINGS["json"].render(report(SUMMIT)))
    sums: dict[str, float] = {}
    for tie in members["ties"]["ties"]:
        for end in ("source", "target"):
            sums[tie[end]] = sums.get(tie[end], 0) + tie["strength"]
    for row in members["rows"]:
        score = next(score for score in row["scores"] if score["measure"] == "strength")
        assert score["value"] == pytest.approx(sums.get(row["iri"], 0), abs=1e-6)


@pytest.mark.parametrize("projection", ["co-participation", "actor-event"])
def test_csv_has_the_numbers_of_json(projection: str) -> None:
    found = of_shipped(projection)
    members = json.loads(RENDERINGS["json"].render(found))
    lines = list(csv.DictReader(io.StringIO(RENDERINGS["csv"].render(found), newline="")))
    assert len(lines) == len(found.rows) * len(found.measures)
    by_place = {(line["iri"], line["measure"]): line for line in lines}
    for row in members["rows"]:
        for score in row["scores"]:
            line = by_place[row["iri"], score["measure"]]
            assert line["label"] == row["label"]
            assert (float(line["value"]) if line["value"] else None) == score["value"]
            assert line["rank"] == ("" if score["rank"] is None else str(score["rank"]))
            for name in ("left_out", "documents", "events"):
                low = None if score[name] is None else score[name]["low"]
                assert line[f"{name}_low"] == ("" if low is None else str(low))


@pytest.mark.parametrize("projection", ["co-participation", "actor-event"])
def test_tables_of_html_and_markdown_have_the_numbers_of_json(projection: str) -> None:
    found = of_shipped(projection)
    members = json.loads(RENDERINGS["json"].render(found))
    page = lxml.html.document_fromstring(RENDERINGS["html"].render(found))
    markdown = RENDERINGS["markdown"].render(found)
    for kind in members["kinds"]:
        table = page.xpath(f"//section[@aria-labelledby='results-{kind['kind']}']//table")[0]
        heads = [head.text_content() for head in table.xpath("./thead//th")]
        rows = [row for row in members["rows"] if row["kind"] == kind["kind"]]
        shown = table.xpath("./tbody/tr")
        assert len(shown) == len(rows)
        for row, line in zip(rows, shown, strict=True):
            cells = dict(zip(heads, (cell.text_content() for cell in line), strict=True))
            score = next(score for score in row["scores"] if score["measure"] == members["headline"])
            assert cells["Value"] == value(score["value"])
            assert cells["Rank"] == whole(score["rank"])
            assert cells["Ties"] == whole(row["ties"])
            assert f"| {escape(row['label'])} |" in markdown
            assert f"| {value(score['value'])} | {whole(score['rank'])} |" in markdown


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_html_is_whole_accessible_and_needs_nothing_else(projection: str) -> None:
    whole_and_accessible(RENDERINGS["html"].render(of_shipped(projection)))


def test_the_key_of_a_drawing_tells_only_what_is_drawn() -> None:
    found = report({"x": [f"{n:02}" for n in range(40)]}, projection="actor-event", parameters=Parameters(rounds=0))
    for place, told in ((0, True), (39, False)):
        rows = [*found.rows[:place], replace(found.rows[place], type="Person"), *found.rows[place + 1 :]]
        picture = drawn.network(replace(found, rows=tuple(rows)))
        assert ("person" in [meaning for _, meaning in picture.key]) is told


def test_labels_with_markup_stay_text() -> None:
    label = "<script>alert(1)</script>|`x`"
    found = on(affiliations([(label, "e", "D"), ("b", "e", "D")]))
    assert "<script>" not in RENDERINGS["html"].render(found)
    markdown = RENDERINGS["markdown"].render(found)
    assert escape(label) in markdown
    assert "<script>" not in markdown


def test_markdown_tables_are_rectangular() -> None:
    widths: list[int] = []
    for line in [*RENDERINGS["markdown"].render(of_shipped("co-participation")).splitlines(), ""]:
        if line.startswith("|"):
            widths.append(len(re.findall(r"(?<!\\)\|", line)))
        elif widths:
            assert len(set(widths)) == 1, line
            widths = []


@pytest.mark.parametrize(
    ("part", "all_", "text"),
    [
        (0, 5, "0 %"),
        (1, 1000, "less than 1 %"),
        (999, 1000, "more than 99 %"),
        (5, 5, "100 %"),
        (1, 3, "33 %"),
        (23, 40, "58 %"),
        (0, 0, "0 %"),
    ],
)
def test_shares_never_claim_all_or_nothing_wrongly(part: int, all_: int, text: str) -> None:
    assert share(part, all_) == text
