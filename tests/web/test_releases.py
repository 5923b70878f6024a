"""A release is a resource: a page, data, files to fetch whole or in parts, and citations."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest
from lxml import html
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from coopgraph.release import citation, description
from coopgraph.release.shelf import Shelf
from coopgraph.settings import Settings
from coopgraph.sparql.negotiation import RELEASES
from coopgraph.web import create_app
from tests.small import Small
from tests.web import made
from tests.web.whole import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import Client, TestResponse

    from coopgraph.sparql.negotiation import Offer

DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
BASE = "https://w3id.org/coopgraph/"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Over two releases that describe themselves."""
    directory: Path = tmp_path_factory.mktemp("releases")
    made.release(directory, describe=description.of_ours())
    small = Small()
    small.entities["actors"] = small.entities["actors"].replace('"Atlantis"@en', '"New Atlantis"@en')
    made.release(directory, small, describe=description.of_ours())
    return Settings(
        data=directory / "data", readers=1, publisher="The Reef Institute", contact="mailto:reef@example.org"
    )


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Client]:
    """A client of the whole service."""
    with running(settings) as (_, found):
        yield found


@pytest.fixture
def shelf(settings: Settings) -> Shelf:
    return Shelf(settings.data)


def graph(client: Client, url: str, form: RdfFormat = RdfFormat.TURTLE) -> Store:
    store = Store()
    store.extend(parse(client.get(url).data, format=form))
    return store


def fetched(client: Client, url: str, method: str = "GET", **headers: str) -> TestResponse:
    """The answer with its whole body; the file behind it is closed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with client.open(url, method=method, headers=named) as answer:
        answer.get_data()
        return answer


def values(store: Store, subject: str, predicate: str) -> set[str]:
    return {quad.object.value for quad in store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)}


@pytest.mark.parametrize("offer", RELEASES, ids=lambda offer: offer.name)
def test_suffix_and_header_give_the_same(client: Client, offer: Offer) -> None:
    by_suffix = client.get(f"/releases/1.{offer.name}", headers={"Accept": "image/png"})
    by_header = client.get("/releases/1", headers={"Accept": offer.media_type})
    assert by_suffix.status_code == by_header.status_code == 200
    assert by_suffix.mimetype == by_header.mimetype == offer.media_type
    assert by_suffix.data == by_header.data
    assert by_suffix.headers["ETag"] == by_header.headers["ETag"]
    assert client.head("/releases/1", headers={"Accept": offer.media_type}).headers["ETag"] == by_header.headers["ETag"]
    known = {"If-None-Match": by_header.headers["ETag"], "Accept": offer.media_type}
    assert client.get("/releases/1", headers=known).status_code == 304
    for relation in ("license", "cite-as", "describedby", "item", "successor-version", "type"):
        assert f'rel="{relation}"' in by_header.headers["Link"]


NOWHERE = ["/releases/9", "/releases/0", "/releases/1.docx", "/releases/1/store", "/releases/1/quads.nq.gz",
           "/releases/1/../manifest.json", "/releases/9/quads.nq"]  # fmt: skip


@pytest.mark.parametrize("url", NOWHERE)
def test_what_is_not_there_is_not_found(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


def test_the_data_say_what_the_manifest_says(client: Client, shelf: Shelf) -> None:
    manifest = shelf.manifest(2)
    node = f"{BASE}releases/2"
    for suffix, form in (("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD), ("rdf", RdfFormat.RDF_XML)):
        store = graph(client, f"/releases/2.{suffix}", form)
        assert values(store, node, DCAT + "version") == {"2"}
        assert values(store, node, DCAT + "previousVersion") == {f"{BASE}releases/1"}
        assert values(store, node, "http://purl.org/dc/terms/identifier") == {f"sha256:{manifest.digest}"}
        assert values(store, node, VOID + "triples") == {str(manifest.counts["quads"])}
    told = json.loads(client.get("/releases/2.json").data)
    assert told["digest"] == manifest.digest
    assert told["number"] == 2
    assert manifest.digest in told["citation"]


def test_every_distribution_is_a_real_file(client: Client) -> None:
    store = graph(client, "/catalog")
    files = {quad.subject for quad in store.quads_for_pattern(None, None, NamedNode(DCAT + "Distribution"))}
    assert len(files) == 6
    for file in files:
        (address,) = values(store, file.value, DCAT + "downloadURL")
        answer = fetched(client, address)
        assert answer.status_code == 200
        assert (
            values(store, file.value, DCAT + "byteSize")
            == {str(len(answer.data))}
            == {answer.headers["Content-Length"]}
        )
        (media_type,) = values(store, file.value, DCAT + "mediaType")
        assert media_type.endswith(answer.mimetype)
        (checksum,) = values(store, file.value, "http://spdx.org/rdf/terms#checksum")
        assert values(store, checksum, "http://spdx.org/rdf/terms#checksumValue") == {
            hashlib.sha256(answer.data).hexdigest()
        }


def test_a_file_comes_in_parts_and_is_kept_for_good(client: Client, shelf: Shelf) -> None:
    url = "/releases/1/quads.nq"
    whole = fetched(client, url)
    assert whole.headers["ETag"] == f'"{shelf.manifest(1).digest}"'
    assert whole.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = fetched(client, url, Range="bytes=100-199")
    assert part.status_code == 206
    assert part.data == whole.data[100:200]
    assert fetched(client, url, Range="bytes=99999999-").status_code == 416
    assert fetched(client, url, If_None_Match=whole.headers["ETag"]).status_code == 304
    head = fetched(client, url, "HEAD")
    assert head.headers["Content-Length"] == str(len(whole.data))
    assert not head.data


def test_current_leads_to_the_current_one(client: Client) -> None:
    for rest in ("", "/quads.nq"):
        answer = client.get(f"/releases/current{rest}")
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith(f"/releases/2{rest}")
        assert answer.headers["Cache-Control"] == "no-cache"


def test_citations_are_those_of_the_release(client: Client, shelf: Shelf) -> None:
    cited = citation.of(shelf.manifest(1), "http://localhost/releases/1")
    for suffix, form in (("bib", "bibtex"), ("ris", "ris"), ("cff", "cff")):
        assert client.get(f"/releases/1.{suffix}").text == citation.FORMS[form](cited)
    page = html.document_fromstring(client.get("/releases/1.html").text)
    shown = page.text_content()
    for words in (citation.text(cited), citation.bibtex(cited), citation.cff(cited)):
        assert words.strip() in shown


def test_the_catalogue_names_who_offers_what_and_where(client: Client) -> None:
    store = graph(client, "/catalog.ttl")
    (whole,) = [quad.subject.value for quad in store.quads_for_pattern(None, None, NamedNode(DCAT + "Catalog"))]
    (dataset,) = values(store, whole, DCAT + "dataset")
    assert values(store, dataset, DCAT + "hasVersion") == {f"{BASE}releases/1", f"{BASE}releases/2"}
    assert values(store, dataset, DCAT + "hasCurrentVersion") == {f"{BASE}releases/2"}
    (publisher,) = values(store, dataset, "http://purl.org/dc/terms/publisher")
    assert values(store, publisher, "http://xmlns.com/foaf/0.1/name") == {"The Reef Institute"}
    (contact,) = values(store, dataset, DCAT + "contactPoint")
    assert values(store, contact, "http://www.w3.org/2006/vcard/ns#hasEmail") == {"mailto:reef@example.org"}
    (service,) = values(store, whole, DCAT + "service")
    (endpoint,) = values(store, service, DCAT + "endpointURL")
    assert json.loads(client.get(f"{endpoint}?query=ASK{{}}").data)["boolean"]


def test_the_description_counts_what_queries_count(client: Client) -> None:
    answer = client.get("/.well-known/void")
    assert answer.status_code == 302
    store = graph(client, answer.headers["Location"])
    (endpoint,) = values(store, f"{BASE}void#dataset", VOID + "sparqlEndpoint")
    rows = store.query(f"""PREFIX void: <{VOID}> SELECT ?class ?n {{
        <{BASE}void#default> void:classPartition ?part . ?part void:class ?class ; void:entities ?n }}""")
    counted = {row["class"].value: int(row["n"].value) for row in rows}
    query = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class FILTER(ISIRI(?class)) } GROUP BY ?class"
    told = json.loads(client.get(endpoint, query_string={"query": query}).data)["results"]["bindings"]
    assert counted == {row["class"]["value"]: int(row["n"]["value"]) for row in told}
    assert Literal("cg") in {quad.object for quad in store}
    old = client.get("/void.nt?release=1")
    assert old.headers["Cache-Control"].endswith("immutable")
    dumps = [
        values(graph(client, f"/void.nt{which}"), f"{BASE}void#dataset", VOID + "dataDump")
        for which in ("", "?release=1")
    ]
    assert dumps == [{f"http://localhost/releases/{name}/quads.nq"} for name in ("current", "1")]
    for suffix, form in (("jsonld", RdfFormat.JSON_LD), ("rdf", RdfFormat.RDF_XML), ("nt", RdfFormat.N_TRIPLES)):
        assert len(graph(client, f"/void.{suffix}", form)) == len(store)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("/", "Dataset"),
        ("/releases/1", "Dataset"),
        (f"/{made.FORUM}", "Event"),
        (f"/{made.CENTRE}", "Organization"),
        ("/id/actor/ada-reed", "Person"),
        ("/id/place/port-azur", "Place"),
        ("/vocab/status/held", "DefinedTerm"),
        ("/id/actor/atlantis", None),
        ("/id/post/minister-of-tides", None),
    ],
)
def test_pages_tell_machines_what_they_are_about(client: Client, url: str, kind: str | None) -> None:
    page = html.document_fromstring(client.get(url, headers=made.BROWSER).text)
    scripts = page.xpath("//script[@type='application/ld+json']")
    assert len(scripts) == (kind is not None)
    for script in scripts:
        told = json.loads(script.text)
        assert told["@type"] == kind
        assert told["@context"] == "https://schema.org"
        assert told["name"]


def test_an_event_is_marked_up_with_its_facts_alone(client: Client) -> None:
    page = html.document_fromstring(client.get(f"/{made.FORUM}", headers=made.BROWSER).text)
    told = json.loads(page.xpath("//script")[0].text)
    assert told["startDate"] == "2031-05-05"
    assert told["location"][0]["name"] == {"@value": "Port Azur", "@language": "en"}
    page = html.document_fromstring(client.get(f"/{made.CENTRE}", headers=made.BROWSER).text)
    assert "founder" not in json.loads(page.xpath("//script")[0].text)


def test_no_name_can_leave_the_markup(tmp_path: Path) -> None:
    small = Small()
    small.entities["actors"] = small.entities["actors"].replace('"Ada Reed"@en', '"</script><b>Ada</b>"@en')
    made.release(tmp_path, small)
    found = create_app(Settings(data=tmp_path / "data", readers=1))
    try:
        page = found.test_client().get("/id/actor/ada-reed", headers=made.BROWSER).text
    finally:
        found.extensions["coopgraph"].close()
    assert len(re.findall("</script>", page)) == 1
    assert (
        json.loads(html.document_fromstring(page).xpath("//script")[0].text)["name"]["@value"] == "</script><b>Ada</b>"
    )
