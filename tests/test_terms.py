"""IRIs: what people write, and bases other than the default one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph.errors import CoopgraphError

# One that has nothing in common with the default base, one inside it, one around it.
BASES = ("https://graph.example/x/", terms.BASE + "test/", "https://w3id.org/")
PATHS = st.from_regex(r"[a-z]{1,8}/[a-z0-9-]{1,8}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("actor/asean", terms.ID + "actor/asean"),
        ("status:held", terms.VOCAB + "status/held"),
        ("cg:host", terms.NS + "host"),
        ("https://example.org/ö", "https://example.org/ö"),
    ],
)
def test_names_as_people_write_them(text: str, iri: str) -> None:
    assert terms.named(text) == NamedNode(iri)


@pytest.mark.parametrize("text", ["", " ", "asean", "actor/a b", "https://a b", "\udcff", "http://\udcff", "a:b:c"])
def test_what_names_nothing(text: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        terms.named(text)
    assert caught.value.code == "request"


def test_values_are_names_or_texts() -> None:
    assert terms.value_named("status:held") == NamedNode(terms.VOCAB + "status/held")
    assert terms.value_named("held in May") == Literal("held in May")
    with pytest.raises(CoopgraphError) as caught:
        terms.value_named("half \udcff of a pair")
    assert caught.value.code == "request"


@pytest.mark.parametrize("base", BASES)
@given(path=PATHS)
def test_every_base_leads_to_the_default_one_and_back(base: str, path: str) -> None:
    node = NamedNode(f"{base}id/{path}")
    default = terms.in_default_base(node, base)
    assert default == NamedNode(f"{terms.BASE}id/{path}")
    assert terms.rebase(str(default), base) == str(node)
    assert terms.compact(node.value, base) == f"cgid:{path}"
    assert terms.compact("http://elsewhere.example/x", base) == "<http://elsewhere.example/x>"


def test_what_only_begins_like_ours_keeps_its_name() -> None:
    assert terms.compact("https://w3id.org/other/x", "https://w3id.org/") == "<https://w3id.org/other/x>"
