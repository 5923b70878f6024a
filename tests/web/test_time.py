"""Pinned releases, moments, and the addresses between them, as RFC 7089 has it."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import http_date, parse_date

from coopgraph.errors import CoopgraphError
from coopgraph.release import publish as publishing
from coopgraph.settings import Settings
from coopgraph.web import create_app, memento, pinning
from tests.small import Small
from tests.web import made
from tests.web.whole import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import Client

THING = "/id/actor/atlantis"
DAYS = [datetime(2031, month, 5, 12, tzinfo=UTC) for month in (1, 2, 3)]
ASKED = "/sparql?query=SELECT+?name+%7B+%3Chttps://w3id.org/coopgraph/id/actor/atlantis%3E+?p+?name+%7D"
TIMED = [
    ASKED, "/void", f"{THING}.ttl", f"{THING}.html", f"{THING}.json", "/", "/ns.ttl", "/vocab/status",
    "/shapes", "/questions", "/why?s=cgid:event/atlantis-forum-2031",
]  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A service with three releases, made on three days, in which Atlantis has three names."""
    directory: Path = tmp_path_factory.mktemp("time")
    with pytest.MonkeyPatch.context() as patch:
        for number, day in enumerate(DAYS, start=1):
            patch.setattr(publishing, "datetime", Mock(now=Mock(return_value=day)))
            small = Small()
            small.entities["actors"] = small.entities["actors"].replace('"Atlantis"@en', f'"Atlantis {number}"@en')
            made.release(directory, small)
    with running(Settings(data=directory / "data", readers=1)) as (_, found):
        yield found


def links(header: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address, parameters in re.findall(r"<([^>]*)>((?:; \w+=\"[^\"]*\")*)", header):
        for relation in re.findall(r"rel=\"([^\"]*)\"", parameters)[0].split():
            found.setdefault(relation, []).append(address)
    return found


@pytest.mark.parametrize("url", TIMED)
def test_a_pinned_state_may_be_kept_for_good_and_the_current_one_may_not(client: Client, url: str) -> None:
    sign = "&" if "?" in url else "?"
    pinned = client.get(f"{url}{sign}release=1")
    assert pinned.status_code == 200
    assert pinned.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert pinned.headers["X-Coopgraph-Release"] == "1"
    assert parse_date(pinned.headers["Memento-Datetime"]) == DAYS[0]
    current = client.get(url)
    assert current.headers["Cache-Control"] == "no-cache"
    assert "Memento-Datetime" not in current.headers
    assert pinned.headers["ETag"] != current.headers["ETag"]
    # The shortest way to an answer says nothing of time unless it is asked about time.
    for one in (pinned,) if url == ASKED else (pinned, current):
        related = links(one.headers["Link"])
        assert related["original"] == related["timegate"] == [f"http://localhost{url}"]
        assert any("/timemap/link/" in address for address in related["timemap"])
    known = links(pinned.headers["Link"])
    assert known["first"] == [f"http://localhost{url}{sign}release=1"]
    assert known["last"] == [f"http://localhost{url}{sign}release=3"]
    again = client.get(f"{url}{sign}release=1", headers={"If-None-Match": pinned.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Cache-Control"] == pinned.headers["Cache-Control"]
    head = client.head(f"{url}{sign}release=1")
    assert {name: head.headers[name] for name in ("ETag", "Link", "Memento-Datetime", "Vary")} == {
        name: pinned.headers[name] for name in ("ETag", "Link", "Memento-Datetime", "Vary")
    }


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (DAYS[0] - timedelta(days=900), 1),
        (DAYS[0], 1),
        (DAYS[1] - timedelta(seconds=1), 1),
        (DAYS[1], 2),
        (DAYS[2] + timedelta(days=900), 3),
    ],
)
@pytest.mark.parametrize("url", TIMED)
def test_a_moment_means_the_release_of_then(client: Client, url: str, moment: datetime, number: int) -> None:
    answer = client.get(url, headers={"Accept-Datetime": http_date(moment)})
    assert answer.status_code == 200
    assert answer.headers["X-Coopgraph-Release"] == str(number)
    assert parse_date(answer.headers["Memento-Datetime"]) == DAYS[number - 1]
    assert "accept-datetime" in answer.headers["Vary"].lower()
    assert answer.headers["Cache-Control"] == "no-cache"
    location = answer.headers["Content-Location"]
    assert location in links(answer.headers["Link"])["memento"]
    pinned = client.get(location)
    assert pinned.headers["ETag"] == answer.headers["ETag"]
    assert pinned.data == answer.data


def test_a_named_release_beats_a_moment(client: Client) -> None:
    answer = client.get(f"{THING}.ttl?release=2", headers={"Accept-Datetime": http_date(DAYS[0])})
    assert "Atlantis 2" in answer.text
    assert parse_date(answer.headers["Memento-Datetime"]) == DAYS[1]


def test_what_is_no_moment_is_refused(client: Client) -> None:
    answer = client.get(f"{THING}.ttl", headers={"Accept-Datetime": "the day before yesterday"})
    assert answer.status_code == 400
    assert "Accept-Datetime" in json.loads(answer.data)["detail"]


def test_a_timemap_leads_to_every_state(client: Client) -> None:
    told = json.loads(client.get(f"/timemap/json{THING}.ttl?release=2").data)
    assert told["original_uri"] == f"http://localhost{THING}.ttl"
    assert [one["release"] for one in told["mementos"]["list"]] == [1, 2, 3]
    for one in told["mementos"]["list"]:
        state = client.get(one["uri"])
        assert f"Atlantis {one['release']}" in state.text
        assert state.headers["Memento-Datetime"] == one["datetime"]
    answer = client.get(f"/timemap/link{THING}.ttl")
    assert answer.mimetype == "application/link-format"
    known = links(answer.text)
    assert known["memento"] == [one["uri"] for one in told["mementos"]["list"]]
    assert known["original"] == [told["original_uri"]]
    assert known["self"] == [told["timemap_uri"]["link_format"]]
    assert client.get(f"/timemap/link{THING}.ttl", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_what_is_asked_for_is_part_of_the_address(client: Client) -> None:
    answer = client.get("/why?s=cgid:event/atlantis-forum-2031&release=1&p=cg:participant")
    (original,) = links(answer.headers["Link"])["original"]
    assert "release" not in original
    assert client.get(original + "&release=1").data == answer.data


def test_a_long_address_is_not_repeated_in_headers(client: Client) -> None:
    answer = client.get(f"/why?s=cgid:event/atlantis-forum-2031&release=1&p={'%20' * 2000}")
    assert answer.status_code == 200
    assert "Memento-Datetime" in answer.headers
    assert len(answer.headers["Link"]) < 2000


MOMENTS = st.lists(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the strategy wants it so
    min_size=1, max_size=8,
)  # fmt: skip


@given(dates=MOMENTS, wanted=st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_chosen_state_is_the_last_of_its_time(dates: list[datetime], wanted: datetime) -> None:
    moments = [memento.Moment(number, date) for number, date in enumerate(sorted(dates), start=1)]
    asked = wanted.replace(microsecond=0)
    chosen = memento.choose(http_date(asked), moments)
    earlier = [one for one in moments if one.created <= asked]
    assert chosen == (earlier[-1] if earlier else moments[0])


def test_without_releases_there_is_no_state() -> None:
    with pytest.raises(CoopgraphError) as caught:
        memento.choose(http_date(DAYS[0]), ())
    assert caught.value.code == "not-ready"


@given(path=st.text(max_size=30), query=st.text(max_size=30))
def test_no_address_leaves_its_brackets(path: str, query: str) -> None:
    try:
        resource = memento.original("http://localhost", f"/{path}", query)
    except UnicodeEncodeError:
        return
    address = resource.state(1)
    assert not set(address) & set('<>" \r\n\t')
    assert address.isascii()


@pytest.mark.parametrize("method", ["POST", "QUERY"])
def test_a_query_in_a_body_is_put_to_the_release_of_then(client: Client, method: str) -> None:
    query = (
        f"SELECT ?name {{ <https://w3id.org/coopgraph{THING}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }}"
    )
    for number, day in enumerate(DAYS, start=1):
        headers = {"Accept-Datetime": http_date(day), "Content-Type": "application/sparql-query", "Accept": "text/csv"}
        answer = client.open("/sparql", method=method, data=query, headers=headers)
        assert answer.text.splitlines()[1:] == [f"Atlantis {number}"]
        assert parse_date(answer.headers["Memento-Datetime"]) == day
        # No address says what was asked.
        assert not {"Content-Location", "Link"} & set(answer.headers.keys())
    pinned = client.post("/sparql", data={"query": query, "release": "1", "format": "csv"})
    assert pinned.text.splitlines()[1:] == ["Atlantis 1"]
    assert parse_date(pinned.headers["Memento-Datetime"]) == DAYS[0]
    refused = client.get("/sparql?query=ASK{}", headers={"Accept-Datetime": "soon"})
    assert refused.status_code == 400


PAGES = ("/", f"{THING}", "/ns", "/vocab/status", "/questions", "/why?s=cgid:event/atlantis-forum-2031", "/sparql")
TIMELESS = ("/releases", "/docs", "/static/", "/catalog", "#")


@pytest.mark.parametrize("url", PAGES)
def test_links_of_a_pinned_page_lead_to_the_same_release(client: Client, url: str) -> None:
    sign = "&" if "?" in url else "?"
    page = client.get(f"{url}{sign}release=1", headers={"Accept": "text/html"})
    found = re.findall(r' href="(/[^"]*)"', page.text)
    assert f' href="{url}"' in page.text, "the way back to the present"
    for one in found:
        address = html.unescape(one)
        if address != url and not address.startswith(TIMELESS):
            assert re.search(r"[?&]release=1(#|&|$)", address), address
    for relation in ("alternate", "describedby"):
        for address in links(page.headers["Link"]).get(relation, ()):
            assert "release=1" in address
    for address in {html.unescape(one) for one in found if "release=1" in one}:
        assert client.get(address.partition("#")[0], headers={"Accept": "text/html, */*;q=0.1"}).status_code == 200


@pytest.mark.parametrize("url", ["/sparql", "/why"])
def test_the_forms_of_a_pinned_page_ask_the_same_release(client: Client, url: str) -> None:
    field = '<input type="hidden" name="release" value="1">'
    assert field in client.get(f"{url}?release=1", headers={"Accept": "text/html"}).text
    assert field not in client.get(url, headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("url", ["/sparql", "/sparql?release=1"])
def test_what_is_said_of_the_service_itself_is_not_kept_for_good(client: Client, url: str) -> None:
    told = client.get(url, headers={"Accept": "text/turtle"})
    assert "query_seconds" in told.text
    assert told.headers["Cache-Control"] == "no-cache"
    again = client.get(url, headers={"Accept": "text/turtle", "If-None-Match": told.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "no-cache")


@pytest.mark.parametrize(
    ("url", "changed"),
    [
        ("/sparql", {"query_seconds": 7.5}),
        ("/sparql", {"writable": True, "token": made.TOKEN}),
        ("/catalog", {"publisher": "The Reef Institute"}),
        ("/releases/1.ttl", {"contact": "mailto:reef@example.org"}),
    ],
)
def test_what_settings_change_has_another_validator(small: Path, url: str, changed: dict[str, Any]) -> None:
    told = []
    for settings in ({}, changed):
        app = create_app(Settings(data=small / "data", readers=1, **settings))
        told.append(app.test_client().get(url, headers={"Accept": "text/turtle"}))
        app.extensions["coopgraph"].close()
    assert told[0].data != told[1].data
    assert told[0].headers["ETag"] != told[1].headers["ETag"]


def test_nothing_stays_with_a_release_that_there_is_not(client: Client) -> None:
    page = client.get(f"{THING}?release=7", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "release=7" not in page.text


def test_a_state_is_the_same_by_its_number_and_by_its_moment(client: Client) -> None:
    person = {"Accept": "text/html"}
    meant = client.get(THING, headers=person | {"Accept-Datetime": http_date(DAYS[0] + timedelta(days=1))})
    assert meant.headers["Content-Location"].endswith(f"{THING}?release=1")
    pinned = client.get(f"{THING}?release=1", headers=person)
    assert meant.data == pinned.data
    assert meant.headers["ETag"] == pinned.headers["ETag"] != client.get(THING, headers=person).headers["ETag"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/id/actor/x", "/id/actor/x?release=2"),
        ("/ns#Actor", "/ns?release=2#Actor"),
        ("/why?s=a", "/why?s=a&release=2"),
        ("/why?s=a&release=1", "/why?s=a&release=1"),
        ("/releases/1", "/releases/1"),
        ("/docs", "/docs"),
        ("/catalog", "/catalog"),
        ("/", "/?release=2"),
    ],
)
def test_an_address_is_told_of_a_release_where_that_means_something(address: str, kept: str) -> None:
    assert pinning.keep(address, 2) == kept
    assert pinning.keep(f"/below{address}", 2, root="/below") == f"/below{kept}"
    assert pinning.keep(address, None) == address
