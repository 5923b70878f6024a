"""The statements behind rows of affiliations, with the facts in which their passages are found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coopgraph import terms
from coopgraph.network.days import iso
from coopgraph.network.explain.account import Fact, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coopgraph.network.affiliations import Affiliations
    from coopgraph.network.projections.projection import Projection

_TERM: Final = re.compile(r"\?(?P<name>\w+)|<(?P<iri>[^<>\s]+)>|(?P<prefix>\w*):(?P<local>[\w-]+)|(?P<a>a)")


def statements(
    affiliations: Affiliations, projection: Projection, rows: Iterable[int], *, base: str = terms.BASE
) -> tuple[Statement, ...]:
    """The statements of these rows, in their order; facts are named as in a release with this base."""
    return tuple(_statement(affiliations, projection, row, base) for row in rows)


def facts(affiliations: Affiliations, projection: Projection, row: int, *, base: str = terms.BASE) -> tuple[Fact, ...]:
    """The projection's evidence patterns filled in from one row; a pattern that lacks a value gives no fact.

    Where the patterns differ by whether something stands between, those with ?via are for rows that have something
    there, and those without ?via for rows that have not. Where ends were rolled up, the facts are about those that
    the sources name.

    Raises:
        ValueError: if a pattern is no three terms.
    """
    values = _values(affiliations, row)
    between = [pattern for pattern in projection.evidence if "?via" in pattern.split()]
    direct = [pattern for pattern in projection.evidence if pattern not in between]
    found = (_filled(pattern, values, base) for pattern in (between if "via" in values and between else direct))
    return tuple(fact for fact in found if fact is not None)


def _statement(affiliations: Affiliations, projection: Projection, row: int, base: str) -> Statement:
    document = int(affiliations.document[row])
    values = _values(affiliations, row)
    return Statement(
        role=values.get("role", ""),
        via=values.get("via", ""),
        document=affiliations.documents[document] if document >= 0 else None,
        first=iso(affiliations.first[row]),
        last=iso(affiliations.last[row]),
        facts=facts(affiliations, projection, row, base=base),
    )


def _values(affiliations: Affiliations, row: int) -> dict[str, str]:
    iri = affiliations.nodes.iri
    source = affiliations.source if affiliations.stated_source is None else affiliations.stated_source
    target = affiliations.target if affiliations.stated_target is None else affiliations.stated_target
    values = {"source": iri[source[row]], "target": iri[target[row]]}
    role, via, document = (int(column[row]) for column in (affiliations.role, affiliations.via, affiliations.document))
    if role >= 0:
        values["role"] = affiliations.roles[role]
    if via >= 0:
        values["via"] = affiliations.vias[via]
    if document >= 0:
        values["document"] = affiliations.documents[document].iri
    return values


def _filled(pattern: str, values: Mapping[str, str], base: str) -> Fact | None:
    parts = [_term(text, values, base) for text in pattern.removesuffix(".").split()]
    if len(parts) != 3:
        raise ValueError(f"{pattern!r} is no triple pattern")
    subject, predicate, object_ = parts
    return None if subject is None or predicate is None or object_ is None else Fact(subject, predicate, object_)


def _term(text: str, values: Mapping[str, str], base: str) -> str | None:
    found = _TERM.fullmatch(text)
    if found is None or (found["prefix"] is not None and found["prefix"] not in terms.PREFIXES):
        raise ValueError(f"{text!r} is neither a variable nor an IRI")
    if found["name"] is not None:
        return values.get(found["name"])
    if found["a"] is not None:
        return terms.PREFIXES["rdf"] + "type"
    iri = found["iri"] or terms.PREFIXES[str(found["prefix"])] + str(found["local"])
    return terms.rebase(iri, base)
