from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.policy import admit_update
from coopgraph.sparql.request import FORM, QUERY, UPDATE
from coopgraph.sparql.update import UpdateRequest, only_data, over_its_graphs, parts, read_update

A, B, P = (NamedNode(f"http://e/{name}") for name in "abp")
G, H = NamedNode("http://g/1"), NamedNode("http://g/2")


def test_both_ways_of_sending_an_update() -> None:
    parameters = b"using-graph-uri=http%3A%2F%2Fg%2F1&using-named-graph-uri=http%3A%2F%2Fg%2F2"
    expected = UpdateRequest("CLEAR ALL", ("http://g/1",), ("http://g/2",))
    assert read_update(parameters, content_type=UPDATE, body=b"CLEAR ALL") == expected
    assert read_update(b"", content_type=FORM, body=b"update=CLEAR+ALL&" + parameters) == expected


@pytest.mark.parametrize(
    ("query_string", "content_type", "body", "code"),
    [
        (b"update=CLEAR+ALL", UPDATE, b"CLEAR ALL", "request"),
        (b"", FORM, b"update=CLEAR+ALL&update=CLEAR+ALL", "request"),
        (b"", FORM, b"query=ASK+%7B%7D", "request"),
        (b"", QUERY, b"ASK {}", "request"),
        (b"", "text/plain", b"CLEAR ALL", "media-type"),
        (b"", "", b"CLEAR ALL", "media-type"),
        (b"", UPDATE + "; charset=UTF-16", "CLEAR ALL".encode("utf-16"), "request"),
        (b"", UPDATE, b"CLEAR \xff", "request"),
    ],
)
def test_what_is_no_update(query_string: bytes, content_type: str, body: bytes, code: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        read_update(query_string, content_type=content_type, body=body)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "PREFIX w: <http://e/WHERE#> INSERT{?s ?p ?o}#WHERE\nWHERE{?s ?p ?o FILTER(?o <?s || ?s> ?o || true)}",
        "INSERT DATA { <http://e/x> <http://e/p> ' WHERE { ' } ; INSERT { ?s ?p ?o } WHERE { ?s ?p ?o { } }",
        'DELETE { ?s ?p "} WHERE {" } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }',
    ],
)
def test_patterns_look_where_the_request_says(text: str) -> None:
    store = Store()
    store.add(Quad(A, P, B, G))
    store.add(Quad(B, P, A, H))
    store.update(over_its_graphs(UpdateRequest(text, (G.value,))))
    assert Quad(A, P, B) in store
    assert Quad(B, P, A) not in store


LATER = """PREFIX e: <http://e/> # ; BASE
INSERT DATA { e:a e:p ";PREFIX" } ; # one
 BASE <http://g/>  PREFIX e: <http://f/>
INSERT DATA { e:a <p> 1 } ;
INSERT { ?s e:q ?o } WHERE { ?s <p> ?o } ; prefix f: <q/> ; """


def test_declarations_may_follow_a_semicolon() -> None:
    store = Store()
    for part in parts(LATER):
        store.update(part)
    expected = """
        <http://e/a> <http://e/p> ";PREFIX" .
        <http://f/a> <http://g/p> 1 ; <http://f/q> 1 .
    """
    assert {quad.triple for quad in store} == {quad.triple for quad in parse(expected, RdfFormat.TURTLE)}


def test_what_is_declared_later_holds_later_only() -> None:
    first, *_ = parts("INSERT DATA { e:a e:p 1 } ; PREFIX e: <http://e/> CLEAR ALL")
    with pytest.raises(SyntaxError):
        Store().update(first)


def test_parts_stand_where_they_stood() -> None:
    found = parts(LATER)
    assert len(found) == 3
    for part in found:
        for line, whole in zip(part.split("\n"), LATER.split("\n"), strict=False):
            assert all(here in {" ", there} for here, there in zip(line, whole, strict=False))


@pytest.mark.parametrize(
    "text",
    ["", ";", "BASE <http://e/> CLEAR ALL", "CLEAR ALL ; CLEAR ALL", "CLEAR ALL ; INSERT DATA { <x:a> <x:b> '; BASE' }",
     "CLEAR ALL ; BASE \\", "CLEAR ALL ; BASE <x:> ; BASE <y:>"],
)  # fmt: skip
def test_other_updates_are_one_part(text: str) -> None:
    assert parts(text) == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "CLEAR ALL ; PREFIX",
        "CLEAR ALL ; PREFIX e:",
        "CLEAR ALL ; BASE ; VERSION 1",
        "; BASE <x:>",
        "CLEAR ALL ; BASE <x:> ; BASE <y:>",
    ],
)
def test_declarations_that_are_none_remain_for_the_engine_to_refuse(text: str) -> None:
    *_, last = parts(text)
    with pytest.raises(SyntaxError):
        Store().update(last)


def test_delete_where_looks_there_too() -> None:
    store = Store()
    for graph in (G, H):
        store.add(Quad(A, P, B, graph))
    request = UpdateRequest("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", (), (G.value,))
    store.update(over_its_graphs(request))
    assert list(store) == [Quad(A, P, B, H)]


@pytest.mark.parametrize(
    "text",
    [
        "WITH <http://g/1> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT { ?s ?p ?o } USING <http://g/1> WHERE { ?s ?p ?o }",
        "CLEAR ALL; INSERT { ?s ?p ?o } USING NAMED <http://g/1> WHERE { ?s ?p ?o }",
    ],
)
def test_only_one_of_request_and_text_may_choose_graphs(text: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        over_its_graphs(UpdateRequest(text, (G.value,)))
    assert caught.value.code == "request"
    assert caught.value.line == 1
    assert over_its_graphs(UpdateRequest(text)) == text


@pytest.mark.parametrize(("text", "name"), [("CLEAR ALL", "relative"), ("DELETEWHERE { ?s ?p ?o }", "http://g/1")])
def test_graphs_and_operations_that_nobody_can_tell(text: str, name: str) -> None:
    with pytest.raises(CoopgraphError):
        over_its_graphs(UpdateRequest(text, (name,)))


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1/>",
        "LOAD SILENT <http://127.0.0.1/>",
        "load silent <HtTpS://127.0.0.1/> into graph <http://g>",
        "LOAD SILENT <//127.0.0.1/>",
        "BASE <http://127.0.0.1/> LOAD SILENT <x>",
        "PREFIX a: <http://127.0.0.1/> LOAD SILENT a:b",
        r"LOAD SILENT <\u0068ttp://127.0.0.1/>",
        r"\u004CO\u0041D <http://127.0.0.1/>",
        "LOAD <file:///etc/passwd>",
        "LOAD SILENT <some:thing> ; LOAD <http://127.0.0.1/>",
        "CLEAR ALL;LOADSILENT<http://127.0.0.1/>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } }",
        "DELETE WHERE { ?s ?p ?o } ; INSERT {} WHERE { { SERVICE ?x { ?s ?p ?o } } }",
    ],
)
def test_no_update_calls_anybody(text: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        admit_update(text)
    assert caught.value.code == "forbidden"


@pytest.mark.parametrize(
    "text",
    [
        "CLEAR ALL",
        "INSERT DATA { <http://e/download> <http://e/service> 'LOAD <http://e/>' }",
        "LOAD SILENT <some:thing> INTO GRAPH <http://g>",
        "PREFIX load: <http://e/> INSERT DATA { load:a load:b load:c }",
    ],
)
def test_honest_updates_pass(text: str) -> None:
    admit_update(text)


@pytest.mark.parametrize(
    ("text", "kind", "insertion"),
    [
        ("INSERT DATA { <a:a> <a:b> 'DELETE' }", "INSERT", "INSERT DATA { <a:a> <a:b> 'DELETE' }"),
        (
            "PREFIX a: <a:> delete data{a:a a:b 1} ; #DELETE\nDELETE DATA { GRAPH a:g { a:a a:b 1 } } ;",
            "DELETE",
            "PREFIX a: <a:> INSERT data{a:a a:b 1} ; #DELETE\nINSERT DATA { GRAPH a:g { a:a a:b 1 } } ;",
        ),
    ],
)
def test_data_alone(text: str, kind: str, insertion: str) -> None:
    assert only_data(text) == (kind, insertion)
    Store().update(text)
    Store().update(insertion)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PREFIX a: <a:>",
        "INSERT DATA { <a:a> <a:b> 1 } ; DELETE DATA { <a:a> <a:b> 1 }",
        "INSERT DATA { <a:a> <a:b> 1 } ; CLEAR ALL",
        "CLEAR ALL ; INSERT DATA { <a:a> <a:b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "INSERT { <a:a> <a:b> 1 } WHERE { }",
        "WITH <a:g> INSERT { <a:a> <a:b> 1 } WHERE { }",
        "INSERT DATA",
        "INSERTDATA { <a:a> <a:b> 1 }",
        "INSERT DATA { <a:a> <a:b> '1 }",
    ],
)
def test_more_than_data(text: str) -> None:
    kind = only_data(text)
    # What is not even an update may be taken for one here: the engine has the last word.
    assert kind is None or text == "INSERT DATA"
