"""The service description is RDF in every format and says what must be known."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from coopgraph.sparql.description import describe
from coopgraph.sparql.negotiation import GRAPHS

SD = "http://www.w3.org/ns/sparql-service-description#"


def described(media_type: str, *, update: str | None = None) -> Store:
    written = describe(
        "http://localhost/sparql",
        limits={
            "query_seconds": (30.0, "time limit of one query"),
            "query_memory": (2e9, "memory"),
            "x": (0.5, "half"),
        },
        default_triples=12,
        named_graphs={"http://x/b": 3, "http://x/a": 4},
        update=update,
        media_type=media_type,
    )
    store = Store()
    form = RdfFormat.from_media_type(media_type)
    assert form is not None
    store.extend(parse(written, format=form))
    return store


@pytest.mark.parametrize("media_type", [offer.media_type for offer in GRAPHS])
def test_every_format_says_the_same(media_type: str) -> None:
    assert len(described(media_type)) == len(described("application/n-triples"))


def test_service_endpoint_and_graphs() -> None:
    store = described("text/turtle")
    assert store.query(
        f"ASK {{ ?s a <{SD}Service> ; <{SD}endpoint> <http://localhost/sparql> ; <{SD}defaultDataset> ?d ;"
        f" <{SD}supportedLanguage> <{SD}SPARQL11Query> . ?d <{SD}namedGraph>/<{SD}name> <http://x/a>, <http://x/b> }}"
    )


def test_limits_are_numbers_without_exponent() -> None:
    store = described("text/turtle")
    found = {quad.object for quad in store.quads_for_pattern(None, NamedNode("https://schema.org/maxValue"), None)}
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    assert found == {Literal(30), Literal(2_000_000_000), Literal("0.5", datatype=decimal)} or found == {
        Literal(30), Literal(2_000_000_000), Literal("0.500000", datatype=decimal)
    }  # fmt: skip


def test_updates_have_a_place_of_their_own_if_any() -> None:
    updates = f"ASK {{ ?s <{SD}supportedLanguage> <{SD}SPARQL11Update> }}"
    assert not described("text/turtle").query(updates)
    store = described("text/turtle", update="http://localhost/update")
    assert store.query(
        f"ASK {{ ?q <{SD}endpoint> <http://localhost/sparql> ; <{SD}defaultDataset> ?d ."
        f" ?u a <{SD}Service> ; <{SD}endpoint> <http://localhost/update> ; <{SD}defaultDataset> ?d ;"
        f" <{SD}supportedLanguage> <{SD}SPARQL11Update> ; <{SD}inputFormat> <http://www.w3.org/ns/formats/TriG>"
        f" FILTER(?q != ?u) }}"
    )


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(ValueError, match="no RDF format"):
        described("text/html")
