"""`/validate`: whatever is posted, a whole report or a plain refusal, within limits."""

from __future__ import annotations

import io
import json
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from coopgraph import terms
from coopgraph.settings import Settings
from coopgraph.web import create_app
from tests.web.made import BROWSER
from tests.web.whole import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import Client

SH = terms.PREFIXES["sh"]
PREFIXES = """@prefix cg: <https://w3id.org/coopgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
NAMED = "<https://w3id.org/coopgraph/vocab/identification/named>"
GOOD = f"""{PREFIXES}
<https://w3id.org/coopgraph/id/actor/mu> a cg:State ; cg:iso3166Alpha2 "XM" ; cg:identification {NAMED} ;
    skos:prefLabel "Mu"@en .
"""
BAD = f"{PREFIXES}<https://w3id.org/coopgraph/id/actor/mu> a cg:State .\n"
TURTLE = {"Content-Type": "text/turtle"}


@pytest.fixture(scope="module")
def client(small: Path) -> Iterator[Client]:
    """A client of a service that gives validations the time they need, however busy the machine is."""
    with running(Settings(data=small / "data", readers=1, request_bytes=50_000)) as (_, found):
        yield found


def post(client: Client, data: str | bytes, url: str = "/validate", **headers: str) -> Any:
    return client.post(
        url, data=data, headers=TURTLE | {name.replace("_", "-"): text for name, text in headers.items()}
    )


def test_data_that_fit_are_told_to_conform(client: Client) -> None:
    answer = post(client, GOOD, Accept="application/json")
    assert answer.status_code == 200
    told = json.loads(answer.data)
    assert told["conforms"] is True
    assert told["violations"] == 0
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "media_type",
    ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig",
     "application/n-quads"],
)  # fmt: skip
def test_the_report_is_shacl_in_every_rdf_format(client: Client, media_type: str) -> None:
    answer = post(client, BAD, Accept=media_type)
    assert answer.status_code == 200
    assert answer.mimetype == media_type
    form = RdfFormat.from_media_type(media_type)
    assert form is not None
    triples = [quad.triple for quad in parse(answer.data, form)]
    (conforms,) = [triple.object for triple in triples if triple.predicate == NamedNode(f"{SH}conforms")]
    assert isinstance(conforms, Literal)
    assert conforms.value == "false"
    focus = {triple.object for triple in triples if triple.predicate == NamedNode(f"{SH}focusNode")}
    assert NamedNode("https://w3id.org/coopgraph/id/actor/mu") in focus


@pytest.mark.parametrize(
    ("content_type", "data"),
    [
        ("application/n-triples", "<urn:x:a> <urn:x:b> <urn:x:c> .\n"),
        ("application/n-quads", "<urn:x:a> <urn:x:b> <urn:x:c> <urn:x:g> .\n"),
        ("application/trig", "<urn:x:g> { <urn:x:a> <urn:x:b> <urn:x:c> }"),
        ("application/ld+json", '{"@id": "urn:x:a", "urn:x:b": {"@id": "urn:x:c"}}'),
        (
            "application/rdf+xml",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">'
            '<rdf:Description rdf:about="urn:x:a"><x:b rdf:resource="urn:x:c"/></rdf:Description></rdf:RDF>',
        ),
        ("text/turtle; charset=utf-8", ""),
    ],
)
def test_every_rdf_format_is_read(client: Client, content_type: str, data: str) -> None:
    answer = client.post("/validate", data=data, headers={"Content-Type": content_type, "Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    # Where a statement may stand is judged as well, and nothing of ours is called so.
    assert json.loads(answer.data)["conforms"] is ("urn:x:g" not in data)


def test_data_may_be_judged_together_with_the_release(client: Client) -> None:
    # A second place for an event that has one already: alone nobody could tell.
    code = f'{PREFIXES}<https://w3id.org/coopgraph/id/actor/lemuria> skos:prefLabel "Other"@en .\n'
    alone = json.loads(post(client, code, Accept="application/json").data)
    together = json.loads(post(client, code, "/validate?with=release", Accept="application/json").data)
    release = json.loads(post(client, "", "/validate?with=release", Accept="application/json").data)
    assert together["violations"] > release["violations"]
    assert {finding["focus"] for finding in together["findings"]} != {finding["focus"] for finding in alone["findings"]}


def test_shapes_of_strangers_are_not_used(client: Client) -> None:
    shape = f"""
@prefix sh: <{SH}> .
<https://w3id.org/coopgraph/graph/shapes> {{
  <urn:x:shape> a sh:NodeShape ; sh:targetNode <urn:x:a> ; sh:property [ sh:path <urn:x:p> ; sh:minCount 1 ] .
}}
"""
    answer = client.post(
        "/validate", data=shape, headers={"Content-Type": "application/trig", "Accept": "application/json"}
    )
    assert json.loads(answer.data)["conforms"] is True


@pytest.mark.parametrize(
    ("headers", "data", "url", "status"),
    [
        (TURTLE, "<urn:x:a> <urn:x:b> .\n", "/validate", 400),
        ({"Content-Type": "text/html"}, GOOD, "/validate", 415),
        ({"Content-Type": "image/png"}, "{}", "/validate", 415),
        ({}, GOOD, "/validate", 415),
        (TURTLE, "#" * 60_000, "/validate", 413),
        (TURTLE | {"Accept": "image/png"}, GOOD, "/validate", 406),
        (TURTLE, GOOD, "/validate?with=love", 400),
        (TURTLE, GOOD, "/validate?shapes=mine", 400),
        (TURTLE, GOOD, "/validate?release=7", 404),
        ({"Content-Type": "application/ld+json"}, "[" * 40_000, "/validate", 413),
        (
            {"Content-Type": "application/ld+json"},
            '{"@context": "http://127.0.0.1:9/context", "name": "x"}',
            "/validate",
            400,
        ),
    ],
)
def test_what_cannot_be_judged_is_refused(
    client: Client, headers: dict[str, str], data: str, url: str, status: int
) -> None:
    answer = client.post(url, data=data, headers=headers)
    assert answer.status_code == status, answer.text
    assert json.loads(answer.data)["status"] == status
    page = client.post(url, data=data, headers=headers | BROWSER)
    assert page.status_code in {status, 200} if status == 406 else page.status_code == status


def test_a_mistake_in_the_data_is_told_by_line_and_column(client: Client) -> None:
    data = "<urn:x:a> <urn:x:b> <urn:x:c> .\n<urn:x:a> nonsense <urn:x:c> .\n"
    told = json.loads(post(client, data).data)
    assert told["line"] == 2
    assert told["column"] > 1
    page = html.document_fromstring(client.post("/validate", data={"data": data}, headers=BROWSER).text)
    assert page.xpath("//pre[@class='excerpt']/mark")
    assert page.xpath("//textarea/text()")[0].strip() == data.strip()


def test_a_form_may_bring_text_or_a_file(client: Client) -> None:
    form = client.get("/validate", headers=BROWSER)
    assert form.status_code == 200
    page = html.document_fromstring(form.text)
    assert set(page.xpath("//form//@name")) >= {"data", "file", "type", "with"}
    written = client.post("/validate", data={"data": BAD, "type": "text/turtle"}, headers=BROWSER)
    assert "does not conform" in written.text
    file = (io.BytesIO(GOOD.encode()), "data.ttl")
    sent = client.post("/validate", data={"file": file}, content_type="multipart/form-data", headers=BROWSER)
    assert "It conforms" in sent.text
    nothing = client.post("/validate", data={"data": " "}, headers=BROWSER)
    assert nothing.status_code == 400


def test_markup_in_data_stays_text(client: Client) -> None:
    data = (
        f'{PREFIXES}<https://w3id.org/coopgraph/id/actor/mu> a cg:State ; skos:prefLabel "<script>alert(1)</script>" .'
    )
    page = client.post("/validate", data={"data": data}, headers=BROWSER)
    assert page.status_code == 200
    assert not list(html.document_fromstring(page.text).iter("script"))


@pytest.mark.fault
def test_a_validation_that_takes_too_long_is_ended_and_only_so_many_run(small: Path) -> None:
    app = create_app(Settings(data=small / "data", readers=1, query_seconds=2.0, request_bytes=4_000_000))
    many = "".join(
        f"<https://w3id.org/coopgraph/id/actor/n{number}> a <{terms.NS}State> .\n" for number in range(40_000)
    )
    answers: list[Any] = []
    threads = [
        threading.Thread(target=lambda: answers.append(post(app.test_client(), many)), daemon=True) for _ in range(3)
    ]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - begin < 30
    assert sorted(answer.status_code for answer in answers) == [503, 503, 504]
    limits = {json.loads(answer.data)["limit"] for answer in answers}
    assert limits == {"query_seconds", "validations"}
    app.extensions["coopgraph"].close()
