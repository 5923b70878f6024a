"""What the front promises over the embedded store it keeps over a remote one: answers, limits, pages, exports."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import io
import json
import os
import re
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from coopgraph import terms
from coopgraph.export.sameness import canonical
from coopgraph.release import remote_push
from coopgraph.release.shelf import Shelf
from coopgraph.sparql.negotiation import GRAPHS, TABLES
from coopgraph.store.memory import kept
from coopgraph.store.remote.reader import RemoteStore
from tests.cli.test_serve import SCRIPT, serving
from tests.servers.fuseki import fuseki
from tests.web import made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad

    from tests.cli.test_serve import Served
    from tests.remote.conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ASEAN = f"<{terms.ID}actor/asean>"
ABOUT = f"CONSTRUCT WHERE {{ {ASEAN} ?p ?o }}"
PROSPECTIVE = terms.PROSPECTIVE_GRAPH.value
GRAPHS_NAMED = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?i) }"


@pytest.fixture(scope="module")
def far(site: Site) -> Iterator[Served]:
    """The service over the remote store."""
    limits = {"COOPGRAPH_QUERY_SECONDS": "30", "COOPGRAPH_QUERY_ROWS": "60000"}
    with serving(site.directory / "nothing", "--bind", "127.0.0.1:0", **site.settings, **limits) as served:
        yield served


@pytest.fixture(scope="module")
def near(site: Site) -> Iterator[Served]:
    """The service over the same release on disk."""
    with serving(site.directory, "--bind", "127.0.0.1:0") as served:
        yield served


def sparql(served: Served, query: str, accept: str = "text/csv", **dataset: str) -> tuple[int, bytes]:
    named = [(name.replace("_", "-"), value) for name, value in dataset.items()]
    status, _, body = served.get("/sparql?" + urlencode([("query", query), *named]), Accept=accept)
    return status, body


QUERIES = {
    "named graphs": GRAPHS_NAMED,
    "one named graph": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{PROSPECTIVE}> {{ ?s ?p ?o }} }}",
    "a graph by prefix": f"PREFIX g: <{terms.GRAPH}> SELECT (COUNT(*) AS ?n) {{ GRAPH g:prospective {{ ?s ?p ?o }} }}",
    "a graph by base": f"BASE <{terms.BASE}> SELECT (COUNT(*) AS ?n) {{ GRAPH <graph/prospective> {{ ?s ?p ?o }} }}",
    "an escape": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{terms.BASE}\\u0067raph/prospective> {{ ?s ?p ?o }} }}",
    "a graph by values": f"SELECT (COUNT(*) AS ?n) {{ VALUES ?g {{ <{PROSPECTIVE}> }} GRAPH ?g {{ ?s ?p ?o }} }}",
    "a graph by filter": f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{PROSPECTIVE}>) }}",
    "a graph by its text": f"""SELECT DISTINCT (STRLEN(STR(?g)) AS ?n)
        {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{terms.GRAPH}doc/")) }} ORDER BY ?n""",
    "from": f"SELECT (COUNT(*) AS ?n) FROM <{PROSPECTIVE}> {{ ?s ?p ?o }}",  # noqa: S608 - SPARQL
    "from named": f"SELECT (COUNT(*) AS ?n) FROM NAMED <{PROSPECTIVE}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",  # noqa: S608
    "from a graph that is not there": "SELECT (COUNT(*) AS ?n) FROM <urn:coopgraph:releases> { ?s ?p ?o }",
    "a graph of another release": "SELECT (COUNT(*) AS ?n) { GRAPH <urn:coopgraph:alias> { ?s ?p ?o } }",
    "one by values": "SELECT (COUNT(*) AS ?n) { VALUES ?g { <urn:coopgraph:alias> } GRAPH ?g { ?s ?p ?o } }",
    "one by filter": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(?g = <urn:coopgraph:alias>) }",
    "one by binding": "SELECT (COUNT(*) AS ?n) { BIND(IRI('urn:coopgraph:alias') AS ?g) GRAPH ?g { ?s ?p ?o } }",
    "the default graph": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "yes": f"ASK {{ {ASEAN} ?p ?o }}",
    "no": "ASK { <urn:x:nobody> ?p ?o }",
    "languages": f"SELECT ?label {{ {ASEAN} <{terms.PREFIXES['skos']}prefLabel> ?label }} ORDER BY STR(?label)",
}


@pytest.mark.parametrize("name", QUERIES)
def test_the_same_answer_as_from_disk(far: Served, near: Served, name: str) -> None:
    accept = "text/csv" if QUERIES[name].startswith(("SELECT", "PREFIX", "BASE")) else "application/sparql-results+json"
    assert sparql(far, QUERIES[name], accept) == sparql(near, QUERIES[name], accept)


def test_the_parameters_of_the_protocol_name_the_dataset(far: Served, near: Served) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    elsewhere = f"SELECT (COUNT(*) AS ?n) FROM <{terms.SHAPES_GRAPH.value}> {{ ?s ?p ?o }}"  # noqa: S608
    for query in (count, inside, elsewhere):
        for dataset in (
            {"default_graph_uri": PROSPECTIVE},
            {"named_graph_uri": PROSPECTIVE},
            {"default_graph_uri": "http://example.org/none"},
        ):
            assert sparql(far, query, **dataset) == sparql(near, query, **dataset), (query, dataset)


@pytest.mark.parametrize("media_type", [offer.media_type for offer in TABLES])
def test_tables_in_every_format(far: Served, media_type: str) -> None:
    status, body = sparql(far, GRAPHS_NAMED, media_type)
    assert status == 200
    form = QueryResultsFormat.from_media_type(media_type)
    if form == QueryResultsFormat.CSV:
        names = [row["g"] for row in csv.DictReader(io.StringIO(body.decode()))]
    else:
        rows = parse_query_results(body, form)
        assert isinstance(rows, QuerySolutions)
        names = [row["g"].value for row in rows]
    assert PROSPECTIVE in names
    assert all(name.startswith(terms.GRAPH) for name in names)


@pytest.mark.parametrize("media_type", [offer.media_type for offer in GRAPHS])
def test_graphs_in_every_format(far: Served, near: Served, media_type: str) -> None:
    form = RdfFormat.from_media_type(media_type)
    assert form is not None
    answers = [sparql(served, ABOUT, media_type) for served in (far, near)]
    assert [status for status, _ in answers] == [200, 200]
    assert len({canonical(parse(body, format=form)) for _, body in answers}) == 1


def test_refusals_are_the_fronts_own(far: Served) -> None:
    status, body = sparql(far, "SELECT ?s\nWHERE {\n  ?s ?p\n}")
    assert (status, json.loads(body)["line"], json.loads(body)["column"]) == (400, 4, 2)
    for text in ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "ASK { SERVICE SILENT ?x { } }"):
        assert sparql(far, text)[0] == 403
    assert sparql(far, "LOAD <http://127.0.0.1:1/>")[0] == 400
    assert sparql(far, 'DEFINE get:soft "soft" SELECT * { ?s ?p ?o }')[0] == 400
    assert sparql(far, GRAPHS_NAMED, "image/png")[0] == 406
    assert far.send("PUT", "/sparql", b"x", {"Content-Type": "application/sparql-query"})[0] == 405
    assert far.get("/id/actor/nobody")[0] == 404
    assert far.get("/sparql?" + urlencode({"query": "ASK {}", "release": "77"}))[0] == 404


def test_limits_are_told_by_name(site: Site) -> None:
    limits = {"COOPGRAPH_QUERY_SECONDS": "1.5", "COOPGRAPH_QUERY_ROWS": "1000", "COOPGRAPH_QUERY_BYTES": "50000"}
    with serving(site.directory / "nothing", "--bind", "127.0.0.1:0", **site.settings, **limits) as served:
        status, body = sparql(served, "SELECT (1 AS ?one) { ?s ?p ?o } LIMIT 1001")
        assert (status, json.loads(body)["limit"]) == (413, "query_rows")
        status, body = sparql(served, "SELECT * { ?s ?p ?o } LIMIT 1000")
        assert (status, json.loads(body)["limit"]) == (413, "query_bytes")
        started = time.monotonic()
        status, body = sparql(served, RUNAWAY)
        assert (status, json.loads(body)["limit"]) == (504, "query_seconds")
        assert time.monotonic() - started < 20
        assert sparql(served, "ASK {}", "*/*")[0] == 200


def test_pages_say_what_they_say_over_the_disk(far: Served, near: Served) -> None:
    paths = ["/id/actor/asean", "/ns", "/vocab/status", "/shapes", "/questions", "/releases", "/catalog", "/void"]
    for path in (*paths, "/id/actor/asean.json", "/why?s=cgid:actor/asean", "/"):
        there, here = (served.get(path, Accept="text/html") for served in (far, near))
        assert (path, there[0]) == (path, here[0])
        if path.startswith("/id/"):
            assert there[2].replace(far.url.encode(), b"") == here[2].replace(near.url.encode(), b"")
    turtles = [served.get("/id/actor/asean.ttl")[2] for served in (far, near)]
    assert len({canonical(parse(turtle, format=RdfFormat.TURTLE)) for turtle in turtles}) == 1


@pytest.mark.parametrize("path", ["/void", "/catalog"])
def test_no_file_is_named_that_is_not_there(far: Served, near: Served, path: str) -> None:
    dumps = [served.get(path, Accept="application/n-triples")[2].count(b"#dataDump>") for served in (far, near)]
    assert dumps == [0, 1]
    assert far.get("/releases/1/quads.nq")[0] == 404


def test_every_named_question_has_the_same_answer(far: Served, near: Served) -> None:
    listed = json.loads(near.get("/questions", Accept="application/json")[2])
    names = [one["name"] for one in (listed["questions"] if isinstance(listed, dict) else listed)]
    assert len(names) > 50
    differing = []
    for name in names:
        there, here = (served.get(f"/questions/{name}.csv") for served in (far, near))
        # TDB2, below Fuseki, writes 2.0 for the decimal 2.
        lines = [sorted(re.sub(rb"\b(\d+)\.0\b", rb"\1", one[2]).splitlines()) for one in (there, here)]
        if there[0] != here[0] or lines[0] != lines[1]:
            differing.append((name, there[0], there[2][:900]))
    # Virtuoso joins its nine columns by a table of keys, of which it has room for twenty, and refuses.
    refused = [one for one in differing if one[0] == "central-by-measure" and b"Over 20 keys" in one[2]]
    assert differing == refused


def test_validators_are_those_of_the_release(far: Served, near: Served) -> None:
    url = "/id/actor/asean.ttl"
    there, here = (served.get(url)[1]["etag"] for served in (far, near))
    assert there == here
    assert far.get(url, **{"If-None-Match": there})[0] == 304


@pytest.mark.parametrize("form", ["nquads", "turtle"])
def test_an_export_from_there_is_the_export_from_here(site: Site, form: str) -> None:
    def export(**settings: str) -> frozenset[Quad]:
        command = [sys.executable, "-c", SCRIPT, "export", "-f", form, "--data", str(site.directory / "data")]
        told = subprocess.run(command, capture_output=True, check=True, timeout=200, env=os.environ | settings)
        syntax = {"nquads": RdfFormat.N_QUADS, "turtle": RdfFormat.TURTLE}[form]
        lines = b"".join(kept(parse(told.stdout, format=syntax)))
        return canonical(parse(lines, format=RdfFormat.N_QUADS))

    assert export(**site.settings) == export()


def test_a_lost_store_is_told_and_found_again(site: Site) -> None:
    with serving(site.directory / "nothing", "--bind", "127.0.0.1:0", **site.settings) as served:
        assert served.get("/readyz")[0] == 200
        outcome: list[tuple[int, bytes]] = []
        running = threading.Thread(target=lambda: outcome.append(sparql(served, RUNAWAY)))
        running.start()
        time.sleep(1)
        site.server.kill()
        try:
            running.join(timeout=60)
            ((status, body),) = outcome
            assert (status, json.loads(body)["type"]) == (503, "urn:coopgraph:error:store-lost")
            assert sparql(served, "SELECT (1 AS ?one) {} # not asked before")[0] == 503
            until(lambda: served.get("/readyz")[0] == 503)
            told = json.loads(served.get("/readyz")[2])
            assert "store" in told["reasons"][0]
            assert str(site.server.port) not in told["reasons"][0]
            assert served.get("/healthz")[0] == 200
        finally:
            site.server.start()
        until(lambda: served.get("/readyz")[0] == 200)
        assert sparql(served, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0] == 200


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until it holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_store_without_releases_is_served_as_it_is_until_there_is_one(site: Site, tmp_path: Path) -> None:
    if site.server.name != "Fuseki":
        pytest.skip("one more server is enough")
    made.release(tmp_path / "small")
    server = fuseki(tmp_path)
    settings = dataclasses.replace(site, server=server).settings
    try:
        server.start()
        with (
            contextlib.closing(RemoteStore(server.service, connections=2)) as store,
            serving(tmp_path / "nothing", "--bind", "127.0.0.1:0", **settings) as served,
        ):
            store.loop.run(store.client.update("INSERT DATA { <urn:x:a> <urn:x:b> 1 }", seconds=30))
            asked = "/sparql?" + urlencode({"query": "SELECT ?s { ?s ?p ?o }"})
            first, again = (served.get(asked, Accept="text/csv") for _ in range(2))
            assert first[2] == again[2] == b"s\r\nurn:x:a\r\n"
            # Nothing tells whether it has changed, so no validator is given twice, and no time pinned.
            assert first[1]["etag"] != again[1]["etag"]
            assert served.get(asked + "&release=1")[0] == 404
            assert served.get("/readyz")[0] == 200
            assert served.get("/", Accept="text/html")[0] == 200
            store.loop.run(store.client.update("INSERT DATA { <urn:x:c> <urn:x:b> 1 }", seconds=30))
            assert b"urn:x:c" in served.get(asked, Accept="text/csv")[2]
            with Shelf(tmp_path / "small" / "data").open() as release:
                remote_push.push(store, release, say=lambda _: None)
            pushed = time.monotonic()
            until(lambda: served.get("/readyz")[2].count(release.manifest.digest.encode()) == 1)
            assert time.monotonic() - pushed < 15
            assert b"urn:x:a" not in served.get(asked, Accept="text/csv")[2]
            assert served.get("/" + made.FORUM, Accept="text/html")[0] == 200
    finally:
        server.kill()
