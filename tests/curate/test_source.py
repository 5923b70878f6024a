"""Reading a graph directory: what is right is read, what is wrong is told in full."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import pytest

from coopgraph import resources, terms
from coopgraph.curate.anchor import span_table
from coopgraph.curate.source import Source, read_source
from coopgraph.curate.texts import Texts
from coopgraph.errors import CoopgraphError
from coopgraph.model.document import Span
from tests.small import DOCUMENT, HOSTED, TEXT, Small, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coopgraph.model.problem import Problem

ONTOLOGY = resources.directory("ontology")


def read(directory: Path, small: Small) -> Source:
    return read_source(small.write(directory), ONTOLOGY, Texts(directory / "documents"))


def problems(directory: Path, small: Small) -> tuple[Problem, ...]:
    with pytest.raises(CoopgraphError) as caught:
        read(directory, small)
    assert caught.value.code == "curation"
    return caught.value.problems


def test_every_line_becomes_a_claim_whose_spans_carry_the_digest_of_their_text(tmp_path: Path) -> None:
    source = read(tmp_path, Small())
    assert len(source.claims) == len(Small().rows)
    start, end = (int(part) for part in HOSTED.split("-"))
    assert source.digests[Span(DOCUMENT, start, end)] == hashlib.sha256(TEXT[start:end].encode()).hexdigest()


def test_without_the_documents_the_recorded_digests_give_the_same_source(tmp_path: Path) -> None:
    with_documents = read(tmp_path, Small())
    (tmp_path / "graph" / "spans").mkdir()
    (tmp_path / "graph" / "spans" / f"{DOCUMENT}.csv").write_text(span_table(DOCUMENT, with_documents.digests))
    without = read_source(tmp_path / "graph", ONTOLOGY, None)
    assert (without.claims, without.digests) == (with_documents.claims, with_documents.digests)


def test_without_documents_and_record_no_digest_is_invented(tmp_path: Path) -> None:
    with pytest.raises(CoopgraphError) as caught:
        read_source(Small().write(tmp_path), ONTOLOGY, None)
    spans = {span for one in Small().rows for span in one["evidence"].split()}
    assert len(caught.value.problems) == len(spans)
    assert all("--documents" in problem.remedy for problem in caught.value.problems)


def test_a_changed_document_is_noticed(tmp_path: Path) -> None:
    (problem, *_) = problems(tmp_path, Small(text=TEXT.replace("liked", "loved")))
    assert problem.file == "graph/documents.ttl"
    assert "is not the one described" in problem.message


@pytest.mark.parametrize(
    "line", [b"1,2", b"1,2,x", b"9" * 5000 + b",2," + b"0" * 64, b"\xff", "\u0661,2,".encode() + b"0" * 64]
)
def test_what_is_no_record_is_told_by_its_line(tmp_path: Path, line: bytes) -> None:
    graph = Small().write(tmp_path)
    (graph / "spans").mkdir()
    (graph / "spans" / f"{DOCUMENT}.csv").write_bytes(b"start,end,sha256\n" + line + b"\n")
    with pytest.raises(CoopgraphError) as caught:
        read_source(graph, ONTOLOGY, Texts(tmp_path / "documents"))
    assert [(one.file, one.line) for one in caught.value.problems] == [(f"graph/spans/{DOCUMENT}.csv", 2)]


def test_a_recorded_digest_that_no_longer_fits_is_noticed(tmp_path: Path) -> None:
    graph = Small().write(tmp_path)
    (graph / "spans").mkdir()
    start, end = HOSTED.split("-")
    (graph / "spans" / f"{DOCUMENT}.csv").write_text(f"start,end,sha256\n{start},{end},{'0' * 64}\n")
    with pytest.raises(CoopgraphError) as caught:
        read_source(graph, ONTOLOGY, Texts(tmp_path / "documents"))
    assert ["not the one recorded" in problem.message for problem in caught.value.problems] == [True]


def change(**cells: str) -> Callable[[Small], None]:
    """Change cells of the line that says who hosted the forum."""

    def apply(small: Small) -> None:
        small.rows[4] |= cells

    return apply


MISTAKES = [
    (change(subject="event/nowhere"), "subject", "not in the registry"),
    (change(subject="Atlantis Forum"), "subject", "no kind/slug"),
    (change(predicate="hostess"), "predicate", "no property"),
    (change(predicate="a <b>"), "predicate", "no property"),
    (change(object="a b:c d"), "object", "no concept"),
    (change(subject="event/<x>"), "subject", "no kind/slug"),
    (change(factuality="very likely"), "factuality", "not in the scheme factuality"),
    (change(object=""), "object", "Exactly one of object and value"),
    (change(value="x"), "object", "Exactly one of object and value"),
    (change(object="", value="Atlantis"), "value", "takes no value"),
    (change(object="status:nonsense"), "object", "no concept"),
    (change(role="hosting"), "role", "not in the scheme role"),
    (change(factuality=""), "factuality", "not in the scheme factuality"),
    (change(factuality="likely"), "factuality", "not in the scheme factuality"),
    (change(polarity="maybe"), "polarity", "not in the scheme polarity"),
    (change(rank="best"), "rank", "not in the scheme rank"),
    (change(attributed_to="actor/nobody"), "attributed_to", "not in the registry"),
    (change(valid_from="soon"), "valid_from", "no date"),
    (change(valid_until="2031-02-30"), "valid_until", "day is out of range"),
    (change(evidence="12"), "evidence", "no span"),
    (change(evidence=f"{'9' * 5000}-{'9' * 5001}"), "evidence", "no span"),
    (change(evidence="1-\u0663"), "evidence", "no span"),
    (change(note="x" * 200_000), "subject", "cannot be read"),
    (change(valid_from="\u0662\u0660\u0663\u0661"), "valid_from", "no date"),
    (change(evidence="90-20"), "evidence", "does not lie in the document"),
    (change(evidence=f"20-{len(TEXT) + 1}"), "evidence", "does not lie in the document"),
    (change(evidence="5-40"), "evidence", "no content"),
    (change(evidence="60-70 20-30"), "evidence", "not in order"),
    (change(note="two  blanks"), "note", "stray white space"),
    (change(subject="event/atlantis-forum-2031 "), "subject", "stray white space"),
]


@pytest.mark.parametrize(("spoil", "column", "message"), MISTAKES)
def test_each_mistake_is_told_with_file_line_column_and_remedy(
    tmp_path: Path, spoil: Callable[[Small], None], column: str, message: str
) -> None:
    small = Small(sort=False)
    spoil(small)
    (problem,) = [one for one in problems(tmp_path, small) if "sorted" not in one.message]
    from coopgraph.curate.claims import COLUMNS

    assert (problem.file, problem.line) == (f"graph/claims/{DOCUMENT}.csv", 6)
    assert problem.column == COLUMNS.index(column) + 1
    assert message in problem.message
    assert problem.remedy


def test_typed_values_are_checked(tmp_path: Path) -> None:
    small = Small()
    small.rows += [
        row("event/atlantis-forum-2031", "editionNumber", value="007"),
        row("event/atlantis-forum-2031", "endDate", value="5 May"),
        row("utterance/reed-centre", "skos:altLabel", value="no language"),
    ]
    messages = " ".join(problem.message for problem in problems(tmp_path, small))
    for words in ("leading zeros", "no date of the form", "needs a language"):
        assert words in messages


def test_a_claim_made_twice_is_told(tmp_path: Path) -> None:
    small = Small()
    small.rows.append(small.rows[4] | {"note": "again"})
    (problem,) = problems(tmp_path, small)
    assert "already in line" in problem.message


def test_an_unsorted_table_is_told(tmp_path: Path) -> None:
    small = Small(sort=False)
    small.rows.reverse()
    assert {problem.message for problem in problems(tmp_path, small)} == {"subject: The lines are not sorted."}


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    small = Small(sort=False)
    small.rows[4] |= {"role": "hosting"}
    small.rows[5] |= {"predicate": "speeches"}
    small.entities["places"] = "\ncgid:place\\/port-azur a cg:Harbour .\n"
    small.entities["events"] += "\ncg:x cg:y [ .\n"
    found = problems(tmp_path, small)
    assert {problem.file for problem in found} >= {
        f"graph/claims/{DOCUMENT}.csv",
        "graph/entities/events.ttl",
        "graph/entities/places.ttl",
    }
    syntax = next(problem for problem in found if problem.file.endswith("events.ttl"))
    assert syntax.line > 6
    assert syntax.column > 0


REGISTRY = [
    ("events", "\n<{id}event/Big Event> a cg:Meeting .", "is no name of a thing"),
    ("events", "\n<{id}place/azur> a cg:Place .", "wrong file"),
    ("places", "\n<{id}place/azur> a cg:Meeting .", "A place cannot be a cg:Meeting"),
    ("places", "\n<{id}place/azur> a cg:Harbour .", "no class of the ontology"),
    ("places", "\n<{id}place/port-azur> a cg:Place .", "described twice"),
    ("places", '\n<{id}place/azur> skos:prefLabel "Azur"@en .', "has no class"),
    ("events", "\n<{id}event/atlantis-forum-2031> cg:host <{id}actor/atlantis> .", "does not belong in the registry"),
    ("events", '\n[] skos:prefLabel "nameless"@en .', "has no name"),
]


@pytest.mark.parametrize(("file", "addition", "message"), REGISTRY)
def test_the_registry_holds_only_what_needs_no_evidence(tmp_path: Path, file: str, addition: str, message: str) -> None:
    small = Small()
    # A line break inside an IRI would be a syntax error; a blank is one too, which is tested by its message.
    small.entities[file] += addition.format(id=terms.ID).replace("Big Event", "Big_Event")
    messages = [str(problem) for problem in problems(tmp_path, small)]
    assert any(message in one and f"graph/entities/{file}.ttl" in one for one in messages), messages


def test_a_table_of_an_unknown_document_and_a_wrong_header_are_told(tmp_path: Path) -> None:
    graph = Small().write(tmp_path)
    (graph / "claims" / "ffff.csv").write_bytes((graph / "claims" / f"{DOCUMENT}.csv").read_bytes())
    (graph / "claims" / "header.csv").write_text("a,b,c\n")
    (graph / "claims" / "latin.csv").write_bytes(b"\xe9\n")
    with pytest.raises(CoopgraphError) as caught:
        read_source(graph, ONTOLOGY, Texts(tmp_path / "documents"))
    messages = " ".join(str(problem) for problem in caught.value.problems)
    for words in ("There is no document ffff", "header is not the expected one", "not UTF-8"):
        assert words in messages


def test_missing_directories_are_told(tmp_path: Path) -> None:
    with pytest.raises(CoopgraphError, match="no directory"):
        read_source(tmp_path / "nowhere", ONTOLOGY)
    with pytest.raises(CoopgraphError, match="no directory of documents"):
        Texts(tmp_path / "nowhere")


def test_an_ontology_that_cannot_be_read_is_the_only_thing_told(tmp_path: Path) -> None:
    graph = Small().write(tmp_path)
    shutil.copytree(ONTOLOGY, tmp_path / "ontology")
    (tmp_path / "ontology" / "coopgraph.ttl").write_text("this is no Turtle")
    for directory, files in (
        (tmp_path / "ontology", {"ontology/coopgraph.ttl"}),
        (graph, {"graph/coopgraph.ttl", "graph/shapes"}),
    ):
        with pytest.raises(CoopgraphError) as caught:
            read_source(graph, directory, Texts(tmp_path / "documents"))
        assert caught.value.code == "curation"
        assert {problem.file for problem in caught.value.problems} == files
