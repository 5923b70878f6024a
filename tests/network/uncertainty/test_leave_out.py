"""Documents left out one after another, and the one that dominates."""

from __future__ import annotations

import numpy as np
import pytest

from coopgraph.network.network import Mode
from coopgraph.network.ranking import groups, ranks_of
from coopgraph.network.scoring import score
from coopgraph.network.uncertainty.leave_out import LeaveOneOut, leave_one_document_out
from tests.network.affiliated import affiliations, reported
from tests.network.uncertainty.made import plan, some


def left_out(made: object, *measures: str, **more: int) -> LeaveOneOut:
    chosen = plan(*measures)
    found = leave_one_document_out(made, chosen, score(made, chosen), **more)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_ranges_show_who_hangs_on_one_document() -> None:
    made = reported({"x": "abc", "y": "ad", "z": "ae"})
    found = left_out(made).intervals["strength"]
    index = made.nodes.index()

    def range_(name: str) -> tuple[int, int, int]:
        return tuple(int(column[index[name]]) for column in (found.best, found.worst, found.missing))

    # Three runs without a document, and the one with all.
    assert found.rounds == 4
    assert range_("a") == (1, 1, 0)
    # Without document X nobody has met b; without the others b is right behind a.
    assert range_("b") == (2, 2, 1)
    assert range_("d") == (2, 4, 1)


def test_the_document_that_dominates_is_seen() -> None:
    rows = [(actor, f"e{number}", "big") for number in range(3) for actor in "abcdef"[number:]]
    rows += [("a", "e3", "small"), ("b", "e3", "small"), ("e", "e4", "tiny"), ("f", "e4", "tiny")]
    made = affiliations(rows)
    found = left_out(made, "strength")
    assert [made.documents[document].iri for document in found.documents.tolist()] == ["big", "small", "tiny"]
    # c, d and the three events are known from the big one alone.
    assert found.lost.tolist() == [5, 1, 1]
    taus = [each.tau for each in found.agreement["strength"]]
    # What is left without it gives all four actors the same strength.
    assert taus[0] is None
    assert all(tau is not None and tau > 0.5 for tau in taus[1:])
    e = made.nodes.index()["e"]
    assert (found.intervals["strength"].best[e], found.intervals["strength"].worst[e]) == (1, 1)


@pytest.mark.parametrize("seed", range(3))
def test_each_run_is_the_scoring_of_what_is_left(seed: int) -> None:
    made, chosen = some(seed), plan("degree", "pagerank")
    found = left_out(made, "degree", "pagerank", workers=1)
    group = groups(made, Mode.ONE_MODE)
    full = ranks_of(score(made, chosen), group)
    parts = [ranks_of(score(made.without_document(number), chosen), group) for number in range(len(made.documents))]
    for name, ranks in full.items():
        every = np.vstack([ranks, *(part[name] for part in parts)])
        known = np.where(every == 0, 99, every)
        assert np.where(known.min(axis=0) == 99, 0, known.min(axis=0)).tolist() == found.intervals[name].best.tolist()
        assert every.max(axis=0).tolist() == found.intervals[name].worst.tolist()
        assert (every == 0).sum(axis=0).tolist() == found.intervals[name].missing.tolist()


def test_of_too_many_those_that_say_most_are_left_out() -> None:
    made = reported({"x": "ab", "y": "abcd", "z": "abc"})
    found = left_out(made, at_most=2)
    assert [made.documents[document].iri for document in found.documents.tolist()] == ["Y", "Z"]
    assert found.of == 3


def test_without_documents_there_is_nothing_to_leave_out() -> None:
    made = affiliations([("a", "x", ""), ("b", "x", "")])
    assert leave_one_document_out(made, plan(), score(made, plan())) is None
