"""What a selection may ask for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.network.projections.levels import RollUp
from coopgraph.network.selection import Selection, select, selected
from tests import shipped


def test_what_is_not_given_is_as_declared() -> None:
    default = Selection.of()
    assert (default.projection.name, default.rule.name) == ("co-participation", "newman")
    assert (default.since, default.until, default.roll_up, default.timed) == (None, None, RollUp.NONE, False)
    assert Selection.of("countries").roll_up is RollUp.STATE
    assert Selection.of("countries", roll_up="none").roll_up is RollUp.NONE


def test_dates_may_be_partial() -> None:
    wanted = Selection.of(since="2019", until="2020-02")
    assert (wanted.since, wanted.until) == (date(2019, 1, 1), date(2020, 2, 29))
    assert Selection.of(since=date(2019, 5, 1)).timed
    assert Selection.of(since=2019) == Selection.of(since="2019")  # type: ignore[arg-type]


def test_a_moment_is_its_day() -> None:
    wanted = Selection.of(since=datetime(2019, 5, 1, 12, tzinfo=UTC), until=date(2019, 5, 1))
    assert (wanted.since, wanted.until) == (date(2019, 5, 1), date(2019, 5, 1))


def test_a_cap_means_the_rule_that_has_one() -> None:
    assert Selection.of(cap=5).rule.name == "size-capped-5"
    assert Selection.of(rule="size-capped-6").rule.name == "size-capped-6"


@pytest.mark.parametrize(
    ("projection", "given"),
    [
        ("co-participation", {}),
        ("countries", {"roll-up": "none", "since": "2019-05-01"}),
        ("co-participation", {"rule": "size-capped-7", "until": "2020-02-29"}),
    ],
)
def test_parameters_of_an_address_are_read_and_written(projection: str, given: dict[str, str]) -> None:
    assert Selection.read(projection, given).parameters == given


def test_an_empty_parameter_stands_for_nothing() -> None:
    given = dict.fromkeys(("rule", "since", "until", "roll-up"), " ")
    assert Selection.read(None, given) == Selection.of()
    assert Selection.read(None, {"since": "2019", "until": "2020-02"}).parameters == {
        "since": "2019-01-01",
        "until": "2020-02-29",
    }


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"name": "nonsense"}, "not-found"),
        ({"rule": "nonsense"}, "request"),
        ({"name": "actor-event", "rule": "newman"}, "request"),
        ({"name": "co-participation-count", "cap": 5}, "request"),
        ({"since": "2020", "until": "2019"}, "request"),
        ({"since": "soon"}, "request"),
        ({"roll_up": "galaxy"}, "request"),
        ({"name": "framework-topic", "roll_up": "state"}, "request"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(options: dict[str, str], code: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        Selection.of(**options)
    assert caught.value.code == code


def test_two_readings_of_one_selection_are_the_same() -> None:
    wanted = Selection.of("countries", since="2019")
    once, twice = select(shipped.reader(), wanted), select(shipped.reader(), wanted)
    assert once.timing == twice.timing
    for name in ("source", "target", "role", "document", "via", "first", "last", "stated_source"):
        first, second = (getattr(each.affiliations, name) for each in (once, twice))
        assert first.tobytes() == second.tobytes()
    assert selected(shipped.reader(), wanted).nodes == once.affiliations.nodes
    assert once.ambiguous
