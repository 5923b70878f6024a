"""Answers as columns: the same terms as the engine's own rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from coopgraph.network.projections import columns as room
from coopgraph.network.projections.columns import columns, literal
from coopgraph.store.memory import MemoryReader

QUERY = "SELECT ?s ?o ?x { ?s <http://e.x/p> ?o OPTIONAL { ?s <http://e.x/q> ?x } }"
names = st.sampled_from(["http://e.x/a", "http://e.x/ü", "http://e.x/b?c=d"])
texts = st.text(st.characters(codec="utf-8"), max_size=8)
objects = names.map(NamedNode) | texts.map(Literal) | texts.map(lambda text: Literal(text, language="en"))
more = st.lists(st.tuples(names, objects), max_size=12)


def _plain(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else "" if term is None else str(term)


@given(more, more, st.integers(1, 200))
def test_columns_hold_what_rows_hold(first: list, second: list, block: int) -> None:
    reader = MemoryReader(
        Quad(NamedNode(subject), NamedNode(f"http://e.x/{name}"), object_)
        for name, pairs in (("p", first), ("q", second))
        for subject, object_ in pairs
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_BLOCK", block)
        found = columns(reader, QUERY)
    rows = reader.query(QUERY)
    assert isinstance(rows, QuerySolutions)
    expected = [tuple(solution) for solution in rows]
    assert list(found) == ["s", "o", "x"]
    for position, column in enumerate(found.values()):
        assert len(set(column.terms)) == len(column.terms)
        assert len(column.codes) == len(expected)
        for written, row in zip(column.values(), expected, strict=True):
            term = row[position]
            if isinstance(term, Literal):
                assert literal(written) == term
            else:
                assert written == _plain(term)
                assert literal(written) is None


def test_a_question_without_a_table_is_a_mistake_of_the_declaration() -> None:
    with pytest.raises(TypeError, match="SELECT"):
        columns(MemoryReader([]), "ASK {}")
