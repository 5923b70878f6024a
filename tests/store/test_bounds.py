"""Rows are counted in the bytes that the engine writes, whatever the values are and wherever the parts are cut."""

from __future__ import annotations

from typing import IO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store, Triple

from coopgraph.errors import CoopgraphError
from coopgraph.store.bounds import BoundedOutput, bounded, row_counter

FORMS = [QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV]
# The characters that the formats use as marks, and some that they escape.
TEXTS = st.text(alphabet=st.sampled_from('",{}[]:\\\n\r\t<>/abresult&;é🌏'), max_size=12)
CELLS = st.none() | TEXTS | TEXTS.map(lambda text: f"{text}{{}},{{}}") | st.sampled_from(["}},{", "]}}", '}},{"}'])


def sparql(text: str) -> str:
    escaped = text.translate({ord(c): f"\\u{ord(c):04X}" for c in "\\\"'\n\r\t"})
    return f'"{escaped}"'


def solutions(rows: list[tuple[str | None, str | None]]) -> QuerySolutions:
    values = " ".join("(" + " ".join("UNDEF" if c is None else sparql(c) for c in row) + ")" for row in rows)
    answer = Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    assert isinstance(answer, QuerySolutions)
    return answer


@given(
    rows=st.lists(st.tuples(CELLS, CELLS), max_size=8),
    form=st.sampled_from(FORMS),
    cuts=st.lists(st.integers(1, 9), min_size=1, max_size=20),
)
def test_the_count_is_exact(
    rows: list[tuple[str | None, str | None]], form: QueryResultsFormat, cuts: list[int]
) -> None:
    body = solutions(rows).serialize(format=form)
    assert body is not None
    count, total, position, index = row_counter(form), 0, 0, 0
    while position < len(body):
        step = cuts[index % len(cuts)]
        total += count(body[position : position + step])
        position, index = position + step, index + 1
    assert total == len(rows)
    assert row_counter(form)(body) == len(rows)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.file_extension))
def test_triple_terms_and_no_variables_are_rows_too(form: QueryResultsFormat) -> None:
    for text, rows in [
        ("SELECT * { { BIND(<<(<http://e/a> <http://e/p> 1)>> AS ?t) } UNION {} }", 2),
        ("SELECT * {}", 1),
        ("SELECT * { FILTER(false) }", 0),
        ("SELECT ?x { { BIND(1 AS ?x) } UNION {} UNION {} }", 3),
    ]:
        answer = Store().query(text)
        assert isinstance(answer, QuerySolutions)
        body = answer.serialize(format=form)
        assert body is not None
        assert row_counter(form)(body) == rows, text


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.file_extension))
def test_one_row_more_than_allowed_is_refused(form: QueryResultsFormat) -> None:
    rows: list[tuple[str | None, str | None]] = [("a", None)] * 5
    output = BoundedOutput(size=10_000, rows=5, count=row_counter(form))
    solutions(rows).serialize(cast("IO[bytes]", output), form)
    assert output.rows == 5
    assert output.content == solutions(rows).serialize(format=form)
    output = BoundedOutput(size=10_000, rows=4, count=row_counter(form))
    with pytest.raises(CoopgraphError) as caught:
        solutions(rows).serialize(cast("IO[bytes]", output), form)
    assert (caught.value.code, caught.value.limit) == ("too-large", "query_rows")
    assert "4 rows" in caught.value.detail


def test_one_byte_more_than_allowed_is_refused() -> None:
    body = solutions([("a", "b")]).serialize(format=QueryResultsFormat.JSON) or b""
    BoundedOutput(size=len(body), rows=9).write(body)
    with pytest.raises(CoopgraphError) as caught:
        BoundedOutput(size=len(body) - 1, rows=9).write(body)
    assert (caught.value.code, caught.value.limit) == ("too-large", "query_bytes")


def test_triples_are_counted_and_bounded() -> None:
    triples = [cast("Triple", object())] * 3
    counted: list[int] = []
    assert list(bounded(triples, 3, counted.append)) == triples
    assert list(bounded([], 3, counted.append)) == []
    assert counted == [3, 0]
    with pytest.raises(CoopgraphError) as caught:
        list(bounded(triples, 2, counted.append))
    assert caught.value.limit == "query_rows"
