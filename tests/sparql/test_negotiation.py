"""Content negotiation as RFC 9110 has it, with our defaults."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.negotiation import GRAPHS, HTML, TABLES, choose, prefers

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("application/json", "json"),
        ("application/sparql-results+xml", "xml"),
        ("text/csv", "csv"),
        ("text/csv, application/sparql-results+json", "json"),
        ("text/csv;q=0.9, application/sparql-results+json;q=0.8", "csv"),
        ("text/csv;q=0.5, */*;q=0.1", "csv"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("application/sparql-results+json; charset=utf-8", "json"),
        ("image/png, text/tab-separated-values;q=0.1", "tsv"),
        ("TEXT/CSV", "csv"),
        ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "json"),
        ("text/csv;q=.2, text/tab-separated-values;Q=.3", "tsv"),
    ],
)
def test_tables(accept: str, name: str) -> None:
    assert choose(TABLES, accept=accept).name == name


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "turtle"),
        ("*/*", "turtle"),
        ("application/*", "jsonld"),
        ("application/ld+json", "jsonld"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ("application/rdf+xml, text/turtle;q=0.9", "rdfxml"),
        ("application/n-quads", "nquads"),
        ("application/trig", "trig"),
        ("text/turtle;q=0, text/*;q=0.3, application/n-triples;q=0.2", "ntriples"),
        ("text/plain", "ntriples"),
    ],
)
def test_graphs(accept: str, name: str) -> None:
    assert choose(GRAPHS, accept=accept).name == name


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "*/*;q=0", "nonsense", "text/turtle"])
def test_what_is_not_offered_names_what_is(accept: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        choose(TABLES, accept=accept)
    assert caught.value.kind.http == 406
    for offer in TABLES:
        assert offer.media_type in caught.value.remedy


@pytest.mark.parametrize("asked", ["csv", "text/csv", " CSV "])
def test_the_parameter_beats_the_header(asked: str) -> None:
    assert choose(TABLES, accept="application/sparql-results+xml", asked=asked).name == "csv"


def test_an_unknown_parameter_is_not_overlooked() -> None:
    with pytest.raises(CoopgraphError) as caught:
        choose(TABLES, accept="*/*", asked="turtle")
    assert caught.value.code == "not-acceptable"


def test_a_browser_likes_a_page_and_a_program_does_not() -> None:
    assert prefers(HTML, TABLES, BROWSER)
    assert not prefers(HTML, TABLES, "*/*")
    assert not prefers(HTML, TABLES, "")
    assert not prefers(HTML, TABLES, "application/json, text/html")
    assert not prefers(HTML, TABLES, "image/png")


RANGE = st.sampled_from([offer.media_type for offer in (*TABLES, *GRAPHS)] + ["*/*", "text/*", "application/*", "a/b"])
HEADER = st.lists(st.tuples(RANGE, st.integers(0, 10)), min_size=1, max_size=5).map(
    lambda ranges: ", ".join(f"{name};q={quality / 10}" for name, quality in ranges)
)


@given(HEADER)
def test_the_order_of_the_header_does_not_matter(accept: str) -> None:
    def chosen(header: str) -> str:
        try:
            return choose(GRAPHS, accept=header).name
        except CoopgraphError as error:
            return error.code

    assert chosen(accept) == chosen(", ".join(reversed(accept.split(", "))))


@given(st.text(max_size=40))
def test_no_header_breaks_it(accept: str) -> None:
    try:
        outcome: object = choose(TABLES, accept=accept)
    except CoopgraphError as error:
        outcome = error.code
    assert outcome in {*TABLES, "not-acceptable"}
