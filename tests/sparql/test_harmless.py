"""What is refused for its calls is known to be well written or not, and no call is made to know it."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from coopgraph.errors import CoopgraphError
from coopgraph.sparql import harmless
from coopgraph.sparql.policy import admit, admit_update

QUERIES = [
    "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . SERVICE ?s { ?s ?p ?o } FILTER(?s < 1) }",
    "PREFIX s: <http://127.0.0.1:9/> ASK { SERVICE s:x { ?s ?p ?o { SERVICE SILENT s:y { } } } }",
    "ASK {\n  SERVICE\n  SILENT # so\n  <http://127.0.0.1:9/>\n  { ?s ?p ?o }\n}",
    'ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p "SERVICE <x> {" } }',
]
UPDATES = [
    "LOAD <http://127.0.0.1:9/>",
    "LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <urn:g>",
    "PREFIX s: <http://127.0.0.1:9/> LOAD s:x ; CLEAR ALL ;",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> } ; LOAD <http://127.0.0.1:9/>",
]


@pytest.mark.parametrize("text", QUERIES)
def test_a_query_without_its_calls_runs_and_is_as_wrong_as_the_query(text: str) -> None:
    made = harmless.query(text)
    assert made is not None
    admit(made)
    Store().query(made)
    wrong = harmless.query(text + "\n}")
    assert wrong is not None
    with pytest.raises(SyntaxError):
        Store().query(wrong)


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_without_its_calls_is_never_carried_out_and_as_wrong_as_the_update(text: str) -> None:
    made, store = harmless.update(text), Store()
    assert made is not None
    admit_update(made.text)
    with pytest.raises(RuntimeError, match="does not exist"):
        store.update(made.text)
    assert len(store) == 0
    wrong = harmless.update(text + "\n}")
    assert wrong is not None
    with pytest.raises(SyntaxError):
        store.update(wrong.text)


@pytest.mark.parametrize("text", ["LOAD", "LOAD ;", "LOAD SILENT ; CLEAR ALL", "LOAD INTO GRAPH <urn:g>"])
def test_a_load_of_nothing_is_a_mistake(text: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        harmless.update(text)
    assert (caught.value.code, caught.value.line, caught.value.column) == ("syntax", 1, 1)


def test_mistakes_stand_where_they_stood() -> None:
    text = "ASK {\n  SERVICE SILENT\n   <http://127.0.0.1:9/> { ?s ?p ?o } ) }"
    made = harmless.query(text)
    assert made is not None
    assert made.split("\n")[2] == text.split("\n")[2]
    assert made.index(")") == text.index(")")
    update = harmless.update("CLEAR ALL ;\nLOAD <http://127.0.0.1:9/long-enough> )")
    assert update is not None
    lines = update.text.split("\n")
    assert lines[1] == "CLEAR ALL ;"
    assert lines[-1].index(")") == len("LOAD <http://127.0.0.1:9/long-enough> ")
    assert [update.line_before(number) for number in (2, 3)] == [1, 2]


def test_a_prologue_stays_before_the_operations() -> None:
    update = harmless.update("PREFIX a: <urn:a>\nPREFIX b: <urn:b> LOAD a:x ;\nCLEAR ALL )")
    assert update is not None
    lines = update.text.split("\n")
    assert lines[2].startswith(" " * len("PREFIX b: <urn:b> ") + "LOAD")
    assert [update.line_before(number) for number in (1, 2, 3, 4)] == [1, 2, 2, 3]


@pytest.mark.parametrize(
    "text", ["ASK { ?s ?p true.SERVICE:x { } }", "ASK { ?s ?p trueSERVICE <http://127.0.0.1:9/> { } }"]
)
def test_a_call_in_disguise_is_not_undone(text: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        admit(text)
    assert caught.value.code == "forbidden"
    assert harmless.query(text) is None


def test_a_call_behind_an_escape_is_no_mistake() -> None:
    made = harmless.query(r"ASK { \u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert made is not None
    Store().query(made)


def test_a_text_that_is_made_of_no_terminals_is_a_mistake() -> None:
    with pytest.raises(CoopgraphError) as caught:
        harmless.query("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } \x01")
    assert caught.value.code == "syntax"


def test_a_very_long_text_is_not_tried() -> None:
    text = "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }" + " " * (1 << 16)
    assert harmless.query(text) is None
    assert harmless.update("LOAD <http://127.0.0.1:9/>" + " " * (1 << 16)) is None
