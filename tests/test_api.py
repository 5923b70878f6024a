"""The Python interface: `coopgraph.open()` and what the graph then answers."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple

import coopgraph
from coopgraph import terms
from coopgraph.release.shelf import Shelf
from tests.small import DOCUMENT, HOSTED, TEXT, Small
from tests.web import made
from tests.web.made import FORUM, RUNAWAY

if TYPE_CHECKING:
    from collections.abc import Iterator

MEETINGS = "SELECT ?meeting ?nothing { ?meeting a cg:Meeting }"
NESTED = terms.BASE + "test/"
OTHER = "https://graph.example/x/"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the made-up graph in `data`, as two releases, and its text in `documents`."""
    made_in = tmp_path_factory.mktemp("api")
    made.release(made_in)
    small = Small()
    small.entities["actors"] = small.entities["actors"].replace('"Atlantis"@en', '"Sunken Atlantis"@en')
    made.release(made_in, small)
    return made_in


@pytest.fixture(scope="module")
def graph(directory: Path) -> Iterator[coopgraph.Graph]:
    with coopgraph.open(directory / "data", documents=str(directory / "documents")) as opened:
        yield opened


def refused(graph: coopgraph.Graph, query: str) -> coopgraph.CoopgraphError:
    with pytest.raises(coopgraph.CoopgraphError) as caught:
        graph.query(query)
    return caught.value


def test_a_table_has_columns_and_rows_of_terms(graph: coopgraph.Graph) -> None:
    table = graph.query(MEETINGS)
    assert isinstance(table, coopgraph.Table)
    assert table.columns == ("meeting", "nothing")
    assert table.rows == ((NamedNode(terms.BASE + FORUM), None),)
    assert len(table) == 1
    assert list(table) == [{"meeting": terms.BASE + FORUM, "nothing": None}]


def test_terms_keep_their_language_and_datatype(graph: coopgraph.Graph) -> None:
    table = graph.query("SELECT ?label ?date { ?m a cg:Meeting ; skos:prefLabel ?label ; cg:startDate ?date }")
    assert isinstance(table, coopgraph.Table)
    date = NamedNode(terms.PREFIXES["xsd"] + "date")
    assert table.rows == ((Literal("Atlantis Forum 2031", language="en"), Literal("2031-05-05", datatype=date)),)


def test_yes_and_no(graph: coopgraph.Graph) -> None:
    assert graph.query("ASK { ?m a cg:Meeting }") is True
    assert graph.query("ASK { ?m a cg:Unheard }") is False


def test_a_graph_is_a_list_of_triples(graph: coopgraph.Graph) -> None:
    found = graph.query("CONSTRUCT { ?m a cg:Meeting } WHERE { ?m a cg:Meeting }")
    kind = NamedNode(terms.PREFIXES["rdf"] + "type")
    assert found == [Triple(NamedNode(terms.BASE + FORUM), kind, terms.term("Meeting"))]


@pytest.mark.parametrize(
    ("query", "code", "place"),
    [
        ("SELECT * { x }", "syntax", (1, 15)),
        ("\nSELECT *\n{ x }", "syntax", (3, 6)),
        ("", "syntax", (1, 1)),
        ('ASK { FILTER("\ud800" = "") }', "syntax", (None, None)),
        ("INSERT DATA {}", "request", (1, 1)),
        ("ASK { SERVICE <http://127.0.0.1:9/> {} }", "forbidden", (1, 7)),
    ],
)
def test_a_mistake_is_told_where_the_caller_made_it(
    graph: coopgraph.Graph, query: str, code: str, place: tuple[int | None, int | None]
) -> None:
    error = refused(graph, query)
    assert (error.code, (error.line, error.column)) == (code, place)


def test_a_limit_is_an_error_and_the_next_question_is_answered(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOPGRAPH_QUERY_SECONDS", "1")
    monkeypatch.setenv("COOPGRAPH_QUERY_ROWS", "5")
    with coopgraph.open(directory / "data") as graph:
        assert (refused(graph, RUNAWAY).code, refused(graph, RUNAWAY).limit) == ("deadline", "query_seconds")
        assert refused(graph, "SELECT * { ?s ?p ?o }").limit == "query_rows"
        assert graph.query("ASK {}") is True


def test_why_leads_to_the_passage(graph: coopgraph.Graph) -> None:
    (reason,) = graph.why("event/atlantis-forum-2031", "host", "actor/atlantis")
    assert reason.predicate == terms.NS + "host"
    assert reason.role == terms.VOCAB + "role/co-host"
    (passage,) = reason.passages
    start, end = map(int, HOSTED.split("-"))
    assert (passage.span.document, passage.span.start, passage.span.end) == (DOCUMENT, start, end)
    assert graph.quote(passage.span, passage.digest) == TEXT[start:end]
    assert graph.quote(passage.span, "0" * 64) is None


def test_why_finds_the_same_by_whole_iris_and_by_more_general_properties(graph: coopgraph.Graph) -> None:
    named = graph.why(terms.BASE + FORUM, terms.NS + "host", terms.ID + "actor/atlantis")
    assert named == graph.why("event/atlantis-forum-2031", "host")
    assert set(named) < set(graph.why("event/atlantis-forum-2031", "participant"))
    assert graph.why("event/atlantis-forum-2031", "startDate", "2031-05-05") != ()
    assert graph.why("actor/lemuria", "host") == ()


@pytest.mark.parametrize("names", [("no name",), ("actor/atlantis", "a b"), ("actor/atlantis", "host", "\udcff")])
def test_what_cannot_be_a_name_is_refused(graph: coopgraph.Graph, names: tuple[str, ...]) -> None:
    with pytest.raises(coopgraph.CoopgraphError) as caught:
        graph.why(*names)
    assert caught.value.code == "request"


def test_a_network_has_typed_attributes(graph: coopgraph.Graph) -> None:
    network = graph.network("actor-event")
    assert network.nodes[terms.ID + "actor/atlantis"]["label"] == "Sunken Atlantis"
    assert network.has_edge(terms.ID + "actor/atlantis", terms.BASE + FORUM)
    assert graph.network().number_of_nodes() > 0
    with pytest.raises(coopgraph.CoopgraphError, match="nonsense"):
        graph.network("nonsense")


def test_an_older_release_is_opened_by_its_number(directory: Path) -> None:
    label = "SELECT ?label { ?state a cg:State ; cg:iso3166Alpha2 'XA' ; skos:prefLabel ?label }"
    for number, expected in ((1, "Atlantis"), (2, "Sunken Atlantis")):
        with coopgraph.open(directory / "data", release=number) as graph:
            assert graph.manifest.number == number
            table = graph.query(label)
            assert isinstance(table, coopgraph.Table)
            assert [row["label"] for row in table] == [expected]
    for missing in (3, 0, -1, 10**400):
        with pytest.raises(coopgraph.CoopgraphError) as caught:
            coopgraph.open(directory / "data", release=missing)
        assert caught.value.code == "not-found"


@pytest.mark.parametrize("base", [OTHER, NESTED])
def test_a_release_with_another_base_is_asked_in_the_same_words(tmp_path: Path, base: str) -> None:
    made.release(tmp_path, base=base)
    with coopgraph.open(tmp_path / "data") as graph:
        table = graph.query(MEETINGS)
        assert isinstance(table, coopgraph.Table)
        assert table.rows[0] == (NamedNode(base + FORUM), None)
        asked = graph.why("event/atlantis-forum-2031", "host", "actor/atlantis")
        (reason,) = asked
        assert reason.predicate == base + "ns#host"
        assert graph.why(base + FORUM, base + "ns#host", base + "id/actor/atlantis") == asked
        assert base + "id/actor/atlantis" in graph.network("actor-event")


def test_many_threads_may_ask_one_graph(directory: Path) -> None:
    with coopgraph.open(directory / "data") as graph:
        answers: list[object] = []
        threads = [threading.Thread(target=lambda: answers.append(graph.query("ASK {}"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [True] * 8


def test_a_closed_graph_says_so(directory: Path) -> None:
    graph = coopgraph.open(directory / "data")
    graph.close()
    graph.close()
    for ask in (lambda: graph.query("ASK {}"), lambda: graph.why("actor/atlantis"), graph.network):
        with pytest.raises(ValueError, match="closed"):
            ask()


def test_who_forgets_to_close_leaves_no_process_and_no_noise(directory: Path) -> None:
    script = f"""
import coopgraph
graph = coopgraph.open({str(directory / "data")!r})
graph.query("ASK {{}}")
print(*graph._readers.pool.pids())
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not Path(f"/proc/{done.stdout.strip()}").exists()


@pytest.mark.slow
def test_without_any_release_the_shipped_graph_is_built_and_no_source_is_written(tmp_path: Path, root: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (root / "graph").rglob("*")}
    with coopgraph.open(tmp_path / "data") as graph:
        assert graph.query("ASK { ?actor a cg:State }") is True
    assert Shelf(tmp_path / "data").numbers() == (1,)
    assert {path: path.stat().st_mtime_ns for path in (root / "graph").rglob("*")} == before


def test_what_cannot_be_opened_is_told(tmp_path: Path, directory: Path) -> None:
    (tmp_path / "file").write_text("")
    for arguments, code in (
        ({"data": tmp_path / "file"}, "storage"),
        ({"data": directory / "data", "documents": tmp_path / "none"}, "not-found"),
        ({"data": tmp_path / "none", "release": 1}, "not-found"),
    ):
        with pytest.raises(coopgraph.CoopgraphError) as caught:
            coopgraph.open(**arguments)
        assert caught.value.code == code


def test_only_what_is_offered_can_be_imported() -> None:
    assert {name: getattr(coopgraph, name) for name in coopgraph.__all__}
    with pytest.raises(AttributeError, match="nonsense"):
        _ = coopgraph.nonsense
