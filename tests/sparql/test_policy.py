"""No query may make the server call another one, and no honest query may be refused."""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryTriples, Store

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.policy import MOST_TOKENS, MOST_UPDATE_TOKENS, Form, admit, admit_update
from tests.sparql.heavy import FRAMES, HEAVY, least_seconds

# The engine refuses this port before it opens a connection, and says so: an oracle that needs no network.
DEAF = "http://127.0.0.1:9/"
PROLOGUE = f"PREFIX : <{DEAF}> PREFIX e: <http://e/> PREFIX SERVICE: <http://s/> PREFIX true.x: <http://t/>\n"


@pytest.fixture(scope="module")
def store() -> Store:
    filled = Store()
    subject, predicate = NamedNode("http://e/s"), NamedNode("http://e/p")
    for value in (NamedNode("http://e/o"), NamedNode("http://e/a.b"), Literal(True), Literal(1), Literal("x")):
        filled.add(Quad(subject, predicate, value, DefaultGraph()))
    return filled


def calls_out(store: Store, text: str) -> bool:
    """Whether the engine, given this text, tries to reach another server."""
    try:
        answer = store.query(text)
        with contextlib.suppress(TypeError):
            list(answer)  # type: ignore[arg-type]
    except OSError as error:
        return "port 9" in str(error)
    except (SyntaxError, ValueError, RuntimeError):
        return False
    return False


def judged(text: str) -> Form | str | None:
    try:
        return admit(text)
    except CoopgraphError as error:
        return error.code


HONEST = [
    "SELECT * { ?s ?p 'SERVICE <http://x/> {}' }",
    'SELECT * { ?s ?p "a SERVICE <http://x/> {}" }',
    "SELECT * { ?s ?p '''\n'SERVICE <http://x/> {} ''' }",
    'SELECT * { ?s ?p """\n"" SERVICE <http://x/> {} """ }',
    "SELECT * { ?s ?p 'it\\'s a SERVICE' }",
    "SELECT * { ?s ?p ?o # SERVICE <http://x/> {}\n}",
    "SELECT * { ?s <http://x/SERVICE> ?o }",
    "SELECT * { ?s <http://x/#SERVICE> ?o }",
    "PREFIX ex: <http://x/> SELECT * { ?s ex:SERVICE ?o }",
    "PREFIX ex: <http://x/> SELECT * { ?s ex:SERVICE ?o . { ?o ex:a.b ?c } }",
    "PREFIX SERVICE: <http://x/> SELECT * { ?s SERVICE:x ?o }",
    "PREFIX SERVICE: <http://x/> SELECT * { GRAPH SERVICE:x { ?s ?p ?o } }",
    "PREFIX SERVICE: <http://x/> SELECT * FROM NAMED SERVICE:x { ?s ?p ?o }",
    "PREFIX SERVICE: <http://x/> SELECT * { ?s a SERVICE:Desk . { ?s ?p ?o } }",
    "PREFIX load: <http://x/> SELECT * { ?s load:bearing ?o }",
    "SELECT * { GRAPH ?service { ?s ?p ?o } }",
    "SELECT ?service ?x { ?service ?x ?y }",
    "SELECT * { _:service ?p ?load }",
    "SELECT * { ?s ?p 'x'@service }",
    "SELECT * { ?s ?p ?a FILTER(?a<?b && ?c>'SERVICE') }",
    "SELECT * { ?s ?p ?a, ?b, ?c FILTER(?a<?b&&?c>?d) } # service",
    "SELECT * { VALUES (?x ?y) { (<http://x/SERVICE> <http://x/#load>) } }",
    "SELECT * { ?s <http://x/\\u0053ERVICE> '\\u0053ERVICE' }",
    "CONSTRUCT { ?s <http://x/service> ?o } WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("text", HONEST)
def test_admits_what_only_mentions_the_word(text: str) -> None:
    Store().query(text)
    assert admit(text) in Form


REFUSED = [
    f"SELECT * {{ SERVICE <{DEAF}> {{}} }}",
    f"SELECT * {{ service SILENT <{DEAF}> {{}} }}",
    f"SELECT * {{ SeRvIcE#c\n<{DEAF}>#d\n{{}} }}",
    f"SELECT*{{SERVICESILENT<{DEAF}>{{}}}}",
    f"SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE ?x {{}} }} }} }} }} # {DEAF}",
    f"ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ SERVICE <{DEAF}> {{}} }} }}",
    f"CONSTRUCT {{}} WHERE {{ SERVICE <{DEAF}> {{}} }}",
    f"DESCRIBE ?s {{ SERVICE <{DEAF}> {{}} }}",
    f"SELECT * {{ # ' \nSERVICE <{DEAF}> {{}} }} # '",
    f"SELECT * {{ ?s ?p ?o # c\rSERVICE <{DEAF}> {{}} }}",
    f"SELECT * {{ ?s ?p trueSERVICE<{DEAF}>{{}} }}",
    f"SELECT * {{ ?s ?p 1SERVICE<{DEAF}>{{}} }}",
    f"SELECT * {{ ?s ?p 'x'^^<http://x/>SERVICE<{DEAF}>{{}} }}",
    f"SELECT * {{ VALUES ?x {{ '''a' }} SERVICE<{DEAF}>{{}} #\\uD800\n }}",
    f"SELECT * {{ \\u0053ERVICE <{DEAF}> {{}} }}",
    f"SELECT * {{ ?s ?p ?o #\\u000ASERVICE <{DEAF}> {{}}\n }}",
    PROLOGUE + "SELECT * { SERVICE:x { } }",
    PROLOGUE + "SELECT * { ?s e:p true.SERVICE:x { } }",
    PROLOGUE + "SELECT * { ?s e:p trueSERVICE:x { } }",
    PROLOGUE + "SELECT * { ?s e:p e:a.b.SERVICE:x { } }",
    PROLOGUE + "SELECT * { ?s e:p ?a FILTER(?a<?b||true)SERVICE:x#>\n{ } }",
    PROLOGUE + "SELECT * { ?s e:p ?a FILTER(1<?b||true)SERVICESILENT:x#>\n{ } }",
    "SELECT * { LOAD <http://x/> }",
]


@pytest.mark.parametrize("text", REFUSED)
def test_refuses_every_disguise(text: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        admit(text)
    assert caught.value.code == "forbidden"
    assert caught.value.line is not None


@pytest.mark.parametrize("text", [*REFUSED, *HONEST])
def test_whatever_calls_out_is_refused(store: Store, text: str) -> None:
    """The engine itself says which of the examples are dangerous, whatever their author believed."""
    if calls_out(store, text):
        with pytest.raises(CoopgraphError):
            admit(text)


def test_the_oracle_can_tell(store: Store) -> None:
    assert sum(calls_out(store, text) for text in REFUSED) > len(REFUSED) // 2
    assert not any(calls_out(store, text) for text in HONEST)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://x/> a <http://y/> }",
        "PREFIX : <http://x/> delete where { ?s ?p ?o }",
        "LOAD <http://x/>",
        "# LOAD\nBASE <http://x/> CLEAR ALL",
        "DROP SILENT GRAPH <http://x/>",
        "WITH <http://x/> DELETE {} WHERE {}",
    ],
)
def test_an_update_is_no_query(text: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        admit(text)
    assert caught.value.code == "request"
    assert caught.value.kind.http == 400


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELECT * {\n  ?s ?p ` } # service", 2, 9),
        ("SELECT * { ?s ?p 'open } # service", 1, 18),
        ("# service\n\\", 2, 1),
    ],
)
def test_what_cannot_be_read_is_not_run(text: str, line: int, column: int) -> None:
    with pytest.raises(CoopgraphError) as caught:
        admit(text)
    assert (caught.value.code, caught.value.line, caught.value.column) == ("syntax", line, column)


def test_the_number_of_readings_is_bounded() -> None:
    """Each of these may be an IRI or not, and each choice leaves other brackets open."""
    text = "SELECT * { FILTER(?a" + "<(>?a" * 60 + ") } # service"
    with pytest.raises(CoopgraphError) as caught:
        admit(text)
    assert caught.value.code == "request"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", Form.TABLE),
        ("ask{}", Form.TABLE),
        ("# construct\nBASE <http://x/> PREFIX select: <a> VERSION '1.2' construct where {}", Form.GRAPH),
        ("DESCRIBE<http://x/>", Form.GRAPH),
        ("PREFIX : <http://x/>SELECTDISTINCT?x{}", Form.TABLE),
        ("", None),
        ("hello", None),
    ],
)
def test_says_what_answers(text: str, form: Form | None) -> None:
    assert admit(text) is form


WORD = st.sampled_from(["SERVICE", "service", "Service", "SERVICE SILENT", "LOAD", "SERVICE <http://x/> {}"])
INSIDE = st.one_of(WORD, st.text(alphabet="ab .:{}<>#?/é中\t", max_size=8))
PLAIN = st.lists(INSIDE, max_size=3).map(" ".join)


def _quoted(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from([f"'{text}'", f'"{text}"', f"'''{text}\n'x'''", f'"""{text}\n""x"""', f"'{text}\\'{text}'"])


OBJECT = st.one_of(
    PLAIN.flatmap(_quoted),
    PLAIN.flatmap(_quoted).map(lambda text: f"{text}@service"),
    st.sampled_from(
        ["?service", "$SERVICE", "e:SERVICE", "_:service", "SERVICE:x", "<http://x/SERVICE#load>", "1", "e:"]
    ),
)
GAP = st.one_of(st.sampled_from([" ", "\n", "\t "]), PLAIN.map(lambda text: f" #{text.replace(chr(10), '')}\n"))
TRIPLE = st.tuples(OBJECT, GAP, GAP).map(lambda parts: f"?s{parts[1]}e:p{parts[2]}{parts[0]} .")
FILTER = st.tuples(st.sampled_from(["<", ">", "<=", "!="]), OBJECT, GAP).map(
    lambda parts: "" if parts[1].startswith("_") else f"FILTER(?s{parts[2]}{parts[0]} {parts[1]})"
)
GROUP = st.lists(st.one_of(TRIPLE, FILTER), min_size=1, max_size=4).map(" ".join)


@given(GROUP, GROUP)
def test_words_in_inert_places_are_admitted(first: str, second: str) -> None:
    text = f"{PROLOGUE}SELECT * {{ {first} OPTIONAL {{ {second.replace('_:service', '_:other')} }} }}"
    try:
        Store().query(text)
    except SyntaxError:
        return
    assert admit(text) is Form.TABLE


CASE = st.lists(st.booleans(), min_size=7, max_size=7).map(
    lambda upper: "".join(letter.upper() if up else letter for letter, up in zip("service", upper, strict=True))
)
CLAUSE = st.tuples(CASE, GAP, st.sampled_from(["", "silent ", "SILENT\n"]), GAP).map(
    lambda parts: f"{parts[0]}{parts[1]}{parts[2]}<{DEAF}>{parts[3]}{{ ?a ?b ?c }}"
)


@given(GROUP, CLAUSE, GROUP)
def test_a_real_clause_is_refused_wherever_it_stands(before: str, clause: str, after: str) -> None:
    text = f"{PROLOGUE}SELECT * {{ {before} {{ {{ {clause} }} UNION {{ {after} }} }} }}"
    with pytest.raises(CoopgraphError):
        admit(text)


PIECES = st.lists(
    st.sampled_from(
        [
            "SERVICE", "SERVICESILENT", "service ", ":x", "e:p", "e:a.b", ".", " . ", "true", "1", "1.", "'x'", "''",
            "'", '"', "'''", "#", ">", "<", "\n", "?s ", "?s e:p ", "?a", "{}", "{", "}", "(", ")", "FILTER(?a<?b)",
            "||true)", f"<{DEAF}>", "SERVICE:x", "VALUES ?x {", "@en", "^^", "_:b", ";", ",", "/", "\\u0053ERVICE", " ",
        ]
    ),
    min_size=2,
    max_size=14,
)  # fmt: skip


@given(PIECES)
@example(["?s e:p ", "true", ".", "SERVICE", ":x", "{}"])
@example(["?s e:p ", "?a", "FILTER(?a<?b)", "SERVICE:x", "#", ">", "\n", "{}"])
@settings(max_examples=400)
def test_the_engine_never_calls_out_on_what_was_admitted(store: Store, pieces: list[str]) -> None:
    """Text glued together at random: whatever the engine reads as a service clause, the policy must have refused."""
    text = f"{PROLOGUE}SELECT * {{ {''.join(pieces)} }}"
    if calls_out(store, text):
        with pytest.raises(CoopgraphError):
            admit(text)


def test_agrees_with_the_public_suites(suites_dir: Path) -> None:
    """Every query that the engine can parse is admitted, unless it calls a service, and its form is known."""
    checked = refused = 0
    for path in sorted((suites_dir / "sparql").rglob("*.rq")):
        try:
            text = path.read_text(encoding="utf-8")
            answer = Store().query(text, base_iri="http://x/")
        except (SyntaxError, UnicodeDecodeError):
            continue
        except (OSError, RuntimeError, ValueError):
            answer = None
        checked += 1
        outcome = judged(text)
        if "service" in path.name or "service" in path.parent.name:
            assert outcome == "forbidden", path
            refused += 1
        elif answer is None:
            assert outcome in Form, path
        else:
            assert outcome is (Form.GRAPH if isinstance(answer, QueryTriples) else Form.TABLE), path
    assert checked > 900
    assert refused == 10


def test_a_long_query_is_judged_as_far_as_others_can_wait() -> None:
    long = "ASK { VALUES ?x { " + "1 " * MOST_TOKENS + "} FILTER(?x > 0) }"
    assert admit(long) is Form.TABLE
    for comment in ("# of service", "# download"):
        with pytest.raises(CoopgraphError) as caught:
            admit(f"{long} {comment}")
        assert caught.value.code == "request"
        assert str(MOST_TOKENS) in caught.value.detail
        assert caught.value.remedy


def test_a_long_update_is_judged_as_far_as_others_can_wait() -> None:
    data = "<x:a> <x:b> 'of service, to download' . " * MOST_UPDATE_TOKENS
    admit_update("INSERT DATA { " + data + "}")
    long = "PREFIX x: <x:> INSERT DATA { " + "x:a x:service 1 . " * (MOST_UPDATE_TOKENS // 4) + "}"
    with pytest.raises(CoopgraphError) as caught:
        admit_update(long)
    assert caught.value.code == "request"
    assert str(MOST_UPDATE_TOKENS) in caught.value.detail
    admit_update(long.replace("x:service", "x:server"))


LENGTH = 40_000


@pytest.mark.parametrize("unit", HEAVY)
@pytest.mark.parametrize("frame", FRAMES)
def test_judging_takes_time_in_proportion_to_the_text(unit: str, frame: str) -> None:
    """Ten times the text must not take a hundred times as long."""
    shorter, longer = (frame.format(unit * (length // len(unit))) for length in (LENGTH // 10, LENGTH))
    fast, slow = (least_seconds(partial(judged, text)) for text in (shorter, longer))
    assert slow < 30 * fast + 0.1
