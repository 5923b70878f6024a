"""Framed JSON-LD: cards with the right things inside, in the right order."""

from __future__ import annotations

import json
from typing import Any

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.export import export
from coopgraph.export.context import frame, frame_names
from coopgraph.store.memory import MemoryReader
from tests.network import sample


def framed(name: str, graph: str | None = None) -> dict[str, Any]:
    document = json.loads(export(MemoryReader(sample.quads()), "jsonld-framed", frame=name, graph=graph))
    return {thing["id"]: thing for thing in document["@graph"]}


def test_every_shipped_frame_is_used_and_says_which_context() -> None:
    assert set(frame_names()) == {"actor-profile", "event-card", "evidence", "framework", "instrument"}
    for name in frame_names():
        assert "label" in frame(name)["@context"]
        assert framed(name)


def test_an_event_card_names_its_participants_once() -> None:
    card = framed("event-card")["cgid:event/tide-forum"]
    assert {one["id"]: one["label"] for one in card["participant"]}["cgid:actor/atlantis"]["en"] == "Atlantis"
    assert card["host"] == ["cgid:actor/atlantis"]
    assert card["speaker"] == ["cgid:actor/zoe"]
    assert "notBefore" in card
    talks = framed("event-card")["cgid:event/reef-talks"]
    assert [whole["label"] for whole in talks["partOfEvent"]] == [{"en": "Tide Forum"}]


def test_a_card_shows_no_plan() -> None:
    assert "participant" not in framed("event-card")["cgid:event/coral-summit"]


def test_an_actor_profile_looks_backwards() -> None:
    profile = framed("actor-profile")["cgid:actor/lemuria"]
    assert {event["id"] for event in profile["takesPartIn"]} == {"cgid:event/tide-forum", "cgid:event/reef-talks"}
    assert [instrument["label"]["en"] for instrument in profile["partyTo"]] == ["Reef Pact"]


def test_pillars_stand_in_their_order() -> None:
    pillars = framed("framework")["cgid:framework/f1"]["hasPillar"]
    assert [pillar["label"]["en"] for pillar in pillars] == ["zeal", "calm", "ardour"]
    assert [pillar["position"] for pillar in pillars] == [1, 2, 3]


def test_an_instrument_names_its_parties() -> None:
    pact = framed("instrument")["cgid:instrument/pact"]
    assert [party["label"]["en"] for party in pact["party"]] == ["Atlantis", "Lemuria"]
    assert pact["signatory"] == ["cgid:actor/atlantis", "cgid:actor/lemuria"]


def test_evidence_leads_from_the_assertion_to_the_document() -> None:
    found = framed("evidence")
    assert len(found) == 12
    hosted = found["cgid:assertion/a00"]
    assert hosted["predicate"] == "host"
    assert hosted["subject"]["label"] == {"en": "Tide Forum"}
    assert [actor["label"]["en"] for actor in hosted["object"]] == ["Atlantis"]
    span = hosted["hasEvidence"][0]
    assert (span["start"], span["end"], span["inDocument"]["label"]) == (0, 31, {"en": "Report aa"})
    assert set(framed("evidence", f"doc/{sample.FIRST}")) < set(found)


def test_a_frame_must_be_named_and_known() -> None:
    for name, code in (("", "request"), ("nonsense", "not-found")):
        with pytest.raises(CoopgraphError) as caught:
            framed(name)
        assert caught.value.code == code
        assert "event-card" in caught.value.remedy


def test_a_card_of_plans_is_refused() -> None:
    with pytest.raises(CoopgraphError, match="shows facts"):
        framed("event-card", "prospective")
