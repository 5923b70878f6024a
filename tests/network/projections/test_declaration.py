"""From TOML to projections."""

from __future__ import annotations

import pytest

from coopgraph.network.network import Mode
from coopgraph.network.projections.declaration import read
from coopgraph.network.projections.levels import RollUp
from coopgraph.network.projections.projection import Dated, End

WHOLE = """
label = "L"
question = "Q?"
mode = "two-mode"
source_kind = "actor"
target_kind = "event"
node = "n"
tie = "t"
weight = "w"
direction = "d"
period = "p"
boundary = "b"
headline = "two-mode-degree"
query = "SELECT * {}"
evidence = ["?target ?role ?source"]
"""


def test_what_is_not_said_has_its_plain_meaning() -> None:
    declared = read({"one": WHOLE})["one"]
    assert (declared.name, declared.mode, declared.rule.name) == ("one", Mode.TWO_MODE, "none")
    assert (declared.dated, declared.roll_up, declared.rolls) == (Dated.TARGET, RollUp.NONE, frozenset())
    assert not declared.prospective


def test_a_declaration_can_be_like_one_that_is_like_another() -> None:
    like = 'like = "one"\nmode = "one-mode"\nrule = "newman"\nrules = ["newman", "size-capped-7"]\nrolls = ["source"]'
    last = 'like = "two"\nlabel = "M"\nroll_up = "state"\nprospective = true'
    declared = read({"three": last, "two": like, "one": WHOLE})
    assert [rule.name for rule in declared["three"].rules] == ["newman", "size-capped-7"]
    assert (declared["three"].label, declared["two"].label) == ("M", "L")
    assert (declared["three"].roll_up, declared["three"].rolls) == (RollUp.STATE, frozenset({End.SOURCE}))
    assert declared["three"].prospective
    assert not declared["two"].prospective


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({"one": WHOLE + 'colour = "red"'}, r"one: unknown fields \['colour'\]"),
        ({"one": WHOLE + 'name = "two"'}, r"one: unknown fields \['name'\]"),
        ({"one": WHOLE.replace('weight = "w"', "")}, r"missing fields \['weight'\]"),
        ({"one": WHOLE.replace("two-mode", "no-mode")}, "one: 'no-mode'"),
        ({"one": WHOLE + 'dated = "never"'}, "one: 'never'"),
        ({"one": 'like = "two"'}, "one: like: there is no other declaration 'two'"),
        ({"one": 'like = "two"', "two": 'like = "one"'}, "no other declaration"),
        ({"one": 'like = "one"'}, "no other declaration"),
    ],
)
def test_a_mistake_is_named_with_its_place(texts: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read(texts)
