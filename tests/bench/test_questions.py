"""The limit that the named questions keep on the shipped graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coopgraph import resources
from coopgraph.curate.questions import read_questions
from tests.bench import questions

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.bench
def test_every_question_costs_the_engine_less_than_the_limit(tmp_path: Path) -> None:
    found = questions.measure(tmp_path)
    assert {one.name for one in found} == {one.name for one in read_questions(resources.directory("ontology"))}
    # CPU time, which other work on the machine lengthens little; what passes the limit is told with its time.
    assert {one.name: one.engine for one in found if one.engine >= questions.LIMIT} == {}
