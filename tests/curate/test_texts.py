"""The source documents at hand: whole, absent, or not what they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coopgraph.curate.texts import Texts, digest
from coopgraph.errors import CoopgraphError
from coopgraph.model.document import Span

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = "00000000000000aa"


def test_a_passage_is_told_only_of_the_very_text(tmp_path: Path) -> None:
    (tmp_path / f"1_{DOCUMENT}.txt").write_bytes("Zoë came.\r\n".encode())
    texts = Texts(tmp_path)
    assert texts.read(DOCUMENT) == "Zoë came.\r\n"
    assert texts.quote(Span(DOCUMENT, 0, 3), digest("Zoë")) == "Zoë"
    assert texts.quote(Span(DOCUMENT, 0, 3), digest("Zoe")) is None
    assert texts.quote(Span("00000000000000bb", 0, 3), digest("Zoë")) is None


def test_a_document_that_is_no_text_is_told_by_its_place(tmp_path: Path) -> None:
    (tmp_path / f"{DOCUMENT}.txt").write_bytes(b"Zo\xff")
    (tmp_path / "00000000000000bb.txt").mkdir()
    texts = Texts(tmp_path)
    for document, said in ((DOCUMENT, "byte 3 is not UTF-8"), ("00000000000000bb", "directory")):
        with pytest.raises(CoopgraphError, match=said) as caught:
            texts.read(document)
        assert caught.value.code == "curation"
        assert texts.quote(Span(document, 0, 2), digest("Zo")) is None
