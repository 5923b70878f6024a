"""What is judged, what follows from it, and how it is told."""

from __future__ import annotations

import json

import pyoxigraph
import rdflib
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse
from rdflib import RDF, SH

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.model.finding import Finding, Severity
from coopgraph.validate.gate import judge, judge_alone, shapes_of, validated
from coopgraph.validate.rendering import as_json, human
from coopgraph.validate.report import as_turtle
from coopgraph.validate.verdict import Verdict
from tests import shipped
from tests.validate.mutations import MUTATIONS
from tests.validate.world import Edit, literal, shapes, world

BAD = "<https://w3id.org/coopgraph/id/place/mu>"


def finding(code: str, severity: Severity, *, path: str = "", value: str = "") -> Finding:
    message = f"{code} wrong: mend it."
    return Finding(
        code, severity, BAD, path, value, message, f"<{terms.SHAPES}{code}>", f"<{SH.NodeConstraintComponent}>"
    )


VERDICT = Verdict(
    (
        finding("A01", Severity.INFO),
        finding("B01", Severity.WARNING, path="(^<urn:x:p>/<urn:x:q>)", value='"a \\"b\\""@en'),
        finding("C01", Severity.VIOLATION, path="<urn:x:p>", value="<urn:x:v>"),
    )
)


def test_plans_and_shapes_are_no_data() -> None:
    node = NamedNode("urn:x:a")
    graphs: tuple[NamedNode | DefaultGraph, ...] = (
        DefaultGraph(),
        terms.document_graph("0" * 16),
        terms.PROSPECTIVE_GRAPH,
        terms.SHAPES_GRAPH,
    )
    quads = [Quad(node, node, NamedNode(f"urn:x:{number}"), graph) for number, graph in enumerate(graphs)]
    data = parse(validated(quads), RdfFormat.N_TRIPLES)
    assert [str(quad.object) for quad in data] == ["<urn:x:0>", "<urn:x:1>"]
    assert [str(triple.object) for triple in shapes_of(quads)] == ["<urn:x:3>"]


def test_only_a_violation_forbids_publishing() -> None:
    assert not VERDICT.conforms
    assert Verdict(VERDICT.findings[:2]).conforms
    assert VERDICT.summary() == {"conforms": False, "violations": 1, "warnings": 1, "infos": 1}


def test_a_person_reads_the_worst_first_and_no_notes() -> None:
    assert human(VERDICT).splitlines() == [
        "Violation: cgid:place/mu <urn:x:v>: C01 wrong: mend it.",
        'Warning: cgid:place/mu "a \\"b\\""@en: B01 wrong: mend it.',
        "1 violations, 1 warnings, 1 notes",
    ]


def test_a_program_reads_everything() -> None:
    told = json.loads(as_json(VERDICT))
    assert told["violations"] == 1
    assert [one["code"] for one in told["findings"]] == ["A01", "B01", "C01"]
    assert told["findings"][2]["severity"] == "Violation"


def test_the_report_is_what_the_recommendation_defines() -> None:
    graph = rdflib.Graph().parse(data=as_turtle(VERDICT), format="turtle")
    [report] = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == rdflib.Literal(False)
    results = list(graph.objects(report, SH.result))
    assert len(results) == 3
    for result in results:
        assert (result, RDF.type, SH.ValidationResult) in graph
        assert graph.value(result, SH.focusNode) == rdflib.URIRef(BAD[1:-1])
        for needed in (SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape, SH.resultMessage):
            assert graph.value(result, needed) is not None
    [warned] = graph.subjects(SH.resultSeverity, SH.Warning)
    assert graph.value(warned, SH.value) == rdflib.Literal('a "b"', lang="en")
    [step] = graph.objects(graph.value(warned, SH.resultPath), RDF.first)
    assert graph.value(step, SH.inversePath) == rdflib.URIRef("urn:x:p")


def test_the_report_of_real_findings_can_be_written_and_read() -> None:
    edit = Edit()
    for code in ("A01", "C05", "F06", "K02", "P03", "B10"):
        MUTATIONS[code](edit)
    verdict = judge(tuple(edit.quads), shapes=shapes())
    text = as_turtle(verdict)
    assert text == as_turtle(verdict)
    results = NamedNode(terms.PREFIXES["sh"] + "ValidationResult")
    assert sum(quad.object == results for quad in parse(text, RdfFormat.TURTLE)) == len(verdict.findings)


def test_data_without_ontology_and_shapes_are_judged_by_the_shipped_ones() -> None:
    path = NamedNode(terms.ID + "actor/mu")
    found = judge_alone([Quad(path, cg.RDF_TYPE, cg.CLS_PERSON)])
    assert {one.code for one in found.findings} == {"A01", "A10", "A13", "G01"}
    assert not found.conforms


def test_shapes_of_others_bring_no_checks_of_ours() -> None:
    edit = Edit()
    MUTATIONS["K02"](edit)
    assert judge(tuple(edit.quads), shapes=()).findings == ()


def test_data_in_one_graph_say_nothing_of_placement() -> None:
    flat = [
        Quad(quad.subject, quad.predicate, quad.object)
        for quad in world()
        if quad.graph_name != terms.PROSPECTIVE_GRAPH
    ]
    assert {one.code for one in judge(flat, shapes=shapes()).findings} == {"A11"}


def test_canonical_spelling_is_what_a_store_keeps() -> None:
    store = pyoxigraph.Store()
    node = NamedNode("urn:x:a")
    spellings = [
        ("integer", ("0", "42", "-7", "042", "+4", "-0")),
        ("decimal", ("0", "1.5", "-0.5", "30", "1.50", "30.0", ".5", "5.", "-0.0", "+1.5")),
        ("boolean", ("true", "false", "1", "0")),
        ("date", ("2031-05-05", "2031-05-05+00:00")),
    ]
    for datatype, texts in spellings:
        for text in texts:
            store.clear()
            quad = Quad(node, node, literal(text, datatype))
            store.add(quad)
            kept = quad in list(store)
            found = {one.code for one in judge([quad], shapes=shapes()).findings}
            assert ("K03" not in found) == kept, text


def test_the_shipped_graph_conforms() -> None:
    verdict = judge(shipped.quads())
    assert verdict.conforms, human(verdict)
    assert verdict.warnings == 0, human(verdict)


def test_a_blank_node_can_be_told() -> None:
    blank = Finding("X", Severity.WARNING, "_:b1", "", "_:b2", "", "", f"<{SH.NodeConstraintComponent}>")
    read = list(parse(as_turtle(Verdict((blank,))), RdfFormat.TURTLE))
    assert {quad.predicate.value.rpartition("#")[2] for quad in read if isinstance(quad.object, BlankNode)} >= {
        "value",
        "focusNode",
    }
