"""The endpoint as programs and people see it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import rdflib
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from rdflib.compare import isomorphic
from rdflib.query import Result

from coopgraph import terms
from coopgraph.sparql.negotiation import GRAPHS, TABLES, Offer
from coopgraph.sparql.request import FORM, QUERY
from tests.web.made import BROWSER, FORUM, RUNAWAY

if TYPE_CHECKING:
    from werkzeug.test import Client, TestResponse

HOSTS = f"SELECT ?host ?date {{ <{terms.BASE}{FORUM}> <{terms.NS}host> ?host ; <{terms.NS}startDate> ?date }}"
ABOUT = f"CONSTRUCT {{ <{terms.BASE}{FORUM}> ?p ?o }} WHERE {{ <{terms.BASE}{FORUM}> ?p ?o }}"
EXPECTED = (terms.ID + "actor/atlantis", "2031-05-05")


def ask(client: Client, query: str, *, accept: str = "", **parameters: str) -> TestResponse:
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql?" + urlencode({"query": query, **parameters}), headers=headers)


def test_three_ways_of_asking_agree(client: Client) -> None:
    answers = [
        ask(client, HOSTS),
        client.post("/sparql", data={"query": HOSTS}),
        client.post("/sparql", data=HOSTS, content_type=QUERY),
        client.open("/sparql", method="QUERY", data=HOSTS, content_type=QUERY),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert answers[0].content_type == "application/sparql-results+json"
    assert answers[0].content_length == len(answers[0].data)
    bindings = json.loads(answers[0].data)["results"]["bindings"]
    assert [(row["host"]["value"], row["date"]["value"]) for row in bindings] == [EXPECTED]


@pytest.mark.parametrize("offer", TABLES, ids=lambda offer: offer.name)
def test_every_table_format_reads_back(client: Client, offer: Offer) -> None:
    media_type = offer.media_type
    by_header = ask(client, HOSTS, accept=media_type)
    assert by_header.content_type in {media_type, f"{media_type}; charset=utf-8"}
    assert by_header.data == ask(client, HOSTS, accept="image/png", format=offer.name).data
    form = QueryResultsFormat.from_media_type(media_type)
    assert form is not None
    if form == QueryResultsFormat.CSV:
        rows = list(csv.reader(io.StringIO(by_header.text)))
        assert rows == [["host", "date"], list(EXPECTED)]
        return
    solutions = parse_query_results(by_header.data, form)
    assert isinstance(solutions, QuerySolutions)
    assert [tuple(value.value for value in row) for row in solutions] == [EXPECTED]  # type: ignore[union-attr]
    if form != QueryResultsFormat.TSV:
        read = Result.parse(io.BytesIO(by_header.data), format=offer.name)
        assert [tuple(map(str, row)) for row in read] == [EXPECTED]  # type: ignore[union-attr, arg-type]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.name)
def test_every_graph_format_reads_back(client: Client, offer: Offer) -> None:
    media_type = offer.media_type
    answer = ask(client, ABOUT, accept=media_type)
    assert answer.mimetype == media_type
    form, plain = RdfFormat.from_media_type(media_type), ask(client, ABOUT, format="ntriples")
    assert form is not None
    expected = {quad.triple for quad in parse(plain.data, format=RdfFormat.N_TRIPLES)}
    assert len(expected) > 5
    assert {quad.triple for quad in parse(answer.data, format=form)} == expected
    if form in {RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.JSON_LD}:
        read = rdflib.Graph().parse(data=answer.data, format=media_type)
        assert isomorphic(read, rdflib.Graph().parse(data=plain.data, format="nt"))


def test_defaults(client: Client) -> None:
    assert ask(client, "ASK {}", accept="*/*").mimetype == "application/sparql-results+json"
    assert ask(client, ABOUT, accept="*/*").mimetype == "text/turtle"
    assert f"@prefix cg: <{terms.NS}>" in ask(client, ABOUT).text


@pytest.mark.parametrize(
    ("method", "url", "body", "status"),
    [
        ("GET", "/sparql?query=SELECT", ("", ""), 400),
        ("GET", "/sparql?query=", ("", ""), 400),
        ("GET", "/sparql?query=ASK{}&query=ASK{}", ("", ""), 400),
        ("GET", "/sparql?update=CLEAR+ALL", ("", ""), 400),
        ("GET", "/sparql?query=CLEAR+ALL", ("", ""), 400),
        ("GET", "/sparql?query=ASK{}&default-graph-uri=x", ("", ""), 400),
        ("GET", "/sparql?query=ASK{}&release=x", ("", ""), 400),
        ("GET", "/sparql?query=ASK{}&release=99", ("", ""), 404),
        ("GET", "/sparql?query=ASK{}&format=turtle", ("", ""), 406),
        ("GET", "/sparql?query=%FF", ("", ""), 400),
        ("POST", "/sparql", (FORM, ""), 400),
        ("POST", "/sparql", ("text/plain", "ASK{}"), 415),
        ("POST", "/sparql", (QUERY, "ASK{} #" + "x" * 30_000), 413),
        ("POST", "/sparql", (FORM, "query=ASK{}&x=" + "x" * 30_000), 413),
        ("PUT", "/sparql", (QUERY, "ASK{}"), 405),
        ("DELETE", "/sparql", ("", ""), 405),
    ],
)
def test_refusals_are_problem_documents(
    client: Client, method: str, url: str, body: tuple[str, str], status: int
) -> None:
    answer = client.open(url, method=method, content_type=body[0] or None, data=body[1])
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    problem = json.loads(answer.data)
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in answer.text
    if status == 405:
        assert {"GET", "HEAD", "POST", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


def test_a_syntax_error_has_its_place(client: Client) -> None:
    problem = json.loads(ask(client, "SELECT * {\n  ?s ?p }").data)
    assert problem["line"] == 2
    assert problem["column"] in {9, 10}


def test_service_is_refused(client: Client) -> None:
    answer = ask(client, "SELECT * { SERVICE <http://127.0.0.1:9/> {} }")
    assert answer.status_code == 403
    assert json.loads(answer.data)["column"] == 12


def test_a_runaway_is_ended_with_its_limit_named(client: Client) -> None:
    answer = ask(client, RUNAWAY)
    assert answer.status_code == 504
    assert json.loads(answer.data)["limit"] == "query_seconds"
    assert ask(client, "ASK {}").status_code == 200


def test_the_protocol_chooses_the_graphs(client: Client) -> None:
    plans = terms.PROSPECTIVE_GRAPH.value
    founder = f"ASK {{ ?centre <{terms.NS}founder> ?who }}"
    held = f"ASK {{ GRAPH ?g {{ ?centre <{terms.NS}founder> ?who }} }}"
    assert not json.loads(ask(client, founder).data)["boolean"]
    assert json.loads(ask(client, founder, **{"default-graph-uri": plans}).data)["boolean"]
    assert not json.loads(ask(client, held, **{"default-graph-uri": plans}).data)["boolean"]
    assert json.loads(ask(client, held, **{"named-graph-uri": plans}).data)["boolean"]


def test_an_answer_is_revalidated_and_not_sent_twice(client: Client) -> None:
    url = "/sparql?" + urlencode({"query": HOSTS})
    first = client.get(url)
    etag = first.headers["ETag"]
    assert not etag.startswith("W/")
    again = client.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    # As a proxy hands it on that compressed the answer.
    assert client.get(url, headers={"If-None-Match": f"W/{etag}"}).status_code == 304
    other = client.get(url, headers={"If-None-Match": etag, "Accept": "text/csv"})
    assert other.status_code == 200
    assert other.headers["ETag"] != etag


def test_what_changes_from_call_to_call_has_no_validator(client: Client) -> None:
    answer = ask(client, "SELECT (NOW() AS ?now) {}")
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_head_options_and_strangers(client: Client) -> None:
    url = "/sparql?" + urlencode({"query": HOSTS})
    whole, head = client.get(url), client.head(url)
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == whole.headers[name]
    assert whole.headers["Vary"] == "Accept, Accept-Datetime, Accept-Encoding, Accept-Language"
    options = client.options("/sparql", headers={"Origin": "https://elsewhere.example"})
    assert options.status_code == 200
    for answer in (whole, options):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "POST" in options.headers["Access-Control-Allow-Methods"]


def test_asked_nothing_it_describes_itself(client: Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert answer.mimetype == "text/turtle"
    graph = {quad.triple for quad in parse(answer.data, format=RdfFormat.TURTLE)}
    objects = {triple.object for triple in graph}
    assert NamedNode("http://localhost/sparql") in objects
    assert terms.PROSPECTIVE_GRAPH in objects
    assert {"query_seconds", "query_rows", "query_bytes", "query_memory", "readers", "request_bytes"} <= {
        node.value for node in objects if not isinstance(node, NamedNode)
    }  # fmt: skip
    assert client.get("/sparql").mimetype == "text/turtle"
    assert client.get("/sparql", headers={"Accept": "application/ld+json"}).mimetype == "application/ld+json"
    assert client.get("/sparql", headers={"Accept": "text/csv"}).status_code == 406


def test_a_browser_gets_a_form_and_then_a_table(client: Client) -> None:
    page = client.get("/sparql", headers=BROWSER)
    assert page.mimetype == "text/html"
    assert "<textarea" in page.text
    answer = client.get("/sparql?" + urlencode({"query": HOSTS}), headers=BROWSER)
    assert "1 row" in answer.text
    assert 'href="/id/actor/atlantis"' in answer.text
    assert "5 May 2031" in answer.text
    graph = client.get("/sparql?" + urlencode({"query": ABOUT}), headers=BROWSER)
    assert "<pre" in graph.text
    yes = client.get("/sparql?" + urlencode({"query": "ASK {}"}), headers=BROWSER)
    assert ">Yes<" in yes.text


def test_a_browser_keeps_its_query_when_it_is_wrong(client: Client) -> None:
    answer = client.get("/sparql?" + urlencode({"query": "SELECT <script> {"}), headers=BROWSER)
    assert answer.status_code == 400
    assert "SELECT &lt;script&gt; {</textarea>" in answer.text
    assert "line 1" in answer.text
