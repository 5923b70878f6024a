"""Labels that two things share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.validate.checks.breach import Breach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

# Pillars of several frameworks, and what was said or measured at several occasions, may well be called the same.
_SHARED: Final = frozenset({"pillar", "utterance", "quantity"})


def same_label(quads: Iterable[Quad]) -> Iterator[Breach]:
    """K01: things of one kind with the same preferred label in one language; each but the first of them is told."""
    named: dict[tuple[str, Literal], set[NamedNode]] = {}
    for quad in quads:
        if quad.predicate != cg.SKOS_PREF_LABEL:
            continue
        subject, label = quad.subject, quad.object
        if (
            not isinstance(subject, NamedNode)
            or not isinstance(label, Literal)
            or not subject.value.startswith(terms.ID)
        ):
            continue
        kind = subject.value.removeprefix(terms.ID).partition("/")[0]
        if kind not in _SHARED:
            named.setdefault((kind, label), set()).add(subject)
    for (_, label), things in named.items():
        for thing in sorted(things, key=str)[1:]:
            yield Breach("K01", thing, cg.SKOS_PREF_LABEL, label)
