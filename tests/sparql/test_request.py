"""What the protocol says about requests, case by case."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, quote_from_bytes, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.request import FORM, QUERY, UPDATE, QueryRequest, pairs, read

ASK = "ASK {}"


def encoded(*pairs: tuple[str, str]) -> bytes:
    return urlencode(pairs).encode()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_query_in_the_url(method: str) -> None:
    assert read(method, encoded(("query", ASK))) == QueryRequest(ASK)


def test_query_as_a_form() -> None:
    assert read("POST", b"", content_type=FORM, body=encoded(("query", ASK))) == QueryRequest(ASK)


@pytest.mark.parametrize("method", ["POST", "QUERY"])
@pytest.mark.parametrize("content_type", [QUERY, f"{QUERY}; charset=utf-8", f"{QUERY.upper()};charset=UTF-8"])
def test_query_as_the_body(method: str, content_type: str) -> None:
    assert read(method, b"", content_type=content_type, body="ASK { ?s ?p 'é' }".encode()) == QueryRequest(
        "ASK { ?s ?p 'é' }"
    )


def test_graphs_stand_in_the_url_of_a_direct_query() -> None:
    pairs = [("default-graph-uri", "http://a/"), ("default-graph-uri", "http://b/"), ("named-graph-uri", "http://c/")]
    request = read("POST", encoded(*pairs), content_type=QUERY, body=ASK.encode())
    assert request == QueryRequest(ASK, ("http://a/", "http://b/"), ("http://c/",))


def test_format_release_and_unknown_parameters() -> None:
    request = read("GET", encoded(("query", ASK), ("format", "csv"), ("release", "3"), ("version", "1.2"), ("x", "y")))
    assert request == QueryRequest(ASK, format="csv", release="3")


def test_nothing_asked_is_about_the_service() -> None:
    assert read("GET", b"") is None
    assert read("GET", b"format=turtle") is None


def test_an_empty_query_is_a_query() -> None:
    assert read("GET", b"query=") == QueryRequest("")


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body", "code"),
    [
        ("PUT", b"", QUERY, ASK.encode(), "method"),
        ("DELETE", encoded(("query", ASK)), "", b"", "method"),
        ("GET", encoded(("query", ASK), ("query", ASK)), "", b"", "request"),
        ("GET", encoded(("update", "CLEAR ALL")), "", b"", "request"),
        ("GET", encoded(("query", ASK), ("update", "CLEAR ALL")), "", b"", "request"),
        ("GET", b"query=%FF", "", b"", "request"),
        ("GET", b"query=\xff", "", b"", "request"),
        ("GET", encoded(("query", ASK), ("format", "csv"), ("format", "json")), "", b"", "request"),
        ("GET", b"a=b&" * 2000 + b"query=ASK{}", "", b"", "request"),
        ("POST", b"", "", ASK.encode(), "media-type"),
        ("POST", b"", "text/plain", ASK.encode(), "media-type"),
        ("POST", b"", "multipart/form-data; boundary=x", b"", "media-type"),
        ("POST", b"", UPDATE, b"CLEAR ALL", "request"),
        ("POST", b"", FORM, encoded(("update", "CLEAR ALL")), "request"),
        ("POST", b"", FORM, b"", "request"),
        ("POST", b"", FORM, encoded(("query", ASK), ("query", ASK)), "request"),
        ("POST", encoded(("query", ASK)), FORM, encoded(("query", ASK)), "request"),
        ("POST", encoded(("query", ASK)), QUERY, ASK.encode(), "request"),
        ("POST", b"", QUERY, ASK.encode("utf-16"), "request"),
        ("POST", b"", f"{QUERY}; charset=utf-16", ASK.encode("utf-16"), "request"),
        ("POST", b"", FORM, b"query=%C3%28", "request"),
    ],
)
def test_refusals(method: str, query_string: bytes, content_type: str, body: bytes, code: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        read(method, query_string, content_type=content_type, body=body)
    assert caught.value.code == code


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_arrives_unchanged(text: str) -> None:
    """By every way of sending it, once decoded and never twice."""
    direct = read("POST", b"", content_type=QUERY, body=text.encode())
    assert direct == QueryRequest(text)
    assert read("GET", encoded(("query", text))) == direct
    assert read("POST", b"", content_type=FORM, body=encoded(("query", text))) == direct
    assert read("GET", b"query=" + quote_from_bytes(text.encode(), safe="").encode()) == direct


@given(st.binary(max_size=60), st.binary(max_size=60), st.sampled_from(["GET", "POST"]), st.sampled_from([FORM, QUERY]))
def test_any_bytes_give_a_request_or_a_clear_error(url: bytes, body: bytes, method: str, content_type: str) -> None:
    try:
        outcome: object = read(method, url, content_type=content_type, body=body)
    except CoopgraphError as error:
        outcome = error.kind.http
    assert outcome is None or outcome == 400 or isinstance(outcome, QueryRequest)


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=60)), max_size=8), st.booleans())
def test_parameters_are_read_as_everybody_reads_them(given: list[tuple[str, str]], plus: bool) -> None:
    written = [(name, value) for name, value in given if name not in {"query", "update", "format", "release"}]
    text = urlencode([*written, ("query", ASK)], quote_via=quote_plus if plus else quote)
    assert pairs(text.encode()) == parse_qsl(text, keep_blank_values=True)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_as_everybody_reads_them(encoded: bytes) -> None:
    try:
        expected = parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(CoopgraphError):
            pairs(encoded)
    else:
        assert pairs(encoded) == expected
