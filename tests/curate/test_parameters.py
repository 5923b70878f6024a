"""Parameters of questions: what a person may write, and that it stays a value whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions

from coopgraph import terms
from coopgraph.curate.parameters import CHARACTERS, Parameter, read, write
from coopgraph.curate.questions import query, read_question
from coopgraph.curate.values import DATE, INTEGER
from coopgraph.errors import CoopgraphError
from coopgraph.store.memory import MemoryReader

ASKED = """# title: What was said?
# description: The text that was given.
# topic: Tests
# proves: R1
# columns: text text
# parameter: text | text | Text
# parameter: thing | thing Event | Thing
SELECT ?text ?thing WHERE {
  VALUES ?text { "a" }
  VALUES ?thing { UNDEF }
}
ORDER BY ?text
"""
OTHER = "https://example.org/kg/"


def parameter(kind: str, argument: str = "") -> Parameter:
    return Parameter("one", kind, argument, "One", None)


@given(st.text(max_size=CHARACTERS))
def test_a_text_comes_back_as_it_was_given(text: str) -> None:
    question = read_question("asked", ASKED)
    try:
        value = read(parameter("text"), text)
    except ValueError:
        assert any(0xD800 <= ord(character) < 0xE000 for character in text)
        return
    found = MemoryReader([]).query(query(question, {"text": value}))
    assert isinstance(found, QuerySolutions)
    assert [(row["text"], row["thing"]) for row in found] == [(Literal(text), None)]


@given(st.text(max_size=60))
def test_a_name_is_one_iri_or_refused(text: str) -> None:
    question = read_question("asked", ASKED)
    try:
        value = read(parameter("thing", "Event"), text)
    except ValueError:
        return
    found = MemoryReader([]).query(query(question, {"thing": value}))
    assert isinstance(found, QuerySolutions)
    assert [(row["text"], row["thing"]) for row in found] == [(Literal("a"), value)]


@pytest.mark.parametrize(
    ("kind", "argument", "text", "value"),
    [
        ("thing", "Actor", "actor/asean", terms.thing("actor/asean")),
        ("thing", "Actor", "cgid:actor/asean", terms.thing("actor/asean")),
        ("thing", "Actor", "https://w3id.org/coopgraph/id/actor/asean", terms.thing("actor/asean")),
        ("concept", "status", "held", terms.concept("status:held")),
        ("concept", "status", "status:held", terms.concept("status:held")),
        ("property", "participant", "host", terms.term("host")),
        ("date", "first", "2019", Literal("2019-01-01", datatype=DATE)),
        ("date", "last", "2019", Literal("2019-12-31", datatype=DATE)),
        ("date", "last", "2020-02", Literal("2020-02-29", datatype=DATE)),
        ("date", "first", "2020-02-03", Literal("2020-02-03", datatype=DATE)),
        ("integer", "", "-12", Literal("-12", datatype=INTEGER)),
        ("integer", "1", "1", Literal("1", datatype=INTEGER)),
        ("language", "", "ZH-Hans", Literal("zh-hans")),
        ("text", "", '"}', Literal('"}')),
    ],
)
def test_what_a_person_may_write(kind: str, argument: str, text: str, value: NamedNode | Literal) -> None:
    assert read(parameter(kind, argument), text) == value
    assert read(parameter(kind, argument), write(value)) == value


@pytest.mark.parametrize(
    ("kind", "argument", "text"),
    [
        ("thing", "Actor", "ASEAN"),
        ("thing", "Actor", "https://a> }"),
        ("concept", "status", "no such/thing"),
        ("property", "participant", "a b"),
        ("date", "first", "2019-13"),
        ("date", "first", "2019-02-30"),
        ("date", "first", "0000"),
        ("date", "first", "٢٠١٩"),
        ("date", "first", "last year"),
        ("integer", "", "1.5"),
        ("integer", "", "1" * 30),
        ("integer", "1", "0"),
        ("language", "", "e"),
        ("language", "", "en us"),
        ("text", "", "x" * (CHARACTERS + 1)),
        ("text", "", "\ud800"),
    ],
)
def test_what_is_refused(kind: str, argument: str, text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(parameter(kind, argument), text)


def test_a_name_is_put_into_the_base_of_the_release() -> None:
    there = NamedNode(f"{OTHER}id/actor/asean")
    for text in ("actor/asean", "https://w3id.org/coopgraph/id/actor/asean", there.value):
        assert read(parameter("thing", "Actor"), text, base=OTHER) == there
    assert write(there, base=OTHER) == "actor/asean"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# title: What was said?\n", ""),
        ("# topic: Tests\n", "# topic: Tests\n# topic: More\n"),
        ("# columns: text text", "# columns: text blob"),
        ("| text | Text", "| blob | Text"),
        ("# parameter: text | text | Text\n", ""),
        ('  VALUES ?text { "a" }\n', ""),
        ('{ "a" }', "{ nowhere:a }"),
        ("?thing {", "?limit {"),
        ("ORDER BY ?text", "ORDER BY ?other"),
        ("ORDER BY ?text", "LIMIT 3"),
        ("# topic: Tests", "# subject: Tests"),
    ],
)
def test_a_file_that_is_no_question_is_told(old: str, new: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        read_question("asked", ASKED.replace(old, new))
    assert caught.value.code == "damaged"
    assert "asked" in caught.value.detail


def test_only_what_is_declared_can_be_given_or_left_open() -> None:
    question = read_question("asked", ASKED)
    assert "UNDEF" not in query(question)
    with pytest.raises(ValueError, match="no parameter other"):
        query(question, {"other": None})
    with pytest.raises(ValueError, match="text cannot be left open"):
        query(question, {"text": None})
