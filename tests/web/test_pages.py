"""Pages as such: whole, well formed, and leading nowhere but to what is there."""

from __future__ import annotations

import csv
import io
import itertools
import json
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

import pytest
from lxml import etree, html

from coopgraph import terms
from coopgraph.errors import KINDS, CoopgraphError
from coopgraph.settings import Settings
from coopgraph.web import create_app
from tests.web.made import BROWSER, CENTRE, FORUM
from tests.web.whole import running

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from werkzeug.test import Client

PAGES = ("/", "/sparql", f"/{FORUM}", f"/{CENTRE}", "/ns", "/vocab", "/vocab/status", "/vocab/status/held", "/shapes",
         "/releases", "/questions", "/questions/participants-with-roles",
         "/questions/events-in-period?from=never", "/why",
         "/why?p=x", "/docs", "/validate", "/why?s=cgid:event/atlantis-forum-2031", "/nowhere")  # fmt: skip


@pytest.mark.parametrize("url", PAGES)
def test_a_page_is_accessible_to_who_does_not_see_it(client: Client, url: str) -> None:
    answer = client.get(url, headers=BROWSER)
    assert answer.mimetype == "text/html"
    assert answer.content_length == len(answer.data)
    page = html.document_fromstring(answer.text, parser=html.HTMLParser(recover=False, huge_tree=False))
    assert page.get("lang") == "en"
    assert len(page.findall(".//h1")) == 1
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    identifiers = [element.get("id") for element in page.iter(etree.Element) if element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    for table in page.iter("table"):
        assert all(cell.get("scope") for cell in table.iter("th"))
    for field in page.xpath("//textarea | //select | //input[not(@type='hidden')]"):
        assert page.xpath(f"//label[@for='{field.get('id')}']")
    for element in page.iter(etree.Element):
        for reference in (element.get("aria-labelledby") or "").split():
            assert reference in identifiers
    assert page.xpath("//main[@id='main']")
    assert page.xpath("//title")[0].text.strip()


@pytest.mark.parametrize("url", PAGES)
def test_a_page_runs_no_script_and_calls_nobody(client: Client, url: str) -> None:
    answer = client.get(url, headers=BROWSER)
    page = html.document_fromstring(answer.text)
    # Data for machines is no script: no browser runs it, and the policy would not let it.
    assert all(script.get("type") == "application/ld+json" for script in page.iter("script"))
    assert not list(page.iter("iframe", "object", "style"))
    assert not page.xpath("//@style") + page.xpath("//@onclick")
    for loaded in page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href") + page.xpath("//img/@src"):
        assert not urlsplit(loaded).netloc
        with client.get(loaded) as file:
            assert file.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("url", [url for url in PAGES if url != "/nowhere"])
def test_a_page_that_did_not_change_keeps_its_style(client: Client, url: str) -> None:
    page = client.get(url, headers=BROWSER)
    if "ETag" not in page.headers:
        return
    again = client.get(url, headers=BROWSER | {"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    # A browser takes these instead of those it has kept with the page.
    for name in ("Content-Security-Policy", "Cross-Origin-Resource-Policy"):
        assert again.headers.get(name) in {None, page.headers[name]}


def test_every_link_leads_somewhere(client: Client) -> None:
    waiting, seen = ["/"], set()
    while waiting and len(seen) < 400:
        url = waiting.pop()
        answer = client.get(url, headers=BROWSER)
        assert answer.status_code == 200, url
        if answer.mimetype != "text/html":
            continue
        page = html.document_fromstring(answer.text)
        for link in page.xpath("//a/@href"):
            target, fragment = urldefrag(link)
            if not urlsplit(link).netloc and target and target not in seen:
                seen.add(target)
                waiting.append(target)
            if not target and fragment:
                assert page.xpath(f"//*[@id='{fragment}']"), (url, fragment)
    assert len(seen) > 100


def test_the_start_page_counts(client: Client) -> None:
    told = json.loads(client.get("/?format=json").data)
    assert told["counts"]["documents"] == 1
    assert told["counts"]["events"] == 1
    assert told["counts"]["actors"] == 4
    assert told["counts"]["assertions"] == 14
    assert client.get("/", headers=BROWSER).text.count("<dd>") == len(told["counts"])


def test_releases_are_listed(client: Client) -> None:
    told = json.loads(client.get("/releases").data)
    assert told["current"] == 1
    assert [one["number"] for one in told["releases"]] == [1]
    assert told["releases"][0]["digest"] in client.get("/releases", headers=BROWSER).text


def test_why_tells_document_positions_and_words(client: Client) -> None:
    answer = client.get("/why?s=cgid:event/atlantis-forum-2031&p=cg:participant&o=cgid:actor/atlantis")
    (told,) = json.loads(answer.data)
    assert told["predicate"].endswith("#host")
    assert told["role"].endswith("/role/co-host")
    (passage,) = told["passages"]
    assert (passage["start"], passage["end"]) == (12, 58)
    assert passage["quotation"] == "The Atlantis Forum 2031 was hosted by Atlantis"
    page = client.get("/why?s=cgid:event/atlantis-forum-2031&p=cg:participant", headers=BROWSER)
    assert passage["quotation"] in page.text


def test_why_takes_the_names_that_the_command_line_takes(client: Client) -> None:
    told = client.get("/why?s=event/atlantis-forum-2031&p=participant&o=actor/atlantis")
    assert told.status_code == 200
    assert told.data == client.get("/why?s=cgid:event/atlantis-forum-2031&p=cg:participant&o=cgid:actor/atlantis").data


def test_why_takes_literals(client: Client) -> None:
    value = '"2031-05-05"^^<http://www.w3.org/2001/XMLSchema%23date>'
    answer = client.get(f"/why?s=cgid:event/atlantis-forum-2031&o={value}")
    assert f"{terms.NS}startDate" in {one["predicate"] for one in json.loads(answer.data)}


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/why", 400),
        ("/why?s=nonsense", 400),
        ("/why?s=a:b&o=%22open", 400),
        ("/why?s=a:b&o=%22x%22%20.%20%3Ca:b%3E%20%3Ca:b%3E%20%22x%22", 400),
        ("/why?s=a:b", 404),
        ("/why?s=cgid:event/atlantis-forum-2031&p=cg:signatory", 404),
        ("/why?s=a:b%3E%20%3Fp%20%3Fo%20%7D%23", 400),
    ],
)
def test_why_refuses_clearly(client: Client, url: str, status: int) -> None:
    assert client.get(url).status_code == status
    assert client.get(url, headers=BROWSER).mimetype == "text/html"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ('"2031-05-05"', True),
        ('"2031-05-05"^^xsd:date', True),
        ('"2031-05-05"^^xsd:string', True),
        ('"2031-05-06"', False),
        ('"2031-05-05"@en', False),
        ('"2031-05"^^xsd:gYearMonth', False),
    ],
)
def test_a_literal_with_a_language_or_datatype_finds_equal_ones(client: Client, value: str, found: bool) -> None:
    answer = client.get("/why", query_string={"s": "cgid:event/atlantis-forum-2031", "o": value})
    assert answer.status_code == (200 if found else 404)


def test_why_as_a_table_has_a_row_for_each_passage(client: Client) -> None:
    answer = client.get("/why.csv?s=cgid:event/atlantis-forum-2031&lang=en")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    spoken = json.loads(client.get("/why.json?s=cgid:event/atlantis-forum-2031").data)
    assert sum(bool(row["start"]) for row in rows) == sum(len(one.get("passages", ())) for one in spoken)
    (row,) = [row for row in rows if row["predicate_label"] == "host"]
    assert (row["object_label"], row["start"], row["end"]) == ("Atlantis", "12", "58")
    assert row["quotation"] == "The Atlantis Forum 2031 was hosted by Atlantis"
    assert row["document_label"] == "A made-up report"
    (date,) = [row for row in rows if row["predicate"].endswith("#startDate")]
    assert (date["object"], date["object_label"]) == ("2031-05-05", "")


def test_why_is_negotiated_and_validated(client: Client) -> None:
    url = "/why?s=cgid:event/atlantis-forum-2031"
    answer = client.get(url)
    assert client.get(url, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.head(url).headers["Content-Length"] == str(len(answer.data))
    assert 'rel="alternate"; type="text/csv"' in answer.headers["Link"]
    assert client.get(f"{url}&release=1").status_code == 200
    assert client.get(f"{url}&release=9").status_code == 404
    assert client.get(url, headers={"Accept": "text/csv"}).mimetype == "text/csv"
    assert client.get(url, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(f"{url}&subject=x").status_code == 400


def test_why_asks_people_what_they_want_to_know(client: Client) -> None:
    form = client.get("/why", headers=BROWSER)
    assert form.status_code == 200
    assert html.document_fromstring(form.text).xpath("//form//input[@name='s'][@required]")
    refused = client.get("/why?s=nonsense&o=%22open", headers=BROWSER)
    assert refused.status_code == 400
    page = html.document_fromstring(refused.text)
    assert set(page.xpath("//input[@aria-invalid='true']/@name")) == {"s", "o"}
    assert set(json.loads(client.get("/why?s=nonsense&o=%22open").data)["fields"]) == {"s", "o"}


def test_health_needs_no_release_and_readiness_does(tmp_path: Path) -> None:
    with running(Settings(data=tmp_path, readers=1)) as (_, client):
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert ready.status_code == 503
        assert "No release" in json.loads(ready.data)["reasons"][0]
        assert "Retry-After" in ready.headers
        page = client.get("/", headers=BROWSER)
        assert page.status_code == 503
        assert page.mimetype == "text/html"


def test_ready_names_the_release(client: Client) -> None:
    assert json.loads(client.get("/readyz").data)["release"] == 1


def test_a_mistake_of_ours_shows_no_trace(small: Path, caplog: pytest.LogCaptureFixture) -> None:
    app: Flask = create_app(Settings(data=small / "data"))

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("the secret")

    for headers in (BROWSER, {}):
        answer = app.test_client().get("/broken", headers=headers)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
    assert "the secret" in caplog.text


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_error_is_told_to_programs_and_people(small: Path, code: str) -> None:
    app: Flask = create_app(Settings(data=small / "data"))

    @app.get("/failing")
    def failing() -> str:
        raise CoopgraphError(code, "A <b>detail</b>.", limit="query_rows")

    client = app.test_client()
    told = client.get("/failing")
    assert told.status_code == KINDS[code].http
    assert json.loads(told.data)["type"] == f"urn:coopgraph:error:{code}"
    page = client.get("/failing", headers=BROWSER)
    assert page.status_code == KINDS[code].http
    assert "A &lt;b&gt;detail&lt;/b&gt;." in page.text
    assert ("Retry-After" in told.headers) == (KINDS[code].http == 503)


def test_a_mistake_in_a_query_is_shown_where_it_stands(client: Client) -> None:
    query = "SELECT * WHERE {\n  ?s ?p ?o .\n  FILTR(?o > 3)\n}"
    told = json.loads(client.get("/sparql", query_string={"query": query}).data)
    assert told["line"] == 3
    answer = client.get("/sparql", query_string={"query": query}, headers=BROWSER)
    assert answer.status_code == 400
    page = html.document_fromstring(answer.text)
    (excerpt,) = page.xpath("//*[@role='alert']//pre")
    assert "3   FILTR(?o" in excerpt.text_content()
    (mark,) = excerpt.iter("mark")
    assert mark.text_content() == query.splitlines()[2][told["column"] - 1]


@pytest.mark.parametrize("url", ["/id/actor/nobody", "/questions/targets?by=x", "/sparql?query=nonsense", "/nowhere"])
def test_a_failure_has_the_id_of_its_request(client: Client, url: str) -> None:
    answer = client.get(url)
    assert json.loads(answer.data)["query_id"] == answer.headers["X-Request-Id"]
    page = client.get(url, headers=BROWSER)
    if not url.startswith("/questions"):
        assert page.headers["X-Request-Id"] in page.text
