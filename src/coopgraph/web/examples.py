"""The shipped questions as the service offers them: those that the graph must be able to answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from coopgraph import resources
from coopgraph.curate.questions import query, read_questions
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from coopgraph.curate.questions import Question


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words and in SPARQL."""

    name: str
    title: str
    query: str


def of(base: str) -> tuple[Example, ...]:
    """All shipped questions, by their wording, for a release with this base."""
    found = (Example(one.name, one.title, query(one, base=base)) for one in shipped())
    return tuple(sorted(found, key=lambda one: one.title))


def named(name: str) -> Question:
    """The question of this name.

    Raises:
        CoopgraphError: "not-found" if there is none.
    """
    for one in shipped():
        if one.name == name:
            return one
    raise CoopgraphError("not-found", f"There is no question {name!r}.", remedy="All are listed at /questions.")


@lru_cache(maxsize=1)
def shipped() -> tuple[Question, ...]:
    """All shipped questions, by name; none where the ontology is not at hand.

    Raises:
        CoopgraphError: "damaged" if one of them cannot be read.
    """
    try:
        directory = resources.directory("ontology")
    except CoopgraphError:
        return ()
    return read_questions(directory)
