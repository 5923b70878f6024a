"""From a release to affiliations."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from coopgraph import terms
from coopgraph.network.affiliations import Affiliations
from coopgraph.network.projections.catalogue import projection
from coopgraph.network.projections.naming import one_line
from coopgraph.network.projections.read import affiliations
from coopgraph.store.memory import MemoryReader
from tests.network import sample

PROJECTION = projection()


def rows(found: Affiliations) -> set[tuple[str, str, str, str]]:
    iri = [name.rpartition("/")[2] for name in found.nodes.iri]
    roles = [role.rpartition("#")[2] for role in found.roles]
    documents = [document.iri.rpartition("/")[2] for document in found.documents]
    return {
        (iri[source], roles[role], iri[target], documents[document])
        for source, role, target, document in zip(found.source, found.role, found.target, found.document, strict=True)
    }


def test_a_row_is_what_one_document_says_of_what_took_place() -> None:
    # Left out: what is denied, deprecated or planned.
    assert rows(affiliations(MemoryReader(sample.quads()), PROJECTION)) == {
        ("atlantis", "host", "tide-forum", sample.FIRST),
        ("lemuria", "attendee", "tide-forum", sample.FIRST),
        ("lemuria", "attendee", "tide-forum", sample.SECOND),
        ("institute", "attendee", "tide-forum", sample.FIRST),
        ("zoe", "speaker", "tide-forum", sample.FIRST),
        ("atlantis", "attendee", "reef-talks", sample.SECOND),
        ("lemuria", "attendee", "reef-talks", sample.SECOND),
        ("crowd", "speaker", "solo", sample.SECOND),
    }


def test_plans_are_rows_of_the_prospective_projection() -> None:
    assert rows(affiliations(MemoryReader(sample.quads()), projection("actor-event-prospective"))) == {
        ("lemuria", "host", "coral-summit", sample.SECOND),
        ("mu", "attendee", "coral-summit", sample.SECOND),
    }


def test_a_withdrawn_or_denied_assertion_makes_no_row_though_the_fact_stands_for_another_reason() -> None:
    forum = terms.thing("event/tide-forum")
    pretended = "".join(
        f"{forum} {terms.term(name)} {terms.thing(f'actor/{actor}')} .\n"
        for actor in ("crowd", "mu")
        for name in ("attendee", "participant")
    )
    quads = [*sample.quads(), *parse(pretended, format=RdfFormat.N_TRIPLES)]
    assert rows(affiliations(MemoryReader(quads), PROJECTION)) == rows(
        affiliations(MemoryReader(sample.quads()), PROJECTION)
    )


def test_dates_bound_the_event() -> None:
    found = affiliations(MemoryReader(sample.quads()), PROJECTION)
    forum = found.nodes.index()[terms.ID + "event/tide-forum"]
    assert {str(day) for day in found.first[found.target == forum]} == {"2031-05-01"}
    # The sample bounds it on one side only.
    assert {str(day) for day in found.last[found.target == forum]} == {"NaT"}


def test_nodes_carry_class_label_and_language() -> None:
    nodes = affiliations(MemoryReader(sample.quads()), PROJECTION).nodes
    known = {nodes.iri[place].rpartition("/")[2]: nodes[place] for place in range(len(nodes))}
    assert (known["atlantis"].cls, known["atlantis"].label, known["atlantis"].language) == ("State", "Atlantis", "en")
    assert (known["institute"].label, known["institute"].language) == ("雷姆利亚 Institute", "zh-hans")
    assert known["zoe"].label == 'Zoë "Z" O\'Brien'
    assert known["crowd"].identification == "unnamed"
    assert (known["tide-forum"].kind, known["zoe"].kind) == ("event", "actor")


def test_a_release_with_another_base_gives_the_same_rows() -> None:
    base = "https://graph.example/"
    text = (serialize(sample.quads(), format=RdfFormat.N_QUADS) or b"").decode()
    rebased = MemoryReader(parse(terms.rebase(text, base), format=RdfFormat.N_QUADS))
    found = affiliations(rebased, PROJECTION, base=base)
    assert rows(found) == rows(affiliations(MemoryReader(sample.quads()), PROJECTION))
    assert found.nodes[found.nodes.index()[base + "id/actor/atlantis"]].cls == "State"


def test_nothing_gives_no_rows() -> None:
    found = affiliations(MemoryReader([]), PROJECTION)
    assert (len(found), len(found.nodes), found.documents) == (0, 0, ())


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\r\nb", "a b"), ("a\tb\x00c", "a b c"), ("  x  ", "x"), ("雷姆利亚", "雷姆利亚"), ("\u2028", "")],
)
def test_labels_are_made_one_line(text: str, line: str) -> None:
    assert one_line(text) == line
