"""The competency questions: each proves a requirement and has the recorded answer on the shipped graph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions

from coopgraph import resources
from tests import shipped

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = resources.directory("ontology")
QUESTIONS = sorted((ONTOLOGY / "questions").glob("*.rq"))
REQUIREMENTS = set(re.findall(r"(?m)^\| (R\d+) \|", (ONTOLOGY / "requirements.md").read_text(encoding="utf-8")))


def header(file: Path, name: str) -> str:
    """What a question says about itself in its leading comments."""
    found = re.search(rf"(?m)^# {name}: (.+)$", file.read_text(encoding="utf-8"))
    assert found is not None, f"{file.name} has no {name}"
    return found[1]


def answer(file: Path) -> str:
    """The answer on the shipped graph as SPARQL CSV, with plain line ends."""
    solutions = shipped.reader().query(file.read_text(encoding="utf-8"))
    assert isinstance(solutions, QuerySolutions)
    written = solutions.serialize(format=QueryResultsFormat.CSV)
    assert written is not None
    return written.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.stem)
def test_the_answer_is_the_recorded_one(file: Path) -> None:
    expected = file.parent / "expected" / f"{file.stem}.csv"
    assert answer(file) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.stem)
def test_it_has_a_title_and_proves_known_requirements(file: Path) -> None:
    assert header(file, "title")[0].isupper()
    assert set(header(file, "proves").split()) <= REQUIREMENTS


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.stem)
def test_its_answer_has_one_order(file: Path) -> None:
    rows = (file.parent / "expected" / f"{file.stem}.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) <= 2 or "ORDER BY" in file.read_text(encoding="utf-8")


def test_every_requirement_is_proved_and_no_answer_is_left_over() -> None:
    assert {one for file in QUESTIONS for one in header(file, "proves").split()} == REQUIREMENTS
    assert {file.stem for file in (ONTOLOGY / "questions" / "expected").glob("*.csv")} == {
        file.stem for file in QUESTIONS
    }


def test_there_are_enough_and_some_have_rightly_no_answer() -> None:
    empty = [file.stem for file in QUESTIONS if answer(file).count("\n") == 1]
    assert len(QUESTIONS) >= 40
    assert len(empty) >= 5
