"""The flat table of facts."""

from __future__ import annotations

import csv
import io

from coopgraph import terms
from coopgraph.export import export
from coopgraph.export.facts_csv import HEADER
from coopgraph.store.memory import MemoryReader
from tests.network import sample


def table(graph: str | None = None) -> list[dict[str, str]]:
    content = export(MemoryReader(sample.quads()), "csv", graph=graph).decode()
    return list(csv.DictReader(io.StringIO(content, newline="")))


def line(subject: str, predicate: str, value: str) -> dict[str, str]:
    found = [
        row
        for row in table()
        if row["subject"] == terms.ID + subject
        and row["predicate"].endswith(predicate)
        and value in {row["object"].removeprefix(terms.ID), row["value"]}
    ]
    assert len(found) == 1
    return found[0]


def test_there_is_one_line_for_each_triple_about_a_thing() -> None:
    quads = MemoryReader(sample.quads()).quads()
    facts = [
        quad for quad in quads if str(quad.graph_name) == "DEFAULT" and str(quad.subject).startswith(f"<{terms.ID}")
    ]
    assert len(table()) == len(facts) > 40
    assert tuple(table()[0]) == HEADER


def test_labels_passages_and_documents() -> None:
    row = line("event/tide-forum", "attendee", "actor/lemuria")
    assert (row["subject_label"], row["object_label"]) == ("Tide Forum", "Lemuria")
    assert row["passages"] == "2"
    assert row["documents"] == f"{sample.FIRST} {sample.SECOND}"
    assert line("event/tide-forum", "host", "actor/atlantis")["predicate_label"] == "host"


def test_a_general_fact_counts_the_passages_of_the_special_one() -> None:
    assert line("event/tide-forum", "participant", "actor/lemuria")["passages"] == "2"
    assert line("event/tide-forum", "participant", "actor/atlantis")["passages"] == "1"


def test_values_keep_language_and_datatype() -> None:
    chinese = line("actor/institute", "prefLabel", "雷姆利亚 Institute")
    assert (chinese["language"], chinese["datatype"]) == ("zh-hans", "")
    assert line("event/tide-forum", "startDate", "2031-05")["datatype"].endswith("#gYearMonth")
    assert line("event/tide-forum", "editionNumber", "3")["datatype"].endswith("#integer")
    assert line("utterance/u1", "verbatim", "false")["datatype"].endswith("#boolean")


def test_plans_have_their_own_table() -> None:
    rows = [row for row in table("prospective") if row["predicate"].endswith("host")]
    assert [row["subject_label"] for row in rows] == ["Coral Summit"]
    assert rows[0]["passages"] == "1"
