"""From a release to participations."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.network import catalogue, extract
from coopgraph.store.memory import MemoryReader
from tests.network import sample

PROJECTION = catalogue.projection()


def test_only_what_took_place_is_in_the_network() -> None:
    found = extract.incidence(MemoryReader(sample.quads()), PROJECTION)
    pairs = {(item.actor.rsplit("/", 1)[1], item.event.rsplit("/", 1)[1]) for item in found.participations}
    assert pairs == {
        ("atlantis", "tide-forum"),
        ("lemuria", "tide-forum"),
        ("institute", "tide-forum"),
        ("zoe", "tide-forum"),
        ("atlantis", "reef-talks"),
        ("lemuria", "reef-talks"),
        ("crowd", "solo"),
    }


def test_documents_and_roles_come_from_the_assertions() -> None:
    found = extract.incidence(MemoryReader(sample.quads()), PROJECTION)
    by_pair = {(item.actor.rsplit("/", 1)[1], item.event.rsplit("/", 1)[1]): item for item in found.participations}
    assert [terms.compact(iri) for iri in by_pair["lemuria", "tide-forum"].documents] == [
        f"cgid:doc/{sample.FIRST}",
        f"cgid:doc/{sample.SECOND}",
    ]
    assert by_pair["atlantis", "tide-forum"].roles == ("host",)
    assert set(found.documents.values()) == {"Report aa", "Report bb"}


def test_a_deprecated_assertion_is_no_source() -> None:
    quads = sample.quads()
    forum, crowd = terms.thing("event/tide-forum"), terms.thing("actor/crowd")
    # The fact stands for another reason; the deprecated assertion must still not count as its source.
    pretend = next(iter(parse(f"{forum} {terms.term('attendee')} {crowd} .", format=RdfFormat.N_TRIPLES)))
    general = next(iter(parse(f"{forum} {terms.term('participant')} {crowd} .", format=RdfFormat.N_TRIPLES)))
    found = extract.incidence(MemoryReader([*quads, pretend, general]), PROJECTION)
    item = next(item for item in found.participations if item.actor == crowd.value and item.event == forum.value)
    assert item.documents == ()
    assert item.roles == ("participant",)


def test_nodes_carry_class_label_and_language() -> None:
    nodes = extract.incidence(MemoryReader(sample.quads()), PROJECTION).nodes
    atlantis = nodes[terms.ID + "actor/atlantis"]
    assert (atlantis.cls, atlantis.label, atlantis.language) == ("State", "Atlantis", "en")
    institute = nodes[terms.ID + "actor/institute"]
    assert (institute.label, institute.language) == ("雷姆利亚 Institute", "zh-hans")
    assert nodes[terms.ID + "event/reef-talks"].part_of == (terms.ID + "event/tide-forum",)
    assert nodes[terms.ID + "actor/crowd"].identification == "unnamed"


def test_a_release_with_another_base_gives_the_same_network() -> None:
    base = "https://graph.example/"
    text = (serialize(sample.quads(), format=RdfFormat.N_QUADS) or b"").decode()
    rebased = MemoryReader(parse(terms.rebase(text, base), format=RdfFormat.N_QUADS))
    found = extract.incidence(rebased, PROJECTION, base=base)
    original = extract.incidence(MemoryReader(sample.quads()), PROJECTION)
    assert [item.actor for item in found.participations] == [
        terms.rebase(item.actor, base) for item in original.participations
    ]
    assert found.nodes[base + "id/actor/atlantis"].cls == "State"
    assert len(found.documents) == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\r\nb", "a b"), ("a\tb\x00c", "a b c"), ("  x  ", "x"), ("雷姆利亚", "雷姆利亚"), ("\u2028", "")],
)
def test_labels_are_made_one_line(text: str, line: str) -> None:
    assert extract.one_line(text) == line


def test_an_unknown_projection_is_named_with_those_there_are() -> None:
    with pytest.raises(CoopgraphError, match="nonsense") as caught:
        catalogue.projection("nonsense")
    assert caught.value.code == "not-found"
    assert "co-participation" in caught.value.remedy
