"""Paging by keyset: over any rows, each comes once, in one order."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from coopgraph.curate.questions import read_question
from coopgraph.curate.values import INTEGER
from coopgraph.errors import CoopgraphError
from coopgraph.sparql.paging import after, page_query, token
from coopgraph.store.memory import MemoryReader

QUESTION = read_question(
    "all",
    """# title: What is there?
# description: Everything.
# topic: Tests
# proves: R1
# columns: thing iri, count integer, name text
SELECT ?thing ?count ?name WHERE {
  ?thing a <urn:x:Thing> .
  OPTIONAL { ?thing <urn:x:count> ?count }
  OPTIONAL { ?thing <urn:x:name> ?name }
}
ORDER BY DESC(?count) ?name
""",
)
THINGS = st.sampled_from([NamedNode(f"urn:x:{name}") for name in "abcde"])
COUNTS = st.tuples(
    THINGS,
    st.just(NamedNode("urn:x:count")),
    st.integers(-3, 3).map(lambda number: Literal(str(number), datatype=INTEGER)),
)
NAMES = st.tuples(
    THINGS,
    st.just(NamedNode("urn:x:name")),
    st.one_of(
        st.text("ab\"'\\\n{}?é中🜚", max_size=3).map(Literal),
        st.text("ab", max_size=2).map(lambda text: Literal(text, language="en")),
        st.text("ab", max_size=2).map(lambda text: Literal(text, language="de")),
    ),
)
KIND = st.tuples(
    THINGS,
    st.just(NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")),
    st.just(NamedNode("urn:x:Thing")),
)


def rows(reader: MemoryReader, text: str) -> list[tuple[object, ...]]:
    found = reader.query(text)
    assert isinstance(found, QuerySolutions)
    return [tuple(row) for row in found]


@given(st.lists(st.one_of(KIND, COUNTS, NAMES), max_size=30), st.integers(1, 4))
def test_pages_put_together_are_the_whole(triples: list[tuple[NamedNode, NamedNode, Literal]], size: int) -> None:
    reader = MemoryReader([Quad(*triple) for triple in triples])
    whole = rows(reader, page_query(QUESTION, {}, limit=10_000))
    assert len(whole) == len(set(whole))
    found: list[tuple[object, ...]] = []
    keys: tuple[str, ...] = ()
    while page := rows(reader, page_query(QUESTION, {}, limit=size, after=keys)):
        found += page
        keys = after(QUESTION, token(QUESTION, page[-1], bound_to="x"), bound_to="x")
    assert found == whole
    counts = [int(row[1].value) for row in whole if isinstance(row[1], Literal)]
    assert counts == sorted(counts, reverse=True)


@given(st.one_of(st.text(max_size=60), st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode())))
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        after(QUESTION, text, bound_to="x")
    assert caught.value.code == "request"


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts[:-1],
        lambda parts: [*parts, "more"],
        lambda parts: [parts[0], 1, *parts[2:]],
        lambda parts: [parts[0], "1) || (true", *parts[2:]],
        lambda parts: ["0" * 16, *parts[1:]],
        lambda _: {"a": 1},
        lambda _: [],
    ],
)
def test_a_token_that_was_tampered_with_is_refused(change: object) -> None:
    sound = token(QUESTION, (NamedNode("urn:x:a"), None, None), bound_to="x")
    parts = json.loads(base64.urlsafe_b64decode(sound + "=" * (-len(sound) % 4)))
    assert callable(change)
    forged = base64.urlsafe_b64encode(json.dumps(change(parts)).encode()).decode()
    with pytest.raises(CoopgraphError):
        after(QUESTION, forged, bound_to="x")


def test_a_token_is_bound_to_release_and_values() -> None:
    given_out = token(QUESTION, (NamedNode("urn:x:a"), None, None), bound_to="one")
    assert after(QUESTION, given_out, bound_to="one")
    with pytest.raises(CoopgraphError):
        after(QUESTION, given_out, bound_to="another")
