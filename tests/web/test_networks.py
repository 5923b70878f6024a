"""Networks over HTTP: pages and files of every projection, narrowed as asked, and ties down to their passages."""

from __future__ import annotations

import io
import json
import re
import threading
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from lxml import html

from coopgraph.network.apart.computations import Computations
from coopgraph.network.formats import FORMATS
from coopgraph.network.projections.catalogue import PROJECTIONS
from coopgraph.settings import Settings
from coopgraph.web import contract, networks
from tests.hidden import without
from tests.web import made
from tests.web.made import BROWSER
from tests.web.whole import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import Client

ATLANTIS, LEMURIA = "actor/atlantis", "actor/lemuria"


@pytest.fixture(scope="module")
def client(small: Path) -> Iterator[Client]:
    """A client of a service that gives computations the time they need, however busy the machine is."""
    chosen = Settings(data=small / "data", documents=small / "documents", readers=1, computation_seconds=300)
    with running(chosen) as (_, found):
        yield found


def told(client: Client, address: str) -> Any:
    answer = client.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)


@pytest.fixture(scope="module")
def network(client: Client) -> Any:
    return told(client, "/networks/co-participation")


def test_a_table_is_one_of_ties_unless_nodes_are_asked_for(client: Client) -> None:
    accepted = client.get("/networks/co-participation", headers={"Accept": "text/csv"})
    assert accepted.data == client.get("/networks/co-participation.csv").data
    assert accepted.data != client.get("/networks/co-participation.nodes.csv").data


def test_all_projections_are_listed_with_what_they_declare(client: Client) -> None:
    listed = told(client, "/networks")["projections"]
    assert [one["name"] for one in listed] == list(PROJECTIONS)
    assert all(one["boundary"] and one["tie"] and "SELECT" in one["query"] for one in listed)
    page = html.document_fromstring(client.get("/networks", headers=BROWSER).text)
    links = {link for _, _, link, _ in page.iterlinks()}
    assert {f"/networks/{name}" for name in PROJECTIONS} <= links


def test_the_start_page_leads_there(client: Client) -> None:
    links = {link for _, _, link, _ in html.document_fromstring(client.get("/", headers=BROWSER).text).iterlinks()}
    assert {"/networks", "/reports/centrality"} <= links


def test_a_format_whose_library_is_not_installed_is_the_servers_lack(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/networks/co-participation.parquet?since=1950"
    with monkeypatch.context() as patched:
        without(patched, tmp_path, "pyarrow")
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (501, "application/problem+json")
        said = json.loads(answer.data)
        assert said["type"] == "urn:coopgraph:error:not-installed"
        assert said["detail"].endswith("pyarrow, which is not installed here. Install coopgraph[parquet].")
        page = client.get(address, headers=BROWSER)
        assert page.status_code == 501
        assert "coopgraph[parquet]" in page.text
    # Nobody keeps that answer, so that it ends with the lack.
    assert client.get(address).data.startswith(b"PAR1")


def test_a_network_is_the_same_in_json_and_graphml_and_kept(client: Client, network: Any) -> None:
    answer = client.get("/networks/co-participation.graphml")
    assert (answer.status_code, answer.mimetype) == (200, "application/graphml+xml")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="co-participation.graphml"'
    graph = nx.read_graphml(io.BytesIO(answer.data))
    assert set(graph) == {node["id"] for node in network["nodes"]}
    assert {frozenset(edge) for edge in graph.edges} == {
        frozenset((tie["source"], tie["target"])) for tie in network["ties"]
    }
    again = client.get("/networks/co-participation.graphml", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_every_format_has_an_address_and_a_link(client: Client) -> None:
    answer = client.get("/networks/co-participation.csv")
    assert answer.status_code == 200
    link = answer.headers["Link"]
    for form in FORMATS.values():
        assert f"</networks/co-participation.{form.extension}>" in link
    assert {offer.name for offer in networks.OFFERS} == {"html", *(form.extension for form in FORMATS.values())}
    assert client.get("/networks/co-participation.dot").status_code == 404
    assert client.get("/networks/nobody").status_code == 404


def test_a_page_tells_what_it_means_and_leads_on(client: Client, network: Any) -> None:
    answer = client.get("/networks/co-participation", headers=BROWSER)
    assert answer.status_code == 200
    page = html.document_fromstring(answer.text)
    numbers = {term.text: term.getnext().text for term in page.iterfind(".//dl[@class='counts']//dt")}
    assert numbers["nodes"] == str(len(network["nodes"]))
    assert numbers["ties"] == str(len(network["ties"]))
    assert PROJECTIONS["co-participation"].boundary in page.text_content()
    undated = sum(not tie["first"] and not tie["last"] for tie in network["ties"])
    assert f"; ties without a date: {undated}." in page.text_content()
    links = [link for element, _, link, _ in page.iterlinks() if element.tag == "a"]
    (tie, *_) = [link for link in links if "/tie?" in link]
    assert client.get(tie.replace("http://localhost", ""), headers=BROWSER).status_code == 200
    assert any(link.startswith("/reports/centrality?projection=co-participation") for link in links)


def test_a_tie_leads_to_the_characters_that_say_so(client: Client, network: Any) -> None:
    tie = network["ties"][0]
    address = tie["evidence"].replace("http://localhost", "")
    found = told(client, address)
    assert {found["source"]["iri"], found["target"]["iri"]} == {tie["source"], tie["target"]}
    assert {name: found[name] for name in ("strength", "events", "documents", "first", "last")} == {
        name: tie[name] for name in ("strength", "events", "documents", "first", "last")
    }
    assert len({statement["target"]["iri"] for statement in found["statements"]}) == tie["events"]
    assert len({statement["document"]["iri"] for statement in found["statements"]}) == tie["documents"]
    (fact, *_) = found["statements"][0]["facts"]
    why = client.get("/why.json", query_string={"s": fact["subject"], "p": fact["predicate"], "o": fact["object"]})
    assert json.loads(why.data)[0]["passages"]
    page = html.document_fromstring(client.get(address, headers=BROWSER).text)
    assert "characters" in page.text_content()
    assert page.findall(".//q")


def test_the_page_of_a_tie_speaks_in_whole_sentences(client: Client, network: Any) -> None:
    tie = next(one for one in network["ties"] if one["publishers"] == 1)
    address = tie["evidence"].replace("http://localhost", "")
    text = html.document_fromstring(client.get(address, headers=BROWSER).text).text_content()
    known = all((one["document"] or {}).get("publisher") for one in told(client, address)["statements"])
    assert re.search(r"[.] +All of it comes from one publisher" + ("[.]" if known else ", or from documents"), text)
    assert ("It can have held on" in text) == (tie["first"] == tie["last"] != "")


def test_a_period_narrows_and_an_address_says_so(client: Client) -> None:
    later = told(client, "/networks/co-participation?since=2999")
    assert later["ties"] == []
    assert later["since"] == "2999-01-01"
    simple = told(client, "/networks/co-participation?rule=simple")
    assert {tie["strength"] for tie in simple["ties"]} == {float(tie["events"]) for tie in simple["ties"]}
    assert "rule=simple" in simple["ties"][0]["evidence"]


@pytest.mark.parametrize(
    ("query", "field"),
    [("since=never", "since"), ("until=2020-13", "until")],
)
def test_what_is_no_date_is_told_by_its_name(client: Client, query: str, field: str) -> None:
    answer = client.get(f"/networks/co-participation.json?{query}")
    assert answer.status_code == 400
    assert list(json.loads(answer.data)["fields"]) == [field]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("rule=nonsense", 400),
        ("roll-up=planet", 400),
        ("since=2020&until=2019", 400),
        ("release=99", 404),
        ("format=dot", 406),
    ],
)
def test_what_cannot_be_computed_is_refused_before_it_is_tried(
    client: Client, query: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Computations, "run", lambda *_, **__: pytest.fail("it was computed"))
    assert client.get(f"/networks/co-participation?{query}").status_code == status


def test_a_tie_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/networks/co-participation/tie").status_code == 400
    nobody = f"/networks/co-participation/tie?source={ATLANTIS}&target=actor/nobody"
    assert client.get(nobody).status_code == 404
    assert client.get(f"/networks/co-participation/tie?source={ATLANTIS}&target={ATLANTIS}").status_code == 404


def test_a_computation_that_takes_too_long_or_too_much_is_ended(small: Path) -> None:
    with running(Settings(data=small / "data", readers=1, computation_seconds=0.05)) as (_, client):
        answer = client.get("/networks/actor-event.json")
        assert answer.status_code == 504
        assert json.loads(answer.data)["limit"] == "computation_seconds"
    with running(Settings(data=small / "data", readers=1, computation_seconds=300, query_bytes=1000)) as (_, client):
        answer = client.get("/networks/co-participation.graphml")
        assert answer.status_code == 413
        assert json.loads(answer.data)["limit"] == "query_bytes"


def test_the_same_is_computed_once_for_all_who_ask(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []
    compute = Computations.run

    def counted(self: Computations, wanted: Any, **more: Any) -> bytes:
        runs.append(wanted.task)
        return compute(self, wanted, **more)

    monkeypatch.setattr(Computations, "run", counted)
    with running(Settings(data=small / "data", readers=1, computation_seconds=300)) as (_, client):
        answers: list[bytes] = []
        asking = [
            threading.Thread(target=lambda: answers.append(client.get("/networks/actor-event.csv").data))
            for _ in range(3)
        ]
        for one in asking:
            one.start()
        for one in asking:
            one.join()
        assert len(set(answers)) == 1
        assert client.get("/networks/actor-event.csv").data == answers[0]
    assert runs == ["file"]


def test_a_release_in_another_base_keeps_its_names(tmp_path: Path) -> None:
    base = "https://other.example/graph/"
    made.release(tmp_path, base=base)
    with running(Settings(data=tmp_path / "data", base_iri=base, readers=1, computation_seconds=300)) as (_, client):
        found = told(client, "/networks/co-participation")
        assert found["nodes"]
        assert all(node["id"].startswith(f"{base}id/actor/") for node in found["nodes"])
        address = found["ties"][0]["evidence"].replace("http://localhost", "")
        assert "source=actor/" in address
        assert told(client, address)["statements"][0]["facts"][0]["predicate"].startswith(f"{base}ns#")


def test_the_contract_names_every_format() -> None:
    (operation,) = (one for one in contract.OPERATIONS if one.name == "network")
    (offered,) = (one.schema["enum"] for one in operation.parameters if one.name == "format")
    assert set(offered) == {offer.name for offer in networks.OFFERS}
