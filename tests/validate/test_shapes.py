"""The shapes as texts: stable codes, messages that help, and a failing case for each."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from coopgraph import resources, terms
from coopgraph import vocabulary as cg
from coopgraph.validate.paths import described
from tests import shipped
from tests.validate.mutations import MUTATIONS
from tests.validate.world import ontology, shapes

Node = NamedNode | BlankNode | Literal | Triple
SH = terms.PREFIXES["sh"]
KINDS = {NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape")}
MESSAGE, SELECT = NamedNode(SH + "message"), NamedNode(SH + "select")


def objects(predicate: NamedNode) -> list[Triple]:
    return [triple for triple in shapes() if triple.predicate == predicate]


def text_of(node: Node) -> str:
    """An IRI or the text of a literal."""
    assert not isinstance(node, Triple)
    return node.value


def declared() -> list[str]:
    """The codes of all shapes."""
    found = (triple for triple in objects(cg.RDF_TYPE) if triple.object in KINDS)
    return [str(triple.subject)[1:-1].removeprefix(terms.SHAPES) for triple in found]


def test_every_rule_has_a_change_that_breaks_it() -> None:
    assert sorted(declared()) == sorted(MUTATIONS)


@pytest.mark.parametrize("code", sorted(declared()))
def test_codes_are_a_letter_and_two_digits(code: str) -> None:
    assert re.fullmatch(r"[A-Z]\d\d", code)


def test_no_code_is_given_twice() -> None:
    directory = resources.directory("ontology") / "shapes"
    written = re.findall(r"(?m)^cgs:(\w+) a sh:", "".join(file.read_text() for file in directory.glob("*.ttl")))
    assert [code for code, count in Counter(written).items() if count > 1] == []
    assert sorted(written) == sorted(declared())


def test_every_rule_says_what_is_wrong_and_what_to_do() -> None:
    owner: dict[Node, Node] = {
        triple.object: triple.subject
        for triple in shapes()
        if isinstance(triple.object, BlankNode) and triple.predicate == NamedNode(SH + "sparql")
    }
    said: dict[Node, str] = {}
    for triple in objects(MESSAGE):
        subject = owner.get(triple.subject, triple.subject)
        assert subject not in said
        said[subject] = text_of(triple.object)
    assert {str(subject)[1:-1].removeprefix(terms.SHAPES) for subject in said} == set(declared())
    for subject, message in said.items():
        code, _, rest = message.partition(" ")
        assert subject == NamedNode(terms.SHAPES + code)
        assert re.search(r"[:;,] ", rest), message
        assert rest.endswith(".")


@pytest.mark.parametrize("query", [text_of(triple.object) for triple in objects(SELECT)])
def test_queries_keep_to_what_shacl_allows(query: str) -> None:
    assert not re.search(r"(?i)\b(values|minus|service)\b", query)
    assert "$this" in query


def test_rules_in_sparql_start_from_a_term_so_that_one_query_serves_the_graph() -> None:
    constrained = {triple.subject for triple in objects(NamedNode(SH + "sparql"))}
    for kind in ("targetClass", "targetSubjectsOf", "targetObjectsOf"):
        assert not constrained & {triple.subject for triple in objects(NamedNode(SH + kind))}
    targets = [triple for triple in objects(NamedNode(SH + "targetNode")) if triple.subject in constrained]
    assert {triple.subject for triple in targets} == constrained
    assert [triple for triple in targets if text_of(triple.object).startswith(terms.ID)] == []


def test_rules_name_only_terms_and_concepts_that_there_are() -> None:
    text = " ".join(str(triple) for triple in shapes())
    text += " ".join(terms.NS + name for name in re.findall(r"\bcg:(\w+)", text))
    known = {
        subject.value for triple in shipped.source().ontology.terms if isinstance(subject := triple.subject, NamedNode)
    }
    own = set(re.findall(rf"{re.escape(terms.NS)}\w+|{re.escape(terms.VOCAB)}[a-z-]+(?:/[a-z0-9-]+)?", text))
    schemes = {terms.VOCAB + name for name in ("speech-act", "factuality", "polarity", "rank")}
    assert own - known - schemes == set()


def test_the_two_lists_of_what_cannot_be_asserted_are_one() -> None:
    [refused] = [
        set(re.findall(r"cg:(\w+)", text_of(query.object).split("NOT IN (", 1)[1].split(")", 1)[0]))
        for query in objects(SELECT)
        if "NOT IN (" in text_of(query.object)
    ]
    lists: dict[Node, Node] = {
        triple.subject: triple.object for triple in shapes() if triple.predicate == NamedNode(SH + "in")
    }
    cells: dict[Node, Triple] = {
        triple.subject: triple for triple in objects(NamedNode(terms.PREFIXES["rdf"] + "first"))
    }
    rests: dict[Node, Node] = {
        triple.subject: triple.object for triple in objects(NamedNode(terms.PREFIXES["rdf"] + "rest"))
    }
    found = []
    for head in lists.values():
        members = set()
        while head in cells:
            members.add(text_of(cells[head].object).removeprefix(terms.NS))
            head = rests[head]  # noqa: PLW2901 - a list is walked cell by cell
        found.append(members)
    assert refused in found
    assert {terms.NS + name for name in refused} <= {iri.value for iri in ontology().properties}


@pytest.mark.parametrize(
    "path",
    [
        "<x:a>",
        "^<x:a>",
        "(<x:a>/^<x:b>)",
        "((<x:a>/<x:b>)|<x:c>)",
        "((^<x:a>)*/<x:b>)",
        "(<x:a>)+",
        "^(<x:a>|<x:b>)",
        "(<x:a>)?",
    ],
)
def test_paths_survive_rdf(path: str) -> None:
    import rdflib

    from coopgraph.validate.paths import written

    node, triples = described(path, "x")
    graph = rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")
    # Labels of blank nodes do not survive parsing: the path is the node that nothing points at.
    inner = set(graph.objects())
    start = [rdflib.URIRef(node.value)] if isinstance(node, NamedNode) else set(graph.subjects()) - inner
    assert [written(graph, one) for one in start] == [path]


@pytest.mark.parametrize("path", ["", "(<x:a>", "<x:a>/", "<x:a> <x:b>", "*", "^"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"path|bracket"):
        described(path, "x")
