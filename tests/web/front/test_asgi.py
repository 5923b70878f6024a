"""What the front does for every request: ids, limits, headers, compression, memory for answers, an end to queries."""

from __future__ import annotations

import gzip
import json
import re
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from prometheus_client.parser import text_string_to_metric_families

from coopgraph import terms
from coopgraph.release.begin import begin_empty
from coopgraph.release.shelf import Shelf
from coopgraph.settings import Settings
from coopgraph.sparql.request import QUERY
from coopgraph.web.contract import OPERATIONS
from coopgraph.web.front.cache import Kept
from coopgraph.web.front.exchange import Exchange
from coopgraph.web.front.sending import Reply
from tests.small import Small
from tests.web import made
from tests.web.made import BROWSER, FORUM, RUNAWAY, TOKEN
from tests.web.whole import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import Client, TestResponse

    from coopgraph.web.front.asgi import Front

ALL = "SELECT * { ?s ?p ?o }"
HOSTS = f"SELECT ?host {{ <{terms.BASE}{FORUM}> <{terms.NS}host> ?host }}"
GZIP = {"Accept-Encoding": "gzip, deflate, br"}
OPERATOR = {"Authorization": f"Bearer {TOKEN}"}
EVERYWHERE = (
    "/", f"/{FORUM}", f"/{FORUM}.ttl", "/ns", "/sparql?query=ASK{}", "/sparql", "/sparql?query=SELECT", "/healthz",
    "/readyz", "/metrics", "/queries", "/queries/none", "/static/style.css", "/nothing/here", "/releases",
)  # fmt: skip


def ask(client: Client, query: str, **headers: str) -> TestResponse:
    return client.get("/sparql?" + urlencode({"query": query}), headers=headers)


@pytest.fixture
def own(small: Path) -> Iterator[tuple[Front, Client]]:
    """A service of the test's own, with small limits."""
    settings = Settings(
        data=small / "data", readers=2, query_seconds=5.0, url_bytes=2000, header_bytes=1000, cache_bytes=1_000_000,
        token=TOKEN,
    )  # fmt: skip
    with running(settings) as found:
        yield found


def test_what_is_repeated_has_the_length_that_it_states(own: tuple[Front, Client]) -> None:
    """An answer that was made anew may have other bytes under the same validator."""
    front, client = own
    tag = [ask(client, HOSTS).headers["ETag"].strip('"') for _ in range(2)][1]
    kept, current = front.endpoint.cache.get(tag), front.service.current
    assert kept is not None
    assert current is not None
    scope = {"method": "GET", "path": "/sparql", "query_string": b"", "headers": []}
    reply = Reply(200, kept.headers, kept.body, len(kept.body), tag=tag)
    front.endpoint.repeats.keep(b"asked", Exchange(scope, None, None), reply, current[0])
    told = front.repeated(b"asked", "127.0.0.1")
    assert told is not None
    assert told.endswith(b"\r\n\r\n" + kept.body)
    front.endpoint.cache.keep(tag, Kept(kept.media_type, kept.body + b" ", kept.headers, kept.release))
    assert front.repeated(b"asked", "127.0.0.1") is None


@pytest.mark.parametrize("path", ["/sparql", "/update", "/store?default", "/validate"])
def test_a_body_that_is_packed_is_not_taken_for_one_that_is_not(client: Client, path: str) -> None:
    kind = "application/sparql-update" if path == "/update" else QUERY
    for coding in ("gzip", "GZIP, identity", "br"):
        refused = client.post(path, data=HOSTS, content_type=kind, headers={**OPERATOR, "Content-Encoding": coding})
        assert (refused.status_code, json.loads(refused.data)["type"]) == (415, "urn:coopgraph:error:media-type")
    plain = client.post("/sparql", data=HOSTS, content_type=QUERY, headers={"Content-Encoding": "Identity"})
    assert plain.status_code == 200


# Ids and headers.


def test_every_request_has_an_id_of_its_own(client: Client) -> None:
    ids = [client.get(url).headers["X-Request-Id"] for url in EVERYWHERE]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{16}", one) for one in ids)


@pytest.mark.parametrize("given", ["my-request.0001", "A" * 64, "018f2f9e-7c3a-7b52-9d3e-2f1f2a7c9a11"])
def test_a_sane_id_is_taken_over(client: Client, given: str) -> None:
    assert ask(client, "ASK {}", **{"X-Request-Id": given}).headers["X-Request-Id"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "A" * 65, "with space inside", "<script>alert(1)</script>", "ünïcödé--"]
)
def test_any_other_is_not(client: Client, given: str) -> None:
    answer = ask(client, "ASK {}", **{"X-Request-Id": given})
    assert answer.headers["X-Request-Id"] != given
    assert given == "" or given not in str(answer.headers)


def test_the_id_names_the_query_that_failed(client: Client) -> None:
    answer = ask(client, RUNAWAY, **{"X-Request-Id": "runaway-0001"})
    assert answer.status_code == 504
    assert json.loads(answer.data)["query_id"] == answer.headers["X-Request-Id"] == "runaway-0001"
    assert json.loads(client.get("/queries/runaway-0001").data)["outcome"] == "deadline"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("url", EVERYWHERE)
@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_everything_has_the_headers_of_safety(client: Client, method: str, url: str, accept: str) -> None:
    answer = client.open(url, method=method, headers={"Accept": accept})
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    page = answer.mimetype == "text/html"
    assert answer.headers["Cross-Origin-Resource-Policy"] == ("same-origin" if page else "cross-origin")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert len(answer.headers.getlist("Content-Length")) == (0 if answer.status_code == 304 else 1)
    if answer.status_code == 405:
        assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("host", ["a b", "x/y", "evil.example\\@good", "<b>", "a:b:c", "h\xe9", "[::1"])
@pytest.mark.parametrize(
    "url", ["/sparql?query=ASK{}", "/.well-known/void", "/releases/current", f"/{FORUM}", "/store?default"]
)
def test_a_host_that_is_none_is_refused(client: Client, url: str, host: str) -> None:
    answer = client.get(url, headers={"Host": host})
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert "Location" not in answer.headers


def test_nothing_from_a_request_gets_into_headers(client: Client) -> None:
    smuggled = "x\r\nSet-Cookie: a=b"
    for url in (f"/id/actor/{smuggled}", f"/questions/{smuggled}", f"/queries/{smuggled}", "/sparql"):
        answer = client.get(url, query_string={"format": smuggled, "release": smuggled, "query": smuggled})
        assert "Set-Cookie" not in answer.headers
        assert answer.status_code in {400, 404, 406}


# Limits.


def test_what_is_too_long_is_refused_by_its_name(own: tuple[Front, Client]) -> None:
    _, client = own
    assert ask(client, "ASK {}" + " " * 500).status_code == 200
    for accept, media_type in (("*/*", "application/problem+json"), ("text/html", "text/html")):
        long_url = ask(client, "ASK {}" + " " * 2000, Accept=accept)
        assert (long_url.status_code, long_url.mimetype) == (414, media_type)
        assert "url_bytes" in long_url.text
        long_headers = ask(client, "ASK {}", Accept=accept, Padding="x" * 1001)
        assert (long_headers.status_code, long_headers.mimetype) == (431, media_type)
        assert "header_bytes" in long_headers.text


def test_more_requests_than_the_limit_are_told_to_come_again(small: Path) -> None:
    settings = Settings(data=small / "data", readers=1, query_seconds=2.0, requests=1)
    with running(settings) as (front, client):
        held = threading.Thread(target=ask, args=(client, RUNAWAY))
        held.start()
        wait_until(lambda: front.running == 1)
        refused = ask(client, "ASK {}")
        assert refused.status_code == 503
        assert json.loads(refused.data)["limit"] == "requests"
        assert int(refused.headers["Retry-After"]) > 0
        assert client.get("/healthz").status_code == 200
        held.join()
        assert ask(client, "ASK {}").status_code == 200


def test_a_limit_is_told_with_its_value(tmp_path: Path) -> None:
    made.release(tmp_path)
    settings = Settings(
        data=tmp_path / "data", readers=1, query_seconds=0.5, request_bytes=1000, change_bytes=2000, writable=True,
        token=TOKEN,
    )  # fmt: skip
    with running(settings) as (_, client):
        told = [
            json.loads(answer.data)
            for answer in (
                ask(client, RUNAWAY),
                client.post("/sparql", data="#" * 1001, content_type=QUERY),
                client.post("/validate", data="#" * 1001, content_type="text/turtle"),
                client.post("/update", data="#" * 2001, content_type="application/sparql-update", headers=OPERATOR),
            )
        ]
    expected = [
        ("query_seconds", "0.5"),
        ("request_bytes", "1000"),
        ("request_bytes", "1000"),
        ("change_bytes", "2000"),
    ]
    for one, (limit, value) in zip(told, expected, strict=True):
        assert one["limit"] == limit
        assert f"{limit}." in one["detail"]
        assert value in one["detail"]
        assert one["query_id"]


# Compression.


@pytest.mark.parametrize(
    "url", ["/sparql?" + urlencode({"query": ALL}), "/", "/ns", f"/{FORUM}.ttl", "/static/style.css"]
)
def test_the_compressed_answer_is_the_answer(client: Client, url: str) -> None:
    plain, packed = client.get(url), client.get(url, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.content_length == len(packed.data) < len(plain.data)
    for answer in (plain, packed):
        assert "accept-encoding" in answer.headers["Vary"].lower()
    assert packed.headers["ETag"] == plain.headers["ETag"][:-1] + '-gzip"'
    for tag in (plain.headers["ETag"], packed.headers["ETag"], f"W/{packed.headers['ETag']}"):
        for encoding in (GZIP, {}):
            assert client.get(url, headers={"If-None-Match": tag, **encoding}).status_code == 304
    # A cache updates what has the validator that it is told, so it is told that of what it would have got.
    for answer, encoding in ((plain, {}), (packed, GZIP)):
        seen = {"If-None-Match": answer.headers["ETag"], **encoding}
        assert client.get(url, headers=seen).headers["ETag"] == answer.headers["ETag"]
    head = client.head(url, headers=GZIP)
    assert (head.headers["ETag"], head.data) == (packed.headers["ETag"], b"")


@pytest.mark.parametrize("url", ["/sparql?" + urlencode({"query": ALL}), "/ns", f"/{FORUM}.ttl", "/store?default"])
def test_who_wants_an_answer_only_as_it_was_gets_no_other(client: Client, url: str) -> None:
    for encoding in ({}, GZIP):
        tag = client.get(url, headers=encoding).headers["ETag"]
        for wanted in (tag, f'"another", {tag}', "*"):
            assert client.get(url, headers={"If-Match": wanted, **encoding}).status_code == 200
        for wanted in ('"another"', f"W/{tag}"):
            refused = client.get(url, headers={"If-Match": wanted, **encoding})
            assert (refused.status_code, json.loads(refused.data)["type"]) == (412, "urn:coopgraph:error:precondition")


def test_a_change_may_depend_on_what_was_fetched_compressed(tmp_path: Path) -> None:
    begin_empty(Shelf(tmp_path / "data"), gate="none", base=terms.BASE)
    graph, headers = "/store?graph=http://e/g", OPERATOR | {"Content-Type": "text/turtle"}
    triples = "".join(f"<http://e/a> <http://e/p> {number} .\n" for number in range(500))
    with running(Settings(data=tmp_path / "data", readers=1, writable=True, token=TOKEN)) as (_, client):
        client.put(graph, data=triples, headers=headers)
        tag = client.get(graph, headers=GZIP).headers["ETag"]
        assert tag.endswith('-gzip"')
        assert client.put(graph, data=triples[:100], headers=headers | {"If-Match": tag}).status_code == 400
        changed = client.post(graph, data="<http://e/a> a <http://e/b> .", headers=headers | {"If-Match": tag})
        late = client.post(graph, data="<http://e/a> a <http://e/c> .", headers=headers | {"If-Match": tag})
    assert (changed.status_code, late.status_code) == (204, 412)


@pytest.mark.parametrize("call", ["<http://e/f>(1)", "<http://www.w3.org/2001/XMLSchema#none>('1')"])
def test_a_function_that_is_not_there_is_unsupported_and_no_mistake_of_grammar(client: Client, call: str) -> None:
    answer = ask(client, f"SELECT ({call} AS ?x) {{}}")
    assert (answer.status_code, json.loads(answer.data)["type"]) == (501, "urn:coopgraph:error:unsupported")


@pytest.mark.parametrize("wanted", ["", "identity", "gzip;q=0", "br", "gzip;q=0.5, identity;q=0.9", "*;q=0"])
def test_who_does_not_want_it_does_not_get_it(client: Client, wanted: str) -> None:
    assert "Content-Encoding" not in ask(client, ALL, **{"Accept-Encoding": wanted}).headers


def test_short_answers_and_refusals_stay_as_they_are(client: Client) -> None:
    for answer in (ask(client, "ASK {}", **GZIP), ask(client, "SELECT", **GZIP)):
        assert "Content-Encoding" not in answer.headers


# Long answers.


def test_a_long_answer_has_its_length_and_is_whole(client: Client) -> None:
    long = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 8000"
    answer = ask(client, long)
    assert answer.content_length == len(answer.data) > 1_000_000
    assert len(json.loads(answer.data)["results"]["bindings"]) == 8000
    head = client.head("/sparql?" + urlencode({"query": long}))
    assert (head.content_length, head.data) == (answer.content_length, b"")


def test_a_long_page_passes_through_whole(own: tuple[Front, Client]) -> None:
    front, client = own
    parts = [bytes([65 + number % 26]) * 50_000 for number in range(60)]

    @front.application.get("/long")
    def long() -> object:
        return iter(parts), 200, {"X-Coopgraph-Release": "1"}

    @front.application.get("/broken")
    def broken() -> object:
        def told() -> Iterator[bytes]:
            yield b"x" * 1000
            raise RuntimeError("halfway")

        return told(), 200

    answer = client.get("/long")
    assert answer.data == b"".join(parts)
    assert "X-Request-Id" in answer.headers
    assert client.head("/long").data == b""
    # What fails before it is sent is told with the right status.
    failed = client.get("/broken")
    assert failed.status_code == 500
    assert json.loads(failed.data)["type"] == "urn:coopgraph:error:internal"


# Memory for answers.


def test_an_answer_is_computed_once_in_a_release(own: tuple[Front, Client]) -> None:
    front, client = own
    cache = front.endpoint.cache
    first = ask(client, HOSTS)
    again = client.post("/sparql", data=HOSTS, content_type=QUERY)
    assert (cache.hits, cache.misses) == (1, 1)
    assert (first.data, first.headers["ETag"]) == (again.data, again.headers["ETag"])
    assert len(front.service.readers.pool.registry.past()) == 1
    ask(client, HOSTS, Accept="text/csv")
    ask(client, HOSTS, Host="elsewhere.example")
    client.get("/sparql?" + urlencode({"query": HOSTS, "default-graph-uri": "https://example.org/g"}))
    assert (cache.hits, cache.misses) == (1, 4)


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "uuid()", "STRUUID ()", "BNODE()", "n\\u006fw()", "Now#\n ()"])
def test_what_differs_from_call_to_call_is_never_kept(own: tuple[Front, Client], call: str) -> None:
    front, client = own
    answers = [ask(client, f"SELECT ({call} AS ?x) {{}}") for _ in range(2)]
    assert {answer.headers["Cache-Control"] for answer in answers if answer.status_code == 200} <= {"no-store"}
    assert all("ETag" not in answer.headers for answer in answers)
    assert len(front.endpoint.cache) == 0


def test_a_new_release_has_answers_of_its_own(tmp_path: Path) -> None:
    made.release(tmp_path)
    name = f"SELECT ?name {{ <{terms.ID}actor/atlantis> <{terms.PREFIXES['skos']}prefLabel> ?name }}"
    with running(Settings(data=tmp_path / "data", readers=1)) as (_, client):
        before = ask(client, name)
        small = Small()
        small.entities["actors"] = small.entities["actors"].replace('"Atlantis"@en', '"Sunken Atlantis"@en')
        made.release(tmp_path, small)
        after = ask(client, name)
        pinned = client.get("/sparql?" + urlencode({"query": name, "release": "1"}))
    assert b"Sunken" not in before.data
    assert b"Sunken" in after.data
    assert (pinned.data, pinned.headers["ETag"]) == (before.data, before.headers["ETag"])
    assert "immutable" in pinned.headers["Cache-Control"]
    assert "Memento-Datetime" in pinned.headers
    assert after.headers["Cache-Control"] == "no-cache"


def test_an_answer_names_the_release_it_is_from_though_an_earlier_one_had_the_same_content(tmp_path: Path) -> None:
    small = Small()
    small.entities["actors"] = small.entities["actors"].replace('"Atlantis"@en', '"Sunken Atlantis"@en')
    made.release(tmp_path)
    with running(Settings(data=tmp_path / "data", readers=1)) as (_, client):
        first = [ask(client, HOSTS, **GZIP) for _ in range(3)][-1]
        made.release(tmp_path, small)
        made.release(tmp_path)
        again = [ask(client, HOSTS, **headers) for headers in ({}, {}, {}, GZIP, GZIP)]
    assert first.headers["X-Coopgraph-Release"] == "1"
    assert {answer.headers["X-Coopgraph-Release"] for answer in again} == {"3"}
    assert {answer.headers["ETag"].strip('"').split("-")[0] for answer in (first, *again)} == {
        first.headers["ETag"][1:33]
    }


def test_without_room_nothing_is_kept(small: Path) -> None:
    with running(Settings(data=small / "data", readers=1, cache_bytes=0)) as (front, client):
        assert ask(client, HOSTS).data == ask(client, HOSTS).data
        assert len(front.endpoint.cache) == 0
        assert len(front.service.readers.pool.registry.past()) == 2


# What runs and what ran.


def test_queries_are_listed_but_not_what_they_asked(own: tuple[Front, Client]) -> None:
    _, client = own
    ask(client, "ASK { ?s ?p 'the secret' }", **{"X-Request-Id": "listed-0001"})
    ask(client, "SELECT", **{"X-Request-Id": "listed-0002"})
    for url in ("/queries", "/queries/listed-0001"):
        for headers in ({}, BROWSER):
            answer = client.get(url, headers=headers)
            assert answer.status_code == 200
            assert "secret" not in answer.text
            assert "listed-0001" in answer.text
            assert "secret" in client.get(url, headers=OPERATOR).text
    told = json.loads(client.get("/queries/listed-0001").data)
    assert (told["state"], told["outcome"], told["rows"]) == ("finished", "answered", 1)
    assert told["age"] >= 0
    assert "client" not in told
    assert json.loads(client.get("/queries/listed-0002").data)["outcome"] == "syntax"
    assert client.get("/queries", headers={"Authorization": "Bearer wrong-token"}).status_code == 401
    assert client.get("/queries/nobody-0001").status_code == 404


def test_the_operator_ends_a_query_and_nobody_else_does(own: tuple[Front, Client]) -> None:
    _, client = own
    outcome: list[TestResponse] = []
    asking = threading.Thread(target=lambda: outcome.append(ask(client, RUNAWAY, **{"X-Request-Id": "cancel-0001"})))
    asking.start()
    wait_until(lambda: b"cancel-0001" in client.get("/queries").data)
    assert json.loads(client.get("/queries/cancel-0001").data)["state"] == "running"
    refused = client.delete("/queries/cancel-0001")
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.delete("/queries/cancel-0001", headers={"Authorization": "Bearer wrong-token"}).status_code == 401
    ended = client.delete("/queries/cancel-0001", headers=OPERATOR)
    assert (ended.status_code, json.loads(ended.data)["state"]) == (200, "cancelled")
    asking.join(10)
    assert json.loads(outcome[0].data)["type"] == "urn:coopgraph:error:cancelled"
    assert json.loads(outcome[0].data)["query_id"] == "cancel-0001"
    assert json.loads(client.get("/queries/cancel-0001").data)["state"] == "cancelled"
    late = client.delete("/queries/cancel-0001", headers=OPERATOR)
    # It is remembered, but there is nothing to end.
    assert (late.status_code, "remembered" in json.loads(late.data)["detail"]) == (404, False)
    assert client.put("/queries/cancel-0001").headers["Allow"] == "DELETE, GET, HEAD, OPTIONS"


def test_without_a_token_nobody_ends_a_query(small: Path) -> None:
    with running(Settings(data=small / "data", readers=1)) as (_, client):
        assert client.delete("/queries/any-query", headers=OPERATOR).status_code == 403


# Measures.


def measures(client: Client) -> dict[str, float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        "|".join((sample.name, *(sample.labels[name] for name in sorted(sample.labels, reverse=True)))): sample.value
        for family in families
        for sample in family.samples
    }


def test_measures_count_what_happened(own: tuple[Front, Client]) -> None:
    _, client = own
    for query in (HOSTS, HOSTS, "SELECT", "ASK {}"):
        ask(client, query)
    client.get(f"/{FORUM}")
    client.get("/made/up/path")
    found = measures(client)
    assert found["coopgraph_requests_total|200|sparql"] == 3
    assert found["coopgraph_requests_total|400|sparql"] == 1
    assert found["coopgraph_requests_total|200|id"] == 1
    assert found["coopgraph_requests_total|404|other"] == 1
    assert found["coopgraph_cache_hits_total"] == 1
    assert found["coopgraph_cache_bytes"] > 0
    assert found["coopgraph_release_number"] == 1
    assert 0 <= found["coopgraph_release_age_seconds"] < 86_400
    assert found["coopgraph_queries_waiting"] == 0
    assert found["coopgraph_requests_running"] == 1
    assert found["coopgraph_readers"] >= 1
    answered = {
        name: value for name, value in found.items() if name.startswith("coopgraph_request_seconds_bucket|answered")
    }
    assert found["coopgraph_request_seconds_count|answered"] == max(answered.values())
    assert list(answered.values()) == sorted(answered.values())
    assert found["coopgraph_request_seconds_count|syntax"] == 1


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_an_outcome_is_the_same_whoever_is_told_of_it(own: tuple[Front, Client], accept: str) -> None:
    _, client = own
    failing = {
        "/id/actor/nobody": "not-found",
        "/made/up/path": "not-found",
        "/sparql?query=SELECT": "syntax",
        "/id/actor/atlantis?format=papyrus": "not-acceptable",
        "/why?s=actor/nobody&o=%22": "request",
        "/id/actor/atlantis?release=x": "request",
        "/update": "method",
    }
    for url in failing:
        assert client.get(url, headers={"Accept": accept}).status_code >= 400
    counted = "coopgraph_request_seconds_count|"
    found = {name.removeprefix(counted): value for name, value in measures(client).items() if counted in name}
    codes = list(failing.values())
    assert {name: value for name, value in found.items() if name != "answered"} == {
        code: codes.count(code) for code in codes
    }


def test_measures_tell_the_places_apart(own: tuple[Front, Client]) -> None:
    _, client = own
    beginnings = {one.path[1:].partition("/")[0] for one in OPERATIONS}
    places = {place for place in beginnings if place and "{" not in place}
    for place in places:
        client.head(f"/{place}")
    found = {name.split("|")[2] for name in measures(client) if name.startswith("coopgraph_requests_total")}
    # The last one is counted when it has been answered.
    assert places - {"metrics"} == found - {"metrics"}


def test_measures_count_what_had_to_be_killed(small: Path) -> None:
    with running(Settings(data=small / "data", readers=1, query_seconds=0.3)) as (_, client):
        assert ask(client, RUNAWAY).status_code == 504
        assert measures(client)["coopgraph_readers_killed_total|deadline"] == 1


def wait_until(condition: object, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)
