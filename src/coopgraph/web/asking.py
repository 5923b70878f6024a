"""Named questions put to a release: from what a reader wrote to rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from coopgraph import terms
from coopgraph.curate import parameters
from coopgraph.errors import CoopgraphError
from coopgraph.sparql import paging
from coopgraph.store.workers import Question as Asked
from coopgraph.web import statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import BlankNode, Literal, Triple

    from coopgraph.curate.parameters import Parameter, Value
    from coopgraph.curate.questions import Question
    from coopgraph.web.service import Reading
    from coopgraph.web.wording import Label

    Cell = NamedNode | BlankNode | Literal | Triple | None

CHOICES: Final = 400
"""With more things of a kind than this, a form asks for a name instead of offering them all."""

_TABLE: Final = "application/sparql-results+json"
_PREFIXES: Final = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
# What makes a node one of the kind: `{node}` stands for the node, `{argument}` for what narrows the kind.
_MEMBERSHIP: Final = {
    "thing": f"?class rdfs:subClassOf* <{terms.NS}{{argument}}> . {{node}} a ?class .",
    "concept": f"{{node}} skos:inScheme <{terms.VOCAB}{{argument}}> .",
    "property": f"{{node}} rdfs:subPropertyOf* <{terms.NS}{{argument}}> .",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of the answer to a question, in order; `after` leads to those that follow, None if these are the last."""

    rows: tuple[tuple[Cell, ...], ...]
    after: str | None


def read_values(question: Question, given: Mapping[str, str], *, base: str) -> dict[str, Value | None]:
    """The value of each parameter: the one given, else the default; None for one that is left open.

    An empty text stands for nothing, as forms send it.

    Raises:
        CoopgraphError: "request", with all fields that are wrong.
    """
    values: dict[str, Value | None] = {}
    wrong: dict[str, str] = {}
    for parameter in question.parameters:
        text = given.get(parameter.name, "").strip()
        default = parameter.default
        if text:
            try:
                values[parameter.name] = parameters.read(parameter, text, base=base)
            except ValueError as error:
                wrong[parameter.name] = str(error)
        else:
            own = NamedNode(terms.rebase(default.value, base)) if isinstance(default, NamedNode) else default
            values[parameter.name] = own
    if wrong:
        raise _wrong(wrong)
    return values


def demand_known(reading: Reading, question: Question, given: Mapping[str, str], values: Mapping[str, object]) -> None:
    """Check that what the reader named is there and of the right kind.

    Raises:
        CoopgraphError: "request", with all fields that name nothing of their kind in this release.
    """
    named = {
        parameter.name: parameter
        for parameter in question.parameters
        if parameter.names_a_thing and given.get(parameter.name, "").strip()
    }
    if not named:
        return
    branches = (
        f'{{ BIND("{name}" AS ?name) {_members(reading, parameter, str(values[name]))} }}'
        for name, parameter in named.items()
    )
    found = _solutions(reading, f"{_PREFIXES}SELECT DISTINCT ?name WHERE {{ {' UNION '.join(branches)} }}")
    known = {row["name"].value for row in found}
    wrong = {
        name: f"{given[name].strip()!r} is no {_kind_words(parameter)} of this release."
        for name, parameter in named.items()
        if name not in known
    }
    if wrong:
        raise _wrong(wrong)


def ask(
    reading: Reading,
    question: Question,
    values: Mapping[str, Value | None],
    *,
    limit: int,
    after: str | None,
) -> Answer:
    """At most `limit` rows, from the beginning or after those that led to `after`.

    Raises:
        CoopgraphError: "request" if `after` is no place in this answer; whatever a reader raises at a limit.
    """
    base = reading.manifest.base
    bound_to = "\x1f".join((reading.manifest.digest, *(f"{name}={value}" for name, value in sorted(values.items()))))
    keys = () if after is None else paging.after(question, after, bound_to=bound_to)
    # One row more than wanted tells whether there are more.
    text = paging.page_query(question, values, limit=limit + 1, after=keys, base=base)
    rows = tuple(tuple(row) for row in _solutions(reading, text))
    shown = rows[:limit]
    following = paging.token(question, shown[-1], bound_to=bound_to) if len(rows) > limit else None
    return Answer(shown, following)


def choices(reading: Reading, parameter: Parameter) -> Mapping[str, tuple[Label, ...]] | None:
    """All things that the parameter may name, with their labels; None if they are too many to choose from."""
    if not parameter.names_a_thing:
        return None
    members = _MEMBERSHIP[parameter.kind].format(node="?s", argument=parameter.argument)
    count = f"{_PREFIXES}SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ {members} }}"
    (row,) = reading.select(count, remember=True)
    if int(row["n"].value) > CHOICES:
        return None
    labelled = (
        f"{_PREFIXES}SELECT DISTINCT ?s ?p ?o WHERE {{ {members} VALUES ?p {{ skos:prefLabel rdfs:label }} ?s ?p ?o }}"
    )
    return statements.labels_in(statements.select_quads(reading, labelled, remember=True))


def _members(reading: Reading, parameter: Parameter, node: str) -> str:
    template = _MEMBERSHIP[parameter.kind]
    return terms.rebase(template.format(node="{node}", argument=parameter.argument), reading.manifest.base).replace(
        "{node}", node
    )


def _kind_words(parameter: Parameter) -> str:
    return {
        "thing": parameter.argument,
        "concept": f"concept of the vocabulary {parameter.argument}",
        "property": f"property below {parameter.argument}",
    }[parameter.kind]


def _solutions(reading: Reading, text: str) -> QuerySolutions:
    """The solutions of a query that is written in the release's own base."""
    solutions = parse_query_results(reading.ask(Asked(text, _TABLE)).body, QueryResultsFormat.JSON)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a SELECT query is answered by solutions")
    return solutions


def _wrong(fields: Mapping[str, str]) -> CoopgraphError:
    told = " ".join(f"{name}: {sentence}" for name, sentence in fields.items())
    return CoopgraphError("request", told, fields=fields)
