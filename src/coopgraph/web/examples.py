"""Questions to begin with: those that the graph must be able to answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from coopgraph import resources, terms
from coopgraph.errors import CoopgraphError

_TITLE: Final = "# title: "


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words and in SPARQL."""

    name: str
    title: str
    query: str


def of(base: str) -> tuple[Example, ...]:
    """All shipped questions, by their wording, for a release with this base."""
    return tuple(Example(one.name, one.title, terms.rebase(one.query, base)) for one in _shipped())


@lru_cache(maxsize=1)
def _shipped() -> tuple[Example, ...]:
    try:
        files = sorted((resources.directory("ontology") / "questions").glob("*.rq"))
    except CoopgraphError:
        return ()
    found = []
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()
        titles = [line.removeprefix(_TITLE) for line in lines if line.startswith(_TITLE)]
        query = "\n".join(line for line in lines if not line.startswith("#")).strip()
        if titles:
            found.append(Example(file.stem, titles[0], query + "\n"))
    return tuple(sorted(found, key=lambda one: one.title))
