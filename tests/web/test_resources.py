"""Whatever has an address of its own keeps the same promises: one address, many formats, honest caching, signposts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Store, parse

from coopgraph.release import description
from coopgraph.release.manifest import RELEASES
from coopgraph.settings import Settings
from coopgraph.sparql.negotiation import HTML, JSON, RESOURCES
from tests.small import DOCUMENT
from tests.web import made
from tests.web.whole import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import Client

    from coopgraph.sparql.negotiation import Offer

BASE = "https://w3id.org/coopgraph/"
CLASS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# Assertions are named by their content, so one is looked up.
ASSERTION, SPAN = "an assertion", "a span"
WITH_GRAPHS = {"nq", "trig"}
PATHS = {
    "a thing": made.FORUM,
    "a plan": made.CENTRE,
    "a document": f"id/doc/{DOCUMENT}",
    ASSERTION: "",
    SPAN: "",
    "a concept": "vocab/status/held",
    "a vocabulary": "vocab/status",
    "all vocabularies": "vocab",
    "the ontology": "ns",
    "the shapes": "shapes",
    "a shape": "shapes/K01",
    "a graph": "graph/prospective",
    "the graph of a document": f"graph/doc/{DOCUMENT}",
}
KINDS = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
RELEASE = {"ttl", "jsonld", "nt", "rdf", "json", "html"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client of a service with one release, which describes itself."""
    directory = tmp_path_factory.mktemp("resources")
    made.release(directory, describe=description.of_ours())
    with running(Settings(data=directory / "data", readers=1)) as (_, found):
        yield found


@pytest.fixture(scope="module")
def paths(client: Client) -> dict[str, str]:
    """Where one of each kind is."""
    found = dict(PATHS)
    for name, kind in ((ASSERTION, "Assertion"), (SPAN, "TextSpan")):
        query = f"SELECT ?one {{ GRAPH ?g {{ ?one a <{BASE}ns#{kind}> }} }} ORDER BY ?one LIMIT 1"
        answer = client.get("/sparql", query_string={"query": query, "format": "csv"}).text
        found[name] = answer.splitlines()[1].removeprefix(BASE)
    return found | {"a release": f"{RELEASES}/1", "the catalogue": "catalog", "the description": "void"}


CASES = [
    *((name, offer) for name in PATHS for offer in RESOURCES),
    *(("a release", offer) for offer in RESOURCES if offer.name in RELEASE),
    *((name, offer) for name in ("the catalogue", "the description") for offer in RESOURCES if offer.name in KINDS),
]


def links(header: str) -> dict[str, list[tuple[str, str]]]:
    """The targets of each relation, with their media types."""
    found: dict[str, list[tuple[str, str]]] = {}
    for target, parameters in re.findall(r"<([^>]*)>((?:; \w+=\"[^\"]*\")*)", header):
        given = dict(re.findall(r"(\w+)=\"([^\"]*)\"", parameters))
        for relation in given["rel"].split():
            found.setdefault(relation, []).append((target, given.get("type", "")))
    return found


@pytest.mark.parametrize(("name", "offer"), CASES, ids=lambda value: getattr(value, "name", value))
def test_one_address_in_every_format(client: Client, paths: dict[str, str], name: str, offer: Offer) -> None:
    path = paths[name]
    answer = client.get(f"/{path}", headers={"Accept": offer.media_type})
    suffixed = client.get(f"/{path}.{offer.name}")
    assert answer.status_code == suffixed.status_code == 200
    assert answer.mimetype == suffixed.mimetype == offer.media_type
    assert answer.data == suffixed.data
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.headers["Cache-Control"] == "no-cache"
    assert re.fullmatch(r'"[0-9a-f]{32}"', answer.headers["ETag"])
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert {"accept", "accept-language"} <= set(answer.headers["Vary"].lower().split(", "))
    told = links(answer.headers["Link"])
    formats = {media_type for _, media_type in told["alternate"]}
    assert offer.media_type in formats
    for target, media_type in told["alternate"] + told["describedby"]:
        assert client.head(target).mimetype == media_type
    assert told["license"] == [("https://creativecommons.org/licenses/by/4.0/", "")]
    assert told["cite-as"] == [(BASE + path, "")]
    unchanged = client.get(f"/{path}.{offer.name}", headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.status_code == 304
    assert not unchanged.data
    assert unchanged.headers["ETag"] == answer.headers["ETag"]
    head = client.head(f"/{path}.{offer.name}")
    assert not head.data
    for header in ("Content-Length", "ETag", "Link", "Vary", "Content-Type"):
        assert head.headers[header] == suffixed.headers[header]


@pytest.mark.parametrize("name", [*PATHS, "a release", "the catalogue", "the description"])
def test_methods_and_formats_that_are_not_offered_are_named(client: Client, paths: dict[str, str], name: str) -> None:
    path = f"/{paths[name]}"
    options = client.open(path, method="OPTIONS")
    assert {"GET", "HEAD", "OPTIONS"} <= set(options.headers["Allow"].replace(" ", "").split(","))
    refused = client.post(path)
    assert refused.status_code == 405
    assert "GET" in refused.headers["Allow"]
    unknown = client.get(path, headers={"Accept": "image/png"})
    assert unknown.status_code == 406
    assert "text/turtle" in unknown.text


@pytest.mark.parametrize("name", PATHS)
def test_formats_differ_in_form_alone(client: Client, paths: dict[str, str], name: str) -> None:
    def content(suffix: str, form: RdfFormat) -> Any:
        dataset = Dataset(parse(client.get(f"/{paths[name]}.{suffix}").data, form))
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        return set(dataset)

    expected = content("ttl", RdfFormat.TURTLE)
    assert expected
    for suffix, form in KINDS.items():
        assert content(suffix, form) == expected
    whole = content("nq", RdfFormat.N_QUADS)
    assert content("trig", RdfFormat.TRIG) == whole
    assert len({quad.triple for quad in whole}) >= len(expected)


@pytest.mark.parametrize("name", ["a thing", "a document", ASSERTION, SPAN, "a concept", "a shape"])
def test_the_type_of_a_thing_is_told_in_a_header(client: Client, paths: dict[str, str], name: str) -> None:
    path = paths[name]
    answer = client.get(f"/{path}.nq")
    kinds = {
        quad.object.value
        for quad in parse(answer.data, RdfFormat.N_QUADS)
        if quad.predicate.value == CLASS and quad.subject.value == BASE + path
    }
    assert kinds
    assert {target for target, _ in links(answer.headers["Link"])["type"]} == kinds


def test_json_ld_has_our_own_terms_inside(client: Client) -> None:
    told = client.get(f"/{made.FORUM}.jsonld").get_json(force=True)
    (forum,) = [one for one in told["@graph"] if one["id"].endswith("event/atlantis-forum-2031")]
    assert forum["label"] == {"en": "Atlantis Forum 2031"}
    assert forum["type"] == "Meeting"
    assert forum["host"] == ["cgid:actor/atlantis"]
    assert forum["status"] == "cgv:status/held"
    assert set(told["@context"]) >= {"label", "host", "status", "Meeting"}
    assert "signatory" not in told["@context"]


def test_the_page_of_a_graph_lists_what_it_speaks_of(client: Client) -> None:
    page = html.document_fromstring(client.get("/graph/prospective", headers=made.BROWSER).text)
    assert page.xpath("//h1")[0].text_content() == "Graph prospective"
    assert "Coral Centre" in page.text_content()
    assert page.xpath(f"//main//a[@href='/{made.CENTRE}']")
    assert client.get("/graph/nothing").status_code == 404
    assert {offer.media_type for offer in (HTML, JSON)} <= {
        media_type for _, media_type in links(client.get("/graph/prospective").headers["Link"])["alternate"]
    }


def test_the_service_description_counts_what_is_there(client: Client) -> None:
    store = Store()
    store.extend(parse(client.get("/sparql", headers={"Accept": "text/turtle"}).data, RdfFormat.TURTLE))
    void = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
    named = store.query(void + "SELECT ?g ?n { ?one sd:name ?g ; sd:graph/void:triples ?n }")
    told = {row["g"].value: row["n"].value for row in named}
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    rows = client.get("/sparql", query_string={"query": query, "format": "csv"}).text.splitlines()[1:]
    assert told == dict(row.split(",") for row in rows)
    (default,) = store.query(void + "SELECT ?n { ?dataset sd:defaultGraph/void:triples ?n }")
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert default["n"].value == client.get("/sparql", query_string={"query": query, "format": "csv"}).text.split()[1]
    seen = {quad.object.value for quad in store if quad.predicate.value.endswith("seeAlso")}
    assert seen == {"http://localhost/void", "http://localhost/catalog"}
    assert all(client.get(address).status_code == 200 for address in seen)
