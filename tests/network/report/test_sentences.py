"""Sentences claim what the numbers say and no more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coopgraph.network.days import UNKNOWN
from coopgraph.network.period import placed
from coopgraph.network.report import RENDERINGS, Operand, Parameters, actor, centrality, compare
from coopgraph.network.report.language import percent
from coopgraph.network.report.parts.results import Range
from coopgraph.network.report.words.ranges import interval
from coopgraph.network.selection import Selected, Selection
from tests.network.affiliated import affiliations, reported
from tests.network.report.made import SOURCE, SUMMIT, on, report

NO_ROUNDS = Parameters(rounds=0)
CHAIN = {"x": "ab", "y": "bc", "z": "cd", "v": "de"}


def said(found: object) -> str:
    return " ".join(found.summary)


def page(found: object) -> str:
    return RENDERINGS["markdown"].render(found)


def chosen(events: dict[str, str], projection: str = "co-participation", **more: object) -> tuple[Selected, Selection]:
    found, selection = reported(events), Selection.of(projection, **more)
    return Selected(found, placed(found, selection.since, selection.until).counts()), selection


@pytest.mark.parametrize(
    ("portion", "text"),
    [(0, "0 %"), (0.004, "less than 1 %"), (0.37, "37 %"), (0.996, "more than 99 %"), (1, "100 %")],
)
def test_a_portion_is_never_all_or_nothing_wrongly(portion: float, text: str) -> None:
    assert percent(portion) == text


def test_a_node_that_is_seldom_absent_is_not_never_absent() -> None:
    assert interval(Range(low=1, high=2, absent=0.004, uncertain=False)).below == "absent less than 1 %"


def test_an_interval_is_not_said_to_hold_every_round() -> None:
    # 40 rounds: in one the rank may lie beyond an interval of 95 %.
    text = said(on(reported(SUMMIT), parameters=Parameters(rounds=40, measures=("strength",))))
    assert text.count("in at least 95 % of the rounds") == 2
    left, *drawn = next(one for one in text.split(". ") if one.startswith("How far the rank")).split("; ")
    assert "95 %" not in left
    assert all("95 %" in one for one in drawn)


def test_runs_without_the_actor_are_said_beside_the_interval() -> None:
    found = report({"x": "abcd", "y": "ab", "z": "ef", "v": "eg"}, parameters=Parameters(rounds=30))
    drawn = found.rows[0].score(found.headline).documents
    assert f"rounds that have the actor, and {percent(drawn.absent)} of the rounds lack the actor" in said(found)


def test_one_piece_is_not_said_to_be_complete() -> None:
    found = report(CHAIN, parameters=NO_ROUNDS)
    assert found.size.ties == 4 < found.size.nodes * (found.size.nodes - 1) // 2
    assert "in one piece: any two nodes are joined by a tie or by a chain of ties." in said(found)


def test_a_measure_that_ranks_all_alike_is_said_to() -> None:
    found = report({"x": "ab", "y": "ab", "z": "cd"}, parameters=NO_ROUNDS)
    assert {row.score("degree").sharing for row in found.rows} == {4}
    assert "All actors share it by degree," in said(found)


def test_an_event_that_the_rule_leaves_out_is_not_said_to_join() -> None:
    found = report(SUMMIT, parameters=NO_ROUNDS, rule="size-capped-3")
    assert "No event has more actors than Event summit, which has 17; 0 of 2 ties (0 %) exist" in said(found)


def test_half_of_the_ties_is_not_called_most_of_them() -> None:
    text = said(report({"x": "ab", "y": "cd"}, parameters=NO_ROUNDS))
    assert "50 % of the ties hang on one document: without “Document X”, 1 of 2 ties would be gone." in text


def test_without_any_date_no_others_are_spoken_of() -> None:
    assert "4 of 4 statements (100 %) have no date: nothing can be said about periods." in said(
        report({"x": "ab", "y": "cd"}, parameters=NO_ROUNDS)
    )


def test_who_is_represented_by_one_alone_is_not_said_to_join_nobody() -> None:
    direct = reported({"b": "a", "c": "b"})
    assert "no two actors" not in page(on(direct, "representation-and-membership", NO_ROUNDS))
    lone = {"x": "ab", "y": "c"}
    assert "1 event has only one known actor, so it joins no two actors." in page(report(lone, parameters=NO_ROUNDS))


def test_what_is_drawn_in_a_bootstrap_has_its_own_name() -> None:
    rounds = Parameters(rounds=20)
    topics = page(on(reported(SUMMIT), "organisation-topic", rounds))
    assert "Bootstrap over topics: in 20 rounds from seed 0, 4 topics were drawn from 4" in topics
    assert "What is drawn twice is there once." in topics
    assert "counts what is drawn twice as two" in page(on(reported(SUMMIT), parameters=rounds))


def test_intervals_of_one_node_are_told_with_their_rounds() -> None:
    text = page(actor(*chosen(SUMMIT), SOURCE, "Actor b", parameters=Parameters(rounds=20)))
    assert "an interval holds at least 95 % of the rounds" in text
    assert "Bootstrap over events: in 20 rounds from seed 0" in text


def test_who_wants_to_draw_the_same_rounds_is_told_how() -> None:
    assert "PCG64" in page(report(CHAIN))
    assert "PCG64" not in page(report(CHAIN, parameters=NO_ROUNDS))


def test_a_ranking_that_never_changes_is_not_said_to_change() -> None:
    same = report({"x": "ab", "y": "ac", "z": "ad"}, parameters=NO_ROUNDS)
    assert same.robustness.left_out.tau == 1
    assert "the ranking of those left is the same each time" in page(same)
    assert "changes most" not in page(same)
    assert "changes most without" in page(report(CHAIN, parameters=NO_ROUNDS))


def test_the_ends_of_a_missing_tie_are_of_the_kinds_that_ties_join() -> None:
    assert any("any actor and event without a tie" in one for one in report(CHAIN, projection="actor-event").limits)
    assert any("two actors without a tie" in one for one in report(CHAIN, parameters=NO_ROUNDS).limits)


def test_an_event_is_ranked_among_events() -> None:
    made = centrality(*chosen(SUMMIT, "actor-event"), SOURCE, NO_ROUNDS, explained="Event summit")
    assert made.explained.of == 4
    assert "Event summit has rank 1 of 4 by two-mode degree" in page(made)
    assert "of 4 actors" not in page(made)


def test_a_tie_through_no_event_has_documents_and_no_events() -> None:
    text = page(
        actor(*chosen({"b": "a", "c": "b"}, "representation-and-membership"), SOURCE, "b", parameters=NO_ROUNDS)
    )
    assert "Through actors" not in text
    assert "| in “Document B” |" in text
    assert "Through events" in page(actor(*chosen(SUMMIT), SOURCE, "Actor b", parameters=NO_ROUNDS))


def test_days_with_one_end_say_which() -> None:
    found = affiliations([("a", "x", "X"), ("b", "x", "X")], dates={"x": "2031-05-05"})
    found = replace(found, first=np.full(2, UNKNOWN))
    selection = Selection.of("co-participation")
    made = actor(Selected(found, placed(found, None, None).counts()), selection, SOURCE, "a", parameters=NO_ROUNDS)
    assert "until 2031-05-05" in page(made)


def test_rankings_that_cannot_be_compared_are_said_to_for_the_right_reason() -> None:
    first, second = (
        Operand("one", *chosen({"x": "ab"}), SOURCE),
        Operand("two", *chosen({"x": "ab", "y": "bc"}), SOURCE),
    )
    assert "cannot be said: all nodes of both have the same value in one of the two." in said(compare(first, second))
    third = Operand("three", *chosen({"y": "bc"}), SOURCE)
    found = compare(first, third)
    assert "cannot be said: only one node is in both." in said(found)
    assert not any("in no period" in limit for limit in found.limits)
    timed = Operand("timed", *chosen({"y": "bc"}, since="2031"), SOURCE)
    assert any("in no period" in limit for limit in compare(first, timed).limits)
