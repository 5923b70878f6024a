"""What follows from assertions by rule; each consequence is an assertion whose evidence is the rule's application."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from coopgraph import vocabulary as cg
from coopgraph.assemble.assertions import Assertion, Inference, classify, name
from coopgraph.assemble.projection import best
from coopgraph.curate import values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coopgraph.model.ontology import Ontology

_DATED = (cg.START_DATE, cg.END_DATE, cg.SIGNATURE_DATE)


def infer(assertions: Iterable[Assertion], ontology: Ontology) -> tuple[Assertion, ...]:
    """The consequences of these assertions, without those that are asserted anyway; sorted by name."""
    given = tuple(assertions)
    known = {assertion.statement for assertion in given}
    found: dict[NamedNode, Assertion] = {}
    for factuality in (cg.FACTUALITY_ACTUAL, cg.FACTUALITY_PROSPECTIVE):
        counting = best(given, factuality)
        for premises, predicate, object_ in (*_affiliations(counting), *_bounds(counting)):
            rule = cg.RULE_POST_AFFILIATION if predicate == cg.AFFILIATED_WITH else cg.RULE_DATE_BOUNDS
            statement = replace(
                premises[0].statement, predicate=predicate, object=object_, role=None, attributed_to=None
            )
            if statement in known:
                continue
            inference = Inference(rule, tuple(sorted((premise.iri for premise in premises), key=str)))
            consequence = Assertion(
                iri=name(statement),
                cls=classify(predicate, ontology),
                statement=statement,
                ranks=(cg.RANK_NORMAL,),
                inference=inference,
            )
            earlier = found.get(consequence.iri)
            # Two ways to the same consequence: keep the one that does not depend on the order of rows.
            if earlier is None or _rank(consequence) < _rank(earlier):
                found[consequence.iri] = consequence
    return tuple(found[iri] for iri in sorted(found, key=str))


def _rank(assertion: Assertion) -> str:
    return "" if assertion.inference is None else assertion.inference.iri.value


def _affiliations(
    assertions: list[Assertion],
) -> Iterator[tuple[tuple[Assertion, ...], NamedNode, NamedNode | Literal]]:
    """Whoever holds a post in an organisation is affiliated with it."""
    posts: dict[NamedNode | Literal, list[Assertion]] = {}
    for assertion in assertions:
        if assertion.statement.predicate == cg.POST_IN:
            posts.setdefault(assertion.statement.subject, []).append(assertion)
    for tenure in assertions:
        if tenure.statement.predicate == cg.HOLDS_POST:
            for place in posts.get(tenure.statement.object, []):
                yield (tenure, place), cg.AFFILIATED_WITH, place.statement.object


def _bounds(assertions: list[Assertion]) -> Iterator[tuple[tuple[Assertion, ...], NamedNode, NamedNode | Literal]]:
    """The earliest day of the start and the latest of the end, unless the text gives narrower ones itself."""
    dated: dict[NamedNode, list[Assertion]] = {}
    bounded: set[tuple[NamedNode, NamedNode]] = set()
    for assertion in assertions:
        statement = assertion.statement
        if statement.predicate in _DATED:
            dated.setdefault(statement.subject, []).append(assertion)
        elif statement.predicate in {cg.NOT_BEFORE, cg.NOT_AFTER}:
            bounded.add((statement.subject, statement.predicate))
    for subject, dates in dated.items():
        opening = min(dates, key=lambda one: (values.bounds(_text(one))[0], one.iri.value))
        closing = max(dates, key=lambda one: (values.bounds(_text(one))[1], one.iri.value))
        if (subject, cg.NOT_BEFORE) not in bounded:
            yield (opening,), cg.NOT_BEFORE, _day(values.bounds(_text(opening))[0].isoformat())
        if (subject, cg.NOT_AFTER) not in bounded and not _open_ended(subject, dates):
            yield (closing,), cg.NOT_AFTER, _day(values.bounds(_text(closing))[1].isoformat())


def _open_ended(subject: NamedNode, dates: list[Assertion]) -> bool:
    # A body, park or product that began in some month goes on; only what is over or has an end has a last day.
    kinds = ("/id/event/", "/id/instrument/")
    ended = any(date.statement.predicate == cg.END_DATE for date in dates)
    return not ended and not any(kind in subject.value for kind in kinds)


def _text(assertion: Assertion) -> str:
    return assertion.statement.object.value


def _day(text: str) -> Literal:
    return Literal(text, datatype=values.DATE)
