"""Quotations: only when asked for, only where the text is the one that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from coopgraph import terms
from coopgraph.curate.texts import Texts
from coopgraph.errors import CoopgraphError
from coopgraph.export import FORMS, export
from coopgraph.store.memory import MemoryReader
from tests.network import sample

if TYPE_CHECKING:
    from pathlib import Path

EXACT = NamedNode(terms.PREFIXES["oa"] + "exact")


def reader() -> MemoryReader:
    return MemoryReader(sample.quads())


@pytest.mark.parametrize("name", FORMS)
def test_without_being_asked_no_sentence_of_a_source_goes_out(name: str) -> None:
    content = export(reader(), name, frame="evidence" if name == "jsonld-framed" else "").decode()
    assert "came, and so did" not in content
    assert "oa#exact" not in content.replace('"http://www.w3.org/ns/oa#', "")


@pytest.mark.parametrize(("name", "syntax"), [("nquads", RdfFormat.N_QUADS), ("jsonld", RdfFormat.JSON_LD)])
def test_every_passage_is_quoted_as_it_stands(tmp_path: Path, name: str, syntax: RdfFormat) -> None:
    texts = Texts(sample.write_texts(tmp_path / "documents"))
    found = list(parse(export(reader(), name, texts=texts), format=syntax))
    quoted = {quad.subject: quad for quad in found if quad.predicate == EXACT}
    spans = {quad.subject for quad in found if quad.predicate == terms.term("spanDigest")}
    assert set(quoted) == spans
    span = quoted[terms.span(sample.FIRST, 45, 74)]
    assert span.object.value == sample.TEXTS[sample.FIRST][45:74]
    assert span.graph_name == terms.document_graph(sample.FIRST)


def test_the_evidence_frame_quotes(tmp_path: Path) -> None:
    texts = Texts(sample.write_texts(tmp_path / "documents"))
    content = export(reader(), "jsonld-framed", frame="evidence", texts=texts).decode()
    assert '"quote": "Atlantis hosted the Tide Forum."' in content


def test_a_changed_document_is_not_quoted(tmp_path: Path) -> None:
    directory = sample.write_texts(tmp_path / "documents")
    (directory / f"000_{sample.FIRST}.txt").write_text("Something else altogether, and of another length.")
    with pytest.raises(CoopgraphError, match=sample.FIRST) as caught:
        export(reader(), "nquads", texts=Texts(directory))
    assert caught.value.code == "not-found"


def test_a_missing_document_is_an_error(tmp_path: Path) -> None:
    directory = sample.write_texts(tmp_path / "documents")
    (directory / f"000_{sample.SECOND}.txt").unlink()
    with pytest.raises(CoopgraphError, match=sample.SECOND):
        export(reader(), "trig", texts=Texts(directory))
    assert export(reader(), "trig", texts=Texts(directory), graph=f"doc/{sample.FIRST}")


@pytest.mark.parametrize("name", ["turtle", "csv"])
def test_where_nothing_can_be_quoted_it_is_said(tmp_path: Path, name: str) -> None:
    texts = Texts(sample.write_texts(tmp_path / "documents"))
    with pytest.raises(CoopgraphError) as caught:
        export(reader(), name, texts=texts)
    assert caught.value.code == "request"
