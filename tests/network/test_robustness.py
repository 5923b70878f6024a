"""Ranks and how far they hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network import catalogue, ranking, robustness
from tests.network.made import incidence

PROJECTION = catalogue.CO_PARTICIPATION_COUNT


def test_equal_values_share_the_best_rank() -> None:
    assert ranking.ranks({"a": 3.0, "b": 2.0, "c": 2.0, "d": 1.0}) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_floating_point_noise_breaks_no_tie() -> None:
    assert ranking.ranks({"a": 0.1 + 0.2, "b": 0.3}) == {"a": 1, "b": 1}


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 5), max_size=20))
def test_a_rank_is_one_more_than_the_number_of_higher_values(values: dict[str, float]) -> None:
    published = ranking.rounded(values)
    for node, rank in ranking.ranks(values).items():
        assert rank == 1 + sum(other > published[node] for other in published.values())


def test_ranges_show_who_hangs_on_one_document() -> None:
    made = incidence({"x": "abc", "y": "ad", "z": "ae"})
    full = robustness.scores(made, PROJECTION)
    found = robustness.document_ranges(made, PROJECTION, full)["strength"]
    assert (found["a"].best, found["a"].worst, found["a"].missing) == (1, 1, 0)
    # Without document x nobody has met b; without the others b is right behind a.
    assert (found["b"].best, found["b"].worst, found["b"].missing) == (2, 2, 1)
    assert (found["d"].best, found["d"].worst, found["d"].missing) == (2, 4, 1)


def test_the_planted_summit_is_what_makes_everybody_central() -> None:
    crowd = "abcdefghijklmnopq"
    made = incidence({"summit": crowd, "talks": "ab", "visit": "ac"})
    largest = robustness.largest_event(made)
    assert largest == "summit"
    degrees = robustness.scores(made, PROJECTION)["degree"]
    assert set(degrees.values.values()) == {1.0}
    assert robustness.scores(made.without_event(largest), PROJECTION)["degree"].values == {"a": 1.0, "b": 0.5, "c": 0.5}


def test_reports_change_no_centrality() -> None:
    made = incidence({"x": "abc", "y": "ad"})
    more = type(made)(
        made.nodes,
        tuple(
            type(item)(item.actor, item.event, item.roles, (*item.documents, *(f"copy{n}" for n in range(10))))
            for item in made.participations
        ),
        dict(made.documents) | {f"copy{n}": "Copy" for n in range(10)},
    )
    before, after = robustness.scores(made, PROJECTION), robustness.scores(more, PROJECTION)
    assert {name: score.values for name, score in before.items()} == {
        name: score.values for name, score in after.items()
    }


def test_ranks_count_within_the_kind() -> None:
    scores = robustness.scores(incidence({"x": "abc", "y": "a"}), catalogue.ACTOR_EVENT)["two-mode-degree"]
    assert scores.ranks["x"] == 1
    assert scores.ranks["a"] == 1
