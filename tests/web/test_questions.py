"""Named questions over HTTP: typed parameters in, whole answers with labels out, page by page."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from pyoxigraph import QuerySolutions
from werkzeug.http import parse_options_header

from coopgraph import resources, terms
from coopgraph.curate.questions import query, read_questions
from coopgraph.settings import Settings
from coopgraph.web import create_app
from tests import shipped
from tests.web import made
from tests.web.made import BROWSER

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import Client

QUESTIONS = read_questions(resources.directory("ontology"))
ROLES = "/questions/participants-with-roles"
FORUM = "event=event/atlantis-forum-2031"
IN_CSV = {"Accept": "text/csv"}


@pytest.fixture
def whole(shipped_service: Client) -> Client:
    """A client of the service over the shipped graph."""
    return shipped_service


def told(client: Client, url: str) -> dict[str, Any]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/json"
    found: dict[str, Any] = json.loads(answer.data)
    return found


def linked(header: str, relation: str) -> list[str]:
    links = (link.split(">; ") for link in header.split(", <"))
    return [address.lstrip("<") for address, rest in links if f'rel="{relation}"' in rest]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_is_answered_in_every_format(whole: Client, question: Any) -> None:
    found = shipped.reader().query(query(question))
    assert isinstance(found, QuerySolutions)
    rows = [[None if cell is None else cell.value for cell in row] for row in found]
    url = f"/questions/{question.name}"
    spoken = told(whole, url)
    given = [[None if cell is None else str(cell["value"]) for cell in row.values()] for row in spoken["rows"]]
    assert given == rows
    assert spoken["next"] is None
    assert [column["name"] for column in spoken["columns"]] == [column.name for column in question.columns]
    table = list(csv.DictReader(io.StringIO(whole.get(f"{url}.csv").text)))
    assert [[line[one.name] or None for one in question.columns] for line in table] == rows
    for line in table:
        assert all(line[f"{one.name}_label"] for one in question.columns if one.kind == "iri" and line[one.name])
    page = html.document_fromstring(whole.get(url, headers=BROWSER).text)
    assert len(page.xpath("//table[@class='answer']/tbody/tr")) == min(len(rows), 100)
    asked = whole.get(f"{url}.rq")
    assert asked.mimetype == "application/sparql-query"
    assert list(whole.get("/sparql", query_string={"query": asked.text, "format": "csv"}).text.splitlines())[1:] == [
        ",".join(f'"{cell}"' if cell and set(cell) & set(',"') else cell or "" for cell in row) for row in rows
    ]


def test_all_questions_are_listed(client: Client) -> None:
    listed = told(client, "/questions.json")["questions"]
    assert [one["name"] for one in listed] == [question.name for question in QUESTIONS]
    for one in listed:
        assert client.get(one["url"]).status_code == 200
    page = html.document_fromstring(client.get("/questions", headers=BROWSER).text)
    assert len(page.xpath("//main//dt/a")) == len(QUESTIONS)


def test_values_have_types_and_labels(client: Client) -> None:
    answer = told(client, f"{ROLES}?{FORUM}")
    assert answer["release"] == 1
    assert answer["parameters"] == {"event": "event/atlantis-forum-2031"}
    assert {row["actor"]["label"] for row in answer["rows"]} == {"Ada Reed", "Atlantis"}
    assert {row["role"]["value"] for row in answer["rows"]} == {
        f"{terms.VOCAB}role/co-host",
        f"{terms.NS}speaker",
    }
    (row,) = told(client, "/questions/events-by-date")["rows"]
    assert row["date"] == {"type": "date", "value": "2031-05-05"}
    (row,) = told(client, "/questions/claims-by-document")["rows"]
    assert row["assertions"]["value"] == 14


@pytest.mark.parametrize(
    "written",
    ["event/atlantis-forum-2031", "cgid:event/atlantis-forum-2031", f"{terms.ID}event/atlantis-forum-2031"],
)
def test_a_thing_may_be_named_in_several_ways(client: Client, written: str) -> None:
    answer = client.get("/questions/chairs-of-event.json", query_string={"event": written})
    assert json.loads(answer.data)["parameters"] == {"event": "event/atlantis-forum-2031"}
    page = client.get("/questions/chairs-of-event", query_string={"event": written}, headers=BROWSER)
    selected = html.document_fromstring(page.text).xpath("//select/option[@selected]/text()")
    assert selected == ["Atlantis Forum 2031"]


def test_dates_may_be_as_vague_as_they_are(client: Client) -> None:
    def found(period: str) -> int:
        return len(told(client, f"/questions/events-in-period?{period}")["rows"])

    assert found("from=2031&until=2031") == 1
    assert found("from=2031-05&until=2031-05") == 1
    assert found("from=2031-05-06&until=2032") == 0
    assert found("from=2030&until=2031-04") == 0


def test_what_is_left_open_and_what_is_not(client: Client) -> None:
    assert len(told(client, "/questions/speakers-by-event")["rows"]) == 1
    assert len(told(client, "/questions/speakers-by-event?event=")["rows"]) == 1
    assert told(client, f"/questions/speakers-by-event?{FORUM}")["rows"][0]["speaker"]["label"] == "Ada Reed"
    # An empty text stands for the default.
    assert told(client, "/questions/things-with-status?status=")["parameters"] == {
        "status": "status:under-consideration"
    }


@pytest.mark.parametrize(
    ("url", "field"),
    [
        (f"{ROLES}?event=event/nowhere", "event"),
        (f"{ROLES}?event=actor/atlantis", "event"),
        (f"{ROLES}?event=%22%7D", "event"),
        ("/questions/things-with-status?status=asleep", "status"),
        ("/questions/things-with-status?status=topic:cybersecurity", "status"),
        (f"/questions/passages-for-role?role=startDate&{FORUM}", "role"),
        ("/questions/events-in-period?from=soon", "from"),
        ("/questions/events-in-period?until=2031-02-30", "until"),
        ("/questions/several-posts?least=0", "least"),
        ("/questions/several-posts?least=many", "least"),
        ("/questions/names-of-states?language=e%20n", "language"),
        (f"{ROLES}?limit=0", "limit"),
        (f"{ROLES}?limit=1e9", "limit"),
        (f"{ROLES}?bom=perhaps", "bom"),
        (f"{ROLES}?lang=d%20e", "lang"),
    ],
)
def test_a_mistake_is_told_at_its_field(client: Client, url: str, field: str) -> None:
    refused = client.get(url)
    assert refused.status_code == 400
    assert set(json.loads(refused.data)["fields"]) == {field}
    answer = client.get(url, headers=BROWSER)
    assert answer.status_code == 400
    page = html.document_fromstring(answer.text)
    (alert,) = page.xpath("//*[@role='alert']")
    assert field in alert.text_content() or page.xpath(f"//*[@name='{field}'][@aria-invalid='true']")
    for link in alert.xpath(".//a/@href"):
        (element,) = page.xpath(f"//*[@id='{link[1:]}']")
        assert page.xpath(f"//*[@id='{element.get('aria-describedby')}']")


def test_all_mistakes_are_told_at_once(client: Client) -> None:
    refused = client.get("/questions/events-in-period?from=soon&until=later")
    assert set(json.loads(refused.data)["fields"]) == {"from", "until"}


@pytest.mark.parametrize(
    "url", [f"{ROLES}?evnt=x", "/questions?page=2", f"{ROLES}.csv?query=x", f"{ROLES}?limit=1&limit=2"]
)
def test_unknown_and_repeated_parameters_are_refused_with_the_known_ones(client: Client, url: str) -> None:
    refused = client.get(url)
    assert refused.status_code == 400
    assert "limit" in json.loads(refused.data)["detail"] or "release, format" in json.loads(refused.data)["detail"]
    assert client.get(url, headers=BROWSER).status_code == 400


@pytest.mark.parametrize("size", [1, 7, 20])
def test_pages_follow_each_other_to_the_end(whole: Client, size: int) -> None:
    url = "/questions/holders-of-posts"
    everything = told(whole, url)["rows"]
    assert len(everything) > 20
    found: list[dict[str, Any]] = []
    following: str | None = f"{url}?limit={size}"
    while following:
        page = told(whole, following)
        assert 0 < len(page["rows"]) <= size
        header = whole.get(following).headers["Link"]
        assert linked(header, "next") == ([page["next"]] if page["next"] else [])
        found += page["rows"]
        following = page["next"]
    assert found == everything


def test_pages_of_csv_and_of_html_follow_as_well(whole: Client) -> None:
    first = whole.get("/questions/holders-of-posts.csv?limit=2")
    (following,) = linked(first.headers["Link"], "next")
    assert ".csv?" in following
    second = whole.get(following)
    assert second.mimetype == "text/csv"
    assert len(second.text.splitlines()) == 3
    assert not set(first.text.splitlines()[1:]) & set(second.text.splitlines())
    page = html.document_fromstring(whole.get("/questions/holders-of-posts?limit=2", headers=BROWSER).text)
    (address,) = page.xpath("//a[@rel='next']/@href")
    later = html.document_fromstring(whole.get(address, headers=BROWSER).text)
    assert len(later.xpath("//table/tbody/tr")) == 2
    assert later.xpath("//a[@rel='first']")


def test_a_place_to_go_on_from_belongs_to_its_values_and_its_release(whole: Client) -> None:
    after = told(whole, f"{ROLES}?limit=2")["next"].rpartition("after=")[2]
    assert whole.get(f"{ROLES}?limit=5&after={after}").status_code == 200
    assert whole.get(f"{ROLES}?event=event/ai-symposium-phnom-penh-2024&limit=2&after={after}").status_code == 400
    assert whole.get(f"/questions/participants-of-event?limit=2&after={after}").status_code == 400
    for forged in ("x", after[:-3], "A" * 30_000, "W10"):
        refused = whole.get(f"{ROLES}?limit=2&after={forged}")
        assert refused.status_code == 400
        assert whole.get(f"{ROLES}?limit=2&after={forged}", headers=BROWSER).status_code == 400


def test_pages_stay_with_their_release(tmp_path: Path) -> None:
    made.release(tmp_path)
    app = create_app(Settings(data=tmp_path / "data", readers=1))
    client = app.test_client()
    first = told(client, f"{ROLES}?{FORUM}&limit=1")
    small = made.Small()
    small.rows = [row for row in small.rows if row["predicate"] != "speaker"]
    made.release(tmp_path, small)
    assert len(told(client, f"{ROLES}?{FORUM}")["rows"]) == 1
    second = told(client, first["next"])
    assert second["release"] == 1
    assert len(second["rows"]) == 1
    assert client.get(first["next"].replace("release=1", "release=2")).status_code == 400
    assert len(told(client, f"{ROLES}?{FORUM}&release=1")["rows"]) == 2
    app.extensions["coopgraph"].close()


def test_more_rows_than_the_limit_are_refused_and_never_cut(small: Path) -> None:
    app = create_app(Settings(data=small / "data", readers=1, question_rows=1))
    client = app.test_client()
    for suffix in ("", ".csv"):
        refused = client.get(f"{ROLES}{suffix}?{FORUM}")
        assert refused.status_code == 413
        assert json.loads(refused.data)["limit"] == "question_rows"
    first = told(client, f"{ROLES}?{FORUM}&limit=1")
    assert len(first["rows"]) == 1
    assert told(client, first["next"])["next"] is None
    assert client.get(f"{ROLES}?{FORUM}&limit=2").status_code == 400
    app.extensions["coopgraph"].close()


def test_labels_come_in_the_language_asked_for(whole: Client) -> None:
    url = "/questions/members-of-organisation"
    german = {"Accept-Language": "de, en;q=0.5"}
    for answer in (whole.get(f"{url}.csv", headers=german), whole.get(f"{url}.csv?lang=de")):
        assert "Philippinen" in answer.text
    assert "Philippines" in whole.get(f"{url}.csv", headers={"Accept-Language": "en"}).text
    assert whole.get(f"{url}.csv?lang=de").headers["ETag"] != whole.get(f"{url}.csv?lang=en").headers["ETag"]
    assert "Accept-Language" in whole.get(url).headers["Vary"]
    assert "ហ្វីលីពីន" in whole.get(f"{url}.csv?lang=km&bom=1").text or "km" in whole.get(f"{url}?lang=km").text


def test_csv_may_begin_with_a_mark_for_spreadsheets(client: Client) -> None:
    plain, marked = client.get(f"{ROLES}.csv?{FORUM}"), client.get(f"{ROLES}.csv?{FORUM}&bom=1")
    assert marked.data == b"\xef\xbb\xbf" + plain.data
    assert plain.data.endswith(b"\r\n")
    assert parse_options_header(plain.headers["Content-Type"]) == ("text/csv", {"charset": "utf-8"})


def test_formats_are_negotiated(client: Client) -> None:
    assert client.get(ROLES).mimetype == "application/json"
    assert client.get(ROLES, headers=IN_CSV).mimetype == "text/csv"
    assert client.get(ROLES, headers=BROWSER).mimetype == "text/html"
    assert client.get(f"{ROLES}?format=csv", headers=BROWSER).mimetype == "text/csv"
    assert client.get(f"{ROLES}.json", headers=BROWSER).mimetype == "application/json"
    refused = client.get(ROLES, headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/csv" in json.loads(refused.data)["detail"]
    assert client.post(ROLES).status_code == 405
    assert client.get("/questions/nothing").status_code == 404
    assert client.get("/questions/nothing", headers=BROWSER).status_code == 404


@pytest.mark.parametrize("url", ["/questions", ROLES, f"{ROLES}.csv?limit=1", f"{ROLES}.html", f"{ROLES}.rq"])
def test_answers_are_validated_and_have_heads(client: Client, url: str) -> None:
    answer = client.get(url)
    etag = answer.headers["ETag"]
    again = client.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(url)
    assert head.status_code == 200
    assert head.headers["Content-Length"] == str(len(answer.data))
    assert head.headers["ETag"] == etag
    assert linked(answer.headers["Link"], "alternate")
    assert answer.headers["X-Coopgraph-Release"] == "1"
