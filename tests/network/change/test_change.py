"""Two networks side by side, and one over time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from coopgraph.network.change.comparison import Overlap, compare
from coopgraph.network.change.panel import courses, over_time
from coopgraph.network.change.periods import Period, years
from coopgraph.network.change.snapshot import snapshot, ties
from coopgraph.network.network import Mode
from tests.network.affiliated import affiliations, reported
from tests.network.uncertainty.made import plan, some

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.change.snapshot import Snapshot

DATES = {"x": "2019-05-01", "y": "2021-01-01", "z": "2021-12-31", "w": "2022-06-01"}
EVENTS = {"x": "abc", "y": "ab", "z": "ad", "w": "bd", "v": "ae"}


def shot(name: str, made: Affiliations, *measures: str) -> Snapshot:
    return snapshot(name, made, plan(*measures))


def test_who_moved_who_came_and_who_left() -> None:
    before = shot("before", reported({"x": "abc", "y": "ab", "z": "ac"}))
    after = shot("after", reported({"x": "bd", "y": "bc", "z": "bd"}))
    found = compare(before, after)
    rows = {row.node.iri: row for row in found.rows["strength"]}
    assert [row.node.iri for row in found.rows["strength"]] == ["b", "d", "c", "a"]
    assert (rows["b"].before, rows["b"].after, rows["b"].movement) == (2, 1, 1)
    assert (rows["c"].before, rows["c"].after, rows["c"].movement) == (2, 3, -1)
    assert (rows["d"].before, rows["d"].after, rows["d"].movement) == (None, 2, None)
    assert (rows["a"].before, rows["a"].after, rows["a"].movement) == (1, None, None)
    assert found.actors == Overlap(both=2, only_first=1, only_second=1)
    assert found.actors.jaccard == 0.5
    # ab, ac, bc before; bc, bd after.
    assert found.ties == Overlap(both=1, only_first=2, only_second=1)
    assert found.agreement["strength"].n == 2


def test_actors_of_different_tables_are_matched_by_iri() -> None:
    one, other = reported({"x": "bc"}), reported({"w": "ab", "x": "bc"})
    assert one.nodes.index()["b"] != other.nodes.index()["b"]
    found = compare(shot("one", one), shot("other", other))
    assert found.actors == Overlap(2, 0, 1)
    assert [(row.node.iri, row.before, row.after) for row in found.rows["degree"]] == [
        ("b", 1, 1),
        ("c", 1, 2),
        ("a", None, 2),
    ]


def test_only_measures_of_both_are_compared() -> None:
    made = reported({"x": "abc"})
    assert set(compare(shot("a", made, "degree", "strength"), shot("b", made, "strength", "pagerank")).rows) == {
        "strength"
    }


def test_events_are_no_actors() -> None:
    made = affiliations([("a", "x", "D"), ("b", "x", "D")])
    two = snapshot("two", made, plan(mode=Mode.TWO_MODE))
    assert {row.node.iri for row in compare(two, two).rows["two-mode-degree"]} == {"a", "b"}


def test_direction_is_part_of_a_tie() -> None:
    one, other = affiliations([("a", "b", "D")]), affiliations([("b", "a", "D")])
    chosen = plan(mode=Mode.DIRECT)
    assert ties(snapshot("one", one, chosen)) == {("a", "b")}
    found = compare(snapshot("one", one, chosen), snapshot("other", other, chosen))
    assert found.ties.jaccard == 0.0
    assert found.actors.jaccard == 1.0


def test_nothing_has_no_share_in_common() -> None:
    assert Overlap(0, 0, 0).jaccard is None


@given(st.integers(0, 5), st.integers(0, 5))
def test_comparing_the_other_way_turns_everything_round(first: int, second: int) -> None:
    one, other = shot("one", some(first, rows=20)), shot("other", some(second, rows=20))
    there, back = compare(one, other), compare(other, one)
    assert (there.actors.both, there.actors.only_first) == (back.actors.both, back.actors.only_second)
    assert there.ties.jaccard == back.ties.jaccard
    moved = {row.node.iri: row.movement for row in there.rows["degree"]}
    assert {row.node.iri: row.movement for row in back.rows["degree"]} == {
        iri: None if movement is None else -movement for iri, movement in moved.items()
    }
    if first == second:
        assert set(moved.values()) == {0}
        assert there.actors.jaccard == there.ties.jaccard == 1.0


def test_years_are_those_in_which_something_certainly_is() -> None:
    made = reported(EVENTS, dates=DATES)
    assert [period.name for period in years(made)] == ["2019", "2020", "2021", "2022"]
    assert years(made)[0] == Period("2019", date(2019, 1, 1), date(2019, 12, 31))
    assert years(reported({"x": "ab"})) == ()


def test_ranks_over_the_years() -> None:
    made = reported(EVENTS, dates=DATES)
    panel = over_time(made, plan("strength"), years(made))
    assert [None if each.snapshot is None else each.snapshot.network.m for each in panel.slices] == [3, None, 2, 1]
    # v has no date: its two rows are in no year.
    assert panel.undated == 2
    assert [each.timing.certain for each in panel.slices] == [3, 0, 4, 2]
    assert [(each.before, each.after) for each in panel.comparisons] == [("2019", "2021"), ("2021", "2022")]
    found = {course.node.iri: course for course in courses(panel, "strength")}
    assert found["a"].ranks == (1, None, 1, None)
    assert found["b"].ranks == (1, None, 2, 1)
    assert found["c"].ranks == (1, None, None, None)
    assert found["d"].ranks == (None, None, 2, 1)
    assert "e" not in found
    assert [course.node.iri for course in courses(panel, "strength")] == ["b", "d", "a", "c"]


def test_a_row_that_may_lie_outside_does_not_count() -> None:
    made = reported({"x": "ab"}, dates={"x": "2020-12-31"})
    late = made.select([0, 1])  # type: ignore[arg-type]
    object.__setattr__(late, "last", late.last + 1)
    panel = over_time(late, plan("degree"), [Period("2020", date(2020, 1, 1), date(2020, 12, 31))])
    assert (panel.slices[0].snapshot, panel.slices[0].timing.possible) == (None, 2)
    assert years(late) == ()
