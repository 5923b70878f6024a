"""What the sources do not say: dates, names, documents, publishers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coopgraph.network.report.quantities import Count, Iri

if TYPE_CHECKING:
    from coopgraph.network.affiliations import Affiliations

_NAMED = frozenset({"", "named"})


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not known of how much: statements without a date, statements without a document, and so on.

    `undated` have neither a first nor a last day, `open` have one of them. `groups` are sources mentioned together as a
    group, `unnamed` sources that no name is given of; `persons` are sources that are persons.
    """

    statements: Count
    undated: Count
    open: Count
    undocumented: Count
    documents: Count
    without_publisher: Count
    sources: Count
    persons: Count
    groups: Count
    unnamed: Count


@dataclass(frozen=True, slots=True)
class Cited:
    """A document, the statements it makes, and the pairs of source and target that no other document reports."""

    iri: Iri
    label: str
    publisher: str
    statements: Count
    pairs: Count
    only_here: Count


def missing(affiliations: Affiliations) -> Missing:
    """The counts over these rows."""
    no_first, no_last = np.isnat(affiliations.first), np.isnat(affiliations.last)
    said = np.unique(affiliations.document[affiliations.document >= 0]).tolist()
    sources = [affiliations.nodes[index] for index in affiliations.sources().tolist()]
    return Missing(
        statements=len(affiliations),
        undated=int(np.count_nonzero(no_first & no_last)),
        open=int(np.count_nonzero(no_first ^ no_last)),
        undocumented=int(np.count_nonzero(affiliations.document < 0)),
        documents=len(said),
        without_publisher=sum(not affiliations.documents[document].publisher for document in said),
        sources=len(sources),
        persons=sum(node.cls == "Person" for node in sources),
        groups=sum(node.cls == "ActorGroup" for node in sources),
        unnamed=sum(node.identification not in _NAMED for node in sources),
    )


def cited(affiliations: Affiliations) -> tuple[Cited, ...]:
    """The documents behind the rows, those that state most first."""
    pair = affiliations.source.astype(np.int64) * len(affiliations.nodes) + affiliations.target
    known = affiliations.document >= 0
    both = np.unique(np.stack([pair[known], affiliations.document[known].astype(np.int64)]), axis=1)
    _, place, times = np.unique(both[0], return_inverse=True, return_counts=True)
    width = len(affiliations.documents)
    pairs = np.bincount(both[1], minlength=width)
    only = np.bincount(both[1][times[place] == 1], minlength=width)
    statements = np.bincount(affiliations.document[known], minlength=width)
    found = [
        Cited(document.iri, document.label, document.publisher, int(statements[at]), int(pairs[at]), int(only[at]))
        for at, document in enumerate(affiliations.documents)
        if statements[at]
    ]
    return tuple(sorted(found, key=lambda one: (-one.statements, one.label, one.iri)))
