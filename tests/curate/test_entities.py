"""Abbreviations in XML are read; bombs are not."""

from __future__ import annotations

import pytest

from coopgraph.curate.entities import LENGTH
from coopgraph.curate.rdf import RdfText
from coopgraph.errors import CoopgraphError

BODY = (
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
    '<r:Description r:about="urn:s"><e:p>&x;</e:p></r:Description></r:RDF>'
)


def _values(declarations: str) -> list[str]:
    text = f"<?xml version='1.0'?>\n<!DOCTYPE r [\n{declarations}]>\n{BODY}"
    return [quad.object.value for quad in RdfText(text.encode(), "application/rdf+xml", "http://e/").quads()]


def test_an_abbreviation_is_read() -> None:
    assert _values('<!ENTITY x "http://example.org/">') == ["http://example.org/"]


@pytest.mark.parametrize(
    "declarations",
    [
        '<!ENTITY y "a"><!ENTITY x "&y;&y;">',
        f'<!ENTITY x "{"a" * (LENGTH + 1)}">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p "a"><!ENTITY x "b">',
    ],
    ids=["nested", "long", "external", "parameter"],
)
def test_a_bomb_is_refused_with_its_place(declarations: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        _values(declarations)
    assert caught.value.code == "syntax"
    assert caught.value.line == 3


def test_a_declaration_in_what_is_no_xml_is_refused() -> None:
    with pytest.raises(CoopgraphError, match="XML"):
        list(RdfText(b"<!ENTITY", "application/rdf+xml", "http://e/").quads())
