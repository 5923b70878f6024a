"""Clients that know nothing of this service but its address: a query editor and a query engine of others."""

from __future__ import annotations

import json
import os
import subprocess
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, parse

from coopgraph import terms
from coopgraph.release import description, examples
from coopgraph.release.publish import publish
from coopgraph.release.shelf import Shelf
from tests import shipped, tools
from tests.cli.test_serve import Served, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JSON = "application/sparql-results+json"
# What the SPARQL editor of the SIB (0.2.15) asks an endpoint when a page is opened, and for how long it waits.
SECONDS = 5.0
PREFIXES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace
WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix}
ORDER BY ?prefix"""
EXAMPLES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX spex: <https://purl.expasy.org/sparql-examples/ontology#>
SELECT DISTINCT ?sq ?comment ?query
WHERE {
    ?sq a sh:SPARQLExecutable ;
        rdfs:comment ?comment ;
        sh:select|sh:ask|sh:construct|spex:describe ?query .
} ORDER BY ?sq"""
PARTITIONS = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh:<http://www.w3.org/ns/shacl#>
PREFIX sd:<http://www.w3.org/ns/sparql-service-description#>
PREFIX void:<http://rdfs.org/ns/void#>
PREFIX void-ext:<http://ldf.fi/void-ext#>
SELECT DISTINCT ?graph ?graphLabel ?subjectClass ?prop ?objectClass ?objectDatatype
?triples ?subjectClassLabel ?objectClassLabel ?subjectClassComment ?objectClassComment ?propLabel ?propComment
WHERE {
  {
    OPTIONAL {
      ?graph sd:graph ?graphDesc .
      OPTIONAL { ?graph rdfs:label ?graphLabel }
      ?graphDesc void:classPartition ?cp .
    }
    ?cp void:class ?subjectClass ;
      void:propertyPartition ?pp .
    OPTIONAL { ?subjectClass rdfs:label ?subjectClassLabel }
    OPTIONAL { ?subjectClass rdfs:comment ?subjectClassComment }

    ?pp void:property ?prop .
    OPTIONAL { ?pp void:triples ?triples }
    OPTIONAL { ?prop rdfs:label ?propLabel }
    OPTIONAL { ?prop rdfs:comment ?propComment }
    OPTIONAL {
      {
        ?pp  void:classPartition [ void:class ?objectClass ] .
        OPTIONAL { ?objectClass rdfs:label ?objectClassLabel }
        OPTIONAL { ?objectClass rdfs:comment ?objectClassComment }
      } UNION {
        ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] .
      }
    }
  } UNION {
    ?linkset void:subjectsTarget [ void:class ?subjectClass ] ;
      void:linkPredicate ?prop ;
      void:objectsTarget [ void:class ?objectClass ] .
  }
} ORDER BY ?subjectClass ?objectClass ?objectDatatype ?graph ?triples"""

COMUNICA = "@comunica/query-sparql@4.4.1"
# That of Debian 12, with which this version was tried (18.20.4), as it was with Node 20.
NODE = 18
# Given nothing but an address, it finds out by the Service Description what is there.
ENGINE = """
const { QueryEngine } = require('@comunica/query-sparql');
const [address, query] = process.argv.slice(1);
(async () => {
  const engine = new QueryEngine();
  const answer = await engine.query(query, { sources: [address] });
  const types = { bindings: 'application/sparql-results+json', boolean: 'application/sparql-results+json',
                  quads: 'application/n-triples' };
  const { data } = await engine.resultToString(answer, types[answer.resultType]);
  data.on('data', (part) => process.stdout.write(part));
  data.on('error', (error) => { console.error(error); process.exit(1); });
})().catch((error) => { console.error(error); process.exit(1); });
"""
NS = f"PREFIX cg: <{terms.NS}>"
QUERIES = {
    "select": f"{NS} SELECT ?person ?post ?body {{ ?person cg:holdsPost ?post . ?post cg:postIn ?body }}",
    "ask": f"{NS} ASK {{ ?event cg:heldIn ?place ; cg:host ?host }}",
    "construct": f"{NS} CONSTRUCT {{ ?host cg:hosts ?event }} WHERE {{ ?event cg:host ?host }}",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The shipped graph, on a socket."""
    directory: Path = tmp_path_factory.mktemp("clients")
    publish(
        Shelf(directory / "data"),
        shipped.quads(),
        verdict={"conforms": True},
        versions={"coopgraph": "test"},
        describe=description.of_ours(),
    )
    with serving(directory, "--bind", "127.0.0.1:0") as running:
        yield running


def asked(served: Served, query: str) -> list[dict[str, Any]]:
    """The rows, asked for as the editor does."""
    started = time.monotonic()
    status, headers, body = served.get(
        f"/sparql?ac=1&query={quote(query, safe='')}", Accept=JSON, Origin="https://example.org"
    )
    assert status == 200, body
    assert time.monotonic() - started < SECONDS
    assert {name.lower(): value for name, value in headers.items()}["access-control-allow-origin"] == "*"
    rows: list[dict[str, Any]] = json.loads(body)["results"]["bindings"]
    return rows


def test_an_editor_finds_the_prefixes(served: Served) -> None:
    found = {row["prefix"]["value"]: row["namespace"]["value"] for row in asked(served, PREFIXES)}
    assert found == terms.PREFIXES


def test_an_editor_finds_examples_that_run(served: Served) -> None:
    rows = asked(served, EXAMPLES)
    assert {row["query"]["value"] for row in rows} == {one.query for one in examples.shipped()}
    for row in rows:
        status, _, body = served.ask(row["query"]["value"], JSON)
        assert status == 200, row["comment"]["value"]
        assert json.loads(body)
        assert row["sq"]["value"].startswith(terms.BASE + "questions/")


def test_an_editor_finds_what_classes_say_with_which_properties(served: Served) -> None:
    rows = asked(served, PARTITIONS)
    assert all("subjectClass" in row and "prop" in row for row in rows)
    (posts,) = [
        row
        for row in rows
        if (row["subjectClass"]["value"], row["prop"]["value"]) == (terms.NS + "Person", terms.NS + "holdsPost")
        and row.get("objectClass", {}).get("value") == terms.NS + "Post"
        and row["graph"]["value"].endswith("default-graph")
    ]
    (counted,) = shipped.reader().query(f"{NS} SELECT (COUNT(*) AS ?n) {{ ?s a cg:Person ; cg:holdsPost ?post }}")
    assert posts["triples"]["value"] == counted["n"].value
    datatypes = {
        row["objectDatatype"]["value"]
        for row in rows
        if row["prop"]["value"] == terms.NS + "startDate" and "objectDatatype" in row
    }
    assert terms.PREFIXES["xsd"] + "date" in datatypes
    named = {row["graph"]["value"] for row in rows}
    assert terms.PROSPECTIVE_GRAPH.value in named
    kinds = {row["subjectClass"]["value"] for row in rows if row["graph"]["value"].endswith("default-graph")}
    assert {terms.NS + "Person", terms.NS + "Meeting", terms.NS + "Agreement"} <= kinds


@pytest.mark.slow
@pytest.mark.parametrize("name", QUERIES)
def test_an_engine_of_others_gets_the_same_answers(served: Served, name: str) -> None:
    place = tools.npm(COMUNICA, node=NODE)
    run = subprocess.run(
        ["node", "-e", ENGINE, "--", f"{served.url}/sparql", QUERIES[name]],
        capture_output=True,
        check=False,
        timeout=120,
        env=os.environ | {"NODE_PATH": str(place / "node_modules")},
        cwd=place,
    )
    assert run.returncode == 0, run.stderr.decode()
    expected = shipped.reader().query(QUERIES[name])
    if isinstance(expected, QueryBoolean):
        assert json.loads(run.stdout)["boolean"] == bool(expected)
    elif isinstance(expected, QueryTriples):
        assert {quad.triple for quad in parse(run.stdout, RdfFormat.N_TRIPLES)} == set(expected)
    else:
        assert isinstance(expected, QuerySolutions)
        rows = json.loads(run.stdout)["results"]["bindings"]
        names = [variable.value for variable in expected.variables]
        found = sorted(tuple(row[one]["value"] for one in names) for row in rows)
        assert found == sorted(tuple(row[one].value for one in names) for row in expected)
        assert found
