"""What ties stand on, against taking it away; and what has to be said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network import fold
from coopgraph.network.affiliations import Affiliations
from coopgraph.network.network import Mode
from coopgraph.network.projections.rules import NEWMAN
from coopgraph.network.uncertainty.caution import Caution, Code, cautions
from coopgraph.network.uncertainty.footing import footing
from tests.network.affiliated import Row, affiliations, reported
from tests.network.uncertainty.made import plan

_ROWS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("vwxyz"), st.sampled_from(["D", "E", "F", ""])),
    min_size=1,
    max_size=25,
    unique=True,
)
PUBLISHERS = {"D": "Gazette", "E": "Gazette"}


def ties(made: Affiliations, mode: Mode) -> set[tuple[int, int]]:
    network = fold.network(made, mode, NEWMAN)
    return set(zip(network.origin[network.source].tolist(), network.origin[network.target].tolist(), strict=True))


@given(_ROWS, st.sampled_from([Mode.ONE_MODE, Mode.TWO_MODE]))
def test_footing_is_what_is_gone_when_it_is_taken_away(rows: list[Row], mode: Mode) -> None:
    made = affiliations(rows, publishers=PUBLISHERS)
    found = footing(made, plan(mode=mode, rule=NEWMAN))
    whole = ties(made, mode)
    assert found is not None
    assert found.ties == len(whole)

    gone = [whole - ties(made.without_document(number), mode) for number in range(len(made.documents))]
    assert found.documents.alone.tolist() == [len(each) for each in gone]
    assert found.documents.single == len(set().union(*gone))

    by_gazette = np.array([cited.publisher == "Gazette" for cited in made.documents] + [False])[made.document]
    if found.publisher_names:
        assert found.publisher_names == ("Gazette",)
        assert found.publishers.alone.tolist() == [len(whole - ties(made.select(~by_gazette), mode))]

    assert found.events is not None
    missing = [whole - ties(made.without_target(target), mode) for target in range(len(made.nodes))]
    assert found.events.alone.tolist() == [len(each) for each in missing]


def test_direct_ties_stand_on_documents_alone() -> None:
    made = affiliations([("a", "b", "D"), ("a", "b", "E"), ("b", "c", "D"), ("c", "c", "D")])
    found = footing(made, plan(mode=Mode.DIRECT))
    assert found is not None
    assert (found.ties, found.events) == (2, None)
    assert found.documents.alone.tolist() == [1, 0]


def said(made: Affiliations, mode: Mode = Mode.ONE_MODE) -> dict[Code, Caution]:
    return {each.code: each for each in cautions(made, plan(mode=mode))}


def test_a_small_one_sided_network_is_told_so() -> None:
    made = affiliations([*((actor, "x", "D") for actor in "abcd"), ("a", "y", "E"), ("e", "y", "E")])
    found = said(made)
    assert set(found) == set(Code) - {Code.NO_TIES, Code.ONE_PUBLISHER, Code.NOT_EXAMINED}
    assert found[Code.FEW_ACTORS].numbers == {"actors": 5, "below": 10}
    assert found[Code.FEW_DOCUMENTS].numbers == {"documents": 2, "below": 5}
    assert found[Code.FEW_EVENTS].numbers["events"] == 2
    assert found[Code.ONE_DOCUMENT] == Caution(Code.ONE_DOCUMENT, {"ties": 7, "alone": 6, "share": 6 / 7}, "D")
    assert found[Code.ONE_EVENT].subject == "x"
    assert found[Code.SINGLE_SOURCED].numbers["single"] == 7
    assert found[Code.UNDATED].numbers == {"statements": 6, "undated": 6, "share": 1.0}


def test_one_publisher_of_many_documents_is_one_source() -> None:
    rows = [(actor, f"e{number}", f"d{number}") for number in range(6) for actor in (f"a{number}", f"a{number + 1}")]
    made = affiliations(rows, publishers={f"d{number}": "Gazette" for number in range(4)})
    found = said(made)
    assert found[Code.ONE_PUBLISHER] == Caution(
        Code.ONE_PUBLISHER, {"ties": 6, "alone": 4, "share": pytest.approx(2 / 3)}, "Gazette"
    )
    assert Code.ONE_DOCUMENT not in found
    assert Code.UNKNOWN_PUBLISHERS not in found


def test_of_a_network_that_is_broad_nothing_needs_saying() -> None:
    days = {f"e{number:02}": "2025-01-01" for number in range(12)}
    rows = [
        (f"a{actor:02}", f"e{number:02}", f"d{(number + copy) % 6}")
        for number in range(12)
        for actor in (number, (number + 1) % 12, (number + 2) % 12)
        for copy in range(2)
    ]
    made = affiliations(rows, publishers={f"d{number}": f"p{number}" for number in range(6)}, dates=days)
    assert cautions(made, plan()) == ()


def test_actors_that_never_meet() -> None:
    assert said(reported({"x": "a", "y": "b"}))[Code.NO_TIES].numbers == {"actors": 2}


def test_too_large_a_network_is_not_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coopgraph.network.uncertainty.footing.MOST", 2)
    assert Code.NOT_EXAMINED in said(reported({"x": "abc"}))
