"""Assertions: equal statements of all documents joined, each with a name that depends on its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from coopgraph import terms
from coopgraph import vocabulary as cg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.model.claim import Claim, Statement
    from coopgraph.model.document import Span
    from coopgraph.model.ontology import Ontology

# The class of an assertion follows from the property asserted; whatever is below none of these is a plain assertion.
_CLASSES: Final = (
    (cg.PARTICIPANT, cg.CLS_PARTICIPATION),
    (cg.PARTY, cg.CLS_PARTICIPATION),
    (cg.PARTNER, cg.CLS_PARTICIPATION),
    (cg.FOUNDER, cg.CLS_PARTICIPATION),
    (cg.PROPOSER, cg.CLS_PARTICIPATION),
    (cg.AUTHOR, cg.CLS_PARTICIPATION),
    (cg.HOLDS_POST, cg.CLS_TENURE),
    (cg.MEMBER_OF, cg.CLS_MEMBERSHIP),
    (cg.STATUS, cg.CLS_STATUS_ASSERTION),
)


@dataclass(frozen=True, slots=True)
class Inference:
    """A rule and the assertions it was applied to."""

    rule: NamedNode
    premises: tuple[NamedNode, ...]

    @property
    def iri(self) -> NamedNode:
        """The name of this application of the rule."""
        parts = (self.rule.value, *(premise.value for premise in self.premises))
        return terms.thing(f"inference/{terms.content_name(*parts)}")


@dataclass(frozen=True, slots=True)
class Assertion:
    """A statement with its ranks and everything that supports it; `ranks` has one member unless curators disagree."""

    iri: NamedNode
    cls: NamedNode
    statement: Statement
    ranks: tuple[NamedNode, ...]
    spans: tuple[Span, ...] = ()
    records: tuple[NamedNode, ...] = ()
    inference: Inference | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that state this."""
        return tuple(sorted({span.document for span in self.spans}))


def name(statement: Statement) -> NamedNode:
    """The IRI of the assertion of a statement: the same wherever and whenever it is claimed."""
    parts = (statement.subject, statement.predicate, statement.object, statement.factuality, statement.polarity)
    qualifiers = (statement.role, statement.attributed_to, statement.valid_from, statement.valid_until)
    texts = [str(part) for part in parts] + ["" if part is None else str(part) for part in qualifiers]
    return terms.thing(f"assertion/{terms.content_name(*texts)}")


def classify(predicate: NamedNode, ontology: Ontology) -> NamedNode:
    """The class of the assertions that assert this property."""
    ancestors = ontology.properties[predicate].ancestors
    return next((cls for root, cls in _CLASSES if root in ancestors), cg.CLS_ASSERTION)


def assert_all(claims: Iterable[Claim], ontology: Ontology) -> tuple[Assertion, ...]:
    """One assertion for each distinct statement, sorted by name."""
    by_statement: dict[Statement, list[Claim]] = {}
    for claim in claims:
        by_statement.setdefault(claim.statement, []).append(claim)
    assertions = (
        Assertion(
            iri=name(statement),
            cls=classify(statement.predicate, ontology),
            statement=statement,
            ranks=tuple(sorted({claim.rank for claim in same}, key=str)),
            spans=tuple(sorted({span for claim in same for span in claim.spans})),
            records=tuple(sorted({record for claim in same for record in claim.records}, key=str)),
        )
        for statement, same in by_statement.items()
    )
    return tuple(sorted(assertions, key=lambda assertion: assertion.iri.value))
