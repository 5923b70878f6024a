"""What a document says and no claim touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph import resources
from coopgraph.curate.coverage import cover
from coopgraph.curate.source import read_source
from coopgraph.curate.texts import Texts
from tests.small import DOCUMENT, TEXT, Small

if TYPE_CHECKING:
    from pathlib import Path


def test_untouched_sentences_and_names_are_found_and_zones_left_out(tmp_path: Path) -> None:
    small = Small()
    small.rows = [row for row in small.rows if row["predicate"] != "heldIn"]
    source = read_source(small.write(tmp_path), resources.directory("ontology"), Texts(tmp_path / "documents"))
    spans = [span for claim in source.claims for span in claim.spans]
    coverage = cover(source.documents[DOCUMENT], TEXT, spans)
    assert [TEXT[one.start : one.end] for one in coverage.untouched] == [
        "Nothing else happened.",
        "Mr Low liked the Blue Book.",
    ]
    assert [TEXT[one.start : one.end] for one in coverage.names] == ["Port Azur"]
    assert coverage.sentences == 4
    assert coverage.share == 0.5


def test_a_document_without_sentences_is_wholly_covered(tmp_path: Path) -> None:
    source = read_source(Small().write(tmp_path), resources.directory("ontology"), Texts(tmp_path / "documents"))
    assert cover(source.documents[DOCUMENT], "\n\n", []).share == 1.0
