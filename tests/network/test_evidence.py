"""What ties rest on, held against its definition, written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network import joined
from coopgraph.network.evidence import Evidence, evidence, statements
from coopgraph.network.fold import network
from coopgraph.network.network import Mode
from coopgraph.network.projections.rules import NEWMAN, NONE, Rule, size_capped
from tests.network import affiliated

Rows = list[tuple[str, str, str]]
DOCUMENTS = ("d1", "d2", "d3", "d4")
rows = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("UVWXYZ"), st.sampled_from(["", *DOCUMENTS])),
    max_size=30,
    unique=True,
)
published = st.fixed_dictionaries({name: st.sampled_from(["", "Gazette", "Herald"]) for name in DOCUMENTS})
dated = st.dictionaries(st.sampled_from("UVWXYZ"), st.sampled_from(["2030-01-01", "2031-05-09", "2032-12-31"]))


def _at(said: Rows, event: str) -> set[str]:
    return {actor for actor, where, _ in said if where == event}


def _behind(said: Rows, ends: tuple[str, str], mode: Mode, cap: int) -> Rows:
    """The statements behind a tie, by its definition."""
    if mode is not Mode.ONE_MODE:
        return [row for row in said if set(row[:2]) == set(ends)]
    shared = {event for _, event, _ in said if set(ends) <= _at(said, event) and len(_at(said, event)) <= cap}
    return [row for row in said if row[0] in ends and row[1] in shared]


@given(
    rows,
    published,
    dated,
    st.sampled_from([(Mode.ONE_MODE, NEWMAN, 99), (Mode.ONE_MODE, size_capped(3), 3), (Mode.TWO_MODE, NONE, 0)]),
    st.sampled_from([1, 7, 1 << 20]),
)
def test_evidence_counts_what_is_behind_a_tie(
    said: Rows, publishers: dict[str, str], dates: dict[str, str], way: tuple[Mode, Rule, int], block: int
) -> None:
    mode, rule, cap = way
    made = affiliated.affiliations(said, publishers=publishers, dates=dates)
    net = network(made, mode, rule)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joined, "_BLOCK", block)
        found = evidence(made, net)
    assert {len(column) for column in _columns(found)} == {net.m}
    for tie in range(net.m):
        ends = net.nodes.iri[net.source[tie]], net.nodes.iri[net.target[tie]]
        behind = _behind(said, ends, mode, cap)
        documents = {document for _, _, document in behind} - {""}
        days = sorted(np.datetime64(dates[event]) for _, event, _ in behind if event in dates)
        assert found.targets[tie] == (len({event for _, event, _ in behind}) if mode is Mode.ONE_MODE else 1)
        assert found.documents[tie] == len(documents)
        assert found.publishers[tie] == len({publishers[document] for document in documents})
        assert str(found.first[tie]) == (str(days[0]) if days else "NaT")
        assert str(found.last[tie]) == (str(days[-1]) if days else "NaT")
        assert sorted(sorted(said)[row] for row in statements(made, net, tie)) == sorted(behind)


def _columns(found: Evidence) -> tuple[np.ndarray, ...]:
    return found.targets, found.documents, found.publishers, found.first, found.last


def test_documents_of_one_publisher_are_one_voice_and_unknown_ones_are_one_too() -> None:
    said = [("a", "E", document) for document in DOCUMENTS]
    publishers = {"d1": "Gazette", "d2": "Gazette", "d3": "", "d4": ""}
    made = affiliated.affiliations([*said, ("a", "E", "")], publishers=publishers)
    found = evidence(made, network(made, Mode.TWO_MODE, NONE))
    assert (found.documents.tolist(), found.publishers.tolist()) == ([4], [2])


def test_a_directed_tie_rests_on_statements_in_its_direction() -> None:
    made = affiliated.affiliations([("a", "b", "d1"), ("b", "a", "d2"), ("b", "a", "d3")])
    net = network(made, Mode.DIRECT, NONE)
    assert evidence(made, net).documents.tolist() == [1, 2]
    assert [statements(made, net, tie).tolist() for tie in range(2)] == [[0], [1, 2]]
    with pytest.raises(IndexError):
        statements(made, net, 2)


def test_a_network_without_ties_has_no_evidence() -> None:
    made = affiliated.affiliations([("a", "E", "d1")])
    assert len(evidence(made, network(made, Mode.ONE_MODE, NEWMAN)).targets) == 0


def test_an_event_that_counts_nothing_makes_no_evidence() -> None:
    made = affiliated.affiliations([(actor, event, "d1") for event in "EF" for actor in "ab"] + [("c", "F", "d1")])
    # The event F is not drawn, so that c met nobody.
    drawn = np.array([int(iri == "E") for iri in made.nodes.iri], dtype=np.int32)
    net = network(made, Mode.ONE_MODE, NEWMAN, multiplicity=drawn)
    assert net.m == 1
    assert evidence(made, net).documents.tolist() == [1]
