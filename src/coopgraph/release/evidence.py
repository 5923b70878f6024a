"""Why a fact is in the graph: the assertions behind it and the passages behind those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph.curate.values import STRING
from coopgraph.model.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import QuerySolutions

    from coopgraph.curate.texts import Texts

_QUERY: Final = """
PREFIX cg: <{ns}>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?assertion ?predicate ?object ?factuality ?polarity ?rank ?role ?by ?from ?until
       ?evidence ?document ?start ?end ?digest ?rule ?premise
WHERE {{
  {superproperties}
  GRAPH ?g {{
    ?assertion cg:subject {subject} ; cg:predicate ?predicate ; cg:object|cg:value ?object ;
      cg:factuality ?factuality ; cg:polarity ?polarity ; cg:rank ?rank ; cg:hasEvidence ?evidence .
    OPTIONAL {{ ?assertion cg:role ?role }}
    OPTIONAL {{ ?assertion cg:attributedTo ?by }}
    OPTIONAL {{ ?assertion cg:validFrom ?from }}
    OPTIONAL {{ ?assertion cg:validUntil ?until }}
    OPTIONAL {{ ?evidence cg:inDocument ?document ; oa:start ?start ; oa:end ?end ; cg:spanDigest ?digest }}
    OPTIONAL {{ ?evidence cg:derivedBy ?rule ; prov:wasDerivedFrom ?premise }}
  }}
  {object_filter}
}}
ORDER BY ?predicate ?assertion ?document ?start ?premise
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that says it, with the digest that its text must have."""

    span: Span
    digest: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One assertion behind a fact, with what supports it.

    `passages` come from documents, `records` from registers outside them; `rule` and `premises` tell what an inferred
    assertion was derived from. Concepts, terms and things are IRIs.
    """

    assertion: str
    predicate: str
    object: NamedNode | Literal
    factuality: str
    polarity: str
    rank: str
    role: str | None
    attributed_to: str | None
    valid_from: str | None
    valid_until: str | None
    passages: tuple[Passage, ...]
    records: tuple[str, ...]
    rule: str | None
    premises: tuple[str, ...]


def why_query(
    subject: NamedNode,
    predicate: NamedNode | None = None,
    object_: NamedNode | Literal | None = None,
    *,
    base: str = terms.BASE,
) -> str:
    """The query for what says that a subject has a property (or one below it) with this object, or any if not given.

    It is asked of a release with this base; the names may be in this base or in the default one. A literal with a
    language or a datatype finds equal ones, a plain text all that read so.
    """
    subject = terms.in_default_base(subject, base)
    predicate = None if predicate is None else terms.in_default_base(predicate, base)
    object_ = terms.in_default_base(object_, base) if isinstance(object_, NamedNode) else object_
    superproperties = "" if predicate is None else f"?predicate rdfs:subPropertyOf* {predicate} ."
    object_filter = "" if object_ is None else f"FILTER(?object = {object_})"
    if isinstance(object_, Literal) and object_.datatype == STRING:
        # A plain text finds a literal by its text: whoever asks need not know its datatype or language.
        object_filter = f"FILTER(STR(?object) = {object_})"
    query = _QUERY.format(ns=terms.NS, subject=subject, superproperties=superproperties, object_filter=object_filter)
    return terms.rebase(query, base)


def explain(solutions: QuerySolutions) -> tuple[Explanation, ...]:
    """The explanations in the answer to a `why_query`, one for each assertion, in the order of the answer."""
    names = [variable.value for variable in solutions.variables]
    grouped: dict[str, list[Mapping[str, NamedNode | Literal]]] = {}
    for solution in solutions:
        row = {name: solution[name] for name in names if solution[name] is not None}
        grouped.setdefault(row["assertion"].value, []).append(row)
    return tuple(_explanation(rows) for rows in grouped.values())


def as_dict(explanation: Explanation, texts: Texts | None) -> dict[str, object]:
    """An explanation for JSON; each passage with its quotation where the document is at hand."""
    fields = ("assertion", "predicate", "factuality", "polarity", "rank", "role", "attributed_to")
    told: dict[str, object] = {name: getattr(explanation, name) for name in (*fields, "valid_from", "valid_until")}
    told["object"] = str(explanation.object)
    told["passages"] = [
        {
            "document": passage.span.document,
            "start": passage.span.start,
            "end": passage.span.end,
            "digest": passage.digest,
            "quotation": None if texts is None else texts.quote(passage.span, passage.digest),
        }
        for passage in explanation.passages
    ]
    told |= {"records": explanation.records, "rule": explanation.rule, "premises": explanation.premises}
    return {name: value for name, value in told.items() if value not in (None, (), [])}


def _explanation(rows: list[Mapping[str, NamedNode | Literal]]) -> Explanation:
    first = rows[0]

    def text(name: str) -> str | None:
        return first[name].value if name in first else None

    evidence = _distinct(row["evidence"].value for row in rows)
    return Explanation(
        assertion=first["assertion"].value,
        predicate=first["predicate"].value,
        object=first["object"],
        factuality=first["factuality"].value,
        polarity=first["polarity"].value,
        rank=first["rank"].value,
        role=text("role"),
        attributed_to=text("by"),
        valid_from=text("from"),
        valid_until=text("until"),
        passages=tuple(sorted({_passage(row) for row in rows if "document" in row}, key=lambda one: one.span)),
        records=tuple(iri for iri in evidence if "/id/record/" in iri),
        rule=text("rule"),
        premises=_distinct(row["premise"].value for row in rows if "premise" in row),
    )


def _passage(row: Mapping[str, NamedNode | Literal]) -> Passage:
    document = row["document"].value.rpartition("/")[2]
    return Passage(Span(document, int(row["start"].value), int(row["end"].value)), row["digest"].value)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
