"""A thing under its own address, for readers of every kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import rdflib
from lxml import html
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.settings import Settings
from coopgraph.sparql.negotiation import RESOURCES, Offer
from coopgraph.web import create_app
from tests.small import DOCUMENT, Small
from tests.web import made
from tests.web.made import BROWSER, CENTRE, FORUM

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Triple
    from werkzeug.test import Client

RDF = tuple(offer for offer in RESOURCES if offer.name not in {"html", "json"})
FOUNDER = NamedNode(terms.NS + "founder")


def triples(client: Client, url: str, form: RdfFormat = RdfFormat.TURTLE) -> set[Triple]:
    return {quad.triple for quad in parse(client.get(url).data, format=form)}


@pytest.mark.parametrize("offer", RESOURCES, ids=lambda offer: offer.name)
def test_suffix_and_header_give_the_same(client: Client, offer: Offer) -> None:
    by_suffix = client.get(f"/{FORUM}.{offer.name}", headers={"Accept": "image/png"})
    by_header = client.get(f"/{FORUM}", headers={"Accept": offer.media_type})
    assert by_suffix.status_code == by_header.status_code == 200
    assert by_suffix.mimetype == offer.media_type
    assert by_suffix.data == by_header.data
    assert {"accept", "accept-language", "accept-datetime"} <= set(by_header.headers["Vary"].lower().split(", "))
    assert f'</{FORUM}.ttl>; rel="alternate"; type="text/turtle"' in by_header.headers["Link"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("offer", RDF, ids=lambda offer: offer.name)
def test_every_rdf_format_says_the_facts(client: Client, offer: Offer) -> None:
    data = client.get(f"/{FORUM}.{offer.name}").data
    form = RdfFormat.from_media_type(offer.media_type)
    assert form is not None
    found = {quad.triple for quad in parse(data, format=form) if quad.graph_name == DefaultGraph()}
    assert triples(client, f"/{FORUM}.nt", RdfFormat.N_TRIPLES) == found
    if form in {RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.JSON_LD}:
        assert len(rdflib.Graph().parse(data=data, format=offer.media_type)) == len(found)


def test_a_program_without_wishes_gets_turtle(client: Client) -> None:
    assert client.get(f"/{FORUM}").mimetype == "text/turtle"
    assert client.get(f"/{FORUM}", headers=BROWSER).mimetype == "text/html"
    assert client.get(f"/{FORUM}", headers={"Accept": "image/png"}).status_code == 406


def test_plans_are_not_among_the_facts(client: Client) -> None:
    assert not [triple for triple in triples(client, f"/{CENTRE}.ttl") if triple.predicate == FOUNDER]
    planned = [quad for quad in parse(client.get(f"/{CENTRE}.trig").data, format=RdfFormat.TRIG)
               if quad.predicate == FOUNDER]  # fmt: skip
    assert {quad.graph_name for quad in planned} == {terms.PROSPECTIVE_GRAPH}


def test_a_page_tells_plans_under_their_own_heading(client: Client) -> None:
    page = html.fromstring(client.get(f"/{CENTRE}", headers=BROWSER).text)
    sections = {section.get("class"): section.text_content() for section in page.iter("section")}
    assert "founder" in sections["plans"]
    assert "Lemuria" in sections["plans"]
    assert "founder" not in sections["facts"]
    assert "proposed" in sections["facts"]


def test_a_page_shows_the_words_that_say_so(client: Client) -> None:
    page = html.fromstring(client.get(f"/{FORUM}", headers=BROWSER).text)
    quotations = {quotation.text_content(): quotation.get("lang") for quotation in page.iter("q")}
    assert quotations["The Atlantis Forum 2031 was hosted by Atlantis"] == "en"
    dates = {time.get("datetime"): time.text for time in page.iter("time")}
    assert dates["2031-05-05"] == "5 May 2031"
    rows = [row.text_content() for row in page.iter("th")]
    assert "host" in "".join(rows)
    assert not [row for row in rows if row.strip() == "participant"]


def test_without_the_documents_positions_remain(small: Path) -> None:
    app = create_app(Settings(data=small / "data", readers=1))
    try:
        text = app.test_client().get(f"/{FORUM}", headers=BROWSER).text
    finally:
        app.extensions["coopgraph"].close()
    assert "<q" not in text
    assert "characters 12–58" in text


def test_another_text_is_never_quoted(tmp_path: Path) -> None:
    made.release(tmp_path)
    document = tmp_path / "documents" / f"0_{DOCUMENT}.txt"
    document.write_text(document.read_text(encoding="utf-8").replace("hosted", "shunned"), encoding="utf-8")
    app = create_app(Settings(data=tmp_path / "data", documents=tmp_path / "documents", readers=1))
    try:
        text = app.test_client().get(f"/{FORUM}", headers=BROWSER).text
    finally:
        app.extensions["coopgraph"].close()
    assert "shunned" not in text
    assert "characters 12–58" in text


def test_labels_come_in_the_readers_language(tmp_path: Path) -> None:
    small = Small()
    small.entities["actors"] = small.entities["actors"].replace('"Atlantis"@en', '"Atlantis"@en , "亚特兰蒂斯"@zh-Hans')
    made.release(tmp_path, small)
    app = create_app(Settings(data=tmp_path / "data", readers=1))
    try:
        client = app.test_client()
        chinese = client.get("/id/actor/atlantis", headers=BROWSER | {"Accept-Language": "zh-CN, zh;q=0.9, en;q=0.5"})
        english = client.get("/id/actor/atlantis", headers=BROWSER | {"Accept-Language": "fr"})
    finally:
        app.extensions["coopgraph"].close()
    heading = html.fromstring(chinese.text).find(".//h1")
    assert heading is not None
    assert (heading.text, (heading.get("lang") or "").lower()) == ("亚特兰蒂斯", "zh-hans")
    assert '<h1 lang="en" dir="auto">Atlantis</h1>' in english.text
    assert chinese.headers["ETag"] != english.headers["ETag"]


def test_the_json_tells_what_the_page_tells(client: Client) -> None:
    told = json.loads(client.get(f"/{CENTRE}.json").data)
    assert told["iri"] == terms.BASE + CENTRE
    (founder,) = [one for one in told["plans"]["statements"] if one["property"]["label"] == "founder"]
    assert founder["values"][0]["iri"] == terms.ID + "actor/lemuria"
    assert client.get(founder["values"][0]["why"]).status_code == 200


@pytest.mark.parametrize(
    "path", [FORUM, CENTRE, "ns", "vocab", "vocab/status", "vocab/status/held", "shapes", f"id/doc/{DOCUMENT}"]
)
def test_a_reader_who_has_it_gets_nothing_again(client: Client, path: str) -> None:
    first = client.get(f"/{path}.ttl")
    again = client.get(f"/{path}.ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(f"/{path}.ttl")
    assert (head.data, head.headers["ETag"]) == (b"", first.headers["ETag"])
    assert head.headers["Content-Length"] == str(len(first.data))


@pytest.mark.parametrize(
    "path",
    ["id/actor/nobody", "id/actor/nobody.ttl", "id/actor/a%3Eb", "vocab/nothing", "vocab/status/nothing", "ns/x"],
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/{path}").status_code == 404
    assert client.get(f"/{path}", headers=BROWSER).mimetype == "text/html"


def test_an_unknown_suffix_names_the_known_ones(client: Client) -> None:
    answer = client.get("/ns.xyz")
    assert answer.status_code == 406
    assert "text/turtle (ttl)" in answer.text


def test_a_span_and_an_assertion_are_things_too(client: Client) -> None:
    span = terms.span(DOCUMENT, 12, 58)
    found = triples(client, f"/{span.value.removeprefix(terms.BASE)}.ttl")
    assert {triple.object for triple in found if triple.subject == span and triple.predicate == cg.IN_DOCUMENT}
    quads = parse(client.get(f"/{FORUM}.nq").data, format=RdfFormat.N_QUADS)
    assertions = {str(quad.subject)[1:-1] for quad in quads if quad.predicate == cg.SUBJECT}
    assert assertions
    for iri in assertions:
        told = triples(client, f"/{iri.removeprefix(terms.BASE)}.ttl")
        assert {triple.predicate for triple in told} >= {cg.SUBJECT, cg.PREDICATE, cg.FACTUALITY, cg.HAS_EVIDENCE}


def test_the_terms_are_whole(client: Client, root: Path) -> None:
    written = {quad.predicate for quad in parse(path=str(root / "ontology" / "coopgraph.ttl"))}
    served = triples(client, "/ns.ttl")
    assert {triple.predicate for triple in served} >= written - {cg.RDF_TYPE}
    page = html.fromstring(client.get("/ns", headers=BROWSER).text)
    assert page.get_element_by_id("host").text_content().startswith("host")
    classes = json.loads(client.get("/ns.json").data)["members"]
    assert cg.CLS_EVENT.value in {one["iri"] for one in classes}


def test_a_release_may_have_another_base(tmp_path: Path) -> None:
    base = "https://kg.example/"
    made.release(tmp_path, base=base)
    app = create_app(Settings(data=tmp_path / "data", base_iri=base, readers=1))
    try:
        client = app.test_client()
        turtle, page = client.get(f"/{CENTRE}.trig"), client.get(f"/{CENTRE}", headers=BROWSER)
        why = client.get("/why?s=cgid:event/atlantis-forum-2031&p=cg:host")
        terms_page = client.get("/ns.ttl")
    finally:
        app.extensions["coopgraph"].close()
    assert terms.BASE not in turtle.text
    assert f"{base}graph/prospective" in {
        str(quad.graph_name)[1:-1] for quad in parse(turtle.data, format=RdfFormat.TRIG)
    }
    assert 'class="plans"' in page.text
    assert f"{base}{CENTRE}" in page.text
    assert json.loads(why.data)[0]["predicate"] == f"{base}ns#host"
    assert f"{base}ns#Event" in {triple.subject.value for triple in
        {quad.triple for quad in parse(terms_page.data, format=RdfFormat.TURTLE)}}  # type: ignore[union-attr]  # fmt: skip
