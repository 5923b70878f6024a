"""The centrality report: what it states, and what its sentences make of the numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.network.engines import choose
from coopgraph.network.engines.port import Choice
from coopgraph.network.projections.catalogue import PROJECTIONS
from coopgraph.network.report import RENDERINGS, Parameters
from coopgraph.network.report import robust as robustness
from coopgraph.network.report.page import Table
from coopgraph.network.report.parts.brokers import Brokerage
from coopgraph.network.report.parts.source import software
from coopgraph.network.report.words.brokers import role
from coopgraph.network.report.words.change import sentences as change_sentences
from coopgraph.network.report.words.robustness import robustness as robustness_words
from coopgraph.network.report.words.robustness import runs as robustness_runs
from tests.network.affiliated import affiliations
from tests.network.report.made import SUMMIT, from_one_document, of_shipped, on, report

# One actor meets nine others, each of them once.
LED = {f"talks {other}": f"a{other}" for other in "bcdefghij"}


def said(found: object) -> str:
    return " ".join(found.summary)


@pytest.mark.parametrize("name", RENDERINGS)
@pytest.mark.parametrize("projection", ["co-participation", "actor-event"])
def test_the_same_rows_and_parameters_give_the_same_bytes(name: str, projection: str) -> None:
    first, second = report(SUMMIT, projection=projection), report(SUMMIT, projection=projection)
    assert first == second
    assert RENDERINGS[name].render(first) == RENDERINGS[name].render(second)


def test_another_seed_is_said_and_changes_no_value() -> None:
    first, second = report(SUMMIT), report(SUMMIT, parameters=Parameters(rounds=5, seed=1))
    assert second.parameters.seed == 1
    assert {one.seed for one in second.robustness.bootstraps} == {1}
    assert [[score.value for score in row.scores] for row in first.rows] == [
        [score.value for score in row.scores] for row in second.rows
    ]


@pytest.mark.parametrize("name", RENDERINGS)
def test_an_empty_network_is_reported_as_empty(name: str) -> None:
    empty = on(affiliations([]))
    assert RENDERINGS[name].render(empty)
    assert empty.rows == ()
    assert "0 ties" in said(empty)
    assert "most central" not in said(empty)
    assert empty.summary == (
        "The network is empty, with 0 nodes and 0 ties: no statement of the release answers the question.",
    )
    assert any("since there is nothing to draw" in line for line in _page_text(empty))


def test_a_period_without_anything_is_not_called_a_small_network() -> None:
    rows = affiliations([(who, "x", "D") for who in "ab"])
    found = on(rows, since=date(1900, 1, 1), until=date(1901, 12, 31))
    assert found.size.statements == 0
    assert found.summary == (
        "The network is empty, with 0 nodes and 0 ties: 2 statements answer the question, but none lies in the period "
        "for sure.",
    )


def test_names_keep_their_capitals_at_the_head_of_a_column() -> None:
    found = report(SUMMIT, parameters=Parameters(rounds=0))
    heads = [
        column.label for block in robustness_words(found).blocks if isinstance(block, Table) for column in block.columns
    ]
    assert "Without Event summit" in heads
    assert "Rule simple" in heads
    assert "Unweighted" in heads


def test_who_is_in_one_of_four_documents_is_absent_from_one_run_in_four() -> None:
    found = report({"x": "ab", "y": "ab", "z": "ab", "w": "cd"}, parameters=Parameters(rounds=0))
    gone = {row.label: row.score("degree").left_out for row in found.rows}
    assert [gone[f"Actor {name}"].absent for name in "abcd"] == [0, 0, 0.25, 0.25]


@pytest.mark.parametrize(("rounds", "few"), [(1, "1 round is too few"), (19, "19 rounds are too few"), (20, "")])
def test_few_rounds_are_said_to_say_little(rounds: int, few: str) -> None:
    found = report(LED, parameters=Parameters(measures=("strength",), rounds=rounds))
    told = " ".join(robustness_runs(found))
    assert (few in told) if few else ("too few" not in told)
    only = f"({rounds} round{'s' if rounds > 1 else ''} only)"
    assert (only in said(found)) is bool(few)


def test_who_leads_alone_is_named_though_many_come_next() -> None:
    text = said(report(LED, parameters=Parameters(measures=("strength",), rounds=0)))
    assert "By strength the most central is Actor a (rank 1, 9.000)." in text
    assert "share the first rank" not in text


def test_who_shares_the_first_rank_is_named_with_all_or_not_at_all() -> None:
    pair = {"x": "ab", "y": "cd", "z": "ef", "w": "gh"}
    text = said(report(pair, parameters=Parameters(rounds=0)))
    assert "By strength all 8 actors share the first rank: it tells none from another." in text
    assert "most central" not in text
    two = {"x": "ab", "y": "ab", "z": "cde", "w": "fgh"}
    text = said(report(two, parameters=Parameters(rounds=0)))
    assert "By strength the most central are Actor a (rank 1, 2.000) and Actor b (rank 1, 2.000)." in text
    text = said(report(two, parameters=Parameters(rounds=0, top=1)))
    assert "By strength, 2 actors share the first rank." in text


def test_one_who_enters_is_one() -> None:
    found = of_shipped("co-participation")
    periods = [replace(one, entered=None if one.entered is None else 1) for one in found.change.periods]
    told = change_sentences(replace(found, change=replace(found.change, periods=tuple(periods))))
    assert any(": 1 actor entered and " in line for line in told)
    assert not any("1 actors" in line for line in told)


def test_a_role_a_little_rarer_than_by_chance_is_no_negative_zero() -> None:
    assert role(Brokerage("liaison", pairs=3.0, expected=3.01, z=-0.01)).below == "+0.0"


def test_a_summit_that_makes_the_network_is_called_by_its_name() -> None:
    found = report(SUMMIT)
    largest = found.robustness.largest
    assert largest is not None
    assert (largest.sources, largest.ties, largest.only) == (17, 136, 134)
    assert "Event summit" in said(found)
    text = "No event has more actors than Event summit, which has 17; 134 of 136 ties (99 %) exist through it alone."
    assert text in said(found)
    assert "99 % of the ties hang on one event: without “Event summit”, 134 of 136 ties" in said(found)
    gone = {row.label: row.score("degree").without_largest for row in found.rows}
    assert gone["Actor a"] == 1
    assert gone["Actor d"] is None


def test_without_a_summit_no_event_is_accused_of_one() -> None:
    assert "closeness" not in said(report({"x": "ab", "y": "bc", "z": "cd"}))


def test_a_network_of_one_document_is_said_to_be_one_before_anything_else() -> None:
    found = from_one_document({"x": "abcd", "y": "bcef", "z": "cdgh", "v": "aehi", "w": "bdij"})
    single = next(place for place, text in enumerate(found.summary) if "on a single document" in text)
    assert single < next(place for place, text in enumerate(found.summary) if "most central" in text)
    assert found.robustness.left_out is None
    assert [one.unit for one in found.robustness.bootstraps] == ["event"]
    assert any("fewer than two documents" in text for text in _page_text(found))


def _page_text(found: object) -> list[str]:
    return RENDERINGS["markdown"].render(found).splitlines()


def test_a_small_network_is_said_to_be_small() -> None:
    assert "The network is small: it has 3 actors, and with" in said(report({"x": "ab", "y": "bc"}))


def test_ties_in_rank_are_said() -> None:
    found = report(SUMMIT)
    assert "14 of 18 actors share rank 4 by strength: it tells few of them apart." in said(found)
    alike = report({"x": "ab", "y": "cd", "z": "ef", "v": "gh"})
    assert "By strength all 8 actors share the first rank: it tells none from another." in said(alike)
    assert "most central" not in said(alike)


def test_numbers_in_the_text_are_the_numbers_of_the_network() -> None:
    found = report(SUMMIT)
    assert (found.size.isolates, found.size.components, found.size.alone) == (1, 2, 1)
    assert "22 statements in 4 documents: 18 actors, 4 events, 136 ties." in said(found)
    assert "2 parts that no tie joins; the largest has 17 nodes. 1 node has no tie at all." in said(found)
    assert any("1 event has only one known actor" in line for line in _page_text(found))


def test_top_leaves_out_and_says_so() -> None:
    found = report(SUMMIT, parameters=Parameters(rounds=0, top=5))
    kind = found.kinds[0]
    assert (kind.nodes, kind.listed, len(found.rows)) == (18, 5, 5)
    assert kind.cut == 12
    for name in ("html", "markdown"):
        text = RENDERINGS[name].render(found)
        assert "Listed are the first 5 of 18 actors" in text
        assert "12 not listed share the rank of the last listed." in text
    listed = {row.iri for row in found.rows}
    assert all({tie.source, tie.target} <= listed for tie in found.ties.ties)


def test_a_network_beyond_the_budget_gets_no_ranges_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robustness, "BUDGET", 10)
    found = report(SUMMIT, parameters=Parameters())
    assert found.robustness.left_out is None
    assert found.robustness.bootstraps == ()
    assert all(score.left_out is score.documents is score.events is None for row in found.rows for score in row.scores)
    assert any("budget of 10 steps" in line for line in _page_text(found))
    assert any("nothing is said about how far a rank holds" in text for text in found.limits)


def test_a_measure_that_the_network_is_too_large_for_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "_SMALLER", {"harmonic": 0})
    monkeypatch.setattr(choose, "LARGEST", 1)
    found = report(SUMMIT, parameters=Parameters(measures=("degree", "harmonic"), rounds=0))
    assert [one.name for one in found.measures] == ["degree"]
    assert any("follows the paths from each" in text for text in found.limits)
    with pytest.raises(CoopgraphError) as caught:
        report(SUMMIT, parameters=Parameters(measures=("harmonic",), rounds=0))
    assert caught.value.code == "too-large"


def test_without_rounds_there_are_no_intervals() -> None:
    found = report(SUMMIT, parameters=Parameters(rounds=0))
    assert found.robustness.bootstraps == ()
    assert any("There was no bootstrap" in line for line in _page_text(found))


def test_ranges_of_ranks_hold_the_rank() -> None:
    for row in report(SUMMIT).rows:
        for score in row.scores:
            assert score.left_out is not None
            assert score.left_out.low <= score.rank <= score.left_out.high


def test_a_period_counts_what_it_leaves_out() -> None:
    rows = [(who, event, "D") for event in ("x", "y", "z") for who in "ab"]
    found = on(affiliations(rows, dates={"x": "2030-01-01", "y": "2031-01-01"}), since=None, until=None)
    assert (found.taken.certain, found.taken.undated, found.taken.statements) == (4, 2, 6)

    later = on(affiliations(rows, dates={"x": "2030-01-01", "y": "2031-01-01"}), since=date(2031, 1, 1))
    assert (later.taken.certain, later.taken.outside, later.taken.undated, later.taken.statements) == (2, 2, 2, 2)
    text = " ".join(_page_text(later))
    assert "the 2 that lie in the period for sure are taken" in text
    assert "2 lie outside and 2 have no date" in text


def test_a_measure_for_another_kind_of_network_is_refused() -> None:
    with pytest.raises(CoopgraphError, match="not defined"):
        report(SUMMIT, projection="actor-event", parameters=Parameters(measures=("pagerank",)))


def test_only_the_measures_that_were_asked_for_are_shown() -> None:
    found = report(SUMMIT, parameters=Parameters(measures=("betweenness",), rounds=0))
    assert [one.name for one in found.measures] == ["betweenness"]
    assert found.headline == "betweenness"


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_every_projection_of_the_shipped_graph_has_a_report(projection: str) -> None:
    found = of_shipped(projection)
    assert found.about.projection == projection
    assert found.size.nodes == sum(kind.nodes for kind in found.kinds)
    for row in found.rows:
        assert {score.measure for score in row.scores} == {one.name for one in found.measures}


def test_every_engine_has_a_version() -> None:
    found = {one.name: one.version for one in software(("sampling", "scipy", "networkx/parallel", "networkit"))}
    assert set(found) == {"coopgraph", "numpy", "scipy", "networkx", "networkit", "Python"}
    assert all(found.values())


def test_approximate_values_are_said_to_be_so() -> None:
    asked = Parameters(measures=("betweenness",), rounds=0, choice=Choice(error=0.05))
    found = report(SUMMIT, parameters=asked)
    (one,) = found.measures
    assert one.engine == "sampling"
    assert 0 < one.error <= 0.05
    assert any("Betweenness is approximate: with probability" in line for line in _page_text(found))
    assert any("stand in the wrong order" in text for text in found.limits)
