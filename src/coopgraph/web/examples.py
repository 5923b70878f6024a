"""Questions to begin with: those that the graph must be able to answer."""

from __future__ import annotations

import dataclasses

from coopgraph import terms
from coopgraph.release.examples import Example, shipped


def of(base: str) -> tuple[Example, ...]:
    """All shipped questions, by their wording, for a release with this base."""
    return tuple(dataclasses.replace(one, query=terms.rebase(one.query, base)) for one in shipped())
